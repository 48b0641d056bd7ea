"""Making reports in the background, on order and by the clock."""

from celery import shared_task
from django.utils import timezone

from accounts.permissions import Permission
from core import jobs
from core.pdf import PdfUnavailable
from core.periods import Period
from reports import actions
from reports.about import About
from reports.esf import reminders
from reports.kinds import KINDS
from reports.models import ReportFile, ReportKind
from reports.overview import first_month

NO_LONGER = "Du har inte längre behörighet att ta fram rapporter. Tala med förvaltaren."


@jobs.handler("reports.key_figures", title="Rapporten tas fram")
def make_key_figures(job, progress):
    """Compute the key figures, make the files, and keep it all in one last transaction."""
    make(job, progress, ReportKind.KEY_FIGURES)


def make(job, progress, kind: str) -> None:
    """Make a report of a kind. Everything slow happens before the one transaction that keeps it."""
    if job.created_by and not job.created_by.may(Permission.MAKE_REPORTS):
        raise jobs.Failure(NO_LONGER)
    steps = len(ReportFile.Format.values) + 1
    progress(0, steps, "Räknar")
    about = About.now(job.created_by)
    period = Period.parse(job.params["from"], job.params["to"])
    document = KINDS[kind].compute(period, by_month=job.params["by_month"], about=about)
    files = render(document, progress, steps)
    with jobs.finish(job) as result:
        report = actions.keep(job, kind, document, files, about)
        result["url"] = report.get_absolute_url()


def render(document, progress, steps: int) -> dict[str, bytes]:
    """Make every format of a document, telling how far it has come."""
    files = {}
    for done, (format, write) in enumerate(document.formats.items(), start=1):
        progress(done, steps, f"Gör filen för {ReportFile.Format(format).label}")
        try:
            files[format] = write()
        except PdfUnavailable as error:
            raise jobs.Failure(str(error)) from error
    return files


@shared_task
def make_last_month() -> None:
    """Order the key figures of each finished month that the schedule has not made yet.

    Asked every morning, so that a month is made also when the machine was off on the 1st; on other
    mornings there is nothing left to do.
    """
    for month in actions.months_to_make(timezone.localdate(), first_month()):
        actions.order(ReportKind.KEY_FIGURES, month.period, by_month=True, by=None)


@shared_task
def remind_of_esf_months() -> None:
    """Remind those who report to the ESF 14, 7, 3 and 1 days before a month is due."""
    reminders.remind(timezone.localdate())
