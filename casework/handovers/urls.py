"""Routes of handovers."""

app_name = "handovers"

urlpatterns = []
