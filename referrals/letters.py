"""What the referrer is told, in writing: that we have the referral, and what we answered.

A letter leaves the house, so it carries as little as it can. Of a person with protected identity only
our code and the referrer's own reference; of others name and birth date. Never an address, a number,
the internal note, or a reason that tells how the person is or behaved (DeclineReason.is_told). Parents
and associations are told yes or no, not why (Source.is_told).
"""

from dataclasses import dataclass

from core.swedish import iso_date
from referrals.enums import DeclineReason, ReferralStatus
from referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a letter's template needs."""

    heading: str
    addressee: list[str]
    reference: str
    about: str
    paragraphs: list[str]
    signed_by: str
    phone: str


def receipt(referral: Referral) -> Letter:
    """Return the letter that says the referral has come."""
    day = iso_date(referral.referred_on)
    paragraphs = [
        f"Tack för remissen, daterad {day}. Vi har tagit emot den och bedömer den nu.",
        "Vi hör av oss med ett skriftligt svar. Har något ändrats, eller vill ni ta tillbaka remissen,"
        " räcker det att ni meddelar oss.",
    ]
    return _letter(referral, "Vi har tagit emot er remiss", paragraphs, referral.handled_by)


def answer(referral: Referral) -> Letter:
    """Return the letter with our yes or no; raises ValueError while there is none to give."""
    if referral.status == ReferralStatus.ACCEPTED:
        return _accepted(referral)
    if referral.status == ReferralStatus.DECLINED:
        return _declined(referral)
    raise ValueError(f"a referral that is {referral.status} has no answer")


def has_answer(referral: Referral) -> bool:
    """Whether there is a yes or no to write."""
    return referral.status in {ReferralStatus.ACCEPTED, ReferralStatus.DECLINED}


def _accepted(referral):
    paragraphs = [
        f"Vi har bedömt er remiss, daterad {iso_date(referral.referred_on)}, och säger ja.",
    ]
    if referral.enrolment:
        start = iso_date(referral.enrolment.starts_on)
        paragraphs.append(f"Inskrivningen i BASUN gäller från och med {start}.")
    paragraphs.append("Tack för att ni hörde av er.")
    return _letter(referral, "Svar på er remiss: godtagen", paragraphs, referral.decided_by)


def _declined(referral):
    paragraphs = [
        f"Vi har bedömt er remiss, daterad {iso_date(referral.referred_on)}, och kan inte ta emot den."
    ]
    reason = DeclineReason(referral.decline_reason)
    open_hearted = referral.source.is_told and not referral.participant.is_protected
    if open_hearted and reason.is_told:
        paragraphs.append(f"Skäl: {reason.label.lower()}.")
    if open_hearted and referral.sent_instead_to:
        paragraphs.append(f"Personen är i stället hänvisad till {referral.sent_instead_to}.")
    paragraphs.append("Vill ni tala om beslutet är ni välkomna att höra av er till oss.")
    return _letter(referral, "Svar på er remiss: avböjd", paragraphs, referral.decided_by)


def _letter(referral, heading, paragraphs, signer):
    return Letter(
        heading=heading,
        addressee=_addressee(referral),
        reference=referral.referrer_reference,
        about=_about(referral.participant),
        paragraphs=paragraphs,
        signed_by=signer.name if signer else "",
        phone=signer.phone if signer else "",
    )


def _addressee(referral):
    lines = [referral.body.name, referral.referrer_name, *referral.body.address.splitlines()]
    return [line for line in lines if line.strip()]


def _about(person):
    if person.is_protected:
        return f"Vår kod {person.code}"
    return f"{person.full_name}, född {iso_date(person.birth_date)}. Vår kod {person.code}"
