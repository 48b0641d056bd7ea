"""Routes for reading in files."""

from django.urls import path

from casework.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.start, name="start"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/las-in/", views.confirm, name="confirm"),
    path("<uuid:pk>/kontrollera/", views.check_again, name="check_again"),
    path("<uuid:pk>/ta-bort/", views.discard, name="discard"),
    path("<uuid:pk>/fel.csv", views.faults, name="faults"),
]
