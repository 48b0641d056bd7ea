"""Routes of tasks."""

from django.urls import path

from casework.todo.views import lists, person, tasks

app_name = "todo"

urlpatterns = [
    path("uppgifter/", lists.task_list, name="list"),
    path("uppgifter/ny/", tasks.new, name="new"),
    path("uppgifter/<int:pk>/", tasks.detail, name="detail"),
    path("uppgifter/<int:pk>/gor/", lists.act, name="act"),
    path("uppgifter/<int:pk>/ge/", tasks.give, name="give"),
    path("uppgifter/<int:pk>/stryk/", tasks.drop, name="drop"),
    path("deltagare/<int:pk>/att-gora/", person.person, name="person"),
    path("deltagare/<int:pk>/att-gora/ny/", tasks.new_for, name="new_for"),
    path("deltagare/<int:pk>/att-gora/stryk/", person.strike, name="strike"),
]
