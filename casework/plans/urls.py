"""Routes of plans."""

app_name = "plans"

urlpatterns = []
