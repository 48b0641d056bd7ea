"""One task: its page, a new one, giving it to somebody, striking it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.todo import actions, holders
from casework.todo.forms import DropForm, GiveForm, TaskForm
from casework.todo.lists import Line
from casework.todo.views.access import way_back, with_task
from core.htmx import render_page
from participants import access_log
from participants.enums import Category
from participants.lists import own_people
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import do

FORM = "casework/task_form.html"


@requires(Permission.HAVE_TASKS)
@require_GET
@with_task
def detail(request, task):
    """Show a task with where it comes from and who has had it. Two queries more than the task's."""
    context = {
        "line": Line(task, request.user, timezone.localdate()),
        "moves": list(task.moves.select_related("from_user", "to_user", "by")),
        "back": request.get_full_path(),
    }
    return render_page(request, "casework/task_detail.html", context)


@requires(Permission.HAVE_TASKS)
@require_http_methods(["GET", "POST"])
def new(request):
    """Make a task, about one of the user's own participants or about nobody."""
    people = own_people(request.user).prefetch_related("protections").order_by("sort_name", "pk")
    people = people if people.exists() else None
    back = way_back(request)
    form = TaskForm(request.POST or None, user=request.user, people=people, cancel_url=back)
    if form.is_valid() and (task := _make(form, request, form.cleaned_data.get("participant"))):
        return _made(request, task, back)
    if people is not None:
        access_log.shown(request, people, access_log.Action.LISTED)
    context = {"form": form, "heading": "Ny uppgift", "asks_elsewhere": people is None}
    return render_page(request, FORM, context, status=422 if form.is_bound else None)


@requires(Permission.HAVE_TASKS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def new_for(request, participant):
    """Make a task about a person."""
    back = way_back(request, reverse("todo:person", args=[participant.pk]))
    form = TaskForm(request.POST or None, user=request.user, cancel_url=back)
    if form.is_valid() and (task := _make(form, request, participant)):
        return _made(request, task, back)
    context = {"form": form, "heading": "Ny uppgift"}
    status = 422 if form.is_bound else None
    return render_person(
        request, participant, "casework/task_form_person.html", context, status=status
    )


def _make(form, request, participant):
    return do(form, _create, by=request.user, participant=participant, **form.facts())


def _create(**facts):
    if facts["participant"]:
        holders.must_see(facts["assigned_to"], facts["participant"])
    return actions.create_task(**facts)


def _made(request, task, back):
    who = "dig" if task.assigned_to_id == request.user.pk else task.who
    messages.success(request, f"Uppgiften är tillagd för {who}.")
    return redirect(back)


@requires(Permission.HAVE_TASKS)
@require_http_methods(["GET", "POST"])
@with_task
def give(request, task):
    """Give a task to a colleague, to a function, or take it from somebody."""
    back = way_back(request)
    start = {"version": task.version}
    form = GiveForm(
        request.POST or None, initial=start, user=request.user, task=task, cancel_url=back
    )
    if form.is_valid() and do(form, _move, task=task, by=request.user, **_given(form)):
        messages.success(request, "Uppgiften är överlämnad.")
        return redirect(back)
    return _ask(request, task, form, "Lämna över uppgiften")


def _given(form) -> dict:
    data = form.cleaned_data
    return {"reason": data["reason"], "version": data["version"], **data["who"]}


def _move(*, task, **facts):
    if task.participant_id:
        holders.must_see(facts.get("to_user"), task.participant)
    return actions.move(task=task, **facts)


@requires(Permission.HAVE_TASKS)
@require_http_methods(["GET", "POST"])
@with_task
def drop(request, task):
    """Strike a task, and say why."""
    back = way_back(request)
    form = DropForm(request.POST or None, initial={"version": task.version}, cancel_url=back)
    if form.is_valid() and do(form, actions.drop, task=task, by=request.user, **form.cleaned_data):
        messages.success(request, "Uppgiften är struken. Den finns kvar bland de avslutade.")
        return redirect(back)
    return _ask(request, task, form, "Stryk uppgiften")


def _ask(request, task, form, heading):
    context = {
        "form": form,
        "heading": heading,
        "line": Line(task, request.user, timezone.localdate()),
    }
    return render_page(request, FORM, context, status=422 if form.is_bound else None)
