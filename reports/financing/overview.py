"""What the overview of a month shows: sums for everybody, rows for those the reader may see."""

from dataclasses import dataclass
from decimal import Decimal

from core.periods import Month
from core.swedish import number
from participants.enums import BenefitKind
from participants.models import Participant
from reports.financing.valuing import Financing, PersonValue, Sum


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of benefit in the month."""

    label: str
    hours: str
    value: str
    without_rate: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the month."""

    participant: Participant
    worth: PersonValue

    @property
    def earned(self) -> str:
        """Hours that count, in words."""
        return hours(self.worth.earned.hours)

    @property
    def value(self) -> str:
        """What they are worth, where known."""
        return kronor(self.worth.earned.value) if self.worth.earned.valued else ""

    @property
    def why_not(self) -> str:
        """Why some of the hours have no value; empty when all have."""
        return why_not(self.worth.earned + self.worth.lost)

    @property
    def needs_benefit(self) -> bool:
        """Whether somebody should record what the person lives on."""
        return bool((self.worth.earned + self.worth.lost).without_benefit)

    @property
    def lost(self) -> str:
        """Hours that do not count yet, in words; empty when there are none."""
        return hours(self.worth.lost.hours) if self.worth.lost.hours else ""


def hours(value: Decimal) -> str:
    """Write hours without needless decimals: 1,5."""
    return number(value.normalize())


def kronor(value: Decimal) -> str:
    """Write kronor and öre: 1 234,50."""
    return number(value, 2)


def whole_kronor(value: Decimal) -> str:
    """Write kronor without öre, for a headline: 1 235."""
    return number(value, 0)


def why_not(total: Sum) -> str:
    """Say why hours have no value: 3 h utan känd ersättning, 2 h utan timsats."""
    parts = [
        (total.without_benefit, "utan känd ersättning"),
        (total.without_rate, "utan timsats"),
    ]
    return ", ".join(f"{hours(value)} h {words}" for value, words in parts if value)


def kinds(financing: Financing) -> list[KindLine]:
    """Return the month by kind of benefit, in the usual order of kinds."""
    return [
        KindLine(kind.label, hours(each.hours), kronor(each.value), hours(each.without_rate))
        for kind in BenefitKind
        if (each := financing.by_kind.get(kind.value))
    ]


def people(financing: Financing, user) -> list[PersonLine]:
    """Return the people with hours whom the user may see, by name. Three queries."""
    seen = Participant.objects.visible_to(user).filter(pk__in=list(financing.people)).for_list()
    return [PersonLine(person, financing.of(person.pk)) for person in seen]


def read_month(given, today) -> tuple[Month, str]:
    """Return the month of `?manad=`, and what was wrong with it; then it is this month."""
    text = given.get("manad", "")
    if not text:
        return Month.of(today), ""
    try:
        return Month.parse(text), ""
    except ValueError as wrong:
        return Month.of(today), str(wrong)
