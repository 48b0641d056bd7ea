"""Routes of the weekly review."""

from django.urls import path

from casework.review.views import add, agenda, ask, reviews

app_name = "review"

urlpatterns = [
    path("", reviews.review_list, name="list"),
    path("ny/", reviews.new, name="new"),
    path("<int:pk>/", agenda.agenda_page, name="agenda"),
    path("<int:pk>/andra/", reviews.edit, name="edit"),
    path("<int:pk>/hamta/", agenda.refresh, name="refresh"),
    path("<int:pk>/lagg-till/", add.add, name="add"),
    path("<int:pk>/har/", agenda.present, name="present"),
    path("rad/<int:pk>/flytta/", agenda.move, name="move"),
    path("rad/<int:pk>/skjut-upp/", agenda.postpone, name="postpone"),
    path("rad/<int:pk>/ta-upp/", agenda.take_back, name="take_back"),
    path("rad/<int:pk>/ta-bort/", agenda.take_away, name="take_away"),
    path("deltagare/<int:pk>/", ask.ask, name="ask"),
    path("onskemal/<int:pk>/ta-tillbaka/", ask.withdraw, name="withdraw"),
]
