"""A participant's word on their hours: what they are shown, that they signed it, and what breaks it.

Every way of signing goes through `attest`, every change of hours through `take_away`. Keyword-only,
atomic, `by` a user or None (the participant alone with a link), logged.

    offer = offer_for(rows, language="so")      # shown on tablet, phone or paper
    attest(participant=..., row_ids=offer.row_ids, shown_sha256=offer.sha256, method=..., by=...)
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework import languages
from casework.languages import DEFAULT
from casework.models import (
    Attendance,
    Attestation,
    AttestationBreak,
    AttestationMethod,
    CounterSignature,
)
from core.errors import Refused
from core.swedish import number
from participants import access_log
from participants.models import Participant

CHANGED = (
    "Timmarna har ändrats sedan de visades, eller är redan underskrivna. Titta på dem igen och skriv"
    " under på nytt."
)
# What the responsible person puts their name to.
COUNTER_TEXT = (
    "Jag intygar att deltagarna har deltagit de dagar och timmar som de har skrivit under och som"
    " inte har ändrats sedan dess."
)


class RowsChanged(Refused):
    """What the participant saw is no longer what stands there; nothing was signed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows to sign for: the text above them, what each says, their sum and the hash of it all."""

    row_ids: tuple[int, ...]
    text: str
    covers: list[dict]
    hours: Decimal
    sha256: str


def offer_for(rows: Iterable[Attendance], *, language: str = DEFAULT) -> Offer:
    """Return what a participant is shown to sign. No query when `session__activity` is loaded."""
    rows = sorted(rows, key=lambda row: (row.held_on, row.session_id, row.pk))
    covers = [_cover(row) for row in rows]
    hours = sum((row.hours for row in rows), Decimal(0))
    text = text_in(language, hours)
    return Offer(tuple(row.pk for row in rows), text, covers, hours, hash_of(text, covers))


def text_in(code: str, hours: Decimal) -> str:
    """Return the sentence that is signed, in a language, with the sum of hours in it."""
    return languages.language(code)["attest"]["text"].format(hours=number(hours.normalize()))


def hash_of(text: str, covers: list[dict]) -> str:
    """Return the SHA-256, in hexadecimal, of what was shown: the text and the rows. Pure."""
    content = {"text": text, "rows": covers}
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(attestation: Attestation) -> bool:
    """Say whether an attestation's text and rows are still what was signed. Pure.

    One that was read from a file has nothing to compare, and counts as intact.
    """
    if not attestation.rows_sha256:
        return True
    return attestation.rows_sha256 == hash_of(attestation.text, attestation.covers)


def rows_to_sign(participant: Participant):
    """Return a person's rows that nobody has signed for, the first day first."""
    rows = Attendance.objects.unattested().filter(participant=participant)
    return rows.select_related("session__activity").order_by("held_on", "session", "pk")


@transaction.atomic
def attest(
    *,
    participant: Participant,
    row_ids: Iterable[int],
    shown_sha256: str,
    method: AttestationMethod,
    by,
    language: str = DEFAULT,
    **facts,
) -> Attestation:
    """Store that the participant signed for exactly these rows, as they were shown.

    `shown_sha256` is the hash of the offer they saw, in that language; `facts` are fields of the
    attestation (strokes, link, scan_page, source). Raises RowsChanged when a row has changed or been
    signed since.
    """
    wanted = set(row_ids)
    rows = list(rows_to_sign(participant).filter(pk__in=wanted).select_for_update(of=("self",)))
    offer = offer_for(rows, language=language)
    if not rows or {row.pk for row in rows} != wanted or offer.sha256 != shown_sha256:
        raise RowsChanged(CHANGED)
    attestation = Attestation.objects.create(
        participant=participant,
        method=method,
        recorded_by=by,
        language=languages.language(language).code,
        text=offer.text,
        covers=offer.covers,
        rows_sha256=offer.sha256,
        **facts,
    )
    Attendance.objects.filter(pk__in=wanted).update(attestation=attestation)
    _log(participant, by, f"attest:{method}")
    return attestation


def take_away(row: Attendance, *, before: str, after: str, reason: str, by) -> bool:
    """Break a row's attestation because the row is changed; say whether there was one.

    The caller holds the row's lock and its transaction, has not saved the change, and saves the row
    with `attestation` among its fields. `before` and `after` are words: "3 timmar", "frånvarande".
    """
    if row.attestation_id is None:
        return False
    AttestationBreak.objects.create(
        attestation_id=row.attestation_id,
        attendance=row,
        before=before,
        after=after,
        reason=reason,
        broken_by=by,
    )
    row.attestation = None
    return True


def hash_of_attestations(attestations: Iterable[Attestation]) -> str:
    """Return the SHA-256 over the attestations' own hashes, in order of key. Pure."""
    lines = [f"{each.pk} {each.rows_sha256}" for each in sorted(attestations, key=lambda a: a.pk)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def countersign(*, attestation_ids: Iterable[int], by) -> CounterSignature | None:
    """Sign beside the participants, as the person responsible, for those nobody has signed beside.

    Only people the user may see, digital attestations with a row that still stands, and none that is
    no longer what was signed. None when there is nothing to sign.
    """
    standing = Exists(Attendance.objects.filter(attestation=OuterRef("pk")))
    waiting = Attestation.objects.visible_to(by).filter(
        standing, pk__in=[pk for pk in attestation_ids if pk], countersignature=None
    )
    waiting = waiting.exclude(method=AttestationMethod.PAPER).select_for_update(of=("self",))
    found = [each for each in waiting if is_intact(each)]
    if not found:
        return None
    signature = CounterSignature.objects.create(
        signed_by=by,
        signed_at=timezone.now(),
        text=COUNTER_TEXT,
        rows_sha256=hash_of_attestations(found),
    )
    Attestation.objects.filter(pk__in=[each.pk for each in found]).update(
        countersignature=signature
    )
    people = {each.participant_id for each in found}
    access_log.shown_to(by, people, access_log.Action.CHANGED, what="countersign")
    return signature


def _cover(row: Attendance) -> dict:
    return {
        "row": row.pk,
        "on": row.held_on.isoformat(),
        "activity": row.session.activity.name,
        "hours": f"{row.hours:.2f}",
    }


def _log(participant, by, what) -> None:
    if by is None:
        access_log.by_themselves(participant, access_log.Action.CHANGED, what=what)
    else:
        access_log.changed(participant, by=by, what=what)
