"""Routes of the figures and of the archive."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("nyckeltal/", views.key_figures, name="key_figures"),
    path("nyckeltal/rader/<slug:figure>/", views.figure_rows, name="figure_rows"),
    # The archive
    path("rapporter/", views.report_list, name="report_list"),
    path("rapporter/ny/", views.report_order, name="report_order"),
    path("rapporter/<int:pk>/", views.report_detail, name="report_detail"),
    path("rapporter/<int:pk>/fil/<slug:format>/", views.report_file, name="report_file"),
]
