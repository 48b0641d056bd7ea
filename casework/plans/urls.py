"""Routes of plans and planning meetings."""

from django.urls import path

from casework.plans.views import agreeing, booking, editing, plan

app_name = "plans"

PERSON = "deltagare/<int:pk>/plan/"
MEETING = "deltagare/<int:pk>/planeringssamtal/"

urlpatterns = [
    path(PERSON, plan.detail, name="plan"),
    path(f"{PERSON}version/<int:number>/", plan.version, name="version"),
    path(f"{PERSON}skriv-ut/", plan.printed, name="print"),
    path(f"{PERSON}steg/<uuid:step>/", plan.tick, name="tick"),
    path(f"{PERSON}papper/<int:paper>/<int:page>/", plan.paper_picture, name="paper_picture"),
    # The page that the three look at
    path(f"{PERSON}tillsammans/", editing.edit, name="edit"),
    path(f"{PERSON}tillsammans/spara/", editing.save, name="save"),
    path(f"{PERSON}tillsammans/nytt/", editing.news, name="news"),
    path(f"{PERSON}tillsammans/valj/", editing.settle, name="settle"),
    path(f"{PERSON}tillsammans/klar/", editing.propose, name="propose"),
    # Everybody agrees
    path(f"{PERSON}forslag/", agreeing.proposal, name="proposal"),
    path(f"{PERSON}forslag/godkann/", agreeing.by_account, name="agree"),
    path(f"{PERSON}forslag/skriv-under/<str:party>/", agreeing.drawn, name="sign"),
    path(f"{PERSON}forslag/tack/<str:party>/", agreeing.thanks, name="thanks"),
    path(f"{PERSON}forslag/qr/", agreeing.qr, name="qr"),
    path(f"{PERSON}forslag/skicka/", agreeing.send, name="send"),
    path(f"{PERSON}forslag/papper/", agreeing.paper, name="paper"),
    path(f"{PERSON}forslag/dra-tillbaka/", agreeing.withdraw, name="withdraw"),
    # The meeting
    path(MEETING, booking.book, name="book"),
    path(f"{MEETING}flytta/", booking.move, name="move"),
    path(f"{MEETING}stall-in/", booking.cancel, name="cancel"),
    path(f"{MEETING}planeringssamtal.ics", booking.calendar, name="calendar"),
]
