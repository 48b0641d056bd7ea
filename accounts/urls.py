"""Signing in and out. Only these of allauth's pages exist here; nobody signs up."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("logga-in/", views.login, name="account_login"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("byt-losenord/", views.password_change, name="account_change_password"),
]
