"""Who is due at the weekly review, and why: the facts of many people at once, and the rules over them.

    found = signals.collect(people, user, day)     # {key: [ReviewSignal, the heaviest first]}

Each finder costs a fixed number of queries however many people. What looks back (contact, hours, time in
a phase) is counted to today at the latest: nobody knows who will ring tomorrow.
"""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from accounts.permissions import Permission
from casework.models import (
    ItemState,
    Review,
    ReviewDecision,
    ReviewItem,
    ReviewRequest,
    ReviewStatus,
    TaskStatus,
)
from casework.review import rules
from casework.review.contacts import last_contacts, last_discussed
from casework.review.room import as_the_room
from casework.signing import missing
from core import registry
from core.registry import Phase, ReviewSignal
from core.swedish import as_day
from participants.enums import Category
from participants.models import Consent
from participants.review_weights import Weight

Found = dict[int, list[ReviewSignal]]
# Put on the agenda by hand, with a reason: a colleague's wish like any other.
ADDED_BY_HAND = Weight.ASKED


def collect(participants, user, day: date) -> Found:
    """Return every reason to talk about each person on the day, the heaviest first; those without stand not in it.

    Staff of another authority are told what the person's consents cover, for the plan at least, whatever
    a rule says. The queries of all rules, and one more for that staff.
    """
    participants = list(participants)
    if not participants:
        return {}
    covered, found = _covered(participants, user), defaultdict(list)
    for rule in registry.review_signals:
        _add(found, rule.find(participants, user, day), covered)
    return _heaviest_first(found)


def collect_for_both(participants, user, day: date) -> tuple[Found, Found]:
    """Return what `collect` tells the user, and what it tells with the eyes of the room (`as_the_room`).

    Alike to asking twice, but only rules whose answer depends on the eyes are asked again, and only about
    those whose consent covers the plan.
    """
    participants = list(participants)
    if not participants:
        return {}, {}
    room = as_the_room(user)
    to_room, own, told = _covered(participants, room), defaultdict(list), defaultdict(list)
    to_user = to_room if user.needs_consent else None
    shared = [each for each in participants if Category.PLAN.value in to_room.get(each.pk, ())]
    for rule in registry.review_signals:
        answer = rule.find(participants, user, day)
        _add(own, answer, to_user)
        _add(told, answer if rule.by_category else rule.find(shared, room, day), to_room)
    return _heaviest_first(own), _heaviest_first(told)


def _add(found, answer: Found, covered: dict[int, set[str]] | None) -> None:
    """Add the reasons of a rule's answer that consent covers: all of them when `covered` is None."""
    for person, signals in answer.items():
        may = None if covered is None else covered.get(person, set())
        if may is not None and Category.PLAN.value not in may:
            continue
        found[person] += [
            each for each in signals if each.weight > 0 and (may is None or each.category in may)
        ]


def _heaviest_first(found) -> Found:
    return {
        person: sorted(signals, key=lambda each: -each.weight)
        for person, signals in found.items()
        if signals
    }


def _covered(participants, user) -> dict[int, set[str]] | None:
    """Return the categories that the user may be told of, by person, or None: everything."""
    if not user.needs_consent:
        return None
    consents = Consent.objects.valid_on(timezone.localdate()).filter(
        participant__in=_keys(participants), authority=user.authority
    )
    covered = defaultdict(set)
    for person, category in consents.values_list("participant", "category"):
        covered[person].add(category)
    return covered


def by_enrolment(participants, user, day: date) -> Found:
    """New ones, and everybody at least every fourth week. One query."""
    discussed = last_discussed(participants, day)
    return _each(
        participants,
        lambda person, start: (
            rules.new(start, discussed.get(person.pk), day),
            rules.every_fourth_week(start, discussed.get(person.pk), day),
        ),
    )


def without_contact(participants, user, day: date) -> Found:
    """Nobody has met or reached them for two weeks. The queries of the rooms that know of contacts."""
    day = _past(day)
    contacts = last_contacts(participants, day)
    return _each(
        participants, lambda person, start: [rules.no_contact(start, contacts.get(person.pk), day)]
    )


def hours_unsigned(participants, user, day: date) -> Found:
    """Hours that nobody has signed for. Six queries at most."""
    if not user.may(Permission.VIEW_ATTENDANCE):
        return {}
    day = _past(day)
    enrolled = [each.pk for each in participants if each.current_enrolment]
    rows = missing.rows_for(user, day, people=enrolled)
    return _told(
        (row.participant_id, rules.unsigned(row.in_words, row.oldest, row.days_to_next, day))
        for row in rows
        if row.hours
    )


def phases_of(participants, user, day: date) -> dict[int, Phase]:
    """Return where in the chain each person is; the rule with the highest order that knows decides."""
    phases = {}
    for rule in registry.phases:
        phases |= rule.find(participants, user, day)
    return phases


def stuck_in_phase(participants, user, day: date) -> Found:
    """Longer in one phase than it should take. The queries of the rules for phases."""
    day = _past(day)
    phases = phases_of(participants, user, day)
    return _told((person, rules.stuck(phase, day)) for person, phase in phases.items())


def asked_for(participants, user, day: date) -> Found:
    """A colleague wants to talk about them. One query.

    The reason is a colleague's free words: staff of another authority read it where the consent covers
    notes, and else only that somebody asked.
    """
    wishes = ReviewRequest.objects.filter(
        participant__in=_keys(participants), item=None, withdrawn_at=None
    )
    wishes = wishes.select_related("asked_by")
    if user.needs_consent:
        return _asked_without_words(wishes, user)
    return _told((person, rules.asked(found, words=True)) for person, found in _wishes(wishes))


def _asked_without_words(wishes, user) -> Found:
    readable = Consent.objects.valid_on(timezone.localdate()).filter(
        participant__in=wishes.values("participant"),
        authority=user.authority,
        category=Category.NOTES,
    )
    readable = set(readable.values_list("participant", flat=True))
    return _told(
        (person, rules.asked(found, words=person in readable)) for person, found in _wishes(wishes)
    )


def _wishes(requests):
    found = defaultdict(list)
    for each in requests:
        wish = rules.Wish(each.asked_by.name, each.reason, as_day(each.asked_at))
        found[each.participant_id].append(wish)
    return found.items()


def not_done_since_last(participants, user, day: date) -> Found:
    """What an earlier review decided, whose task is still open past its day now. One query."""
    decisions = ReviewDecision.objects.filter(
        item__participant__in=_keys(participants),
        item__review__held_on__lt=day,
        taken_back_at=None,
        task__status=TaskStatus.OPEN,
        task__due_on__lt=_past(day),
    )
    found = defaultdict(list)
    for person, text, due_on in decisions.values_list(
        "item__participant", "task__text", "task__due_on"
    ):
        found[person].append(rules.Undone(text, due_on))
    return _told((person, rules.not_done(undone)) for person, undone in found.items())


def left_from_last(participants, user, day: date) -> Found:
    """Postponed or not reached at the review before; one that was never held reached nobody. Two queries."""
    before = Review.objects.filter(held_on__lt=day).order_by("-held_on").first()
    if before is None:
        return {}
    items = ReviewItem.objects.filter(review=before, participant__in=_keys(participants))
    items = items.exclude(state=ItemState.DISCUSSED)
    if not _is_over(before):
        items = items.exclude(state=ItemState.WAITING)
    return _told(
        (person, rules.left_over(state, before.held_on))
        for person, state in items.values_list("participant", "state")
    )


def _is_over(review) -> bool:
    """Whether nobody more will be gone through at it."""
    never_held = review.status == ReviewStatus.PLANNED and review.held_on < _today()
    return review.status == ReviewStatus.CLOSED or never_held


def on_agenda(participants, user, day: date) -> Found:
    """That somebody stands on a coming agenda: for the header, no reason by itself. One query."""
    if not user.may(Permission.TAKE_PART_IN_REVIEW):
        return {}
    items = ReviewItem.objects.visible_to(user).filter(
        participant__in=_keys(participants),
        state=ItemState.WAITING,
        review__held_on__gte=day,
        review__status__in=(ReviewStatus.PLANNED, ReviewStatus.RUNNING),
    )
    found: Found = {}
    for person, held_on in items.order_by("review__held_on").values_list(
        "participant", "review__held_on"
    ):
        text = f"Tas upp på ärendedragningen {held_on}"
        found.setdefault(person, [ReviewSignal(text, 0, tone="accent", icon="message")])
    return found


def _each(participants, rule) -> Found:
    """Run a rule for everybody who is enrolled."""
    found = {
        each.pk: [signal for signal in rule(each, enrolment.starts_on) if signal]
        for each in participants
        if (enrolment := each.current_enrolment)
    }
    return {person: signals for person, signals in found.items() if signals}


def _told(pairs) -> Found:
    return {person: [signal] for person, signal in pairs if signal}


def _keys(participants) -> list[int]:
    return [each.pk for each in participants]


def _today() -> date:
    return timezone.localdate()


def _past(day: date) -> date:
    return min(day, _today())
