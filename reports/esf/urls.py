"""Routes of the ESF months."""

from django.urls import path  # noqa: F401

app_name = "esf"

urlpatterns = []
