"""Routes of notes."""

from django.urls import path

from casework.notes.views import phrases, reading, writing

app_name = "notes"

urlpatterns = [
    path("deltagare/<int:pk>/anteckningar/", reading.person_list, name="list"),
    path("deltagare/<int:pk>/anteckningar/ny/", writing.new, name="new"),
    path("anteckningar/", reading.find, name="search"),
    path("anteckningar/ny/", reading.start, name="start"),
    path("anteckningar/fraser/", phrases.phrases, name="phrases"),
    path("anteckningar/fraser/<int:phrase>/ta-bort/", phrases.phrase_remove, name="phrase_remove"),
    path("anteckningar/inloggad/", writing.token, name="token"),
    path("anteckningar/skriv/<uuid:draft>/", writing.write, name="write"),
    path("anteckningar/skriv/<uuid:draft>/spara/", writing.keep, name="keep"),
    path("anteckningar/skriv/<uuid:draft>/slang/", writing.discard, name="discard"),
    path("anteckningar/<int:note>/", reading.detail, name="detail"),
    path("anteckningar/<int:note>/ratta/", writing.correct, name="correct"),
]
