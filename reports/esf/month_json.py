"""A month as JSON: with its rows for the archive and the shell, and without persons for the version itself."""

import json
from decimal import Decimal

from reports.esf.layout import FIELDS
from reports.esf.participation import MonthRow
from reports.esf.report import MonthReport
from reports.measures import Count


def figures(report: MonthReport) -> dict:
    """Return the month's figures: sums and counts, no persons."""
    now = report.now
    return {
        "month": str(report.month),
        "project": report.project,
        "hours": {
            "attested": float(now.attested_hours),
            "unattested": float(now.lost_hours),
            "signed_not_counting": float(sum(each.signed for each in now.lost)),
        },
        "lost_value": _kronor(report.lost_value),
        "participants": _count(now.participants),
        "counted": _count(now.counted),
        "without_attestation": len(now.lost),
        "errors": len(report.errors),
        "warnings": len(report.findings) - len(report.errors),
        "rows_sha256": now.sha256,
    }


def month_json(report: MonthReport) -> dict:
    """Return everything of the month: figures, rows, hours without attestation, and what the checks say."""
    return figures(report) | {
        "rows": [_row(row) for row in report.now.rows],
        "unattested": [
            {
                "number": report.number_of(each.person),
                "hours": float(each.hours),
                "value": _kronor(report.values.get(each.person)),
            }
            for each in report.now.lost
        ],
        "checks": [
            {
                "level": finding.level.value,
                "check": finding.check,
                "number": report.number_of(finding.person) if finding.person else None,
                "text": finding.text,
            }
            for finding in report.findings
        ],
    }


def as_bytes(content: dict) -> bytes:
    """Write JSON as people can read it, with å ä ö as they are."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _row(row: MonthRow) -> dict:
    return {field.key: _plain(getattr(row, field.key)) for field in FIELDS}


def _plain(value):
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _count(count: Count) -> dict:
    return {"total": count.total, "girls": count.girls, "boys": count.boys}


def _kronor(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
