"""The project's months in order: which are due, which are locked, and which must be sent again.

Staleness is computed, never stored: each locked month is worked out anew and compared with what was
locked. The first that differs and every later locked month must be sent again, oldest first (rule 3).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import models

from casework.models.project import due_on
from core.periods import Month
from reports.esf.changes import Change, Frozen, compare, summary
from reports.esf.facts import EsfFacts, load_facts
from reports.esf.models import EsfRow, EsfVersion, VersionStatus
from reports.esf.participation import MonthRows, all_months


class MonthStatus(models.TextChoices):
    """Where a month stands, as people read it."""

    RUNNING = "running", "Pågår"
    OPEN = "open", "Öppen"
    LATE = "late", "Försenad"
    LOCKED = "locked", "Låst"
    SENT = "sent", "Skickad"
    RECEIVED = "received", "Kvitterad"
    STALE = "stale", "Måste sändas om"

    @property
    def tone(self) -> str:
        """How it looks, for `{% status_tag %}`."""
        return {
            "running": "neutral", "open": "warn", "late": "bad", "stale": "bad"
        }.get(self.value) or VersionStatus(self.value).tone  # fmt: skip

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {
            "running": "clock", "open": "edit", "late": "warning", "stale": "refresh"
        }.get(self.value) or VersionStatus(self.value).icon  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """One month: where it stands, what it holds now, and how that differs from what was locked."""

    month: Month
    status: MonthStatus
    days_left: int
    now: MonthRows
    version: EsfVersion | None = None
    changes: tuple[Change, ...] = ()
    # The month whose correction makes this one stale.
    follows: Month | None = None

    @property
    def due_on(self) -> date:
        """The last day to send it in."""
        return due_on(self.month)

    @property
    def is_stale(self) -> bool:
        """Whether it must be sent again."""
        return self.status == MonthStatus.STALE

    @property
    def is_to_lock(self) -> bool:
        """Whether it has ended and has never been locked."""
        return self.status in {MonthStatus.OPEN, MonthStatus.LATE}

    @property
    def is_unsent(self) -> bool:
        """Whether it has ended and waits to be sent for the first time."""
        return self.is_to_lock or self.status == MonthStatus.LOCKED

    @property
    def reason(self) -> str:
        """Why it must be sent again, in words without persons; "" when it need not."""
        if self.changes:
            return f"Ändrat sedan den låstes: {summary(self.changes)}."
        if self.follows:
            return f"Följer av rättelsen i {self.follows.label}."
        return ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """All months, the first first, and the facts they come from."""

    months: tuple[CalendarMonth, ...]
    facts: EsfFacts

    def get(self, month: Month) -> CalendarMonth | None:
        """Return a month, or None when it is not one of the project's."""
        return next((each for each in self.months if each.month == month), None)

    @property
    def chain(self) -> list[CalendarMonth]:
        """The months that must be sent again, oldest first."""
        return [each for each in self.months if each.is_stale]

    @property
    def to_lock(self) -> list[CalendarMonth]:
        """Months that have ended and were never locked, oldest first."""
        return [each for each in self.months if each.is_to_lock]

    @property
    def to_send(self) -> list[CalendarMonth]:
        """Months locked and not yet sent, oldest first."""
        return [each for each in self.months if each.status == MonthStatus.LOCKED]

    @property
    def unlocked_before(self) -> dict[Month, Month]:
        """For each month with an unlocked one before it: the first of those."""
        first, found = None, {}
        for each in self.months:
            if first:
                found[each.month] = first
            elif each.version is None:
                first = each.month
        return found


def load_calendar(today: date) -> Calendar:
    """Read and compare every month. Seven queries, and one more when something has moved."""
    facts, versions = load_facts(), latest_versions()
    return arrange(facts, versions, today, frozen_rows)


def latest_versions() -> dict[Month, EsfVersion]:
    """Return each locked month's latest version, without its long texts. One query."""
    rows = EsfVersion.objects.defer("changes", "figures").select_related("locked_by")
    return {each.period: each for each in rows.order_by("month", "number")}


def frozen_rows(versions) -> dict[int, list[Frozen]]:
    """Return the locked rows of some versions, by version. One query, none without versions."""
    found = defaultdict(list)
    if not versions:
        return found
    fields = ("version_id", "participant_id", "number", "starts_on", "ended_on", "hours")
    for version, *row in EsfRow.objects.filter(version__in=versions).values_list(*fields):
        found[version].append(Frozen(*row))
    return found


def arrange(facts: EsfFacts, versions: dict[Month, EsfVersion], today: date, read) -> Calendar:
    """Lay the months out in order; `read` gives the locked rows of the versions that have moved."""
    computed = all_months(facts, months_of(facts, versions, today))
    moved = [each for month, each in versions.items() if each.rows_sha256 != computed[month].sha256]
    frozen = read(moved)
    first = min((each.period for each in moved), default=None)
    changes = {
        each.period: compare(frozen.get(each.pk, ()), computed[each.period].rows) for each in moved
    }
    return Calendar(
        tuple(
            _month(now, versions.get(month), changes.get(month, ()), first, today)
            for month, now in computed.items()
        ),
        facts,
    )


def months_of(facts: EsfFacts, versions, today: date) -> list[Month]:
    """Return the project's months: from the first with an enrolment up to the running one. Pure.

    Within the days of the project; a month that has been locked always belongs.
    """
    starts = [stays[0].starts_on for stays in facts.stays.values()]
    first, last = _project_months(facts)
    if starts and first:
        first, last = max(first, Month.of(min(starts))), min(last, Month.of(today))
        months = {first + step for step in range(_between(first, last))}
    else:
        months = set()
    return sorted(months | set(versions))


def _project_months(facts: EsfFacts) -> tuple[Month | None, Month | None]:
    if not facts.projects:
        return None, None
    ends = [each.valid_until for each in facts.projects]
    last = Month(9999, 12) if None in ends else Month.of(max(ends))
    return Month.of(facts.projects[0].valid_from), last


def _between(first: Month, last: Month) -> int:
    return max((last.year - first.year) * 12 + last.number - first.number + 1, 0)


def _month(now: MonthRows, version, changes, first: Month | None, today: date) -> CalendarMonth:
    stale = version is not None and first is not None and first <= now.month
    return CalendarMonth(
        month=now.month,
        status=MonthStatus.STALE if stale else _status(now.month, version, today),
        days_left=(due_on(now.month) - today).days,
        now=now,
        version=version,
        changes=changes,
        follows=first if stale and not changes else None,
    )


def _status(month: Month, version: EsfVersion | None, today: date) -> MonthStatus:
    if version:
        return MonthStatus(version.status)
    if today <= month.last:
        return MonthStatus.RUNNING
    return MonthStatus.OPEN if today <= due_on(month) else MonthStatus.LATE
