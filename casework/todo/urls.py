"""Routes of tasks."""

app_name = "todo"

urlpatterns = []
