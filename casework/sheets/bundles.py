"""Many certificates in one file: ordered, made in the background, fetched for a day, then wiped."""

import io
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from casework.models import Attendance, Bundle
from casework.sheets import certificates, choice, drafts, printing
from casework.sheets.certificates import Certificate
from casework.sheets.people import contact_of
from core import jobs
from core.errors import Refused
from core.pdf import join_pdfs
from core.periods import Month
from core.swedish import counted
from participants.enums import Category
from participants.models import Participant, Protection

JOB = "casework.make_bundle"
# A file is wiped after this long.
KEPT = timedelta(days=1)
# Certificates made at a time, so that memory stays flat.
PART = 25
NO_CONTACT = choice.WITHOUT.capitalize()

NOTHING = (
    "Det finns inga intyg att skriva ut för det valet. Välj en annan månad eller andra deltagare."
)
ALL_SIGNED = "Alla de deltagarna har redan skrivit under allt. Det finns inget att skriva ut."
CHANGED = (
    "Vem du får se har ändrats sedan bunten gjordes, så den kan inte hämtas. Beställ den på nytt."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate of the bundle and its main contact's name, as the cover lists it."""

    contact: str
    certificate: Certificate

    @property
    def order(self) -> tuple:
        """Main contact, then the person's name, then the month."""
        person = self.certificate.person
        first = self.contact == NO_CONTACT, self.contact
        return *first, person.sort_name, person.pk, self.certificate.month


@transaction.atomic
def order_month(*, month: Month, whose: str, only_missing: bool, by) -> "jobs.Job":
    """Order a month's certificates for a group of people (casework.sheets.choice). Raises Refused."""
    group = next((each for each in choice.groups(by, month) if each.key == whose), None)
    if group is None or (only_missing and not group.missing):
        raise Refused(NOTHING)
    people = group.missing if only_missing else group.people
    return _order(by, people, month=str(month), whose=whose, only_missing=only_missing)


@transaction.atomic
def order_missing(participant_ids, by) -> "jobs.Job":
    """Order the certificates of these people for every month in which signatures are missing.

    Only people whom the user may see. Redirect to the job that comes back. Raises Refused when none
    of them has anything to sign.
    """
    people = _visible(by, participant_ids).values("pk")
    missing = Attendance.objects.unattested().filter(participant__in=people)
    found = sorted(set(missing.order_by().values_list("participant", flat=True)))
    if not found:
        raise Refused(ALL_SIGNED)
    return _order(by, found, month="", whose="", only_missing=True)


def _order(by, people: list[int], **params):
    params |= {"people": people}
    return jobs.enqueue(JOB, by=by, params=params, key=f"bundle {by.pk} {drafts.hash_of(params)}")


def title_of(params: dict) -> str:
    """Return what a bundle is called: the month, whose, and which. At most one query."""
    if not params["month"]:
        return "Intyg att skriva under"
    who = {choice.MINE: "mina deltagare", choice.EVERYBODY: "alla", choice.NOBODY: choice.WITHOUT}
    name = who.get(params["whose"]) or User.objects.get(pk=params["whose"]).name
    title = f"Intyg {Month.parse(params['month']).label}, {name}"
    return title + (", utan underskrift" if params["only_missing"] else "")


def _visible(user, ids):
    return Participant.objects.visible_to(user, Category.ATTENDANCE).filter(pk__in=list(ids))


def wanted(params: dict, user) -> list[Line]:
    """Return the certificates that a job asks for, of those the user may see now, in order."""
    people = _visible(user, params["people"])
    months = [Month.parse(params["month"])] if params["month"] else months_missing(people)
    found = [each for month in months for each in certificates.load(people, month)]
    if params["only_missing"]:
        found = [each for each in found if not each.is_complete]
    return sorted((_line(each) for each in found), key=lambda line: line.order)


def _line(certificate: Certificate) -> Line:
    contact = contact_of(certificate.person)
    return Line(contact.name if contact else NO_CONTACT, certificate)


def months_missing(people) -> list[Month]:
    """Return the months in which some of these people have hours to sign for. One query."""
    days = Attendance.objects.unattested().filter(participant__in=people.values("pk"))
    return sorted({Month.of(day) for day in days.values_list("held_on", flat=True)})


def make(job, lines: list[Line], progress) -> tuple[bytes, list[drafts.Draft]]:
    """Make the file in parts, telling how far it has come; returns it and the papers in it."""
    papers = [line.certificate.draft() for line in lines]
    to_sign = [
        paper for paper, line in zip(papers, lines, strict=True) if not line.certificate.is_complete
    ]
    drafts.reuse_codes(to_sign)
    title = title_of(job.params)
    cover = {"lines": lines, "subtitle": title, "made_by": job.created_by.name}
    pairs = [(line.certificate, paper.code) for line, paper in zip(lines, papers, strict=True)]
    parts = []
    for start in range(0, len(pairs), PART):
        progress(start, len(pairs), "Gör intygen")
        part = printing.render(
            pairs[start : start + PART], title=title, cover=cover, is_bundled=True
        )
        parts.append(part)
        cover = None
    progress(len(pairs), len(pairs), "Sätter ihop bunten")
    return (join_pdfs(parts) if len(parts) > 1 else parts[0]), to_sign


def keep(job, lines: list[Line], content: bytes, papers: list[drafts.Draft]) -> Bundle:
    """Store the file and its papers, unless somebody has become invisible meanwhile.

    The caller holds the transaction.
    """
    people = sorted({line.certificate.person.pk for line in lines})
    if not may_be_fetched(SimpleNamespace(people=people, made_at=job.started_at), job.created_by):
        raise jobs.Failure(CHANGED)
    drafts.keep(papers, by=job.created_by)
    return Bundle.objects.create(
        title=title_of(job.params),
        content=content,
        pages=pages_of(content),
        people=people,
        job_id=job.pk,
        made_by=job.created_by,
    )


def pages_of(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    return len(PdfReader(io.BytesIO(content)).pages)


def may_be_fetched(bundle, user) -> bool:
    """Say whether the user may still see everybody in a bundle, as they stand in it. Two queries.

    Somebody whose identity was protected since stands there by name.
    """
    protected = Protection.objects.filter(
        participant__in=bundle.people, marked_at__gte=bundle.made_at, ended_at=None
    )
    return _visible(user, bundle.people).count() == len(bundle.people) and not protected.exists()


def wipe_old() -> int:
    """Wipe every bundle that has been there for a day; returns how many."""
    now = timezone.now()
    old = Bundle.objects.filter(wiped_at=None, made_at__lt=now - KEPT)
    return old.update(content=b"", people=[], wiped_at=now)


def size_words(bundle: Bundle) -> str:
    """Say how much is in a bundle: 12 deltagare, 14 sidor. Pure."""
    return f"{counted(len(bundle.people), 'deltagare', 'deltagare')}, {counted(bundle.pages, 'sida', 'sidor')}"
