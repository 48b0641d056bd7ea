"""What each participant needs next, computed from facts and never stored."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.permissions import Permission
from accounts.roles import Authority
from core import registry
from core.registry import NextStep
from core.swedish import counted
from participants.models import Consent, Enrolment, Extension, Participant

# How many days before the planned end somebody has to think about it.
ENDING_SOON_DAYS = 30

# Urgency, so that rules of several apps can be weighed against each other: the highest is shown.
PAST_END = 90
NO_CONTACT = 80
DECIDE_EXTENSION = 75
ENDING_SOON = 60
NO_CONSENT = 50
NO_MEETING = 45
NO_OFFICER = 40
NOT_ENROLLED = 30
WAITING = 20


def next_for(participants: Iterable[Participant], user, day: date) -> dict[int, NextStep]:
    """Return the most urgent step of each person who has one, by key.

    A fixed number of queries whatever the number of people, given `for_list()`.
    """
    participants = list(participants)
    best: dict[int, NextStep] = {}
    if not participants:
        return best
    for rule in registry.next_steps:
        for pk, step in rule.find(participants, user, day).items():
            if pk not in best or step.urgency > best[pk].urgency:
                best[pk] = step
    return best


def from_enrolment(participants, user, day: date) -> dict[int, NextStep]:
    """Planned end, main contact, officer, and extensions that wait. One query."""
    waiting = set(
        Extension.objects.filter(
            decided_at=None, enrolment__ended_on=None, enrolment__participant__in=participants
        ).values_list("enrolment", flat=True)
    )
    steps = {}
    for participant in participants:
        enrolment = participant.current_enrolment
        if enrolment is None:
            steps[participant.pk] = _enrol(participant, user)
        elif step := _most_urgent(enrolment, user, day, enrolment.pk in waiting):
            steps[participant.pk] = step
    return {pk: step for pk, step in steps.items() if step}


def _enrol(participant, user) -> NextStep | None:
    if list(participant.enrolments.all()):
        return None
    return NextStep(
        "Inte inskriven än: skriv in eller följ remissen.",
        NOT_ENROLLED,
        url=_link("participants:enrol", participant.pk, user, Permission.ENROL),
    )


def _most_urgent(enrolment: Enrolment, user, day: date, waits: bool) -> NextStep | None:
    steps = [_end(enrolment, user, day, waits), _staff(enrolment, user)]
    return max(filter(None, steps), key=lambda step: step.urgency, default=None)


def _end(enrolment, user, day, waits) -> NextStep | None:
    pk, due = enrolment.participant_id, enrolment.planned_end_on
    if waits and user.may(Permission.DECIDE_EXTENSION):
        url = reverse("participants:extension", args=[pk])
        return NextStep("Besluta om förlängning.", DECIDE_EXTENSION, due, url, "warn")
    if waits:
        return NextStep("Väntar på beslut om förlängning.", WAITING, due, tone="info")
    days = (due - day).days
    if days > ENDING_SOON_DAYS:
        return None
    url = _link("participants:extension", pk, user, Permission.REQUEST_EXTENSION)
    if days < 0:
        late = counted(-days, "dag", "dagar")
        text = f"Planerat slut passerades för {late} sedan: avsluta eller begär förlängning."
        return NextStep(text, PAST_END, due, url, "bad")
    when = "i dag" if days == 0 else f"om {counted(days, 'dag', 'dagar')}"
    text = f"Planerat slut {when}: begär förlängning eller planera avslut."
    return NextStep(text, ENDING_SOON, due, url, "warn")


def _staff(enrolment, user) -> NextStep | None:
    url = _link("participants:reassign", enrolment.participant_id, user, Permission.ENROL)
    contact, officer = enrolment.main_contact, enrolment.employment_officer
    if contact is None:
        return NextStep("Saknar huvudkontakt: utse en.", NO_CONTACT, url=url, tone="bad")
    if not contact.is_active:
        text = "Huvudkontakten arbetar inte här längre: utse en ny."
        return NextStep(text, NO_CONTACT, url=url, tone="bad")
    if officer is None:
        return NextStep("Saknar arbetsförmedlare: utse en.", NO_OFFICER, url=url)
    if not officer.is_active:
        text = "Arbetsförmedlaren arbetar inte här längre: utse en ny."
        return NextStep(text, NO_OFFICER, url=url)
    return None


def from_consent(participants, user, day: date) -> dict[int, NextStep]:
    """No valid consent toward Arbetsförmedlingen while enrolled. One query."""
    given = set(
        Consent.objects.valid_on(day)
        .filter(participant__in=participants, authority=Authority.EMPLOYMENT_SERVICE)
        .values_list("participant", flat=True)
    )
    return {
        participant.pk: NextStep(
            "Inget samtycke till Arbetsförmedlingen: fråga deltagaren.",
            NO_CONSENT,
            url=_link("participants:consent", participant.pk, user, Permission.MANAGE_CONSENT),
        )
        for participant in participants
        if participant.pk not in given and participant.current_enrolment
    }


def _link(name: str, pk: int, user, permission: Permission) -> str:
    """The page where the step is taken, for those who may take it."""
    return reverse(name, args=[pk]) if user.may(permission) else ""
