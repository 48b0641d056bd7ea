"""A participant's tasks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import Task, TaskStatus
from casework.todo import actions
from casework.todo.forms import StrikeForm
from casework.todo.lists import Line, for_list
from core.errors import Refused
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant

TAB = "todo:person"
CLOSED_PER_PAGE = 25


@requires(Permission.HAVE_TASKS)
@require_GET
@with_participant(Category.PLAN)
def person(request, participant):
    """Show what is to be done for a person, by anybody, and what has been."""
    tasks, day = _tasks(request.user, participant), timezone.localdate()
    closed = for_list(tasks.exclude(status=TaskStatus.OPEN)).order_by("-closed_at", "-pk")
    page = Paginator(closed, CLOSED_PER_PAGE).get_page(request.GET.get("sida"))
    page.object_list = [Line(task, request.user, day) for task in page.object_list]
    context = {
        "lines": [Line(task, request.user, day) for task in for_list(tasks.open())],
        "page": page,
        "back": request.get_full_path(),
        "of_person": True,
    }
    return render_person(request, participant, "casework/task_person.html", context, tab=TAB)


@requires(Permission.HAVE_TASKS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def strike(request, participant):
    """Strike several of somebody's open tasks at once, with a reason; asked for at an exit."""
    tasks = for_list(_tasks(request.user, participant).open())
    back = reverse(TAB, args=[participant.pk])
    form = StrikeForm(request.POST or None, tasks=tasks, cancel_url=back)
    if form.is_valid():
        data = form.cleaned_data
        struck = sum(_drop(task, request.user, data["reason"]) for task in data["tasks"])
        messages.success(request, f"{struck} av {len(data['tasks'])} uppgifter är strukna.")
        return redirect(back)
    context = {"form": form, "heading": "Stryk uppgifter", "any": tasks.exists()}
    status = 422 if form.is_bound else None
    return render_person(request, participant, "casework/task_strike.html", context, status=status)


def _drop(task, user, reason) -> bool:
    """Strike a task; one that somebody closed meanwhile stays as it is."""
    try:
        actions.drop(task=task, by=user, reason=reason)
    except Refused:
        return False
    return True


def _tasks(user, participant):
    return Task.objects.visible_to(user).filter(participant=participant)
