"""The ESF months the demo has behind it: locked, sent and received, each in its time."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from casework.models.project import due_on
from reports.esf import making, month_json, month_xlsx
from reports.esf.calendar import load_calendar
from reports.esf.models import EsfVersion, VersionStatus

# How long before the last day a month was locked, and after locking it was sent and received.
LOCKED_BEFORE, SENT_AFTER, RECEIVED_AFTER = timedelta(days=4), timedelta(days=1), timedelta(days=9)


def report_past_months(lead: User, today: date) -> None:
    """Lock every month that was due before today, and send them; the latest waits for its receipt.

    Without the PDF for the archive, which takes seconds a month and would keep a newcomer waiting.
    """
    calendar = load_calendar(today)
    past = [each for each in calendar.to_lock if each.due_on < today]
    for entry, report in zip(past, making.checked(calendar, past), strict=True):
        files = {
            "xlsx": month_xlsx.render(report, None),
            "json": month_json.as_bytes(month_json.month_json(report)),
        }
        made = making.Made(entry, report, files, 1, None)
        locked_on = due_on(entry.month) - LOCKED_BEFORE
        (version,) = making.keep([made], by=lead, at=_afternoon(locked_on))
        _send(version, lead, locked_on + SENT_AFTER)
        if entry is not past[-1]:
            _receive(version, lead, locked_on + RECEIVED_AFTER)


def _send(version: EsfVersion, by: User, day: date) -> None:
    at = _afternoon(day)
    version.move_to(VersionStatus.SENT, by=by, at=at, sent_at=at, sent_by=by)


def _receive(version: EsfVersion, by: User, day: date) -> None:
    receipt = f"SCB-{version.month.replace('-', '')}-{version.pk:04d}"
    version.move_to(
        VersionStatus.RECEIVED, by=by, at=_afternoon(day), note=receipt, receipt=receipt,
        received_on=day,
    )  # fmt: skip


def _afternoon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15, 10)))
