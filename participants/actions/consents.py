"""Consent: what one authority may see, as the participant said."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.roles import Authority
from participants import access_log
from participants.enums import Category
from participants.errors import Refused, refusing
from participants.models import Consent, ConsentText, Participant

OPEN_RULES = ("consent_one_open_of_each", "participants_consent.participant_id")


def text_on(authority: Authority | str, day: date) -> str:
    """Return the words a participant agrees to on a day; "" when none are in force. One query."""
    texts = ConsentText.objects.valid_on(day).filter(authority=authority)
    return texts.values_list("text", flat=True).first() or ""


@transaction.atomic
def give_consent(
    *,
    participant: Participant,
    categories: Iterable[Category | str],
    given_on: date,
    source: str,
    by,
    authority: Authority | str = Authority.EMPLOYMENT_SERVICE,
    valid_until: date | None = None,
) -> list[Consent]:
    """Record that the participant lets the authority see each category, with the words of that day."""
    text = text_on(authority, given_on)
    if not text:
        raise Refused("Det finns ingen samtyckestext för den dagen. Kontakta systemförvaltaren.")
    twice = Refused("Ett av samtyckena finns redan. Ladda om sidan för att se vad som gäller.")
    consents = []
    for category in categories:
        _refuse_twice(participant, authority, category, given_on)
        with refusing(twice, *OPEN_RULES):
            consents.append(
                Consent.objects.create(
                    participant=participant,
                    authority=authority,
                    category=category,
                    text=text,
                    given_on=given_on,
                    valid_until=valid_until,
                    source=source.strip(),
                    recorded_by=by,
                )
            )
    if not consents:
        raise Refused("Kryssa för minst ett slags uppgifter som samtycket gäller.")
    access_log.changed(participant, by=by, what="give_consent")
    return consents


def _refuse_twice(participant, authority, category, day):
    same = Consent.objects.valid_on(day).filter(
        participant=participant, authority=authority, category=category
    )
    if same.exists():
        label = Category(category).label
        raise Refused(f"Det finns redan ett gällande samtycke för ”{label}”. Ta bort krysset där.")


@transaction.atomic
def withdraw_consent(*, consent: Consent, by) -> Consent:
    """Take a consent back. It stops holding at the receiving authority's next request."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at:
        raise Refused("Samtycket är redan återkallat. Du behöver inte göra något mer.")
    consent.withdrawn_at = timezone.now()
    consent.withdrawn_by = by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    access_log.changed(consent.participant, by=by, what="withdraw_consent")
    return consent
