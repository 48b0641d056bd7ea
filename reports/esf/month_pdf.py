"""The month on paper, for the archive: a summary, the rows as they are reported, and the lost hours apart."""

from collections import defaultdict

from core.pdf import render_pdf
from core.swedish import DASH
from reports.esf import layout
from reports.esf.changes import day, hours
from reports.esf.models import EsfTemplate
from reports.esf.report import MonthReport


def render(report: MonthReport, template: EsfTemplate | None, *, made_by: str = "") -> bytes:
    """Print the month as a tagged PDF; raises PdfUnavailable where Pango is missing."""
    return render_pdf(
        "reports/esf_month_pdf.html",
        context(report, template),
        title=f"ESF, deltagare {report.month.label}",
        made_by=made_by,
    )


def context(report: MonthReport, template: EsfTemplate | None) -> dict:
    """Return what the document's template shows."""
    now = report.now
    return {
        "report": report,
        "now": now,
        "attested": hours(now.attested_hours),
        "lost_hours": hours(now.lost_hours),
        "fields": layout.FIELDS,
        "rows": [[_words(row, field) for field in layout.FIELDS] for row in now.rows],
        "lost": [
            (report.number_of(each.person), hours(each.hours), report.values.get(each.person))
            for each in now.lost
        ],
        "findings": _gathered(report),
        "template": template,
        "not_verified": layout.NOT_VERIFIED,
        "not_verified_why": layout.NOT_VERIFIED_WHY,
    }


def _gathered(report: MonthReport) -> list[tuple]:
    """Return (level, sentence, numbers) of what the checks found: many rows often have the same trouble."""
    found = defaultdict(list)
    for finding in report.findings:
        number = report.number_of(finding.person) if finding.person else ""
        found[finding.level, finding.text].append(number or DASH)
    return [(level, text, numbers) for (level, text), numbers in found.items()]


def _words(row, field: layout.Field) -> str:
    value = getattr(row, field.key)
    if field.key == "hours":
        return hours(value)
    return day(value) if field.key in {"starts_on", "ended_on"} else value
