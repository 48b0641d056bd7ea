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
    path("aktiviteter/", activities.activity_list, name="list"),
    path("aktiviteter/ny/", activities.new, name="new"),
    path("aktiviteter/mall/<int:pk>/", series.from_template, name="from_template"),
    path("aktiviteter/<int:pk>/", activities.detail, name="detail"),
    path("aktiviteter/<int:pk>/andra/", activities.edit, name="edit"),
    path("aktiviteter/<int:pk>/undan/", activities.archive, name="archive"),
    path("aktiviteter/<int:pk>/tillfalle/", sessions.new, name="session_new"),
    path("aktiviteter/<int:pk>/serie/", series.series, name="series"),
    path("aktiviteter/<int:pk>/anmal/", sign_ups.sign_up, name="sign_up"),
    path("aktiviteter/anmalan/<int:pk>/avsluta/", sign_ups.leave, name="leave"),
    path("aktiviteter/tillfalle/<int:pk>/andra/", sessions.edit, name="session_edit"),
    path("aktiviteter/tillfalle/<int:pk>/stall-in/", sessions.cancel, name="session_cancel"),
    path("aktiviteter/tillfalle/<int:pk>/planera-igen/", sessions.restore, name="session_restore"),
    path("aktiviteter/tillfalle/<int:pk>/ta-bort/", sessions.remove, name="session_remove"),
    path("deltagare/<int:pk>/vecka/", person.week, name="week"),
    path("deltagare/<int:pk>/samtal/", person.talk, name="talk"),
    path("deltagare/<int:pk>/anmal/", person.join, name="join"),
    path("aktiviteter/kalender/", calendars.calendar_page, name="calendar"),
    path("aktiviteter/kalender/<str:token>.ics", calendars.calendar_feed, name="feed"),
]
