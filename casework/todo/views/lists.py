"""The lists of tasks, and what is done with a line of one."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.models import Task, TaskSource
from casework.todo import actions, holders, lists
from casework.todo.rules import in_groups
from casework.todo.views.access import way_back, with_task
from core.errors import Refused
from core.forms import FilterForm
from core.htmx import render_page, wants_fragment
from participants import access_log
from participants.pages import TabLink

ROW = "casework/task_row.html"


class TaskFilter(FilterForm):
    """What a list is narrowed by. Whom the tasks are about is chosen on a line, by key."""

    kalla = forms.ChoiceField(choices=TaskSource.choices, label="Kommer från")
    deltagare = forms.IntegerField(widget=forms.HiddenInput)
    vy = forms.CharField(widget=forms.HiddenInput)


@requires(Permission.HAVE_TASKS)
@require_GET
def task_list(request):
    """Show one of the user's lists: theirs, their function's, what they gave away, what nobody does."""
    user = request.user
    views = lists.views_for(user)
    view = request.GET.get("vy", "")
    view = view if view in views else lists.MINE
    filters = TaskFilter(request.GET)
    page = lists.page_of(
        user, _narrowed(lists.of_view(user, view), filters), request.GET.get("sida")
    )
    lines = page.object_list
    if view == lists.NOBODYS:
        page.object_list = lines = _with_reasons(lines)
    done = lists.just_done(user) if view in (lists.MINE, lists.OURS) else []
    access_log.shown(
        request,
        [line.person for line in [*lines, *done] if line.person],
        access_log.Action.LISTED,
    )
    context = {
        "view": view,
        "tabs": _tabs(user, views, view),
        "filters": filters,
        "narrowed": filters.chosen().get("deltagare"),
        "page": page,
        "groups": in_groups(lines),
        "just_done": done,
        "back": request.get_full_path(),
    }
    return render_page(request, "casework/task_list.html", context, partial="results")


def _narrowed(tasks, filters):
    chosen = filters.chosen()
    if source := chosen.get("kalla"):
        tasks = tasks.filter(source=source)
    if person := chosen.get("deltagare"):
        tasks = tasks.filter(participant=person)
    return tasks


def _with_reasons(lines) -> list[lists.Line]:
    users = holders.with_roles({line.task.assigned_to for line in lines} - {None})
    roles = {user.pk: user.roles for user in users}
    return [
        lists.Line(line.task, line.user, line.day, why_nobody=holders.why_without(line.task, roles))
        for line in lines
    ]


def _tabs(user, views, current) -> list[TabLink]:
    return [
        TabLink(
            lists.LABELS[view],
            f"{reverse('todo:list')}?{urlencode({'vy': view})}",
            view == current,
        )
        for view in views
    ]


@requires(Permission.HAVE_TASKS)
@require_POST
@with_task
def act(request, task):
    """Do what a tap on a line says; htmx gets the line, others the page they came from."""
    note = _tap(request, task)
    if not wants_fragment(request):
        if note:
            messages.warning(request, note)
        return redirect(way_back(request))
    now = lists.for_list(Task.objects.filter(pk=task.pk)).get()
    line = lists.Line(now, request.user, timezone.localdate(), note=note)
    if line.person:
        access_log.shown(request, [line.person], access_log.Action.LISTED)
    context = {
        "line": line,
        "back": way_back(request),
        "of_person": "of_person" in request.POST,
        "acted": True,
    }
    return render(request, ROW, context)


def _tap(request, task) -> str:
    """Do it; return what stood in the way, if anything did."""
    do, _, day = request.POST.get("do", "").partition("|")
    facts = {"task": task, "by": request.user}
    version = _number(request.POST.get("version", ""))
    outcome = request.POST.get("outcome", "")[:300]
    try:
        if do == "done":
            actions.finish(version=version, **facts)
        elif do == "outcome":
            actions.tell_outcome(outcome=outcome, **facts)
        elif do == "reopen":
            actions.reopen(**facts)
        elif do == "take":
            actions.take(**facts)
        elif do == "due":
            actions.set_due(
                due_on=_day(day or request.POST.get("due_on", "")), version=version, **facts
            )
        else:
            return "Välj något av det som står på raden."
    except Refused as refused:
        return str(refused)
    return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _day(text: str) -> date | None:
    if text in ("", "inget"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("Skriv dagen så här: 2026-03-09.") from None
