"""Routes of the ESF months."""

from django.urls import path

from reports.esf.views import calendar, month, templates, versions

app_name = "esf"

urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("gor-om/", calendar.make_again, name="make_again"),
    path("las-oppna/", calendar.lock_open, name="lock_open"),
    path("markera-skickade/", calendar.mark_all_sent, name="mark_all_sent"),
    # Statistics Sweden's template
    path("mallar/", templates.template_list, name="template_list"),
    path("mallar/<int:pk>/", templates.template_detail, name="template_detail"),
    path("mallar/<int:pk>/bekrafta/", templates.template_confirm, name="template_confirm"),
    path("mallar/<int:pk>/ta-ur-bruk/", templates.template_retire, name="template_retire"),
    # Versions
    path("version/<int:pk>/", versions.version_detail, name="version_detail"),
    path("version/<int:pk>/fil/<slug:format>/", versions.version_file, name="version_file"),
    path("version/<int:pk>/skickad/", versions.mark_sent, name="mark_sent"),
    path("version/<int:pk>/kvittens/", versions.receipt, name="receipt"),
    # A month: 2019-03
    path("<slug:month>/", month.month, name="month"),
    path("<slug:month>/las/", month.lock, name="lock"),
]
