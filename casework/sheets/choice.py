"""Whose certificates of a month: one's own participants', a main contact's, or everybody's."""

from dataclasses import dataclass, field

from casework.models import Attendance
from casework.sheets.people import contact_of
from core.periods import Month
from core.swedish import counted
from participants.enums import Category
from participants.models import Participant

MINE, EVERYBODY = "mina", "alla"
NOBODY, WITHOUT = "utan", "utan huvudkontakt"


@dataclass(slots=True)
class Group:
    """Some of the month's people: a key for the form, a name, and who they are."""

    key: str
    name: str
    people: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The name with its counts: Anna Berg: 12 intyg, varav 8 saknar underskrift."""
        text = f"{self.name}: {counted(len(self.people), 'intyg', 'intyg')}"
        if not self.missing:
            return text
        return f"{text}, varav {counted(len(self.missing), 'saknar', 'saknar')} underskrift"


def groups(user, month: Month) -> list[Group]:
    """Return the groups that have somebody with hours in the month whom the user may see.

    Everybody first, then one's own, then each main contact by name. Five queries.
    """
    unsigned = _people_with_hours(user, month)
    mine, everybody = Group(MINE, "Mina deltagare"), Group(EVERYBODY, "Alla jag ser")
    contacts: dict[str, Group] = {}
    people = Participant.objects.filter(pk__in=unsigned).prefetch_related(
        "enrolments__assignments__user"
    )
    for person in people.order_by("sort_name", "pk"):
        contact = contact_of(person)
        key, name = (str(contact.pk), contact.name) if contact else (NOBODY, WITHOUT.capitalize())
        each = contacts.setdefault(key, Group(key, name))
        for group in (everybody, each, mine) if contact == user else (everybody, each):
            group.people.append(person.pk)
            group.missing += [person.pk] if unsigned[person.pk] else []
    others = sorted(contacts.values(), key=lambda group: (group.key == NOBODY, group.name))
    return [group for group in (mine, everybody, *others) if group.people]


def _people_with_hours(user, month: Month) -> dict[int, bool]:
    """Return who has hours in the month, and whether some of them are unsigned. One query."""
    people = Participant.objects.visible_to(user, Category.ATTENDANCE)
    rows = Attendance.objects.taken_part().filter(
        participant__in=people, held_on__range=(month.first, month.last)
    )
    found: dict[int, bool] = {}
    for person, attestation in rows.values_list("participant", "attestation").distinct():
        found[person] = found.get(person, False) or attestation is None
    return found
