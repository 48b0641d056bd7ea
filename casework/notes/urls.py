"""Routes of notes."""

app_name = "notes"

urlpatterns = []
