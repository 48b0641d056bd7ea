"""The table of contents."""

from django.urls import include, path

from basun.gallery import gallery

urlpatterns = [
    path("", include("core.urls")),
    path("galleri/", gallery, name="gallery"),
    path("konto/", include("accounts.urls")),
]
