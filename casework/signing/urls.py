"""Routes of who must still sign, and of one-time links."""

from django.urls import path  # noqa: F401

app_name = "signing"

urlpatterns = []
