"""Routes of participant financing."""

from django.urls import path  # noqa: F401

app_name = "financing"

urlpatterns = []
