"""What a participant does with a one-time link: look, sign, or say that something is wrong.

The link is all they have: no account, no name on the page, and nobody else's rows.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from casework import attest
from casework.models import Attestation, AttestationMethod, SigningLink
from casework.signing.links import hash_of
from core.errors import Refused
from participants import access_log

MOST_WORDS = 500
GONE = "Länken går inte att använda."


# What a link can be to besides hours, registered by other parts: the link's field, and a function
# `(request, link, spoken) -> (page, status, context)` with the section of words its pages use.
OTHER_PAGES: dict[str, tuple[Callable, str]] = {}


class Gone(Refused):
    """The link was used, called back or ran out meanwhile."""


def find(token: str) -> SigningLink | None:
    """Return the link of a token, used or not. One query."""
    links = SigningLink.objects.select_related("participant")
    return links.filter(token_sha256=hash_of(token)).first()


def other_page(link: SigningLink) -> tuple[Callable, str] | None:
    """Return the page of a link that is to something else than hours. No query."""
    found = (page for field, page in OTHER_PAGES.items() if getattr(link, f"{field}_id"))
    return next(found, None)


def is_open(link: SigningLink) -> bool:
    """Say whether the link can still be signed. No query."""
    return not (link.used_at or link.cancelled_at or link.expires_at <= timezone.now())


def rows_of(link: SigningLink):
    """Return the link's rows that are still to be signed."""
    return attest.rows_to_sign(link.participant).filter(signing_links=link)


def note_shown(link: SigningLink) -> None:
    """Log that the participant saw their own rows, and that the link has been opened."""
    access_log.by_themselves(link.participant, access_log.Action.READ, what="signing:public")
    note_opened(link)


def note_opened(link: SigningLink) -> None:
    """Note when a link was first opened."""
    SigningLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


def spend(link: SigningLink, language: str) -> None:
    """Note, in the signature's own transaction, that a locked link has been used, and in which language."""
    link.used_at, link.language = timezone.now(), language
    link.save(update_fields=["used_at", "language"])


def signed_already(link: SigningLink, shown_sha256: str) -> bool:
    """Say whether this very form has signed the link: a second tap, or the page sent again. One query."""
    signed = Attestation.objects.filter(link=link, rows_sha256=shown_sha256)
    return bool(link.used_at and shown_sha256) and signed.exists()


@transaction.atomic
def sign(*, link: SigningLink, shown_sha256: str, language: str) -> Attestation:
    """Sign the rows that were shown, and spend the link.

    Raises attest.RowsChanged when they are not the rows any more, and Gone when the link is spent.
    """
    link = lock(link)
    attestation = attest.attest(
        participant=link.participant,
        row_ids=rows_of(link).values_list("pk", flat=True),
        shown_sha256=shown_sha256,
        method=AttestationMethod.LINK,
        by=None,
        language=language,
        link=link,
    )
    spend(link, language)
    return attestation


@transaction.atomic
def dispute(*, link: SigningLink, words: str) -> None:
    """Keep what the participant says is wrong, after what they may have said before. Signs nothing."""
    link = lock(link)
    said = f"{link.dispute}\n{words}" if link.dispute else words
    link.dispute, link.disputed_at = said[-MOST_WORDS:], timezone.now()
    link.dispute_seen_at = link.dispute_seen_by = None
    link.save(update_fields=["dispute", "disputed_at", "dispute_seen_at", "dispute_seen_by"])
    access_log.by_themselves(link.participant, access_log.Action.CHANGED, what="dispute")


def lock(link) -> SigningLink:
    """Lock a link that is to be used; raises Gone when it no longer can be."""
    links = SigningLink.objects.select_related("participant").select_for_update(of=("self",))
    link = links.get(pk=link.pk)
    if not is_open(link):
        raise Gone(GONE)
    return link
