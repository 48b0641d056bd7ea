"""A plan is put to its parties and agreed to. Keyword-only, atomic, `by` a user, logged.

    version = propose(plan=plan, by=user, review_on=day, met_today=True)
    agree(version=version, shown_sha256=..., party=Party.PARTICIPANT, method=AgreementMethod.DRAWN, by=user)

What was shown is what is agreed to: its hash comes back with the agreement. When the last party has
agreed the version holds and the one before is replaced, in the same transaction; said twice it is done once.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from casework.languages import DEFAULT
from casework.models import (
    AgreementMethod,
    Party,
    Plan,
    PlanAgreement,
    PlanStatus,
    PlanVersion,
    SigningLink,
)
from casework.plans import bookings, parties
from casework.plans.content import content_of, says_the_same, sha256_of
from core.errors import Refused
from participants import access_log

WEEKS = 8
AGREE_TEXT = "Jag är med på planen."

NO_GOALS = "Skriv minst ett mål med ett steg. Sedan är planen klar att godkännas."
UNSETTLED = "Två har skrivit på samma ställe. Välj först vilka ord som ska gälla."
NOTHING_NEW = "Planen är densamma som den som redan gäller. Ändra något först, eller låt den gälla."
WAITS_ALREADY = "Planen väntar redan på att godkännas. Dra tillbaka förslaget först."
NO_CONTACT = "Det finns ingen huvudkontakt. Utse en innan planen godkänns."
ENDED = "Inskrivningen är avslutad. Planen går inte längre att ändra."
DAY_PASSED = "Välj en dag som kommer för när planen ska följas upp."
CHANGED = "Planen har ändrats eller dragits tillbaka sedan den visades. Läs den som den är nu."
NO_PARTY = "Planen väntar inte på den som valdes."
NOT_YOURS = "Bara den som är utsedd kan godkänna som inloggad."
NOT_WAITING = "Förslaget väntar inte längre. Ladda om sidan."


class ProposalChanged(Refused):
    """What somebody was shown is not what is put to the parties any more; nothing was agreed to."""


@transaction.atomic
def propose(*, plan: Plan, by, review_on: date, met_today: bool = False) -> PlanVersion:
    """Freeze the working table and put it to the parties. Raises Refused, with what to do first."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=plan.pk)
    today = timezone.localdate()
    who = parties.of(plan.enrolment, today)
    _must_be_ready(plan, who, review_on, today)
    content = content_of(plan, review_on=review_on)
    _must_say_something_new(plan, content)
    meeting = bookings.hold(enrolment=plan.enrolment, held_on=today, by=by) if met_today else None
    last = plan.versions.first()
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        status=PlanStatus.PROPOSED,
        content=content,
        sha256=sha256_of(content),
        parties=who.values,
        meeting=meeting,
        review_on=review_on,
        proposed_by=by,
    )
    _log(version, by, "propose_plan")
    return version


@transaction.atomic
def withdraw(*, version: PlanVersion, by) -> None:
    """Take a proposal back, to write on; links to it open nothing any more. Twice is the same as once."""
    version = _lock(version)
    if version.status == PlanStatus.WITHDRAWN:
        return
    if version.status != PlanStatus.PROPOSED:
        raise Refused(NOT_WAITING)
    version.status, version.ended_at = PlanStatus.WITHDRAWN, timezone.now()
    version.save(update_fields=["status", "ended_at"])
    open_links = SigningLink.objects.filter(plan_version=version, used_at=None, cancelled_at=None)
    open_links.update(cancelled_at=timezone.now())
    _log(version, by, "withdraw_plan")


@transaction.atomic
def agree(
    *,
    version: PlanVersion,
    shown_sha256: str,
    party: str,
    method: AgreementMethod,
    by,
    text: str = AGREE_TEXT,
    language: str = DEFAULT,
    **facts,
) -> PlanAgreement:
    """Store that a party agrees to what they were shown; the last one makes it hold.

    `facts` are fields of the agreement: strokes, link, paper. `by` None is the participant alone with a link.
    Raises ProposalChanged when it is not what waits any more; somebody who has agreed has agreed once.
    """
    version = _lock(version)
    there_is = version.agreements.filter(party=party).first()
    if there_is and there_is.sha256 == shown_sha256 and version.status != PlanStatus.WITHDRAWN:
        return there_is
    if version.status != PlanStatus.PROPOSED or version.sha256 != shown_sha256:
        raise ProposalChanged(CHANGED)
    if party not in version.parties:
        raise Refused(NO_PARTY)
    agreement = PlanAgreement.objects.create(
        version=version,
        party=party,
        user=_user_of(version, party, method, by),
        method=method,
        text=text,
        language=language,
        sha256=version.sha256,
        recorded_by=by,
        **facts,
    )
    _log(version, by, f"agree_to_plan:{method}")
    if set(version.parties) == set(version.agreements.values_list("party", flat=True)):
        _let_hold(version, by)
    return agreement


def waiting_for(version: PlanVersion) -> list[str]:
    """Return the parties that have not agreed, in order. No query when `agreements` is prefetched."""
    agreed = {each.party for each in version.agreements.all()}
    return [party for party in version.parties if party not in agreed]


def default_review_day(today: date) -> date:
    """Return the day a plan is reviewed by when nobody says another. Pure."""
    return today + timedelta(weeks=WEEKS)


def _must_be_ready(plan, who, review_on, today) -> None:
    if plan.enrolment.ended_on:
        raise Refused(ENDED)
    if review_on <= today:
        raise Refused(DAY_PASSED)
    if who.pedagogue is None:
        raise Refused(NO_CONTACT)
    if plan.clashes.filter(settled_at=None).exists():
        raise Refused(UNSETTLED)
    if plan.versions.filter(status=PlanStatus.PROPOSED).exists():
        raise Refused(WAITS_ALREADY)


def _must_say_something_new(plan, content) -> None:
    if not any(goal["text"] and goal["steps"] for goal in content["goals"]):
        raise Refused(NO_GOALS)
    holds = plan.versions.current().first()
    if holds and says_the_same(holds.content, content):
        raise Refused(NOTHING_NEW)


def _user_of(version, party, method, by):
    """Return the member of staff a party is now; by account nobody agrees for another."""
    if party == Party.PARTICIPANT:
        if method == AgreementMethod.ACCOUNT:
            raise Refused(NOT_YOURS)
        return None
    enrolment = version.plan.enrolment
    user = enrolment.main_contact if party == Party.PEDAGOGUE else enrolment.employment_officer
    if user is None or (method == AgreementMethod.ACCOUNT and user != by):
        raise Refused(NOT_YOURS)
    return user


def _let_hold(version, by) -> None:
    """Let the version hold, end the one before, and give the staff their steps as tasks."""
    from casework.plans import steps

    now = timezone.now()
    version.plan.versions.current().update(status=PlanStatus.REPLACED, ended_at=now)
    version.status, version.agreed_at = PlanStatus.AGREED, now
    version.save(update_fields=["status", "agreed_at"])
    Plan.objects.filter(pk=version.plan_id).update(review_on=version.review_on)
    steps.give_tasks(version, by)


def _lock(version) -> PlanVersion:
    """Lock the plan, then the version: always in that order."""
    Plan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    found = PlanVersion.objects.select_related("plan__enrolment")
    return found.select_for_update(of=("self",)).get(pk=version.pk)


def _log(version, by, what) -> None:
    person = version.plan.enrolment.participant
    if by is None:
        access_log.by_themselves(person, access_log.Action.CHANGED, what=what)
    else:
        access_log.changed(person, by=by, what=what)
