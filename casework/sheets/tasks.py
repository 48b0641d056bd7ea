"""Making bundles and reading scans in the background."""

from django.urls import reverse

from accounts.permissions import Permission
from casework.models import Scan
from casework.sheets import bundles, pictures, reading, scans
from core import jobs
from core.errors import Refused

NO_LONGER = "Du har inte längre behörighet till det här. Tala med förvaltaren."
GONE = "Filen finns inte kvar. Skicka den igen."


@jobs.handler(bundles.JOB, title="Intygen görs i ordning")
def make_bundle(job, progress):
    """Make every certificate outside any transaction; then store the file and its papers together."""
    _check(job, Permission.TAKE_ATTENDANCE)
    lines = bundles.wanted(job.params, job.created_by)
    if not lines:
        raise jobs.Failure(bundles.NOTHING, result={"url": reverse("sheets:month")})
    try:
        content, papers = bundles.make(job, lines, progress)
    except Refused as error:
        raise jobs.Failure(str(error)) from error
    with jobs.finish(job) as result:
        result["url"] = bundles.keep(job, lines, content, papers).get_absolute_url()


@jobs.handler(scans.JOB, title="Pappren läses")
def read_scan(job, progress):
    """Make pictures of the pages and find their codes; a file that can't be read leaves nothing."""
    _check(job, Permission.REGISTER_SHEETS)
    scan = Scan.objects.filter(pk=job.params["scan"], read_at=None).first()
    if scan is None or not scan.content:
        raise jobs.Failure(GONE, result={"url": reverse("sheets:scan_new")})
    try:
        pages = [
            page_of(picture, progress, number, count)
            for number, count, picture in pictures.pages_of(bytes(scan.content))
        ]
    except pictures.Unreadable as error:
        Scan.objects.filter(pk=scan.pk).update(content=b"")
        raise jobs.Failure(str(error), result={"url": reverse("sheets:scan_new")}) from error
    with jobs.finish(job) as result:
        scans.note_pages(scan, pages)
        result["url"] = scan.get_absolute_url()


def page_of(picture, progress, number: int, count: int) -> tuple[bytes, str, int]:
    """Return a page as it is stored, upright, with the code and page number found on it."""
    progress(number - 1, count, "Läser sidorna")
    found = reading.find(picture)
    if found is None:
        return pictures.kept(picture), "", 0
    if found.turn:
        picture = picture.rotate(found.turn, expand=True)
    return pictures.kept(picture), found.code, found.page


def _check(job, permission: Permission) -> None:
    if job.created_by is None or not job.created_by.may(permission):
        raise jobs.Failure(NO_LONGER)
