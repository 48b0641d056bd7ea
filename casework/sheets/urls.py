"""Routes of papers and scans."""

from django.urls import path

from casework.sheets.views import bundles, certificates, pages, scans

app_name = "sheets"

urlpatterns = [
    path("", scans.scan_list, name="scan_list"),
    path("skanna/", scans.scan_new, name="scan_new"),
    path("skanning/<uuid:pk>/", scans.scan_detail, name="scan_detail"),
    # A page that came back
    path("sida/<int:pk>/", pages.page_review, name="page_review"),
    path("sida/<int:pk>/bild/", pages.page_picture, name="page_picture"),
    path("sida/<int:pk>/kod/", pages.page_code, name="page_code"),
    path("sida/<int:pk>/at-sidan/", pages.page_aside, name="page_aside"),
    path("sida/<int:pk>/ta-fram/", pages.page_take_back, name="page_take_back"),
    # Papers to print
    path("tillfalle/<int:pk>/lista/", certificates.session_sheet, name="session_sheet"),
    path("intyg/<int:pk>/<str:month>/", certificates.certificate, name="certificate"),
    path(
        "intyg/<int:pk>/<str:month>/papper/", certificates.certificate_ink, name="certificate_ink"
    ),
    path(
        "intyg/<int:pk>/<str:month>/digitalt/",
        certificates.certificate_digital,
        name="certificate_digital",
    ),
    # Many at once
    path("manad/", bundles.month, name="month"),
    path("bunt/<uuid:pk>/", bundles.bundle_detail, name="bundle_detail"),
    path("bunt/<uuid:pk>/fil/", bundles.bundle_file, name="bundle_file"),
]
