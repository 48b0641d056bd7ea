"""How a person stands on paper: never the name or number of somebody whose identity is protected."""

from django.utils import timezone

from casework.models import EsfProject
from participants.enums import Function, Gender
from participants.models import Participant

# When a month lies outside every project's days.
NO_PROJECT = EsfProject(name="BASUN")


def printed_number(person: Participant, project: EsfProject) -> str:
    """Return the personnummer; of a protected person the birth date and the project's code.

    No query in `for_list`.
    """
    if person.is_protected:
        code = project.code_female if person.legal_gender == Gender.FEMALE else project.code_male
        return f"{person.birth_date:%Y%m%d}-{code}"
    return person.formatted_number or f"{person.birth_date:%Y%m%d}-"


def contact_of(person: Participant):
    """Return who is, or last was, the person's main contact, or None. No query in `for_list`."""
    enrolments = sorted(person.enrolments.all(), key=lambda each: each.starts_on)
    contacts = [
        each
        for enrolment in enrolments[-1:]
        for each in enrolment.assignments.all()
        if each.function == Function.MAIN_CONTACT
        and each.starts_on <= max(timezone.localdate(), enrolment.starts_on)
    ]
    return max(contacts, key=lambda each: (each.starts_on, each.pk)).user if contacts else None
