"""Where in the chain somebody is, as far as this room knows: before the first planning meeting, and after it."""

from datetime import date

from django.db.models import Min
from django.utils import timezone

from casework.models import PlanningMeeting
from core.registry import Phase
from participants.enums import Category
from participants.models import Consent

# The three meet soon after the enrolment; three weeks is long.
FIRST_MEETING_DAYS = 21
# Four of the six months that an enrolment is planned for.
FOCUS_DAYS = 120


def phase_of(starts_on: date, met_on: date | None) -> Phase:
    """Kartläggning until the first planning meeting of the enrolment, then Individuellt fokus. Pure."""
    if met_on is None:
        return Phase("Kartläggning", starts_on, FIRST_MEETING_DAYS)
    return Phase("Individuellt fokus", met_on, FOCUS_DAYS)


def phases(participants, user, day: date) -> dict[int, Phase]:
    """The phase of those enrolled. Staff of another authority: of those whose consent covers the plan. Two queries at most."""
    started = {
        enrolment.pk: (each.pk, enrolment.starts_on)
        for each in participants
        if (enrolment := each.current_enrolment) and enrolment.starts_on <= day
    }
    held = PlanningMeeting.objects.filter(enrolment__in=started, held_on__lte=day).order_by()
    met = dict(
        held.values("enrolment").annotate(first=Min("held_on")).values_list("enrolment", "first")
    )
    found = {person: phase_of(start, met.get(pk)) for pk, (person, start) in started.items()}
    told = _told(found, user)
    return {person: phase for person, phase in found.items() if person in told}


def _told(people, user) -> set[int]:
    if not user.needs_consent:
        return set(people)
    valid = Consent.objects.valid_on(timezone.localdate()).filter(
        participant__in=people, authority=user.authority, category=Category.PLAN
    )
    return set(valid.values_list("participant", flat=True))
