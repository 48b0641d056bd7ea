"""Routes of activities and calendars."""

from django.urls import path

from casework.activities.views import (
    activities,
    calendars,
    person,
    series,
    sessions,
    sign_ups,
)

app_name = "activities"

urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("ny/", activities.new, name="new"),
    path("mall/<int:pk>/", series.from_template, name="from_template"),
    path("<int:pk>/", activities.detail, name="detail"),
    path("<int:pk>/andra/", activities.edit, name="edit"),
    path("<int:pk>/undan/", activities.archive, name="archive"),
    path("<int:pk>/tillfalle/", sessions.new, name="session_new"),
    path("<int:pk>/serie/", series.series, name="series"),
    path("<int:pk>/anmal/", sign_ups.sign_up, name="sign_up"),
    path("anmalan/<int:pk>/avsluta/", sign_ups.leave, name="leave"),
    path("tillfalle/<int:pk>/andra/", sessions.edit, name="session_edit"),
    path("tillfalle/<int:pk>/stall-in/", sessions.cancel, name="session_cancel"),
    path("tillfalle/<int:pk>/planera-igen/", sessions.restore, name="session_restore"),
    path("tillfalle/<int:pk>/ta-bort/", sessions.remove, name="session_remove"),
    path("deltagare/<int:pk>/vecka/", person.week, name="week"),
    path("deltagare/<int:pk>/samtal/", person.talk, name="talk"),
    path("deltagare/<int:pk>/anmal/", person.join, name="join"),
    path("kalender/", calendars.calendar_page, name="calendar"),
    path("kalender/<str:token>.ics", calendars.calendar_feed, name="feed"),
]
