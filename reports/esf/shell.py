"""The month as `manage.py report esf-participants` gives it: as the register stands now, locked or not."""

from django.utils import timezone

from core.errors import Refused
from core.periods import Month, Period
from core.swedish import DASH
from reports.about import About
from reports.documents import Document
from reports.esf import month_json, month_pdf, month_xlsx
from reports.esf.calendar import Calendar, load_calendar
from reports.esf.checks import Finding
from reports.esf.report import MonthReport, load_report
from reports.esf.templates import confirmed_template

# That earlier months wait to be locked stops the lock, not a look at the month.
NOT_OF_THE_ROWS = "order"


def compute_participants(period: Period, *, by_month: bool, about: About) -> Document:
    """Compute one month of the participant report. About a dozen queries.

    JSON and PDF can always be made; the workbook not while a row has errors.
    """
    calendar = load_calendar(timezone.localdate())
    report, template = (
        load_report(_with(calendar, period.start), period.start),
        confirmed_template(),
    )
    figures = month_json.month_json(report) | {"status": _status(calendar, period.start)}
    return Document(
        figures,
        report.now.sha256,
        {
            "json": lambda: month_json.as_bytes(figures),
            "pdf": lambda: month_pdf.render(report, template, made_by=about.made_by),
            "xlsx": lambda: _workbook(report, template),
        },
        people=tuple(
            {row.person for row in report.now.rows} | {each.person for each in report.now.lost}
        ),
        remarks=tuple(each.text for each in report.findings if each.person is None),
    )


def _with(calendar: Calendar, month: Month) -> Calendar:
    if calendar.get(month) is None:
        raise Refused(
            f"{month.label.capitalize()} är ingen av projektets månader: de går från den första"
            " inskrivningen till nu."
        )
    return calendar


def _status(calendar: Calendar, month: Month) -> dict:
    entry = calendar.get(month)
    version = entry.version
    return {
        "code": entry.status.value,
        "due": entry.due_on.isoformat(),
        "version": version.number if version else None,
        "reason": entry.reason,
    }


def _workbook(report: MonthReport, template) -> bytes:
    stopping = [each for each in report.errors if each.check != NOT_OF_THE_ROWS]
    if stopping:
        lines = "\n".join(_in_words(report, each) for each in stopping)
        raise Refused(f"Filen görs inte förrän felen är rättade:\n{lines}")
    return month_xlsx.render(report, template)


def _in_words(report: MonthReport, finding: Finding) -> str:
    who = report.number_of(finding.person) or DASH if finding.person else "Månaden"
    return f"{finding.level.label}: {who}: {finding.text}"
