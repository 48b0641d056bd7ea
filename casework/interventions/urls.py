"""Routes of interventions."""

from django.urls import path

from casework.interventions.views import person

app_name = "interventions"

urlpatterns = [
    path("deltagare/<int:pk>/insatser/", person.of_person, name="list"),
    path("deltagare/<int:pk>/insatser/ny/", person.new, name="new"),
    path("deltagare/<int:pk>/insatser/<int:row>/", person.change, name="change"),
    path("deltagare/<int:pk>/insatser/<int:row>/avsluta/", person.end, name="end"),
    path("deltagare/<int:pk>/insatser/<int:row>/fortsatt/", person.resume, name="resume"),
]
