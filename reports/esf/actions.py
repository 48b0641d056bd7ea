"""What is done with the months: locking, making the chain anew, sending, receiving."""

from django.db import transaction
from django.utils import timezone

from core import jobs
from core.errors import Refused
from core.models import Job
from core.periods import Month
from reports.esf.calendar import MonthStatus, latest_versions, load_calendar
from reports.esf.making import HasErrors, checked, locked_by_another
from reports.esf.models import EsfVersion, VersionStatus

JOB = "reports.esf_chain"
LOCK, AGAIN, OPEN = "lock", "again", "open"
NOTHING_STALE = "Inget behöver sändas om. Ladda om sidan."
NOTHING_OPEN = "Det finns ingen öppen månad att låsa. Ladda om sidan."


def order_lock(*, month: Month, by) -> Job:
    """Order that one month is locked and its files made; raises Refused when it can't be now."""
    calendar = load_calendar(timezone.localdate())
    entry = calendar.get(month)
    if entry is None or entry.status == MonthStatus.RUNNING:
        raise Refused(
            f"{month.label.capitalize()} är inte slut än och kan låsas först när den är det."
        )
    if entry.version:
        raise Refused(locked_by_another(entry.version))
    try:
        checked(calendar, [entry])
    except HasErrors as error:
        raise Refused(str(error)) from error
    return _order(LOCK, by, month=month)


def order_again(*, by) -> Job:
    """Order that every month which must be sent again is made anew, as one chain."""
    if not load_calendar(timezone.localdate()).chain:
        raise Refused(NOTHING_STALE)
    return _order(AGAIN, by)


def order_open(*, by) -> Job:
    """Order that every open month is locked, oldest first, up to the first with errors."""
    if not load_calendar(timezone.localdate()).to_lock:
        raise Refused(NOTHING_OPEN)
    return _order(OPEN, by)


def _order(mode: str, by, *, month: Month | None = None) -> Job:
    params = {"mode": mode, "month": str(month or "")}
    return jobs.enqueue(JOB, by=by, params=params, key=f"esf {mode} {month or ''} {by.pk}")


@transaction.atomic
def mark_sent(*, version: EsfVersion, by) -> EsfVersion:
    """Note that a month's latest version has gone to Statistics Sweden; months go in order."""
    version = _locked(version)
    latest = latest_versions()
    if latest[version.period].pk != version.pk:
        raise Refused("Det finns en nyare version av månaden. Skicka den i stället.")
    first = next((each for each in latest.values() if each.status == VersionStatus.LOCKED), None)
    if first and first.period < version.period:
        raise Refused(
            f"Skicka {first.period.label} först: månaderna skickas i ordning, den äldsta först."
        )
    return _send(version, by)


@transaction.atomic
def mark_all_sent(*, by) -> list[EsfVersion]:
    """Note that every locked month has gone to Statistics Sweden, oldest first."""
    waiting = [each for each in latest_versions().values() if each.status == VersionStatus.LOCKED]
    if not waiting:
        raise Refused("Ingen månad väntar på att skickas. Ladda om sidan.")
    return [_send(_locked(each), by) for each in waiting]


def _send(version: EsfVersion, by) -> EsfVersion:
    now = timezone.now()
    version.move_to(VersionStatus.SENT, by=by, at=now, sent_at=now, sent_by=by)
    return version


@transaction.atomic
def register_receipt(*, version: EsfVersion, receipt: str, received_on, by) -> EsfVersion:
    """Keep the receipt that Statistics Sweden gave for a version that was sent."""
    version = _locked(version)
    version.must_move_to(VersionStatus.RECEIVED)
    if received_on > timezone.localdate():
        raise Refused("Kvittensens datum ligger i framtiden. Kontrollera datumet.")
    if received_on <= version.period.last:
        raise Refused("Kvittensens datum ligger före månadens slut. Kontrollera datumet.")
    version.move_to(
        VersionStatus.RECEIVED,
        by=by,
        at=timezone.now(),
        note=receipt,
        receipt=receipt,
        received_on=received_on,
    )
    return version


def _locked(version: EsfVersion) -> EsfVersion:
    return EsfVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
