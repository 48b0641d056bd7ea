"""Who works here."""

from django.urls import path

from accounts import views

app_name = "users"
urlpatterns = [
    path("", views.user_list, name="list"),
    path("ny/", views.user_new, name="new"),
    path("<int:pk>/", views.user_edit, name="edit"),
]
