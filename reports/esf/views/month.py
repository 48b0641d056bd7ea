"""One month: what the checks say, which hours are lost, which rows are sent, and its versions."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from core.errors import Refused
from core.htmx import render_page
from core.periods import Month
from core.swedish import counted
from participants import access_log
from participants.access_log import Action
from reports.esf import actions, layout, people
from reports.esf.calendar import CalendarMonth, MonthStatus, load_calendar
from reports.esf.changes import day, hours
from reports.esf.groups import grouped, shown_in
from reports.esf.models import EsfFile, EsfVersion
from reports.esf.overview import days_of
from reports.esf.report import MonthReport, load_report
from reports.esf.templates import confirmed_template

PER_PAGE = 50
CHECKS, LOST, ROWS = "kontroll", "timmar", "rader"


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the page."""

    label: str
    url: str
    current: bool
    count: int = 0


@requires(Permission.REPORT_ESF)
@require_GET
def month(request, month):
    """Show a part of a month; the people it names are those the user may see, and are logged."""
    calendar = load_calendar(timezone.localdate())
    entry = calendar.get(_month(month))
    if entry is None:
        raise Http404
    report, part = load_report(calendar, entry.month), _part(request)
    context, shown = PARTS[part](request, report)
    moved, moved_people = _moved(request, entry)
    access_log.shown(request, shown | moved_people, Action.LISTED)
    context |= _about(entry, report) | {
        "moved": moved,
        "part": part,
        "first_to_lock": calendar.unlocked_before.get(entry.month),
        "tabs": _tabs(entry, report, part),
        "versions": _versions(entry.month),
    }
    return render_page(request, "reports/esf_month.html", context, partial="results")


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error


def _part(request) -> str:
    part = request.GET.get("del", CHECKS)
    return part if part in PARTS else CHECKS


def _about(entry: CalendarMonth, report: MonthReport) -> dict:
    now = entry.now
    return {
        "entry": entry,
        "report": report,
        "now": now,
        "attested": hours(now.attested_hours),
        "lost_hours": hours(now.lost_hours),
        "by_gender": f"{counted(now.participants.girls, 'flicka', 'flickor')},"
        f" {counted(now.participants.boys, 'pojke', 'pojkar')}",
        "version_words": f"Version {entry.version.number}" if entry.version else "",
        "days": days_of(entry.days_left),
        "due_words": f"Senast {entry.due_on}",
        "is_running": entry.status == MonthStatus.RUNNING,
        "template": confirmed_template(),
        "not_verified": layout.NOT_VERIFIED,
        "not_verified_why": layout.NOT_VERIFIED_WHY,
    }


def _tabs(entry: CalendarMonth, report: MonthReport, part: str) -> list[Tab]:
    url = reverse("esf:month", args=[entry.month])
    return [
        Tab(label, f"{url}?del={key}", key == part, count)
        for label, key, count in (
            ("Kontroll", CHECKS, len(report.findings)),
            ("Timmar som inte räknas", LOST, len(report.now.lost)),
            ("Rader i filen", ROWS, len(report.now.rows)),
        )
    ]


def _versions(month: Month) -> list[EsfVersion]:
    files = Prefetch("files", EsfFile.objects.defer("content"))
    found = EsfVersion.objects.filter(month=str(month)).select_related("locked_by")
    return found.defer("changes", "figures").prefetch_related(files).order_by("-number")


def _moved(request, entry: CalendarMonth):
    """What has moved since the month was locked, for people the user may see."""
    if not entry.changes:
        return [], set()
    shown = entry.changes[: PER_PAGE * 2]
    seen = people.visible(request.user, {each.person for each in shown})
    lines = [(seen[each.person], each.words) for each in shown if each.person in seen]
    return lines, {person.pk for person, _ in lines}


def _checks(request, report: MonthReport):
    about = {finding.person for finding in report.findings if finding.person}
    # The order of the months stands above the tabs.
    findings = [finding for finding in report.findings if finding.check != "order"]
    groups = grouped(findings, people.visible(request.user, about))
    return {"groups": groups}, shown_in(groups)


def _lost(request, report: MonthReport):
    keys = set(people.visible_keys(request.user, {each.person for each in report.now.lost}))
    page = _page(request, [each for each in report.now.lost if each.person in keys])
    seen = people.visible(request.user, {each.person for each in page})
    lines = [
        {
            "person": seen[each.person],
            "contact": people.main_contact(seen[each.person]),
            "hours": hours(each.hours),
            "signed": hours(each.signed) if each.signed else "",
            "value": report.values.get(each.person),
        }
        for each in page
        if each.person in seen
    ]
    return {"page": page, "lines": lines}, set(seen)


def _rows(request, report: MonthReport):
    by_person = {row.person: row for row in report.now.rows}
    page = _page(request, people.visible_keys(request.user, by_person))
    seen = people.visible(request.user, page)
    lines = [
        {
            "person": seen[key],
            "row": by_person[key],
            "starts_on": day(by_person[key].starts_on),
            "ended_on": day(by_person[key].ended_on),
            "hours": hours(by_person[key].hours),
        }
        for key in page
        if key in seen
    ]
    return {"page": page, "lines": lines}, set(seen)


def _page(request, rows: list):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("sida"))


PARTS = {CHECKS: _checks, LOST: _lost, ROWS: _rows}


@requires(Permission.REPORT_ESF)
@require_POST
def lock(request, month):
    """Lock the month and make its files; the job's page shows how far it has come."""
    try:
        return redirect(actions.order_lock(month=_month(month), by=request.user))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("esf:month", month)
