"""Papers: a session's sheet, a month to sign, a page that came back, and a bundle."""

from datetime import time, timedelta

from django.utils import timezone

from casework.models import (
    Activity,
    Attendance,
    Bundle,
    Scan,
    ScanPage,
    ScanPageState,
    Session,
    Sheet,
)
from casework.sheets import bundles, certificates, drafts, rosters
from core.models import Job
from core.periods import Month
from participants.models import Participant

# A picture is no text to look for names in: tests/casework/test_sheets_pages.py.
ELSEWHERE = {"sheets:page_picture"}


def build(world):
    """Make what the pages show."""
    user = world.users["pedagogue"]
    day = timezone.localdate() - timedelta(days=2)
    activity = Activity.objects.create(name="Snickeri", kind="group")
    session = Session.objects.create(
        activity=activity, held_on=day, starts_at=time(9), ends_at=time(12), planned_hours=3
    )
    for person in (world.mine, world.other, world.protected):
        Attendance.objects.create(session=session, participant=person, held_on=day, hours=3)
    world.sheet_session, world.sheet_month = session, Month.of(day)
    seen = Participant.objects.visible_to(user)
    back = [rosters.load(session, user)] + [
        each
        for person in (world.mine, world.protected)
        for each in certificates.load(seen.filter(pk=person.pk), world.sheet_month)
    ]
    drafts.keep([paper.draft() for paper in back], by=user)
    world.sheet_pages = []
    world.scan = Scan.objects.create(
        size=1, sha256="0" * 64, uploaded_by=user, read_at=timezone.now()
    )
    for number, sheet in enumerate([*Sheet.objects.order_by("pk"), None], start=1):
        world.sheet_pages.append(
            ScanPage.objects.create(
                scan=world.scan,
                number=number,
                picture=b"\xff\xd8\xff",
                sheet=sheet,
                sheet_page=sheet and 1,
                state=ScanPageState.FOUND if sheet else ScanPageState.UNKNOWN,
            )
        )
    world.bundle = _bundle(world, user)


def _bundle(world, user) -> Bundle:
    """A bundle of everybody whom a user sees, made as its job makes it; one paper is not back yet."""
    job = Job(params={"people": [], "month": str(world.sheet_month), "whose": "alla"})
    job.params |= {"only_missing": False}
    job.params["people"] = [world.mine.pk, world.other.pk, world.protected.pk]
    job.created_by, job.started_at = user, timezone.now()
    lines = bundles.wanted(job.params, user)
    content, papers = bundles.make(job, lines, lambda *args: None)
    return bundles.keep(job, lines, content, papers)


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    people = [world.mine, world.other, world.hidden, world.protected, world.closed]
    months = [{"pk": each.pk, "month": str(world.sheet_month)} for each in people]
    pages = [{"pk": page.pk} for page in world.sheet_pages]
    of_bundle = [{"pk": world.bundle.pk}]
    return {
        "sheets:certificate": months,
        "sheets:certificate_ink": months[:1],
        "sheets:certificate_digital": months[:1],
        "sheets:session_sheet": [{"pk": world.sheet_session.pk}],
        "sheets:scan_detail": [{"pk": world.scan.pk}],
        "sheets:bundle_detail": of_bundle,
        "sheets:bundle_file": of_bundle,
    } | {f"sheets:page_{name}": pages for name in ("review", "code", "aside", "take_back")}
