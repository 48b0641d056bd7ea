"""What is done with reports: ordering one, and keeping it once it is made."""

import hashlib

from django.db import transaction

from core import jobs
from core.models import Job
from core.periods import Month, Period
from reports.about import About
from reports.definitions import DEFINITION_VERSION
from reports.kinds import KINDS, Document
from reports.models import Report, ReportFile, ReportKind

JOBS = {ReportKind.KEY_FIGURES: "reports.key_figures"}


def order(kind: ReportKind, period: Period, *, by_month: bool, by) -> Job:
    """Order a report and return its job; the same one twice while it is being made is one job.

    `by` is a user, or None for the schedule.
    """
    params = {"from": str(period.start), "to": str(period.end), "by_month": by_month}
    who = by.pk if by else "schema"
    key = f"{kind} {period.start} {period.end} {by_month} {who}"
    return jobs.enqueue(JOBS[kind], by=by, params=params, key=key)


@transaction.atomic
def keep(job: Job, kind: str, document: Document, files: dict[str, bytes], about: About) -> Report:
    """Put a finished report with its files in the archive; called inside the job's last transaction."""
    period = Period.parse(job.params["from"], job.params["to"])
    report = Report.objects.create(
        kind=kind,
        first_month=str(period.start),
        last_month=str(period.end),
        parameters=job.params,
        definition_version=DEFINITION_VERSION,
        figures=document.figures,
        sha256=document.sha256,
        made_at=about.made_at,
        made_by=job.created_by,
        job_id=job.pk,
    )
    for format, content in files.items():
        ReportFile.objects.create(
            report=report,
            format=format,
            name=KINDS[kind].file_name(period, format),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
    return report


def months_to_make(today, first_month: Month | None) -> list[Month]:
    """Return the finished months that the schedule has not reported yet, oldest first. One query.

    From the month after its latest report; where it never made one, only the month before this one.
    `first_month` is the first with anything to tell; None when there is nothing at all.
    """
    last = Month.of(today) + -1
    if first_month is None or last < first_month:
        return []
    made = Report.objects.made_by_schedule(ReportKind.KEY_FIGURES)
    latest = made.order_by("-last_month").values_list("last_month", flat=True).first()
    month = Month.parse(latest) + 1 if latest else last
    missing = []
    while month <= last:
        missing.append(month)
        month += 1
    return missing
