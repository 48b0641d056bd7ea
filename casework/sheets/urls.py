"""Routes of papers and scans."""

from django.urls import path  # noqa: F401

app_name = "sheets"

urlpatterns = []
