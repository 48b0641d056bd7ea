"""Locking months and making their files in the background."""

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core import jobs
from core.errors import Refused
from core.pdf import PdfUnavailable
from core.periods import Month
from reports.esf import actions, making
from reports.esf.calendar import Calendar, CalendarMonth, load_calendar
from reports.esf.models import EsfVersion
from reports.esf.templates import confirmed_template

NO_LONGER = "Du har inte längre behörighet att låsa ESF-månader. Tala med förvaltaren."


@jobs.handler(actions.JOB, title="ESF-månaderna låses")
def make_chain(job, progress):
    """Lock one month, every open one, or make the chain anew: all of it, or nothing.

    Rows and files are computed first; the versions of every month are written in the one transaction
    that finishes the job, so that a worker killed half-way leaves none.
    """
    if not job.created_by or not job.created_by.may(Permission.REPORT_ESF):
        raise jobs.Failure(NO_LONGER)
    progress(0, 0, "Räknar ut månaderna")
    calendar = load_calendar(timezone.localdate())
    made = _make(job, calendar, progress)
    try:
        with jobs.finish(job) as result:
            making.keep(made, by=job.created_by, at=timezone.now(), job_id=job.pk)
            result["url"] = _where_to(job, made, calendar)
    except making.LockedMeanwhile as error:
        raise _failure(str(error)) from error
    except IntegrityError as error:
        # Two wrote at the same moment, and the database let one in.
        raise _failure(_who_was_first(made)) from error


def _make(job, calendar: Calendar, progress) -> list[making.Made]:
    entries = _entries(job, calendar)
    by = job.created_by
    try:
        return making.make(
            calendar, entries, confirmed_template(), made_by=by.name, progress=progress
        )
    except making.HasErrors as error:
        raise _failure(str(error), reverse("esf:month", args=[error.month])) from error
    except Refused as refusal:
        raise _failure(str(refusal), reverse("esf:template_list")) from refusal
    except PdfUnavailable as error:
        raise jobs.Failure(str(error)) from error


def _entries(job, calendar: Calendar) -> list[CalendarMonth]:
    """Return the months to make, as things stand now."""
    mode = job.params["mode"]
    if mode == actions.LOCK:
        return _one(calendar, Month.parse(job.params["month"]))
    entries = calendar.chain if mode == actions.AGAIN else calendar.to_lock
    if not entries:
        raise _failure(actions.NOTHING_STALE if mode == actions.AGAIN else actions.NOTHING_OPEN)
    if mode == actions.OPEN:
        # Only months without errors; where the first has some, making it says so.
        return making.without_errors(calendar, entries) or entries[:1]
    return entries


def _one(calendar: Calendar, month: Month) -> list[CalendarMonth]:
    entry = calendar.get(month)
    if entry is None or not entry.is_to_lock:
        told = making.locked_by_another(entry.version) if entry and entry.version else None
        raise _failure(told or "Månaden kan inte låsas nu. Ladda om sidan.")
    return [entry]


def _where_to(job, made: list[making.Made], calendar: Calendar) -> str:
    mode, months = job.params["mode"], [each.report.month for each in made]
    if mode == actions.LOCK:
        return reverse("esf:month", args=[months[0]])
    left = [each.month for each in calendar.to_lock if each.month not in months]
    stopped = f"?stopp={left[0]}" if mode == actions.OPEN and left else ""
    return reverse("esf:calendar") + stopped


def _who_was_first(made: list[making.Made]) -> str:
    months = [str(each.report.month) for each in made]
    latest = EsfVersion.objects.filter(month__in=months).select_related("locked_by")
    version = latest.order_by("-locked_at", "-pk").first()
    return (
        making.locked_by_another(version) if version else "Någon annan hann före. Ladda om sidan."
    )


def _failure(sentence: str, url: str = "") -> jobs.Failure:
    return jobs.Failure(sentence, result={"url": url or reverse("esf:calendar")})
