"""Routes of the weekly review."""

app_name = "review"

urlpatterns = []
