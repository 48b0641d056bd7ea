"""The finders: the facts of many people at once, in a fixed number of queries, by consent."""

from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import (
    Activity,
    Attendance,
    ItemState,
    ReviewItem,
    ReviewRequest,
    Session,
)
from casework.review import signals
from casework.review.contacts import last_contacts, last_discussed
from casework.review.room import as_the_room
from casework.todo.actions import finish
from core import registry
from participants.enums import Category, Function
from participants.models import Extension, Participant
from participants.review_weights import Weight
from tests.casework.review_world import (
    closed_review,
    days_ago,
    decide,
    discussed,
    enrolled,
    make_review,
    texts,
)
from tests.cast import assign, give_consent

pytestmark = pytest.mark.django_db


def came(person, on, hours=3):
    activity = Activity.objects.get_or_create(name="Verkstad", kind="group")[0]
    session = Session.objects.get_or_create(activity=activity, held_on=on)[0]
    return Attendance.objects.create(
        session=session, participant=person, held_on=on, hours=Decimal(hours)
    )


def missed(person, on):
    attendance = came(person, on)
    Attendance.objects.filter(pk=attendance.pk).update(
        status="absent", hours=0, absence_reason="no_word"
    )


def people(*only):
    found = Participant.objects.for_list()
    return found.filter(pk__in=[each.pk for each in only]) if only else found


def found_by(finder, person, user, day=None):
    return texts(finder(people(person), user, day or timezone.localdate()), person)


def test_who_came_was_met(pedagogue):
    person = enrolled(pedagogue)
    came(person, days_ago(20))
    came(person, days_ago(13))
    assert last_contacts([person], days_ago(0)) == {person.pk: days_ago(13)}
    assert found_by(signals.without_contact, person, pedagogue) == []
    assert last_contacts([person], days_ago(14)) == {person.pk: days_ago(20)}


def test_nobody_knows_yet_who_will_be_met_before_the_meeting(pedagogue):
    person = enrolled(pedagogue)
    came(person, days_ago(12))
    assert found_by(signals.without_contact, person, pedagogue, days_ago(-7)) == []


def test_nobody_met_for_two_weeks(pedagogue):
    person = enrolled(pedagogue)
    came(person, days_ago(14))
    assert found_by(signals.without_contact, person, pedagogue) == [
        f"Ingen kontakt sedan {days_ago(14)}"
    ]


def test_the_fourth_week_is_counted_to_the_meeting(pedagogue, lead):
    person = enrolled(pedagogue, days=200)
    discussed(closed_review(days_ago(25), lead), person)
    assert last_discussed([person], days_ago(0)) == {person.pk: days_ago(25)}
    assert found_by(signals.by_enrolment, person, pedagogue, days_ago(-2)) == []
    assert found_by(signals.by_enrolment, person, pedagogue, days_ago(-3)) == [
        f"Senast genomgången {days_ago(25)}"
    ]


def test_hours_that_nobody_signed(pedagogue, counsellor):
    person = enrolled(pedagogue)
    came(person, days_ago(40))
    found = found_by(signals.hours_unsigned, person, pedagogue)
    assert found == [f"3 h utan underskrift sedan {days_ago(40)}"]


def test_stuck_in_the_phase_that_the_last_rule_says(pedagogue, monkeypatch):
    stuck, moved_on = enrolled(pedagogue, days=80), enrolled(pedagogue, days=80)
    mapping = registry.Phase("Kartläggning", days_ago(80), 30)
    rules = [
        registry.PhaseRule(lambda people, user, day: {each.pk: mapping for each in people}),
        registry.PhaseRule(
            lambda people, user, day: {moved_on.pk: registry.Phase("Ut-matchning", days_ago(5), 60)}
        ),
    ]
    monkeypatch.setattr(registry, "phases", rules)
    found = signals.stuck_in_phase(people(), pedagogue, days_ago(0))
    assert texts(found, stuck) == [f"Kartläggning sedan {days_ago(80)}"]
    assert texts(found, moved_on) == []


def test_an_extension_that_waits(pedagogue, lead):
    person = enrolled(pedagogue)
    Extension.objects.create(
        enrolment=person.enrolments.get(),
        previous_end_on=days_ago(-20),
        new_end_on=days_ago(-90),
        reason="mer tid",
        asked_by=pedagogue,
    )
    found = signals.collect(people(), lead, days_ago(0))
    assert f"Förlängning till {days_ago(-90)} väntar på beslut" in texts(found, person)


def test_a_decision_that_was_not_done(pedagogue, lead):
    person = enrolled(pedagogue)
    item = discussed(closed_review(days_ago(14), lead), person)
    decision = decide(item, lead, due_on=days_ago(1))
    decide(item, lead, due_on=days_ago(0), text="Senare")
    finder = signals.not_done_since_last
    assert found_by(finder, person, lead) == [
        f"Inte gjort: ”Ringa socialtjänsten”, skulle varit klart {days_ago(1)}"
    ]
    finish(task=decision.task, by=lead)
    assert found_by(finder, person, lead) == []


def test_a_decision_taken_back_is_nothing_to_do(pedagogue, lead):
    person = enrolled(pedagogue)
    item = discussed(closed_review(days_ago(14), lead), person)
    decision = decide(item, lead, due_on=days_ago(1))
    decision.taken_back_at = timezone.now()
    decision.save()
    assert found_by(signals.not_done_since_last, person, lead) == []


@pytest.mark.parametrize(
    ("state", "word"), [("postponed", "Uppskjuten"), ("not_reached", "Hanns inte med")]
)
def test_what_was_left_last_time(pedagogue, lead, state, word):
    person = enrolled(pedagogue)
    ReviewItem.objects.create(
        review=closed_review(days_ago(7), lead), participant=person, state=state,
        postponed_reason="sjuk" if state == "postponed" else "",
    )  # fmt: skip
    assert found_by(signals.left_from_last, person, lead) == [f"{word} {days_ago(7)}"]
    closed_review(days_ago(3), lead)
    assert found_by(signals.left_from_last, person, lead) == []


def test_a_meeting_that_was_never_held_reached_nobody(pedagogue, lead):
    person = enrolled(pedagogue)
    ReviewItem.objects.create(review=make_review(days_ago(7)), participant=person)
    assert found_by(signals.left_from_last, person, lead) == [f"Hanns inte med {days_ago(7)}"]


def test_who_stands_on_a_meeting_to_come_is_not_left_from_it(pedagogue, lead):
    waits, postponed = enrolled(pedagogue), enrolled(pedagogue)
    review = make_review(days_ago(-1))
    ReviewItem.objects.create(review=review, participant=waits)
    ReviewItem.objects.create(
        review=review, participant=postponed, state=ItemState.POSTPONED, postponed_reason="sjuk"
    )
    found = signals.left_from_last(people(), lead, days_ago(-8))
    assert texts(found, waits) == []
    assert texts(found, postponed) == [f"Uppskjuten {days_ago(-1)}"]


def test_a_colleague_asks(pedagogue, other_pedagogue, officer):
    person = enrolled(pedagogue, consent=["plan"])
    assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    ReviewRequest.objects.create(participant=person, asked_by=other_pedagogue, reason="oro hemma")
    assert found_by(signals.asked_for, person, pedagogue) == ["Olle Dahl ber: oro hemma"]
    assert found_by(signals.asked_for, person, officer) == ["Olle Dahl ber om det"]
    assert found_by(signals.asked_for, person, as_the_room(pedagogue)) == ["Olle Dahl ber om det"]
    give_consent(person, ["notes"])
    assert found_by(signals.asked_for, person, officer) == ["Olle Dahl ber: oro hemma"]


def test_the_heaviest_reason_comes_first(pedagogue, other_pedagogue):
    person = enrolled(pedagogue, days=40)
    ReviewRequest.objects.create(participant=person, asked_by=other_pedagogue, reason="oro")
    found = signals.collect(people(), pedagogue, days_ago(0))[person.pk]
    weights = [signal.weight for signal in found]
    assert weights[0] == Weight.ASKED
    assert weights == sorted(weights, reverse=True)
    assert {Weight.NO_CONTACT, Weight.NEVER_DISCUSSED} <= set(weights)


def test_who_has_left_or_not_yet_come_is_not_due(pedagogue):
    coming = enrolled(pedagogue, days=-5)
    assert signals.collect(people(coming), pedagogue, days_ago(0)) == {}
    assert signals.collect([], pedagogue, days_ago(0)) == {}


def test_the_room_is_told_what_consent_covers(pedagogue):
    """Hours are told under the consent for attendance, the rest under the plan's; without it nothing."""
    by_plan = enrolled(pedagogue, consent=["plan"])
    by_both = enrolled(pedagogue, consent=["plan", "attendance"])
    without = enrolled(pedagogue, consent=["attendance"])
    for person in (by_plan, by_both, without):
        came(person, days_ago(40))
    found = signals.collect(people(), as_the_room(pedagogue), days_ago(0))
    hours = f"3 h utan underskrift sedan {days_ago(40)}"
    assert hours in texts(found, by_both)
    assert texts(found, by_plan)
    assert hours not in texts(found, by_plan)
    assert texts(found, without) == []
    assert all(
        hours in texts(signals.collect(people(), pedagogue, days_ago(0)), person)
        for person in (by_plan, by_both, without)
    )


def test_a_rule_that_forgets_consent_tells_the_room_nothing(pedagogue, monkeypatch):
    rule = registry.ReviewSignalRule(
        lambda participants, user, day: {
            each.pk: [registry.ReviewSignal("Sådant som inte rör er", 99, category="notes")]
            for each in participants
        }
    )
    monkeypatch.setattr(registry, "review_signals", [rule])
    person = enrolled(pedagogue, consent=["plan"])
    assert signals.collect(people(), as_the_room(pedagogue), days_ago(0)) == {}
    assert signals.collect(people(), pedagogue, days_ago(0)).keys() == {person.pk}


def test_asking_for_both_at_once_is_like_asking_twice(
    pedagogue, other_pedagogue, officer, lead, monkeypatch
):
    """Over all rules there are, one that forgets consent, and one that answers the room by its own consent."""
    before = closed_review(days_ago(30), lead)
    given = [
        chosen
        for count in range(len(Category) + 1)
        for chosen in combinations(Category, count)
    ]  # fmt: skip
    for number, consent in enumerate(given):
        person = enrolled(pedagogue, days=40 + number, consent=consent)
        if number % 2:
            assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
        decide(discussed(before, person), lead, due_on=days_ago(10))
        ReviewRequest.objects.create(participant=person, asked_by=other_pedagogue, reason="oro")
        came(person, days_ago(35))
        for days in (3, 2, 1):
            missed(person, days_ago(days))
    forgets = registry.ReviewSignalRule(
        lambda participants, user, day: {
            each.pk: [registry.ReviewSignal("Glömsk", 50, category="matching")]
            for each in participants
        },
        by_category=True,
    )
    by_own = registry.ReviewSignalRule(
        lambda participants, user, day: {
            each.pk: [registry.ReviewSignal("Rum" if user.needs_consent else "Egen", 50)]
            for each in participants
        }
    )
    rules = [*registry.review_signals, forgets, by_own]
    monkeypatch.setattr(registry, "review_signals", rules)
    for user in (pedagogue, lead):
        own, told = signals.collect_for_both(people(), user, days_ago(0))
        assert own == signals.collect(people(), user, days_ago(0))
        assert told == signals.collect(people(), as_the_room(user), days_ago(0))
        assert 0 < len(told) < len(own)
    said = {signal.text.split()[0] for found in told.values() for signal in found}
    assert {"Glömsk", "Rum", "3"} <= said
    assert "Egen" not in said
    every = {signal.text for found in told.values() for signal in found}
    assert {"Olle Dahl ber: oro", "Olle Dahl ber om det"} <= every


def test_on_the_agenda_is_told_and_no_reason(pedagogue, administrator):
    person = enrolled(pedagogue, days=3)
    ReviewItem.objects.create(review=make_review(days_ago(-3)), participant=person)
    assert found_by(signals.on_agenda, person, pedagogue) == [
        f"Tas upp på ärendedragningen {days_ago(-3)}"
    ]
    assert found_by(signals.on_agenda, person, administrator) == []
    reasons = signals.collect(people(), pedagogue, days_ago(0))[person.pk]
    assert not any("Tas upp" in signal.text for signal in reasons)


def test_collecting_costs_the_same_for_twenty_and_for_two_hundred(pedagogue, lead):
    def queries(user):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            signals.collect(people(), user, days_ago(0))
        return len(captured)

    crowd(20, pedagogue, lead)
    few = [queries(user) for user in (lead, as_the_room(lead))]
    crowd(180, pedagogue, lead)
    assert [queries(user) for user in (lead, as_the_room(lead))] == few


def crowd(count, contact, by):
    """People of whom each has every kind of fact."""
    before = closed_review(days_ago(30) - timedelta(days=ReviewItem.objects.count()), by)
    for _ in range(count):
        person = enrolled(contact, days=100, consent=Category)
        decide(discussed(before, person), by, due_on=days_ago(2))
        ReviewRequest.objects.create(participant=person, asked_by=by, reason="oro")
        came(person, days_ago(40))
