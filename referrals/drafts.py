"""A referral being written in three steps: what was typed stays, whatever way one leaves a step."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission
from core.swedish import iso_date, listed
from participants.forms import RegisterForm
from participants.models import Participant, Track
from participants.search import Hit
from referrals import actions
from referrals.forms import FactsForm, NewPersonForm, TargetGroupForm
from referrals.models import Referral, ReferralDraft
from referrals.target_group import Check, check

WHO, WHY, TARGET = "who", "why", "target"


class Unfinished(Exception):
    """A step is not filled in as it must be: `step`."""

    def __init__(self, step: str):
        super().__init__(step)
        self.step = step


@transaction.atomic
def begin(*, by, participant: Participant | None = None) -> ReferralDraft:
    """Begin a draft, and forget everybody's that were left alone too long."""
    ReferralDraft.objects.stale(timezone.now()).delete()
    return ReferralDraft.objects.create(user=by, participant=participant)


def keep(draft: ReferralDraft, step: str, form: forms.Form, data) -> None:
    """Keep what was typed in a step, right or wrong, field by field."""
    words = {name: _typed(field, name, data) for name, field in form.fields.items()}
    draft.typed = draft.typed | {step: words}
    draft.changed_at = timezone.now()
    draft.save(update_fields=["typed", "participant", "changed_at"])


def _typed(field, name, data):
    if isinstance(field, forms.ModelMultipleChoiceField):
        return data.getlist(name)
    return data.get(name, "")


def choose(draft: ReferralDraft, participant: Participant) -> None:
    """Let the referral be about somebody who is in the register."""
    draft.participant = participant
    draft.changed_at = timezone.now()
    draft.typed = {step: words for step, words in draft.typed.items() if step != WHO}
    draft.save(update_fields=["typed", "participant", "changed_at"])


def finish(draft: ReferralDraft, *, by) -> Referral:
    """Check every step again and save the referral; raises Unfinished, or what `actions` refuses."""
    person = None if draft.participant_id else new_person(draft, by)
    why = FactsForm(draft.words(WHY))
    if not why.is_valid():
        raise Unfinished(WHY)
    facts = why.cleaned_data
    target = TargetGroupForm(draft.words(TARGET), day=facts["referred_on"])
    if not target.is_valid():
        raise Unfinished(TARGET)
    return actions.finish_draft(draft=draft, by=by, person=person, **facts, **target.cleaned_data)


def new_person(draft: ReferralDraft, by) -> dict:
    """Return what a new person is registered by; raises Unfinished when it does not hold."""
    form = NewPersonForm(draft.words(WHO), may_protect=by.may(Permission.MARK_PROTECTED))
    if not form.is_valid():
        raise Unfinished(WHO)
    return form.person()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a draft is about, as its pages show it."""

    name: str
    note: str
    birth_date: date | None
    former: str = ""


def subject(draft: ReferralDraft) -> Subject:
    """Return who it is about; reads the chosen person's enrolments, or what was typed."""
    if person := draft.participant:
        number = "" if person.is_protected else person.formatted_number
        return Subject(person.list_name, number, person.birth_date, former(person))
    words = draft.words(WHO)
    name = f"{words.get('first_name', '')} {words.get('last_name', '')}".strip()
    return Subject(name, "ny i registret", typed_birth_date(words))


def typed_birth_date(words: dict) -> date | None:
    """Return the birth date of a person who is being typed in, or None while it can't be told."""
    form = RegisterForm(words)
    form.is_valid()
    number = form.cleaned_data.get("number")
    return number.birth_date if number else form.cleaned_data.get("birth_date")


def check_draft(draft: ReferralDraft, form: TargetGroupForm, day: date) -> Check | None:
    """Return the check against the target group as it stands, or None without a birth date."""
    born = subject(draft).birth_date
    if born is None:
        return None
    chosen = set(map(str, draft.words(TARGET).get("criteria", [])))
    criteria = [each for each in form.fields["criteria"].queryset if str(each.pk) in chosen]
    reason = draft.words(TARGET).get("criteria_reason", "")
    return check(born, day, Track.objects.all(), criteria, reason=reason)


def former(person: Participant) -> str:
    """Return a returning person's former enrolments in words; no query when they are loaded."""
    spans = [
        f"{iso_date(each.starts_on)}–{iso_date(each.ended_on)}"
        f" ({each.get_exit_reason_display().lower()})"
        for each in reversed(list(person.enrolments.all()))
        if each.ended_on
    ]
    return f"Tidigare inskriven {listed(spans)}." if spans else ""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody the search found, and whether a referral of them makes sense now."""

    person: Participant
    why: str
    former: str
    open_referral: Referral | None
    is_enrolled: bool


def found(hits: list[Hit]) -> list[Found]:
    """Return the hits with what stands in the way of a referral, if anything. One query."""
    people = [hit.participant for hit in hits]
    standing = {
        referral.participant_id: referral
        for referral in Referral.objects.open().filter(participant__in=people)
    }
    return [
        Found(
            hit.participant,
            hit.why,
            former(hit.participant),
            standing.get(hit.participant.pk),
            hit.participant.current_enrolment is not None,
        )
        for hit in hits
    ]
