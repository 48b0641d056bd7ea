"""A plan is reviewed by a day, and nobody should be without one: what that asks of the team, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.urls import reverse

from accounts.permissions import Permission
from casework.models import Plan, PlanStatus, PlanVersion, TaskSource
from casework.todo import actions as todo
from core.errors import Refused
from core.registry import NextStep, ReviewSignal
from core.swedish import counted
from participants.enums import Category
from participants.next_steps import NO_MEETING
from participants.review_weights import Weight

SOON = timedelta(days=14)
TASK_BEFORE = timedelta(days=7)
WITHOUT_AFTER = timedelta(days=30)
# Beside the urgencies of participants.next_steps: after what the end of the enrolment asks for.
URGENCY_LATE, URGENCY_SOON, URGENCY_WITHOUT = 58, 42, 44
TASK = "Följ upp planen senast {day}."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person's plan: the day it is reviewed by, what waits, since when they are here."""

    starts_on: date
    review_on: date | None = None
    has_plan: bool = False
    waits_for: tuple[str, ...] = ()
    proposed_on: date | None = None
    objection: bool = False


def signals_of(facts: Facts, day: date) -> list[ReviewSignal]:
    """Return why a plan should be talked about on a day. Pure."""
    if not facts.has_plan:
        since = facts.starts_on + WITHOUT_AFTER
        if day < since:
            return []
        return [ReviewSignal("Ingen plan än", Weight.PLAN_RUNS_OUT, since, "warn", "file")]
    if facts.review_on is None or day < facts.review_on - SOON:
        return []
    tone = "bad" if facts.review_on < day else "warn"
    text = f"Planen ska följas upp {facts.review_on}"
    return [ReviewSignal(text, Weight.PLAN_RUNS_OUT, facts.review_on - SOON, tone, "file")]


def step_of(facts: Facts, day: date) -> NextStep | None:
    """Return what a plan asks for next, without an address. Pure."""
    if facts.objection:
        text = "Deltagaren säger att något inte stämmer i planen: läs och ändra tillsammans."
        return NextStep(text, URGENCY_LATE, tone="warn")
    if facts.waits_for:
        words = " och ".join(facts.waits_for)
        return NextStep(f"Planen väntar på: {words}.", NO_MEETING - 1, tone="info")
    if not facts.has_plan:
        if day < facts.starts_on + WITHOUT_AFTER:
            return None
        return NextStep("Ingen plan än: planera tillsammans.", URGENCY_WITHOUT, tone="warn")
    if facts.review_on is None or day < facts.review_on - SOON:
        return None
    if facts.review_on < day:
        late = counted((day - facts.review_on).days, "dag", "dagar")
        text = f"Planen skulle ha följts upp för {late} sedan: boka ett samtal."
        return NextStep(text, URGENCY_LATE, facts.review_on, tone="bad")
    text = f"Planen ska följas upp senast {facts.review_on}."
    return NextStep(text, URGENCY_SOON, facts.review_on, tone="warn")


def facts_of(participants, user) -> dict[int, Facts]:
    """Return what is known of the plans of those enrolled, by person, as far as the user may see. Four queries."""
    current = {enrolment.pk: each for each in participants if (enrolment := each.current_enrolment)}
    if not current or not user.may(Permission.VIEW_PLAN):
        return {}
    versions = PlanVersion.objects.filter(
        plan__enrolment__in=current, status__in=[PlanStatus.AGREED, PlanStatus.PROPOSED]
    )
    if user.needs_consent:
        versions = versions.visible_to(user)
        allowed = _with_consent(current, user)
        current = {pk: each for pk, each in current.items() if each.pk in allowed}
    # Without the words of the plan, and who has agreed only where somebody has yet to.
    versions = list(
        versions.annotate(of_enrolment=F("plan__enrolment")).only(
            "plan", "number", "status", "parties", "review_on"
        )
    )
    waiting = [each for each in versions if each.status == PlanStatus.PROPOSED]
    prefetch_related_objects(waiting, "agreements", "signing_links")
    found: dict[int, list[PlanVersion]] = {}
    for version in versions:
        found.setdefault(version.of_enrolment, []).append(version)
    return {each.pk: _facts(each, found.get(pk, [])) for pk, each in current.items()}


def _with_consent(current, user) -> set[int]:
    people = type(next(iter(current.values()))).objects.visible_to(user, Category.PLAN)
    ids = [each.pk for each in current.values()]
    return set(people.filter(pk__in=ids).values_list("pk", flat=True))


def _facts(person, versions) -> Facts:
    from casework.plans.versions import waiting_for
    from casework.plans.words import party_words

    holds = next((each for each in versions if each.status == PlanStatus.AGREED), None)
    waits = next((each for each in versions if each.status == PlanStatus.PROPOSED), None)
    links = waits.signing_links.all() if waits else ()
    return Facts(
        starts_on=person.current_enrolment.starts_on,
        review_on=holds.review_on if holds else None,
        has_plan=holds is not None,
        waits_for=tuple(party_words(each) for each in waiting_for(waits)) if waits else (),
        objection=any(link.disputed_at and not link.dispute_seen_at for link in links),
    )


def signals(participants, user, day: date) -> dict[int, list[ReviewSignal]]:
    """Plans that are to be reviewed soon, or should have been, and those without one. A fixed number of queries."""
    found = {pk: signals_of(facts, day) for pk, facts in facts_of(participants, user).items()}
    return {pk: each for pk, each in found.items() if each}


def next_steps(participants, user, day: date) -> dict[int, NextStep]:
    """What plans ask for next. A fixed number of queries."""
    steps = {}
    for pk, facts in facts_of(participants, user).items():
        if step := step_of(facts, day):
            waits = bool(facts.waits_for or facts.objection)
            name = "plans:proposal" if waits else "plans:plan"
            steps[pk] = NextStep(
                step.text, step.urgency, step.due, reverse(name, args=[pk]), step.tone
            )
    return steps


def give_tasks(day: date) -> int:
    """Give the main contact a task for each plan to be reviewed within the week; once for each such day."""
    due = Plan.objects.filter(
        review_on__range=(day, day + TASK_BEFORE),
        enrolment__ended_on=None,
        versions__status=PlanStatus.AGREED,
    )
    due = due.select_related("enrolment__participant").order_by("review_on", "pk")
    return sum(_give(plan) for plan in due)


@transaction.atomic
def _give(plan) -> bool:
    contact = plan.enrolment.main_contact
    if contact is None or not contact.is_active:
        return False
    try:
        todo.create_task(
            text=TASK.format(day=plan.review_on),
            by=None,
            participant=plan.enrolment.participant,
            assigned_to=contact,
            due_on=plan.review_on,
            source=TaskSource.DUE,
            key=f"plan-review:{plan.pk}:{plan.review_on}",
        )
    except Refused:
        return False
    return True
