"""Measures are begun, changed and ended. Keyword-only, atomic, `by` a user, logged.

Each change carries the version it was made from: a stale one raises StaleEdit and overwrites nothing.
"""

from datetime import date

from django.db import transaction

from casework.interventions.rules import first_day_of, suggested_audience
from casework.models import Intervention, InterventionKind, InterventionOutcome
from casework.models.notes import Audience
from core.errors import Refused
from core.swedish import iso_date
from participants import access_log
from participants.errors import StaleEdit
from participants.models import Enrolment

FIELDS = ("kind", "title", "organisation", "contact", "staff", "starts_on", "ends_on", "enrolment")
BEFORE = "Insatsen börjar {starts}, men deltagaren skrevs in {first}. Välj {first} eller senare."
BACKWARDS = "Insatsen kan inte sluta före {starts}, då den började."
NO_END = "Ange vilken dag insatsen slutade."
WHO = "Skriv hos vem insatsen är, till exempel en vårdcentral eller en skola."
OTHERS = "Bara den egna myndighetens personal ändrar vem som får läsa."


@transaction.atomic
def add_intervention(
    *,
    participant,
    by,
    kind: InterventionKind | str,
    starts_on: date,
    ends_on: date | None = None,
    title: str = "",
    organisation: str = "",
    contact: str = "",
    staff=None,
    audience: Audience | str = "",
) -> Intervention:
    """Begin a measure for a person, inside the enrolment of its first day when there is one.

    Without an `audience` the kind decides: what tells of health is for the own authority alone.
    """
    made = Intervention(
        participant=participant,
        kind=kind,
        title=title.strip(),
        organisation=organisation.strip(),
        contact=contact.strip(),
        staff=staff,
        starts_on=starts_on,
        ends_on=ends_on,
        audience=audience or suggested_audience(kind),
        author_authority=by.authority,
        created_by=by,
    )
    _check(made)
    made.save()
    access_log.changed(participant, by=by, what="add_intervention")
    return made


@transaction.atomic
def change_intervention(*, intervention: Intervention, by, version: int, **facts) -> Intervention:
    """Change a measure; `facts` are its fields. Who may read is changed by the own authority alone."""
    current = _current(intervention, version)
    audience = facts.pop("audience", "") or current.audience
    if audience != current.audience and current.author_authority != by.authority:
        raise Refused(OTHERS)
    for name, value in facts.items():
        setattr(current, name, value.strip() if isinstance(value, str) else value)
    current.audience = audience
    _check(current)
    return _save(current, by, "change_intervention", *FIELDS, "audience")


@transaction.atomic
def end_intervention(
    *,
    intervention: Intervention,
    by,
    version: int,
    ends_on: date,
    outcome: InterventionOutcome | str,
    outcome_note: str = "",
) -> Intervention:
    """End a measure, and say how it went; also to correct what was said."""
    current = _current(intervention, version)
    current.ends_on, current.outcome = ends_on, outcome
    current.outcome_note = outcome_note.strip()
    _check(current)
    return _save(current, by, "end_intervention", "ends_on", "outcome", "outcome_note")


@transaction.atomic
def resume_intervention(*, intervention: Intervention, by, version: int) -> Intervention:
    """Let a measure that was ended by mistake go on."""
    current = _current(intervention, version)
    current.ends_on, current.outcome, current.outcome_note = None, "", ""
    return _save(current, by, "resume_intervention", "ends_on", "outcome", "outcome_note")


def _current(intervention, version) -> Intervention:
    current = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if current.version != version:
        raise StaleEdit(current)
    return current


def _check(intervention) -> None:
    """Refuse what cannot be, and find the enrolment. One query."""
    starts, ends = intervention.starts_on, intervention.ends_on
    if ends and ends < starts:
        raise Refused(BACKWARDS.format(starts=iso_date(starts)))
    if intervention.outcome and not ends:
        raise Refused(NO_END)
    if not (InterventionKind(intervention.kind).is_internal or intervention.organisation):
        raise Refused(WHO)
    enrolments = list(
        Enrolment.objects.filter(participant=intervention.participant_id).order_by("starts_on")
    )
    first = first_day_of(enrolments)
    if first and starts < first:
        raise Refused(BEFORE.format(starts=iso_date(starts), first=iso_date(first)))
    intervention.enrolment = next(
        (
            each
            for each in reversed(enrolments)
            if each.starts_on <= starts and (each.ended_on is None or starts <= each.ended_on)
        ),
        None,
    )


def _save(intervention, by, what, *fields) -> Intervention:
    intervention.version += 1
    intervention.save(update_fields=["version", *fields])
    access_log.changed(intervention.participant, by=by, what=what)
    return intervention
