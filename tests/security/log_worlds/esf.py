from datetime import timedelta

from django.utils import timezone

from core.periods import Month
from participants.models import Enrolment
from reports.esf import making, templates
from reports.esf.calendar import load_calendar
from reports.esf.models import EsfFile, EsfTemplate, EsfVersion
from reports.esf.report import load_report
from tests.reports.test_esf_files import as_bytes, scb_book

ELSEWHERE = set()


def build(world):
    """A month locked, corrected, made anew with its files, and corrected once more."""
    lead, month = world.users["lead"], Month.of(world.enrolment.starts_on)
    _make(lead, month, ())
    _move_start(world, 1)
    _make(lead, month, EsfFile.Format.values)
    _move_start(world, 2)
    templates.receive(name="SCB", content=as_bytes(scb_book()), by=lead)


def _make(by, month, formats):
    calendar = load_calendar(timezone.localdate())
    entry, report = calendar.get(month), load_report(calendar, month)
    files = making.files_of(report, None, by.name) if formats else {}
    number = entry.version.number + 1 if entry.version else 1
    made = making.Made(entry, report, files, number, None)
    making.keep([made], by=by, at=timezone.now())


def _move_start(world, days):
    starts_on = world.enrolment.starts_on - timedelta(days=days)
    Enrolment.objects.filter(pk=world.enrolment.pk).update(starts_on=starts_on)


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    version = EsfVersion.objects.order_by("-number").first()
    of_version = [{"pk": version.pk}]
    of_template = [{"pk": EsfTemplate.objects.get().pk}]
    of_month = [{"month": version.month}, {"month": str(Month.of(timezone.localdate()))}]
    return {
        "esf:month": of_month,
        "esf:lock": of_month,
        "esf:version_detail": of_version,
        "esf:version_file": [of_version[0] | {"format": each} for each in EsfFile.Format.values],
        "esf:mark_sent": of_version,
        "esf:receipt": of_version,
        "esf:template_detail": of_template,
        "esf:template_confirm": of_template,
        "esf:template_retire": of_template,
    }
