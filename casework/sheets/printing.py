"""Printing a paper to sign: its rows are stored as they stand on it, and everybody on it is logged."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from casework.models import Session, SessionStatus
from casework.sheets import certificates, drafts, rosters
from casework.sheets.certificates import Certificate
from core.errors import Refused
from core.pdf import PdfUnavailable, render_pdf
from core.periods import Month
from participants import access_log
from participants.enums import Category
from participants.models import Participant

CANCELLED = "Tillfället är inställt, så det finns inget att skriva under. Öppna det igen först."
RESPONSIBLE = "Jag intygar att deltagaren har deltagit de dagar och timmar som står här."


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file. Its name says nothing about the person."""

    content: bytes
    file_name: str


@transaction.atomic
def print_session(session: Session, by: User) -> Printed:
    """Print a session's sheet, with those on the roster whom the user may see.

    An unchanged sheet keeps the code it was printed with before. Raises Refused.
    """
    if session.status == SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    roster = rosters.load(session, by)
    draft = roster.draft()
    drafts.reuse_codes([draft])
    drafts.keep([draft], by=by)
    content = _render("casework/sheet_session_pdf.html", roster.paper(draft.code), "Närvarolista")
    people = [line.row.participant_id for line in roster.lines]
    access_log.shown_to(by, people, access_log.Action.PRINTED, what="sheets:session_sheet")
    return Printed(content, f"narvarolista-{session.pk}.pdf")


@transaction.atomic
def print_month(participant: Participant, month: Month, by: User) -> Printed:
    """Print a person's certificate of a month: to sign by hand, or complete when all of it is signed.

    An unchanged paper keeps the code it was printed with before. Raises Refused.
    """
    certificate = of_person(participant, month, by)
    draft = certificate.draft()
    if not certificate.is_complete:
        drafts.reuse_codes([draft])
        drafts.keep([draft], by=by)
    content = render([(certificate, draft.code)], title=f"Intyg av närvarotid {month.label}")
    return _logged(participant, month, by, content)


def print_digital(participant: Participant, month: Month, by: User) -> Printed:
    """Print a month with the signatures it has, and nothing to sign on. Raises Refused."""
    certificate = of_person(participant, month, by)
    content = render([(certificate, "")], title=f"Intyg av närvarotid {month.label}")
    return _logged(participant, month, by, content)


def of_person(participant: Participant, month: Month, by: User) -> Certificate:
    """Return the certificate of a person whom the user may see; refuses a month without hours."""
    visible = Participant.objects.visible_to(by, Category.ATTENDANCE).filter(pk=participant.pk)
    found = certificates.load(visible, month)
    if not found:
        raise Refused(
            f"Det finns ingen närvaro i {month.label} att skriva ut. Välj en annan månad."
        )
    return found[0]


def render(
    wanted: list[tuple[Certificate, str]],
    *,
    title: str,
    cover: dict | None = None,
    is_bundled: bool = False,
) -> bytes:
    """Make one PDF of certificates, each with its code; without code, or complete, as signed digitally."""
    papers = [
        {"certificate": certificate, "responsible": RESPONSIBLE}
        | ({"is_digital": True} if certificate.is_complete or not code else certificate.paper(code))
        for certificate, code in wanted
    ]
    context = {"papers": papers, "cover": cover, "is_bundled": is_bundled}
    return _render("casework/certificate_pdf.html", context, title)


def _render(template: str, context: dict, title: str) -> bytes:
    try:
        return render_pdf(template, context, title=title)
    except PdfUnavailable as error:
        raise Refused(str(error)) from error


def _logged(participant, month, by, content) -> Printed:
    access_log.shown_to(by, [participant], access_log.Action.PRINTED, what="sheets:certificate")
    return Printed(content, f"intyg-{month}.pdf")
