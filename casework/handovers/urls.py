"""Routes of handovers."""

from django.urls import path

from casework.handovers.views import move, person, start

app_name = "handovers"

urlpatterns = [
    path("overlamning/", start.start, name="start"),
    path("overlamning/fordela/<int:user>/", start.deal, name="deal"),
    path("overlamning/<int:pk>/", move.move, name="move"),
    path("overlamning/<int:pk>/tillbaka/", move.change_return, name="return"),
    path("overlamning/<int:pk>/uppgifter-tillbaka/", move.take_back, name="take_back"),
    path("overlamning/deltagare/<int:pk>/", person.person, name="person"),
    path("overlamning/deltagare/<int:pk>/skriv/", person.write, name="write"),
    path("overlamning/deltagare/<int:pk>/last/", person.read, name="read"),
]
