"""What happened, read from the database once and kept flat; the figures are computed from it.

Statistics count everybody, also people with protected identity and closed files: a total holds no
person, and one that depended on who asked would be no figure. The people *behind* a figure are another
matter: `reports.rows` takes them through `visible_to` and logs them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import CharField, F, Min, QuerySet, Sum
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import IsNull

from casework.models import Attendance, PlanningMeeting
from core.periods import Month, Period
from participants.enums import Area, CountsAs, ExitReason
from participants.models import AreaPeriod, Enrolment, Participant
from referrals.enums import Source

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Spell:
    """One enrolment with what the figures ask of it. `person` and `pk` are keys, no names."""

    pk: int
    person: int
    gender: str
    starts_on: date
    ended_on: date | None = None
    counts_as: CountsAs | None = None
    source: Source | None = None
    area: Area | None = None
    referred_on: date | None = None
    met_on: date | None = None

    @property
    def days(self) -> int:
        """Days from the first to the exit; only asked of a spell that has ended."""
        return (self.ended_on - self.starts_on).days

    @property
    def days_to_meeting(self) -> int:
        """Days from the referral to the first planning meeting; only asked where there is one."""
        return (self.met_on - self.referred_on).days


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's hours of one month, attested or not."""

    person: int
    month: Month
    is_attested: bool
    hours: Decimal


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Somebody was asked some months after a placement began whether they were still there."""

    began_on: date
    months_after: int
    is_still_there: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the figures of a period, or of any part of it, are computed from."""

    period: Period
    spells: tuple[Spell, ...]
    started: dict[Month, list[Spell]]
    ended: dict[Month, list[Spell]]
    met: dict[Month, list[Spell]]
    first_start: dict[int, date]
    hours: dict[Month, list[Hours]]
    # Sums and people of each month, laid out once: every figure of every period asks for them.
    hour_sums: dict[tuple[Month, bool], Decimal]
    attested_people: dict[Month, set[int]]
    # Placements are not registered yet; the room that will register them fills this.
    follow_ups: tuple[FollowUp, ...] = ()


def everybody() -> QuerySet[Participant]:
    """Return the people that statistics count: all of them, whoever asks (see the module's words)."""
    return Participant.objects.all()


def load_facts(participants: QuerySet[Participant], period: Period) -> Facts:
    """Read what happened to these people up to the period's last day. Four queries, however many rows.

    Enrolments are read from the very first one, since a figure asks for a person's first; hours only
    within the period.
    """
    return arrange(period, _spells(participants, period), _hours(participants, period))


def arrange(period: Period, spells, hours, follow_ups=()) -> Facts:
    """Lay spells and hours out by month, so that a series of months costs one pass. Pure."""
    spells = tuple(sorted(spells, key=lambda spell: (spell.starts_on, spell.pk)))
    first_start: dict[int, date] = {}
    for spell in spells:
        first_start.setdefault(spell.person, spell.starts_on)
    by_month = _hours_by_month(hours)
    return Facts(
        period=period,
        spells=spells,
        started=_by_month(spells, "starts_on"),
        ended=_by_month(spells, "ended_on"),
        met=_by_month(spells, "met_on"),
        first_start=first_start,
        hours=by_month,
        hour_sums=_hour_sums(by_month),
        attested_people={
            month: {row.person for row in rows if row.is_attested}
            for month, rows in by_month.items()
        },
        follow_ups=tuple(follow_ups),
    )


def _by_month(spells, field: str) -> dict[Month, list[Spell]]:
    months = defaultdict(list)
    for spell in spells:
        if day := getattr(spell, field):
            months[Month.of(day)].append(spell)
    return dict(months)


def _hours_by_month(hours) -> dict[Month, list[Hours]]:
    months = defaultdict(list)
    for row in hours:
        months[row.month].append(row)
    return dict(months)


def _hour_sums(by_month) -> dict[tuple[Month, bool], Decimal]:
    return {
        (month, is_attested): sum(
            (row.hours for row in rows if row.is_attested == is_attested), Decimal(0)
        )
        for month, rows in by_month.items()
        for is_attested in (True, False)
    }


def _spells(participants, period) -> list[Spell]:
    rows = (
        Enrolment.objects.filter(participant__in=participants, starts_on__lte=period.last)
        .order_by("starts_on", "pk")
        .values_list(
            "pk",
            "participant_id",
            "participant__legal_gender",
            "starts_on",
            "ended_on",
            "exit_reason",
            "referral__body__source",
            "referral__referred_on",
        )
    )
    areas, meetings = _areas(participants), _first_meetings(participants)
    return [_spell(row, areas, meetings) for row in rows]


def _spell(row, areas, meetings) -> Spell:
    pk, person, gender, starts_on, ended_on, reason, source, referred_on = row
    return Spell(
        pk=pk,
        person=person,
        gender=gender,
        starts_on=starts_on,
        ended_on=ended_on,
        counts_as=ExitReason(reason).counts_as if reason else None,
        source=Source(source) if source else None,
        area=_area_on(areas.get(person, ()), starts_on),
        referred_on=referred_on,
        met_on=meetings.get(pk),
    )


def _areas(participants) -> dict[int, list]:
    periods = defaultdict(list)
    rows = AreaPeriod.objects.filter(participant__in=participants).order_by("starts_on", "pk")
    for person, area, starts_on, ends_on in rows.values_list(
        "participant_id", "area", "starts_on", "ends_on"
    ):
        periods[person].append((Area(area), starts_on, ends_on))
    return periods


def _area_on(periods, day: date) -> Area | None:
    for area, starts_on, ends_on in periods:
        if starts_on <= day and (ends_on is None or day <= ends_on):
            return area
    return None


def _first_meetings(participants) -> dict[int, date]:
    # A meeting before the referral belongs to something earlier and would give negative days.
    rows = (
        PlanningMeeting.objects.filter(
            enrolment__participant__in=participants,
            enrolment__referral__referred_on__lte=F("held_on"),
        )
        .order_by()
        .values_list("enrolment_id")
        .annotate(first=Min("held_on"))
    )
    return dict(rows)


def _hours(participants, period) -> list[Hours]:
    # The beginning of the date, 2019-03: SQLite would call Python for every row of TruncMonth, and
    # a large register would take twice as long.
    month = Substr(Cast("held_on", CharField()), 1, 7)
    rows = (
        Attendance.objects.taken_part()
        .filter(participant__in=participants, held_on__range=(period.first, period.last))
        .order_by()
        .annotate(month=month, is_attested=IsNull(F("attestation_id"), False))
        .values_list("participant_id", "month", "is_attested")
        .annotate(sum=Sum("hours"))
    )
    months = {str(each): each for each in period.months()}
    # SQLite sums decimals as floats; hours have two decimals.
    return [
        Hours(person, months[text], is_attested, hours.quantize(HUNDREDTH))
        for person, text, is_attested, hours in rows
    ]
