"""Routes of interventions."""

app_name = "interventions"

urlpatterns = []
