"""Routes of who must still sign, and of one-time links."""

from django.urls import path

from casework.signing.views import missing, person, public

app_name = "signing"

urlpatterns = [
    path("underskrifter/", missing.missing_list, name="missing"),
    path("underskrifter/paminn-alla/", missing.remind_all, name="remind_all"),
    path("underskrifter/skriv-ut/", missing.print_bundle, name="print_bundle"),
    path("underskrifter/paminn/<int:pk>/", missing.remind, name="remind"),
    # One person
    path("deltagare/<int:pk>/underskrift/", person.person, name="person"),
    path("deltagare/<int:pk>/underskrift/qr/", person.qr, name="qr"),
    path("deltagare/<int:pk>/underskrift/skicka/", person.send, name="send"),
    # One link
    path("underskrifter/lank/<uuid:pk>/", person.link_status, name="link_status"),
    path("underskrifter/lank/<uuid:pk>/aterkalla/", person.cancel, name="cancel"),
    path("underskrifter/lank/<uuid:pk>/last/", person.objection_seen, name="objection_seen"),
    # The participant's own page
    path("u/<str:token>/", public.sign, name="public"),
]
