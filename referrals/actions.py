"""Everything that changes a referral. Keyword-only, atomic, `by` a user, logged, kind when refused.

Raises `participants.errors.Refused` with a Swedish sentence when a rule says no, and
`core.states.TransitionError` when somebody else has already taken the referral further.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from participants import access_log
from participants.actions import enrol, mark_protected, register
from participants.errors import Refused, StaleEdit, refusing
from participants.models import Participant
from referrals.enums import DeclineReason, ReferralStatus
from referrals.models import Criterion, Referral, ReferralDraft, ReferringBody
from referrals.target_group import missing_reason

# What a referral says besides who, by whom, when and which criteria.
TEXTS = ("referrer_name", "referrer_contact", "referrer_reference", "reason", "criteria_reason")
ONE_OPEN = ("referral_one_open_each", "referrals_referral.participant_id")


class OpenReferralExists(Refused):
    """The person already has an open referral: `referral`, or None when it appeared just now."""

    def __init__(self, referral: Referral | None):
        super().__init__(
            "Det finns redan en öppen remiss för personen. Fortsätt med den i stället."
        )
        self.referral = referral


@transaction.atomic
def receive(
    *,
    participant: Participant,
    body: ReferringBody,
    referred_on: date,
    by,
    criteria: Iterable[Criterion] = (),
    now: datetime | None = None,
    **texts: str,
) -> Referral:
    """Take in a referral of a person who is in the register; `texts` are those of TEXTS.

    Raises OpenReferralExists, or Refused when the person is enrolled, a reason is missing, or the day
    lies ahead.
    """
    now = now or timezone.now()
    criteria = list(criteria)
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    _refuse_unfit(referred_on, criteria, texts, timezone.localdate(now))
    refuse_second(participant)
    with refusing(OpenReferralExists(None), *ONE_OPEN):
        referral = Referral.objects.create(
            participant=participant,
            body=body,
            referred_on=referred_on,
            received_at=now,
            received_by=by,
            **_stripped(texts),
        )
    referral.criteria.set(criteria)
    referral.steps.create(status=ReferralStatus.RECEIVED, by=by, at=now)
    access_log.changed(participant, by=by, what="receive_referral")
    return referral


@transaction.atomic
def finish_draft(*, draft: ReferralDraft, by, person: dict | None = None, **facts) -> Referral:
    """Make a draft into a referral, once; a draft that already is one gives that back.

    `person` is what a new person is registered by (and `protection`, a kind, when their identity is
    protected); `facts` are those of `receive`. The draft's words are wiped.
    """
    draft = ReferralDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.referral_id:
        return draft.referral
    participant = draft.participant or _register(by=by, **person)
    referral = receive(participant=participant, by=by, **facts)
    draft.referral, draft.participant, draft.typed = referral, None, {}
    draft.save(update_fields=["referral", "participant", "typed"])
    return referral


@transaction.atomic
def correct(
    *,
    referral: Referral,
    version: int,
    body: ReferringBody,
    referred_on: date,
    by,
    criteria: Iterable[Criterion] = (),
    **texts: str,
) -> Referral:
    """Correct what a referral says, while it is open, as written on a page that showed `version`.

    Raises StaleEdit when somebody has changed it since; nothing is then overwritten.
    """
    criteria = list(criteria)
    referral = _locked(referral, version)
    if not referral.is_open:
        raise Refused("Remissen är avgjord och kan inte längre ändras.")
    _refuse_unfit(referred_on, criteria, texts, timezone.localdate())
    referral.body, referral.referred_on = body, referred_on
    for name, text in _stripped(texts).items():
        setattr(referral, name, text)
    referral.version += 1
    referral.save(update_fields=["body", "referred_on", *texts, "version"])
    referral.criteria.set(criteria)
    access_log.changed(referral.participant, by=by, what="correct_referral")
    return referral


@transaction.atomic
def start_assessment(*, referral: Referral, by, now: datetime | None = None) -> Referral:
    """Take a received referral and begin to assess it."""
    referral = _locked(referral)
    return _move(referral, ReferralStatus.IN_ASSESSMENT, by=by, now=now, handled_by=by)


@transaction.atomic
def take_over(*, referral: Referral, by, now: datetime | None = None) -> Referral:
    """Take a referral that a colleague assesses; the history says so."""
    referral = _locked(referral)
    if referral.status != ReferralStatus.IN_ASSESSMENT:
        raise Refused(
            "Remissen är inte under bedömning. Ladda om sidan för att se vad som gäller nu."
        )
    if referral.handled_by_id == by.pk:
        return referral
    referral.handled_by = by
    referral.save(update_fields=["handled_by"])
    note = f"{by.name} tog över remissen."
    referral.steps.create(status=referral.status, by=by, at=now or timezone.now(), note=note)
    access_log.changed(referral.participant, by=by, what="take_over_referral")
    return referral


@transaction.atomic
def accept(
    *,
    referral: Referral,
    starts_on: date,
    main_contact,
    by,
    employment_officer=None,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Referral:
    """Say yes and enrol the person, both or neither; the referral then points at the enrolment."""
    referral = _locked(referral, version, to=ReferralStatus.ACCEPTED)
    enrolment = enrol(
        participant=referral.participant,
        starts_on=starts_on,
        main_contact=main_contact,
        employment_officer=employment_officer,
        by=by,
    )
    return _decide(
        referral, ReferralStatus.ACCEPTED, by=by, now=now, note=note, enrolment=enrolment
    )


@transaction.atomic
def accept_enrolled(
    *,
    referral: Referral,
    by,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Referral:
    """Say yes to a referral of somebody who has been enrolled since, and point at that enrolment."""
    referral = _locked(referral, version, to=ReferralStatus.ACCEPTED)
    enrolment = referral.participant.enrolments.filter(ended_on=None).first()
    if enrolment is None:
        raise Refused("Personen är inte längre inskriven. Ladda om sidan och skriv in på nytt.")
    return _decide(
        referral, ReferralStatus.ACCEPTED, by=by, now=now, note=note, enrolment=enrolment
    )


@transaction.atomic
def decline(
    *,
    referral: Referral,
    reason: DeclineReason | str,
    by,
    sent_instead_to: str = "",
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Referral:
    """Say no, for a coded reason, and note where the person was sent instead."""
    referral = _locked(referral, version, to=ReferralStatus.DECLINED)
    return _decide(
        referral,
        ReferralStatus.DECLINED,
        by=by,
        now=now,
        note=note,
        decline_reason=DeclineReason(reason),
        sent_instead_to=sent_instead_to.strip(),
    )


@transaction.atomic
def withdraw(
    *,
    referral: Referral,
    by,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Referral:
    """Note that the referring body has taken its referral back."""
    referral = _locked(referral, version, to=ReferralStatus.WITHDRAWN)
    return _decide(referral, ReferralStatus.WITHDRAWN, by=by, now=now, note=note)


def refuse_second(participant: Participant) -> None:
    """Raise OpenReferralExists, or Refused, when the person needs no further referral. Two queries."""
    if standing := participant.referrals.open().first():
        raise OpenReferralExists(standing)
    if participant.enrolments.filter(ended_on=None).exists():
        raise Refused("Personen är redan inskriven i BASUN, så ingen remiss behövs.")


def _locked(referral, version=None, to=None):
    """Lock the referral; refuse a step it can't take, and a page that shows an older version."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("participant")
    current = rows.get(pk=referral.pk)
    if to is not None:
        current.must_move_to(to)
    if version is not None and current.version != version:
        raise StaleEdit(current)
    return current


def _decide(referral, status, *, by, now, note, **changes):
    now = now or timezone.now()
    changes |= {"decided_at": now, "decided_by": by, "decision_note": note.strip()}
    if referral.handled_by_id is None:
        changes["handled_by"] = by
    return _move(referral, status, by=by, now=now, note=note.strip(), **changes)


def _move(referral, status, *, by, now=None, note="", **changes):
    version = referral.version + 1
    moment = now or timezone.now()
    referral.move_to(status, by=by, at=moment, note=note, version=version, **changes)
    access_log.changed(referral.participant, by=by, what=f"referral_{status}")
    return referral


def _refuse_unfit(referred_on, criteria, texts, today):
    if referred_on > today:
        raise Refused("Remissdatum kan inte ligga framåt i tiden. Ange dagen då remissen kom.")
    if missing := missing_reason(criteria, texts.get("criteria_reason", "")):
        raise Refused(missing)


def _stripped(texts):
    if unknown := set(texts) - set(TEXTS):
        raise ValueError(f"unknown texts: {sorted(unknown)}; allowed: {TEXTS}")
    return {name: text.strip() for name, text in texts.items()}


def _register(*, by, protection="", **person):
    participant = register(by=by, **person)
    if protection:
        mark_protected(participant=participant, kind=protection, source="Remiss", by=by)
    return participant
