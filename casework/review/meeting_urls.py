"""Routes of the meeting itself: the wall, following it, the recap."""

from django.urls import path

from casework.review.views import recap, wall

app_name = "review_meeting"

urlpatterns = [
    path("<int:pk>/borja/", wall.start, name="start"),
    path("<int:pk>/vaggen/", wall.wall, name="wall"),
    path("<int:pk>/folj/", wall.follow, name="follow"),
    path("<int:pk>/vand/", wall.go, name="go"),
    path("<int:pk>/avsluta/", wall.close, name="close"),
    path("<int:pk>/oppna-igen/", wall.reopen, name="reopen"),
    path("<int:pk>/vad-vi-bestamde/", recap.recap, name="recap"),
    path("<int:pk>/protokoll/", recap.protocol, name="protocol"),
    path("rad/<int:pk>/kort/", wall.item, name="item"),
    path("rad/<int:pk>/beslut/", wall.decide, name="decide"),
    path("rad/<int:pk>/las/", wall.preview, name="preview"),
    path("rad/<int:pk>/klar/", wall.mark, name="mark"),
    path("rad/<int:pk>/inte-klar/", wall.unmark, name="unmark"),
    path("rad/<int:pk>/till-nasta-gang/", wall.postpone, name="postpone"),
    path("rad/<int:pk>/anda/", wall.resume, name="resume"),
    path("rad/<int:pk>/anteckning/", wall.write, name="write"),
    path("beslut/<int:pk>/angra/", wall.take_back, name="take_back"),
    path("beslut/<int:pk>/hjalpte/", wall.helped, name="helped"),
]
