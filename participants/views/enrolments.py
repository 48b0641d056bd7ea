"""Enrolments: the present one and those before, who has what, longer, and the end."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from participants import actions
from participants.actions.enrolments import track_for
from participants.enums import Category, Function
from participants.forms import (
    CorrectDatesForm,
    DecisionForm,
    EnrolForm,
    ExitForm,
    ExtensionForm,
    ReassignForm,
)
from participants.models import Extension
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved

TAB = "participants:enrolments"


def current_enrolment(participant):
    """Return the enrolment that goes on; 404 when there is none."""
    enrolment = participant.current_enrolment
    if enrolment is None:
        raise Http404
    return enrolment


@requires(Permission.VIEW_PARTICIPANTS)
@require_GET
@with_participant(Category.PLAN)
def enrolments(request, participant):
    """Show every enrolment, the latest first, with its staff and its extensions."""
    rows = participant.enrolments.select_related("track", "exited_by").prefetch_related(
        "assignments__user",
        "extensions__asked_by",
        "extensions__decided_by",
        "corrections__corrected_by",
    )
    context = {
        "rows": rows.order_by("-starts_on", "-pk"),
        "enrolled": participant.current_enrolment is not None,
        "may_enrol": request.user.may(Permission.ENROL),
        "may_extend": request.user.may(Permission.REQUEST_EXTENSION),
        "may_correct": request.user.may(Permission.CORRECT_ENROLMENT),
    }
    return render_person(request, participant, "participants/enrolments.html", context, tab=TAB)


@requires(Permission.ENROL)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def enrol(request, participant):
    """Enrol the person, with a main contact."""
    today = timezone.localdate()
    form = EnrolForm(
        request.POST or None,
        initial={"starts_on": today, "main_contact": request.user.pk},
        user=request.user,
    )
    if form.is_valid() and do(
        form, actions.enrol, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Deltagaren är inskriven.", "participants:detail", participant.pk)
    context = {"kind": "enrol", "track": track_for(participant, today)}
    return ask(request, participant, form, "Skriv in", context, tab=TAB)


@requires(Permission.CORRECT_ENROLMENT)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def enrolment_correct(request, participant, enrolment_pk):
    """Correct dates that turned out to be wrong, with the reason."""
    enrolment = get_object_or_404(participant.enrolments, pk=enrolment_pk)
    form = CorrectDatesForm(request.POST or None, enrolment=enrolment)
    if form.is_valid() and do(
        form,
        actions.correct_dates,
        enrolment=enrolment,
        by=request.user,
        **({"ended_on": None} | form.cleaned_data),
    ):
        return saved(request, "Datumen är rättade.", "participants:enrolments", participant.pk)
    return ask(request, participant, form, "Rätta datum", tab=TAB)


@requires(Permission.ENROL)
@require_GET
@with_participant(Category.PLAN)
def reassign(request, participant):
    """Show who has what, with the way to change each."""
    enrolment = current_enrolment(participant)
    context = {
        "heading": "Uppdrag",
        "functions": [(function, enrolment.assigned(function)) for function in Function],
        "history": enrolment.assignments.select_related("user").order_by("-starts_on", "-pk"),
    }
    return render_person(request, participant, "participants/reassign.html", context, tab=TAB)


@requires(Permission.ENROL)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def reassign_function(request, participant, function):
    """Let somebody take one function over from a day on."""
    enrolment = current_enrolment(participant)
    if function not in Function.values:
        raise Http404
    function = Function(function)
    form = ReassignForm(
        request.POST or None, initial={"from_day": timezone.localdate()}, function=function
    )
    if form.is_valid():
        do(
            form,
            actions.reassign,
            enrolment=enrolment,
            function=function,
            by=request.user,
            **form.cleaned_data,
        )
        if not form.errors:
            return saved(
                request, f"{function.label} är ändrad.", "participants:detail", participant.pk
            )
    context = {"kind": "reassign", "holder": enrolment.assigned(function)}
    return ask(request, participant, form, f"Byt {function.label.lower()}", context, tab=TAB)


@requires(Permission.REQUEST_EXTENSION)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def extension(request, participant):
    """Ask for a longer enrolment; the lead extends at once. One that waits is shown instead."""
    enrolment = current_enrolment(participant)
    waiting = (
        enrolment.extensions.filter(decided_at=None).select_related("asked_by", "enrolment").first()
    )
    decides = request.user.may(Permission.DECIDE_EXTENSION)
    form = ExtensionForm(None if waiting else request.POST or None)
    if decides:
        form.submit_label = "Förläng"
    action = actions.extend if decides else actions.ask_extension
    if form.is_valid() and do(
        form, action, enrolment=enrolment, by=request.user, **form.cleaned_data
    ):
        sentence = "Inskrivningen är förlängd." if decides else "Begäran väntar på projektledaren."
        return saved(request, sentence, "participants:detail", participant.pk)
    context = {
        "waiting": waiting,
        "decision": DecisionForm(action=_decide_at(waiting)) if waiting and decides else None,
        "enrolment": enrolment,
    }
    template = "participants/extension.html"
    return ask(request, participant, form, "Förlängning", context, template=template, tab=TAB)


def _decide_at(waiting) -> str:
    args = [waiting.enrolment.participant_id, waiting.pk]
    return reverse("participants:extension_decide", args=args)


@requires(Permission.DECIDE_EXTENSION)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def extension_decide(request, participant, extension_pk):
    """Grant or reject a wish for more time."""
    waiting = get_object_or_404(
        Extension.objects.select_related("asked_by", "enrolment"),
        pk=extension_pk,
        enrolment__participant=participant,
    )
    form = DecisionForm(request.POST or None, action=_decide_at(waiting))
    if form.is_valid() and do(
        form, actions.decide_extension, extension=waiting, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Beslutet är sparat.", "participants:detail", participant.pk)
    context = {"waiting": waiting, "decision": form, "enrolment": waiting.enrolment}
    template = "participants/extension.html"
    return ask(request, participant, form, "Förlängning", context, template=template, tab=TAB)


@requires(Permission.ENROL)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def exit_enrolment(request, participant):
    """End the enrolment; what still stands open on the last day is listed first, with ways to mend it."""
    enrolment = current_enrolment(participant)
    today = timezone.localdate()
    day = _day_of(request.POST.get("ended_on", "")) or today
    questions = actions.open_questions_at_exit(enrolment, request.user, day)
    must = [each for each in questions if each.needs_reason]
    form = ExitForm(request.POST or None, initial={"ended_on": today}, asks_why=bool(must))
    if form.is_valid() and do(
        form, actions.exit_enrolment, enrolment=enrolment, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Inskrivningen är avslutad.", "participants:list")
    context = {
        "must": must,
        "open_questions": [each for each in questions if not each.needs_reason],
        "enrolment": enrolment,
    }
    template = "participants/exit.html"
    return ask(
        request, participant, form, "Avsluta inskrivningen", context, template=template, tab=TAB
    )


def _day_of(text: str):
    """Return the day that was typed, or None: what stands open depends on it, before the form is read."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
