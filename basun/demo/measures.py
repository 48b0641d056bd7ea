"""Interventions: the programme's own and others', for about every third; some have ended."""

from datetime import timedelta

from basun.demo.case_files import CaseFile
from casework.models import Audience, Intervention, InterventionKind, InterventionOutcome
from participants.enums import Function

EVERY = 3
# How those that ended went, in turn, with words.
ENDED = [
    (InterventionOutcome.HELPED, "Gick hela kursen och fick intyg."),
    (InterventionOutcome.PARTLY, "Gick halva, resten tas på kvällstid."),
    (InterventionOutcome.INTERRUPTED, "Tiden krockade med praktiken."),
    (InterventionOutcome.HELPED, "Har nu ordning på breven och betalar i tid."),
    (InterventionOutcome.NEVER_STARTED, "Platsen gick till någon annan; söker på nytt."),
]
BY_FUNCTION = {
    InterventionKind.SIUS: Function.SIUS,
    InterventionKind.COUNSELLING: Function.COUNSELLOR,
}


def make_measures(files: list[CaseFile]) -> None:
    """The story's own for every third, and SIUS and counselling for those who have such staff."""
    rows, ended = [], iter(ENDED * len(files))
    for file in files:
        if not file.contact or file.days < EVERY * 7:
            continue
        if file.index % EVERY == 0:
            rows.append(_measure(file, file.story["measure"], next(ended)))
        for kind, function in BY_FUNCTION.items():
            if staff := file.enrolment.assigned(function):
                rows.append(_measure(file, {"kind": kind}, None, staff=staff))
    Intervention.objects.bulk_create(rows)


def _measure(file: CaseFile, facts: dict, how, staff=None) -> Intervention:
    """One that began some weeks ago; every other of the story's has ended."""
    kind = InterventionKind(facts["kind"])
    starts_on = file.enrolment.starts_on + timedelta(days=min(file.days // 3, 40))
    has_ended = how is not None and file.index % 2 == 0 and file.days > 40
    outcome, words = how if has_ended else ("", "")
    if kind.is_internal and staff is None:
        staff = file.enrolment.assigned(BY_FUNCTION.get(kind)) or file.coordinator
    return Intervention(
        participant=file.person,
        enrolment=file.enrolment,
        kind=kind,
        title=facts.get("title", ""),
        organisation=facts.get("organisation", ""),
        contact=facts.get("contact", ""),
        staff=staff,
        starts_on=starts_on,
        ends_on=starts_on + (file.today - starts_on) / 2 if has_ended else None,
        outcome=outcome,
        outcome_note=words,
        audience=Audience.AUTHORITY if kind.is_sensitive else Audience.TEAM,
        author_authority=file.contact.authority,
        created_by=file.contact,
    )
