"""Routes of the roll call."""

from django.urls import path

from casework.rollcall.views import attestations, roster, signing, today, walk_ins

app_name = "rollcall"

urlpatterns = [
    path("", today.today, name="today"),
    path("kontrasignera/", attestations.countersign, name="countersign"),
    path("<int:pk>/", roster.roster, name="roster"),
    path("<int:pk>/resten/", roster.rest, name="rest"),
    path("<int:pk>/stang/", roster.close, name="close"),
    path("<int:pk>/oppna/", roster.reopen, name="reopen"),
    path("<int:pk>/utan-anmalan/", walk_ins.walk_in, name="walk_in"),
    path("<int:pk>/utan-anmalan/lagg-till/", walk_ins.walk_in_add, name="walk_in_add"),
    path("rad/<int:pk>/", roster.mark, name="mark"),
    path("rad/<int:pk>/skriv-under/", signing.sign_row, name="sign_row"),
    path("deltagare/<int:pk>/skriv-under/", signing.sign_person, name="sign_person"),
    path("underskrift/<int:pk>/", attestations.attestation, name="attestation"),
    path("underskrift/<int:pk>/tack/", signing.thanks, name="thanks"),
]
