"""The key figures as JSON: the shape other systems read, with the definitions' version beside."""

import hashlib
import json
from decimal import Decimal

from reports.definitions import DEFINITION_VERSION
from reports.key_figures import KeyFigures
from reports.measures import Count
from reports.overview import Overview


def report_json(overview: Overview, *, by_month: bool) -> dict:
    """Return a report as plain dictionaries; its months only when the series is asked for."""
    figures = overview.figures
    report = {
        "from": str(figures.period.start),
        "to": str(figures.period.end),
        **_numbers(figures),
        "in_by_part": _splits(figures.by_part),
        "girls_percent": _number(figures.girls_percent),
        "first_meeting_days": _waiting(figures),
        "weeks_enrolled": _stays(figures),
        "still_there": _still_there(figures),
        "year_to_date": _part(overview.year),
        "project_to_date": _part(overview.project),
        "goals": overview.goals.as_json(),
        "definition_version": DEFINITION_VERSION,
    }
    if by_month:
        report["months"] = {str(each.period.start): _month(each) for each in overview.months}
    return report


def as_text(report: dict) -> str:
    """Write a report the one way its hash is taken of: keys in order, å ä ö as they are."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def sha256(report: dict) -> str:
    """Return the SHA-256 of the figures, hexadecimal; the same whatever order the keys came in."""
    text = json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _month(figures: KeyFigures) -> dict:
    return {"from": str(figures.period.start), **_numbers(figures)}


def _part(figures: KeyFigures) -> dict:
    return {**_month(figures), "to": str(figures.period.end)}


def _numbers(figures: KeyFigures) -> dict:
    return {
        "in": {
            "enrolments": figures.enrolments,
            "participants": _count(figures.participants),
            "by_source": _splits(figures.by_source),
            "by_area": _splits(figures.by_area),
        },
        "out": {
            "left": _count(figures.left),
            "to_work": _count(figures.to_work),
            "to_studies": _count(figures.to_studies),
            "share_percent": _number(figures.share_percent),
        },
        "active": _count(figures.active),
        "counted": _count(figures.counted),
        "not_yet_counted": _count(figures.not_yet_counted),
        "hours": {
            "attested": float(figures.hours_attested),
            "unattested": float(figures.hours_unattested),
        },
    }


def _count(count: Count) -> dict:
    return {"total": count.total, "girls": count.girls, "boys": count.boys}


def _splits(splits) -> dict:
    return {split.label: _count(split.count) for split in splits}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _waiting(figures: KeyFigures) -> dict:
    waiting = figures.waiting
    return {
        "meetings": waiting.meetings,
        "median": _number(waiting.median),
        "percentile_90": _number(waiting.ninetieth),
    }


def _stays(figures: KeyFigures) -> dict:
    return {
        stay.label: {
            "exits": stay.exits,
            "median": _number(stay.median),
            "mean": _number(stay.mean),
        }
        for stay in figures.stays
    }


def _still_there(figures: KeyFigures) -> dict:
    return {
        str(each.months): {"reached": each.reached, "percent": _number(each.percent)}
        for each in figures.still_there
    }
