"""The work with one participant."""

from django.urls import path

from casework import views

app_name = "casework"

urlpatterns = [
    path("<int:pk>/trepartssamtal/", views.meeting_record, name="meeting_record"),
    path("avslut-utan-underskrift/", views.left_unsigned, name="left_unsigned"),
    path("<int:pk>/narvaro/", views.attendance, name="attendance"),
]
