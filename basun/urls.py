"""The table of contents."""

from django.urls import include, path

from basun.gallery import gallery
from basun.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("deltagare/", include("participants.urls")),
    path("deltagare/", include("casework.urls")),
    path("galleri/", gallery, name="gallery"),
    path("inlasning/", include("casework.imports.urls")),
    path("", include("reports.urls")),
    path("konto/", include("accounts.urls")),
    path("remisser/", include("referrals.urls")),
]
