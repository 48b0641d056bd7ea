"""The table of contents."""

from django.urls import include, path

from basun.gallery import gallery
from basun.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("galleri/", gallery, name="gallery"),
    path("", include("reports.urls")),
    path("konto/", include("accounts.urls")),
]
