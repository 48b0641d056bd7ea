"""What was agreed, line by line: what, who and by when. Each line that is somebody's becomes a task."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework.models.todo import FUNCTIONS
from casework.todo.holders import must_see
from core.errors import Refused
from participants.models import ProtectionReader

ME, PARTICIPANT = "me", "participant"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One thing agreed. `user` or `role` is who does it; neither: the participant."""

    text: str
    user: User | None = None
    role: str = ""
    due: date | None = None

    @property
    def is_task(self) -> bool:
        """Whether a member of staff is to do it."""
        return bool(self.user or self.role)

    @property
    def words(self) -> str:
        """The line as the note keeps it: Skicka cv (Deltagaren, senast 2026-03-09)."""
        who = self.user.name if self.user else Role(self.role).label if self.role else "Deltagaren"
        due = f", senast {self.due:%Y-%m-%d}" if self.due else ""
        return f"{self.text} ({who}{due})"


class WrongLine(ValueError):
    """A line that cannot be read; the message is a Swedish sentence."""


def choices(user, participant) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who can be asked to do something, in groups. Two queries at most.

    About somebody with a protected identity only those on the person's list, and no function, since
    nobody else may know.
    """
    groups = [("", [(ME, "Jag"), (PARTICIPANT, "Deltagaren")])]
    colleagues = User.objects.active_with_role(*FUNCTIONS).exclude(pk=user.pk)
    if participant.is_protected:
        colleagues = colleagues.filter(pk__in=_on_the_list(participant))
    else:
        roles = [(f"role:{role.value}", role.label) for role in FUNCTIONS]
        groups.append(("Någon i funktionen", roles))
    people = [(f"user:{each.pk}", each.name) for each in colleagues]
    return [*groups, ("Kollegor", people)] if people else groups


def _on_the_list(participant):
    today = timezone.localdate()
    readers = ProtectionReader.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today),
        protection__participant=participant,
        protection__ended_at=None,
        valid_from__lte=today,
    )
    return readers.values("user")


def read(typed: dict, *, by, participant) -> list[Line]:
    """Return the lines that say something; raises WrongLine. One query for colleagues that are chosen."""
    rows = list(rows_of(typed))
    offered = {value for _, group in choices(by, participant) for value, _ in group}
    chosen = {who[5:] for _, who, _ in rows if who.startswith("user:") and who in offered}
    users = User.objects.in_bulk(list(map(int, chosen))) if chosen else {}
    for user in users.values():
        _must_see(user, participant)
    return [_line(number, row, offered, by, users) for number, row in enumerate(rows, 1)]


def _must_see(user, participant):
    try:
        must_see(user, participant)
    except Refused as refused:
        raise WrongLine(str(refused)) from None


def rows_of(typed: dict):
    """Yield (text, who, due) as typed, for each line that has a text."""
    texts = typed.get("agreed_text") or []
    whos, dues = typed.get("agreed_who") or [], typed.get("agreed_due") or []
    for index, text in enumerate(texts):
        if text.strip():
            who = whos[index] if index < len(whos) else ME
            yield text.strip(), who or ME, dues[index] if index < len(dues) else ""


def _line(number, row, offered, by, users) -> Line:
    text, who, due = row
    if len(text) > LONGEST:
        raise WrongLine(
            f"Rad {number} under Vi kom överens om är för lång: högst {LONGEST} tecken."
        )
    if who not in offered:
        raise WrongLine(f"Välj vem som ska göra det på rad {number} under Vi kom överens om.")
    try:
        by_when = date.fromisoformat(due) if due else None
    except ValueError:
        raise WrongLine(f"Skriv datumet på rad {number} så här: 2026-03-09.") from None
    if who == PARTICIPANT:
        return Line(text, due=by_when)
    if who.startswith("role:"):
        return Line(text, role=who[5:], due=by_when)
    return Line(text, user=by if who == ME else users[int(who[5:])], due=by_when)
