"""Who a decision can be given to: the colleagues a line may name, and whether they may see the participant."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework.review import attendance
from casework.review.lines import Colleague, Facts, Line
from casework.review.steps import shared_at
from core.errors import Refused
from participants.enums import Category, Function
from participants.models import Participant

HOLDERS = {
    Function.EMPLOYMENT_OFFICER: Role.EMPLOYMENT_OFFICER,
    Function.SIUS: Role.SIUS_CONSULTANT,
    Function.COUNSELLOR: Role.COUNSELLOR,
}
NO_CONSENT = (
    "{name} arbetar på Arbetsförmedlingen, och samtycke saknas för deltagaren. Välj någon av"
    " kommunens personal."
)
NO_ONE_OF_THEM = (
    "{name} hör till Arbetsförmedlingen, och samtycke saknas för deltagaren. Välj någon av"
    " kommunens personal."
)
CANNOT_SEE = (
    "{name} kan inte se deltagaren och skulle inte få se uppgiften. Koppla {name} till deltagaren"
    " först, eller välj någon annan."
)
NOBODY_SEES = (
    "Ingen {name} är kopplad till deltagaren, så ingen skulle få se uppgiften. Skriv vem som gör"
    " det, till exempel @huvudkontakten."
)
THEIRS = (Role.EMPLOYMENT_OFFICER, Role.SIUS_CONSULTANT)


def facts_for(participant, today, default_due) -> Facts:
    """Return what a line about the participant is read against. One query for `for_list()` people."""
    enrolment = participant.current_enrolment
    holders = {}
    contact = None
    if enrolment:
        contact = _colleague(enrolment.main_contact)
        found = {role: enrolment.assigned(function) for function, role in HOLDERS.items()}
        holders = {role.value: _colleague(user) for role, user in found.items() if user}
    colleagues = tuple(_colleague(user) for user in attendance.staff())
    return Facts(today, default_due, colleagues, contact, holders)


def must_see(participant, line: Line) -> None:
    """Refuse somebody, or a function, that could not see the task for want of consent or of the file."""
    if line.who:
        user = User.objects.get(pk=line.who.pk)
        if not _sees(user, participant):
            lacks = user.needs_consent and not participant.consent_covers(user, Category.PLAN)
            raise Refused((NO_CONSENT if lacks else CANNOT_SEE).format(name=user.name))
        return
    role = Role(line.to_role)
    if any(_sees(user, participant) for user in User.objects.active_with_role(role)):
        return
    if role in THEIRS and not shared_at({0: (participant.pk, timezone.now())})[0]:
        raise Refused(NO_ONE_OF_THEM.format(name=role.label))
    raise Refused(NOBODY_SEES.format(name=role.label.lower()))


def _sees(user, participant) -> bool:
    return Participant.objects.visible_to(user, Category.PLAN).filter(pk=participant.pk).exists()


def _colleague(user) -> Colleague | None:
    return Colleague(user.pk, user.first_name, user.last_name) if user else None
