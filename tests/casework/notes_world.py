"""Notes and drafts to test with, and the words of the page that writes them."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from casework.models import Audience, CaseNote, NoteDraft
from casework.notes import signing
from casework.notes.words import new_words


def make_note(
    participant,
    author,
    *,
    text="Vi pratade om veckan.",
    kind="other",
    channel="meeting",
    with_whom=("participant",),
    audience=Audience.TEAM,
    restricted_reason="",
    days_ago=0,
    agreed="",
    with_text="",
) -> CaseNote:
    """Sign a note as the page does."""
    content = signing.Content(
        happened_at=timezone.now() - timedelta(days=days_ago),
        minutes=30,
        channel=channel,
        kind=kind,
        with_whom=list(with_whom),
        with_text=with_text,
        text=text,
        agreed=agreed,
        audience=audience,
        restricted_reason=restricted_reason,
    )
    return signing.sign(draft=make_draft(participant, author), by=author, content=content, lines=[])


def make_draft(participant, user, text="Halvskriven", **more) -> NoteDraft:
    """Begin a note that nobody has signed."""
    typed = new_words() | {"text": text, "page": "sida"} | more
    return NoteDraft.objects.create(user=user, participant=participant, typed=typed, revision=1)


def sent(participant, text="Vi pratade om veckan.", **more) -> dict:
    """What the page sends, as a browser does."""
    words = new_words() | {
        "text": text,
        "participant": participant.pk,
        "revision": "0",
        "page": "sida",
        "told": "",
        "agreed_text": ["", ""],
        "agreed_who": ["me", "me"],
        "agreed_due": ["", ""],
    }
    return words | more


def write_url(draft=None) -> str:
    """The address of a draft, by default a new one."""
    return reverse("notes:write", args=[draft.pk if draft else uuid.uuid4()])


def keep_url(key) -> str:
    """Where a draft is kept."""
    return reverse("notes:keep", args=[getattr(key, "pk", key)])
