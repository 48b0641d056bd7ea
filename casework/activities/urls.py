"""Routes of activities and calendars."""

from django.urls import path  # noqa: F401

app_name = "activities"

urlpatterns = []
