"""The plan that holds, its versions and what changed between them, its paper, and how it goes with the steps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.models import PlanPaperPage, PlanVersion
from casework.plans import content, difference, parties, printing, reading, steps
from casework.plans.forms import OutcomeForm
from casework.plans.looks import agreements_of, look_of
from core.errors import Refused
from participants import access_log
from participants.enums import Category
from participants.models import Participant
from participants.pages import render_person
from participants.permissions import is_closed_to, with_participant

TAB = "plans:plan"


@requires(Permission.VIEW_PLAN)
@require_GET
@with_participant(Category.PLAN)
def detail(request, participant):
    """Show the version that holds, how it goes with its steps, what is not agreed yet, and every version."""
    plan = reading.plan_of(participant)
    holds, waits = reading.in_force(plan), reading.proposed(plan)
    goals = steps.shown(holds.content, timezone.localdate()) if holds else []
    enrolled = participant.current_enrolment is not None
    context = {
        "plan": plan,
        "version": holds,
        "own_words": reading.own_words(holds.content) if holds else [],
        "goals": goals,
        "progress": steps.progress_of(goals),
        "agreements": agreements_of(holds) if holds else [],
        "waits": waits,
        "waiting_for": agreements_of(waits) if waits else [],
        "not_agreed": _not_agreed(plan, holds, waits),
        "versions": _versions(participant),
        "parties": parties.of(participant.current_enrolment, timezone.localdate()) if enrolled else None,
        "may_edit": enrolled and request.user.may(Permission.EDIT_PLAN),
    }  # fmt: skip
    return render_person(request, participant, "casework/plan_detail.html", context, tab=TAB)


@requires(Permission.VIEW_PLAN)
@require_GET
@with_participant(Category.PLAN)
def version(request, participant, number):
    """Show one version, and what changed from the one that held before it."""
    shown = _version_or_404(request, participant, number)
    before = (
        shown.plan.versions.filter(number__lt=shown.number, agreed_at__isnull=False)
        .order_by("-number")
        .first()
    )
    context = {
        "heading": f"Planen, version {shown.number}",
        "version": shown,
        "look": look_of(shown),
        "before": before,
        "difference": difference.between(before.content if before else None, shown.content),
        "agreements": agreements_of(shown),
        "papers": shown.papers.prefetch_related("pictures").all(),
        "own_words": reading.own_words(shown.content),
        "goals": content.goals_in_words(shown.content),
        "code": content.short_code(shown.sha256),
    }
    return render_person(request, participant, "casework/plan_version.html", context)


@requires(Permission.VIEW_PLAN)
@require_GET
def printed(request, pk):
    """Send a version as a paper for the young person: the one asked for, else what waits, else what holds.

    Logged as printed, and not as read too. A closed file asks for its reason on the plan's own page.
    """
    people = Participant.objects.visible_to(request.user, Category.PLAN).for_list()
    participant = get_object_or_404(people, pk=pk)
    if is_closed_to(request.user, participant):
        return redirect(TAB, pk)
    number = request.GET.get("version", "")
    plan = reading.plan_of(participant)
    if number.isdecimal():
        shown = _version_or_404(request, participant, int(number))
    else:
        shown = reading.proposed(plan) or reading.in_force(plan)
    if shown is None:
        raise Http404
    access_log.shown(request, [participant], access_log.Action.PRINTED)
    return HttpResponse(
        printing.as_pdf(shown, participant),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="plan-version-{shown.number}.pdf"'},
    )


@requires(Permission.VIEW_PLAN)
@require_GET
@with_participant(Category.PLAN)
def paper_picture(request, participant, paper, page):
    """Send one page of a signed paper as a picture."""
    found = get_object_or_404(
        PlanPaperPage.objects.filter(
            paper__version__in=PlanVersion.objects.visible_to(request.user),
            paper__version__plan__enrolment__participant=participant,
        ),
        paper=paper,
        number=page,
    )
    return HttpResponse(bytes(found.picture), content_type="image/jpeg")


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
def tick(request, participant, step):
    """Say that a step of the plan that holds is done, and how it went; or that it is not after all."""
    holds = reading.in_force(reading.plan_of(participant))
    if holds is None:
        raise Http404
    form = OutcomeForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Högst 200 tecken om hur det gick. Korta texten.")
        steps.tick(version=holds, step_id=step, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse(TAB, args=[participant.pk])}#steg-{step}")


def _version_or_404(request, participant, number) -> PlanVersion:
    """Return a version by its number: of the latest enrolment, or of the one in the address."""
    found = PlanVersion.objects.filter(plan__enrolment__participant=participant, number=number)
    enrolment = request.GET.get("inskrivning", "")
    if enrolment.isdecimal():
        found = found.filter(plan__enrolment=int(enrolment))
    found = found.select_related("plan__enrolment", "proposed_by")
    found = found.prefetch_related("agreements__user", "agreements__recorded_by")
    latest = found.order_by("-plan__enrolment__starts_on").first()
    if latest is None:
        raise Http404
    return latest


def _versions(participant) -> list:
    """Return every version of every enrolment, the latest first, with how each looks. Two queries."""
    found = PlanVersion.objects.filter(plan__enrolment__participant=participant)
    found = found.select_related("plan", "proposed_by").prefetch_related("agreements")
    found = found.order_by("-plan__enrolment__starts_on", "-number")
    return [(each, look_of(each)) for each in found]


def _not_agreed(plan, holds, waits):
    """Return what stands on the table and in no version that is agreed to or waits; None when nothing does."""
    if plan is None or plan.enrolment.ended_on:
        return None
    now = content.content_of(plan)
    last = waits or holds
    if last and not now["review_on"]:
        now["review_on"] = last.content["review_on"]
    if last and content.says_the_same(last.content, now):
        return None
    if not last and not any(now[key] for key in ("wishes", "needs", "circumstances", "goals")):
        return None
    now["next_meeting"] = last.content["next_meeting"] if last else now["next_meeting"]
    return difference.between(last.content if last else None, now)
