"""Making versions of months: everything slow first, then the whole chain in one transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from core.swedish import counted
from reports.esf import layout, month_json, month_pdf, month_xlsx
from reports.esf.calendar import Calendar, CalendarMonth
from reports.esf.models import EsfFile, EsfRow, EsfTemplate, EsfVersion, VersionStatus
from reports.esf.report import MonthReport, load_report

BATCH = 500


class HasErrors(Exception):
    """A month has errors, so that it can't be locked. The message is Swedish and names no person."""

    def __init__(self, report: MonthReport):
        of_the_month = next((each.text for each in report.errors if each.person is None), "")
        super().__init__(of_the_month or self._count(report))
        self.month = report.month

    @staticmethod
    def _count(report: MonthReport) -> str:
        count = counted(len(report.errors), "fel", "fel")
        label = report.month.label.capitalize()
        return f"{label} har {count} som måste rättas först. Öppna månaden för att se vilka."


class LockedMeanwhile(Exception):
    """Somebody else locked a month first. The message is Swedish."""


@dataclass(frozen=True, slots=True)
class Made:
    """A month ready to be kept: its report, its files, and which version it becomes."""

    entry: CalendarMonth
    report: MonthReport
    files: dict[str, bytes]
    number: int
    template: EsfTemplate | None


def checked(calendar: Calendar, entries: list[CalendarMonth]) -> list[MonthReport]:
    """Check months that are to be made together, oldest first; raises HasErrors at the first with errors."""
    reports = []
    for entry in entries:
        report = load_report(calendar, entry.month, remade_from=entries[0].month)
        if report.errors:
            raise HasErrors(report)
        reports.append(report)
    return reports


def without_errors(calendar: Calendar, entries: list[CalendarMonth]) -> list[CalendarMonth]:
    """Return the months up to the first with errors."""
    for place, entry in enumerate(entries):
        if load_report(calendar, entry.month, remade_from=entries[0].month).errors:
            return entries[:place]
    return entries


def make(
    calendar: Calendar,
    entries: list[CalendarMonth],
    template: EsfTemplate | None,
    *,
    made_by: str,
    progress: Callable[..., None] = lambda *_: None,
) -> list[Made]:
    """Make the files of some months, oldest first. Slow: some seconds for a month of a hundred people.

    Raises HasErrors, or Refused when the template is not as its mapping says.
    """
    made = []
    for done, report in enumerate(reports := checked(calendar, entries)):
        progress(done, len(reports), f"Gör filerna för {report.month.label}")
        entry = entries[done]
        number = entry.version.number + 1 if entry.version else 1
        made.append(Made(entry, report, files_of(report, template, made_by), number, template))
    progress(len(reports), len(reports), "Låser")
    return made


def files_of(report: MonthReport, template: EsfTemplate | None, made_by: str) -> dict[str, bytes]:
    """Make the three files of a month, by format."""
    return {
        "xlsx": month_xlsx.render(report, template),
        "pdf": month_pdf.render(report, template, made_by=made_by),
        "json": month_json.as_bytes(month_json.month_json(report)),
    }


def keep(made: list[Made], *, by, at, job_id=None) -> list[EsfVersion]:
    """Write a chain of versions; the caller holds the transaction, so that all of them stand or none.

    Raises LockedMeanwhile when somebody else has locked one of the months since they were read.
    """
    must_be_next(made)
    return [_keep(each, by=by, at=at, job_id=job_id) for each in made]


def must_be_next(made: list[Made]) -> None:
    """Raise LockedMeanwhile, saying who, when a month already has the version that was to be made."""
    numbers = {str(each.report.month): each.number for each in made}
    versions = EsfVersion.objects.filter(month__in=numbers).select_related("locked_by")
    for version in versions.order_by("month", "number"):
        if version.number >= numbers[version.month]:
            raise LockedMeanwhile(locked_by_another(version))


def locked_by_another(version: EsfVersion) -> str:
    """Say who locked a month just now."""
    label = version.period.label.capitalize()
    return f"{label} låstes nyss av {version.locked_by.name}. Ladda om sidan."


def _keep(made: Made, *, by, at, job_id) -> EsfVersion:
    report = made.report
    version = EsfVersion.objects.create(
        month=str(report.month),
        number=made.number,
        locked_at=at,
        locked_by=by,
        reason=made.entry.reason[:500] if made.number > 1 else "",
        changes=[change.as_json() for change in made.entry.changes],
        figures=month_json.figures(report),
        rows_sha256=report.now.sha256,
        template=made.template,
        job_id=job_id,
    )
    version.steps.create(status=VersionStatus.LOCKED, by=by, at=at)
    EsfRow.objects.bulk_create(_rows(version, report), batch_size=BATCH)
    EsfFile.objects.bulk_create(_files(version, report, made.files))
    return version


def _rows(version: EsfVersion, report: MonthReport) -> list[EsfRow]:
    return [
        EsfRow(
            version=version,
            participant_id=row.person,
            **{field.key: getattr(row, field.key) for field in layout.FIELDS},
        )
        for row in report.now.rows
    ]


def _files(version: EsfVersion, report: MonthReport, files: dict[str, bytes]) -> list[EsfFile]:
    return [
        EsfFile(
            version=version,
            format=format,
            name=layout.file_name(report.month, report.project, format),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        for format, content in files.items()
    ]
