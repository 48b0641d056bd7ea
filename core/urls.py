"""Routes of the house itself: is it alive, and how far has a job come."""

from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("halsa/", views.health, name="health"),
    # Jobs
    path("jobb/<uuid:pk>/", views.job_detail, name="job_detail"),
    path("jobb/<uuid:pk>/igen/", views.job_retry, name="job_retry"),
]
