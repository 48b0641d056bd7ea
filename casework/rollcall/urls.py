"""Routes of the roll call."""

from django.urls import path  # noqa: F401

app_name = "rollcall"

urlpatterns = []
