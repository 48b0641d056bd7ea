"""The table of contents."""

from django.urls import include, path

from basun.dated_settings import setting_edit, setting_new, settings_list
from basun.gallery import gallery
from basun.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("deltagare/", include("participants.urls")),
    path("deltagare/", include("casework.urls")),
    path("", include("casework.activities.urls")),
    path("tillfallen/", include("casework.rollcall.urls")),
    path("", include("casework.signing.urls")),
    path("", include("casework.notes.urls")),
    path("", include("casework.plans.urls")),
    path("", include("casework.todo.urls")),
    path("", include("casework.interventions.urls")),
    path("", include("casework.handovers.urls")),
    path("arendedragning/", include("casework.review.urls")),
    path("arendedragning/", include("casework.review.meeting_urls")),
    path("underlag/", include("casework.sheets.urls")),
    path("esf/", include("reports.esf.urls")),
    path("finansiering/", include("reports.financing.urls")),
    path("galleri/", gallery, name="gallery"),
    path("anvandare/", include("accounts.user_urls")),
    path("installningar/", settings_list, name="settings_list"),
    path("installningar/<slug:slug>/ny/", setting_new, name="setting_new"),
    path("installningar/<slug:slug>/<int:pk>/", setting_edit, name="setting_edit"),
    path("inlasning/", include("casework.imports.urls")),
    path("", include("reports.urls")),
    path("konto/", include("accounts.urls")),
    path("remisser/", include("referrals.urls")),
]
