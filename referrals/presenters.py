"""Words, colours and buttons for pages about referrals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.permissions import Permission
from core.registry import Event
from core.swedish import iso_date
from referrals.enums import ReferralStatus
from referrals.models import Referral, ReferralStep
from referrals.waiting import Look, wait_look


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the referral, its wait, and whether this user may take it."""

    referral: Referral
    wait: Look
    may_take: bool


def rows(referrals: Iterable[Referral], user, day: date) -> list[Row]:
    """Return the lines of a page of the list; no query."""
    may = user.may(Permission.EDIT_REFERRALS)
    return [
        Row(
            each,
            wait_look(each.days_waited(day)) if each.is_open else Look(_span(each, day)),
            may and each.can_move_to(ReferralStatus.IN_ASSESSMENT),
        )
        for each in referrals
    ]


def _span(referral, day):
    """A wait that is over has no colour: nobody can do anything about it."""
    return wait_look(referral.days_waited(day)).label


@dataclass(frozen=True, slots=True)
class Button:
    """A step the user can take from here: where it leads, and whether at once (by POST)."""

    label: str
    url_name: str
    icon: str
    tone: str = ""
    at_once: bool = False


# In the order they stand: each step of STEPS, who may take it, and how it looks.
STEP_BUTTONS = (
    (
        ReferralStatus.ACCEPTED,
        Permission.DECIDE_REFERRALS,
        Button("Godta och skriv in", "referrals:accept", "check", "primary"),
    ),
    (
        ReferralStatus.IN_ASSESSMENT,
        Permission.EDIT_REFERRALS,
        Button("Ta hand om", "referrals:start", "person", at_once=True),
    ),
    (
        ReferralStatus.DECLINED,
        Permission.DECIDE_REFERRALS,
        Button("Avböj", "referrals:decline", "cross"),
    ),
    (
        ReferralStatus.WITHDRAWN,
        Permission.EDIT_REFERRALS,
        Button("Återtagen av remittenten", "referrals:withdraw", "arrow-left", "quiet"),
    ),
)


def buttons(referral: Referral, user) -> list[Button]:
    """Return the steps that the table allows from here and the user may take; no query."""
    found = [
        button
        for status, permission, button in STEP_BUTTONS
        if referral.can_move_to(status) and user.may(permission)
    ]
    if may_take_over(referral, user):
        found.append(Button("Ta över", "referrals:take_over", "person", at_once=True))
    return found


def may_take_over(referral: Referral, user) -> bool:
    """Whether somebody else assesses it and the user could do so instead."""
    return (
        referral.status == ReferralStatus.IN_ASSESSMENT
        and referral.handled_by_id != user.pk
        and user.may(Permission.EDIT_REFERRALS)
    )


def event(step: ReferralStep, referral: Referral) -> Event:
    """Return a step of a referral as a line of a timeline; reads who took it, and the body."""
    status = ReferralStatus(step.status)
    first = status == ReferralStatus.RECEIVED
    return Event(
        on=referral.referred_on if first else timezone.localdate(step.at),
        title=f"Remiss från {referral.body.name}" if first else f"Remissen {_happened(step)}",
        text=step.note,
        icon=status.icon,
        tone=status.tone,
        url=referral.get_absolute_url(),
        by=step.by.name if step.by else "",
        at=step.at,
    )


def _happened(step):
    return {
        ReferralStatus.IN_ASSESSMENT: "togs om hand",
        ReferralStatus.ACCEPTED: "godtogs",
        ReferralStatus.DECLINED: "avböjdes",
        ReferralStatus.WITHDRAWN: "togs tillbaka",
    }[step.status]


def facts(referral: Referral) -> list[tuple[str, str]]:
    """Return what the referral says, as (word, value); reads the body."""
    return [
        ("Från", referral.body.name),
        ("Remissdatum", iso_date(referral.referred_on)),
        ("Handläggare där", referral.referrer_name),
        ("Telefon eller e-post", referral.referrer_contact),
        ("Deras beteckning", referral.referrer_reference),
    ]


def decision_facts(referral: Referral) -> list[tuple[str, str]]:
    """Return how it was decided, as (word, value); reads who decided."""
    pairs = [
        ("Beslutad", iso_date(referral.decided_at)),
        ("Av", referral.decided_by.name if referral.decided_by else ""),
    ]
    if referral.status == ReferralStatus.DECLINED:
        pairs += [
            ("Orsak", referral.get_decline_reason_display()),
            ("Hänvisad till", referral.sent_instead_to),
        ]
    return pairs
