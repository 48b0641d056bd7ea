"""What other pages show of plans and planning meetings: phases, contacts, today's meetings, a card, questions at the exit."""

from collections import defaultdict
from datetime import date

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import (
    BookingStatus,
    MeetingBooking,
    PlanAgreement,
    PlanningMeeting,
    PlanStatus,
    PlanVersion,
)
from casework.plans import bookings, reading, steps, versions
from casework.plans.reviews import facts_of
from casework.plans.words import party_words
from core.registry import Event, OpenQuestion, Phase, TodayEntry
from core.swedish import listed
from participants.enums import Category, Function

MAPPING, FOCUS = "Kartläggning", "Individuellt fokus"
STUCK_MAPPING, STUCK_FOCUS = 30, 120


def phases(participants, user, day: date) -> dict[int, Phase]:
    """Where in the chain the plan says somebody is: before the first agreed one, or after. Five queries."""
    known = facts_of(participants, user)
    agreed = PlanVersion.objects.filter(
        plan__enrolment__participant__in=list(known),
        plan__enrolment__ended_on=None,
        agreed_at__isnull=False,
    )
    first = dict(
        agreed.order_by()
        .values_list("plan__enrolment__participant")
        .annotate(first=Min("agreed_at"))
    )
    found = {}
    for pk, facts in known.items():
        if pk in first:
            found[pk] = Phase(FOCUS, timezone.localdate(first[pk]), STUCK_FOCUS)
        elif facts.starts_on <= day:
            found[pk] = Phase(MAPPING, facts.starts_on, STUCK_MAPPING)
    return found


def last_meetings(participants, day: date) -> dict[int, date]:
    """The last day each person had a planning meeting. One query."""
    held = PlanningMeeting.objects.filter(
        enrolment__participant__in=[each.pk for each in participants], held_on__lte=day
    )
    return dict(held.order_by().values_list("enrolment__participant").annotate(Max("held_on")))


def today(user, day: date) -> list[TodayEntry]:
    """The planning meetings of a day that the user takes part in. A fixed number of queries."""
    own = MeetingBooking.objects.visible_to(user).filter(
        status=BookingStatus.BOOKED,
        starts_at__date=day,
        enrolment__assignments__user=user,
        enrolment__assignments__function__in=[Function.MAIN_CONTACT, Function.EMPLOYMENT_OFFICER],
        enrolment__assignments__ends_on=None,
    )
    own = own.select_related("enrolment__participant").distinct()
    own = own.prefetch_related("enrolment__participant__protections").order_by("starts_at", "pk")
    return [
        TodayEntry(
            f"Trepartssamtal med {each.enrolment.participant.list_name}",
            timezone.localtime(each.starts_at).time(),
            each.place,
            reverse("plans:edit", args=[each.enrolment.participant_id]),
            "people",
            each.enrolment.participant,
        )
        for each in own
    ]


def card(request, participant) -> dict | None:
    """How it goes with the steps of the plan that holds, and the next one; None without a plan. Six queries."""
    if participant.current_enrolment is None:
        return None
    plan = reading.plan_of(participant)
    holds, waits = reading.in_force(plan), reading.proposed(plan)
    if holds is None and waits is None:
        return None
    goals = steps.shown(holds.content, timezone.localdate()) if holds else []
    waiting = versions.waiting_for(waits) if waits else []
    return {
        "version": holds,
        "progress": steps.progress_of(goals),
        "overdue": sum(step.is_overdue for goal in goals for step in goal.steps),
        "waits": waits,
        "waiting_for": listed([party_words(each) for each in waiting]),
    }


def events(participant, user) -> list[Event]:
    """Meetings that are booked or were cancelled, and versions that were agreed to. Three queries."""
    if not participant.consent_covers(user, Category.PLAN):
        return []
    return [*_bookings(participant), *_versions(participant)]


def _bookings(participant) -> list[Event]:
    found = MeetingBooking.objects.filter(enrolment__participant=participant)
    found = found.exclude(status=BookingStatus.HELD).select_related("booked_by")
    return [_booking(each, participant) for each in found]


def _booking(each, participant) -> Event:
    day = timezone.localdate(each.starts_at)
    when = bookings.words_of(each)
    if each.status == BookingStatus.CANCELLED:
        return Event(day, "Trepartssamtal inställt", f"{when}. {each.cancel_reason}", "cross")
    booked_on = timezone.localdate(each.booked_at)
    url = reverse("plans:book", args=[participant.pk])
    return Event(
        booked_on, "Trepartssamtal bokat", when, "calendar", "info", url, each.booked_by.name
    )


def _versions(participant) -> list[Event]:
    agreements = PlanAgreement.objects.filter(version__plan__enrolment__participant=participant)
    by_version = defaultdict(list)
    for each in agreements.filter(version__agreed_at__isnull=False).select_related("version"):
        by_version[each.version].append(party_words(each.party))
    return [
        Event(
            timezone.localdate(version.agreed_at),
            f"Planen är överenskommen, version {version.number}",
            f"Godkänd av {listed(parties)}.",
            "check-circle",
            "good",
            reverse("plans:version", args=[participant.pk, version.number])
            + f"?inskrivning={version.plan.enrolment_id}",
            at=version.agreed_at,
        )
        for version, parties in _with_plans(by_version)
    ]


def _with_plans(by_version):
    plans = PlanVersion.objects.select_related("plan").in_bulk([each.pk for each in by_version])
    return [(plans[version.pk], parties) for version, parties in by_version.items()]


def waiting_proposal(enrolment, user, day: date) -> list[OpenQuestion]:
    """A plan that has not been agreed to by all when the enrolment is to end. One query."""
    waits = PlanVersion.objects.filter(plan__enrolment=enrolment, status=PlanStatus.PROPOSED)
    version = waits.prefetch_related("agreements").first()
    if version is None:
        return []
    words = listed([party_words(each) for each in versions.waiting_for(version)])
    url = ""
    if user and user.may(Permission.EDIT_PLAN):
        url = reverse("plans:proposal", args=[enrolment.participant_id])
    return [
        OpenQuestion(f"Planens version {version.number} väntar på {words}.", url, "Öppna planen")
    ]
