"""The agenda: made, made again without undoing what people did, moved, postponed, added to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import ItemState, Review, ReviewItem, ReviewRequest, ReviewStatus
from casework.review import actions, agenda, attendance, requests
from casework.review.room import Part
from core.errors import Refused
from core.models import AccessLogEntry
from participants.enums import Category, Function
from participants.errors import StaleEdit
from participants.models import Consent
from participants.review_weights import Weight
from tests.casework.review_world import (
    closed_review,
    days_ago,
    decide,
    discussed,
    enrolled,
    make_review,
)
from tests.cast import assign, enrol, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(lead):
    return make_review(leader=lead)


def order_of(review, user):
    return [row.person for row in agenda.items_in_order(review, user)]


def row_of(review, person) -> ReviewItem:
    return review.items.get(participant=person)


def move(review, person, by, **where):
    """Move by hand: `before=` or `after=` another person."""
    where = {side: row_of(review, other) for side, other in where.items()}
    facts = {"before": None, "after": None} | where
    review.refresh_from_db()
    actions.move(item=row_of(review, person), revision=review.revision, by=by, **facts)


def test_everybody_with_a_reason_stands_by_need(review, pedagogue, lead):
    new = enrolled(pedagogue, days=3)
    before = closed_review(days_ago(7), lead)
    undone = enrolled(pedagogue, days=90)
    decide(discussed(before, undone), lead, due_on=days_ago(1))
    gone_through = enrolled(pedagogue, days=10)
    discussed(before, gone_through)
    long_ago = enrolled(pedagogue, days=90)
    agenda.make(review=review, by=lead)
    assert order_of(review, lead) == [undone, long_ago, new]
    kept = row_of(review, new)
    assert [each["text"] for each in kept.reasons] == [f"Ny: inskriven {days_ago(3)}"]
    assert kept.room_reasons == kept.reasons


def test_who_is_not_enrolled_is_never_due(review, pedagogue, lead):
    make_person()
    enrol(make_person(), starts_on=days_ago(90), ended_on=days_ago(1))
    enrolled(pedagogue, days=-10)
    agenda.make(review=review, by=lead)
    assert review.items.count() == 0


def test_the_parts_are_decided_at_each_look(review, pedagogue, lead, officer):
    shared = enrolled(pedagogue, days=40)
    assign(shared.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    without = enrolled(pedagogue, days=40, consent=["attendance"])
    hidden = enrolled(pedagogue, days=40, protected=True, readers=[pedagogue])
    agenda.make(review=review, by=lead)
    assert [(row.person, row.part) for row in agenda.items_in_order(review, pedagogue)] == [
        (shared, Part.JOINT), (without, Part.OWN), (hidden, Part.ALONE),
    ]  # fmt: skip
    assert order_of(review, lead) == [shared, without]
    assert order_of(review, officer) == [shared]
    Consent.objects.filter(participant=shared).update(valid_until=days_ago(1))
    assert [row.part for row in agenda.items_in_order(review, lead)] == [Part.OWN, Part.OWN]
    assert order_of(review, officer) == []


def test_a_protected_person_is_due_though_the_leader_may_not_see_them(review, pedagogue, lead):
    hidden = enrolled(pedagogue, days=3, protected=True, readers=[pedagogue])
    agenda.make(review=review, by=lead)
    assert order_of(review, lead) == []
    (row,) = agenda.items_in_order(review, pedagogue)
    assert (row.person, [each.text for each in row.reasons]) == (
        hidden, [f"Ny: inskriven {days_ago(3)}"],
    )  # fmt: skip


def test_what_the_room_may_be_told_follows_consent_at_each_look(
    review, pedagogue, other_pedagogue, lead, officer
):
    person = enrolled(pedagogue, days=10)
    assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    ReviewRequest.objects.create(participant=person, asked_by=other_pedagogue, reason="oro hemma")
    agenda.make(review=review, by=lead)

    def told(user):
        (row,) = agenda.items_in_order(review, user)
        return [each.text for each in row.reasons], [each.text for each in row.room_reasons]

    everything = ["Olle Dahl ber: oro hemma", f"Ny: inskriven {days_ago(10)}"]
    assert told(officer) == (everything, everything)
    Consent.objects.filter(participant=person, category=Category.NOTES).update(
        valid_until=days_ago(1)
    )
    assert told(lead) == (everything, everything[1:])
    assert told(officer) == (everything[1:], everything[1:])


def test_made_again_it_has_those_newly_due_and_not_those_who_no_longer_are(review, pedagogue, lead):
    stays, goes = enrolled(pedagogue, days=3), enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    discussed(closed_review(days_ago(1), lead), goes)
    comes = enrolled(pedagogue, days=2)
    change = agenda.refresh(review=review, by=lead)
    assert (change.came, change.went) == ({comes.pk}, {goes.pk})
    assert set(order_of(review, lead)) == {stays, comes}


def test_made_again_the_reasons_are_those_of_now(review, pedagogue, other_pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    ReviewRequest.objects.create(participant=person, asked_by=other_pedagogue, reason="oro")
    agenda.refresh(review=review, by=lead)
    assert [each["weight"] for each in row_of(review, person).reasons] == [
        Weight.ASKED,
        Weight.NEW,
    ]


def test_made_again_it_leaves_what_people_have_done(review, pedagogue, other_pedagogue, lead):
    first, second, third = (enrolled(pedagogue, days=days) for days in (60, 3, 2))
    postponed, added = enrolled(pedagogue, days=4), enrolled(pedagogue, days=10)
    discussed(closed_review(days_ago(1), lead), added)
    agenda.make(review=review, by=lead)
    move(review, third, lead, before=first)
    actions.postpone(item=row_of(review, postponed), reason="semester", by=lead)
    actions.add(review=review, participant=added, reason="frågar själv", by=lead)
    heavy = enrolled(pedagogue, days=50)
    ReviewRequest.objects.create(participant=heavy, asked_by=other_pedagogue, reason="oro")
    agenda.refresh(review=review, by=lead)
    waiting = [row.person for row in agenda.items_in_order(review, lead) if row.is_waiting]
    assert waiting[0] == third
    assert waiting.index(heavy) < waiting.index(first) < waiting.index(second)
    assert row_of(review, postponed).state == ItemState.POSTPONED
    assert row_of(review, added).added_reason == "frågar själv"


def test_who_left_the_programme_is_taken_off_when_it_is_made_again(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    person.enrolments.update(
        ended_on=days_ago(0), exit_reason="work", exited_at="2026-01-01T00:00Z"
    )
    agenda.refresh(review=review, by=lead)
    assert review.items.count() == 0


def test_a_closed_review_stands_as_it_was(pedagogue, lead):
    closed = closed_review(days_ago(1), lead)
    item = discussed(closed, enrolled(pedagogue))
    for refused in (
        lambda: agenda.refresh(review=closed, by=lead),
        lambda: actions.postpone(item=item, reason="nej", by=lead),
        lambda: actions.add(review=closed, participant=enrolled(pedagogue), reason="nej", by=lead),
    ):
        with pytest.raises(Refused, match="avslutad"):
            refused()


def test_moving_up_and_down(review, pedagogue, lead):
    first, second, third = (enrolled(pedagogue, days=days) for days in (5, 4, 3))
    agenda.make(review=review, by=lead)
    start = order_of(review, lead)
    move(review, start[2], lead, before=start[0])
    assert order_of(review, lead) == [start[2], start[0], start[1]]
    move(review, start[2], lead, after=start[1])
    assert order_of(review, lead) == start
    assert {row_of(review, each).moved for each in (first, second, third)} == {True, False}


def test_two_leaders_moving_at_once_are_told(review, pedagogue, lead):
    first, second = enrolled(pedagogue, days=5), enrolled(pedagogue, days=4)
    agenda.make(review=review, by=lead)
    review.refresh_from_db()
    seen = review.revision
    move(review, second, pedagogue, before=first)
    with pytest.raises(Refused, match="Någon annan har ändrat"):
        actions.move(
            item=row_of(review, first), before=row_of(review, second), revision=seen, by=lead
        )


def test_moving_passes_over_those_one_may_not_see(review, pedagogue, lead):
    seen = [enrolled(pedagogue, days=days) for days in (9, 8)]
    agenda.make(review=review, by=lead)
    hidden = enrolled(pedagogue, days=60, protected=True, readers=[pedagogue])
    agenda.refresh(review=review, by=lead)
    start = order_of(review, lead)
    move(review, start[1], lead, before=start[0])
    assert order_of(review, lead) == start[::-1]
    assert hidden in order_of(review, pedagogue)
    assert set(start) == set(seen)


def test_postponing_needs_a_reason_and_comes_back_next_time(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    with pytest.raises(Refused, match="varför"):
        actions.postpone(item=row_of(review, person), reason="  ", by=lead)
    actions.postpone(item=row_of(review, person), reason="semester", by=lead)
    following = agenda.next_review(review, by=lead)
    agenda.make(review=following, by=lead)
    assert row_of(following, person).reasons[0]["text"] == f"Uppskjuten {review.held_on}"
    with pytest.raises(Refused, match="uppskjuten"):
        actions.postpone(item=row_of(review, person), reason="igen", by=pedagogue)
    actions.take_back(item=row_of(review, person), by=lead)
    assert row_of(review, person).state == ItemState.WAITING


def test_adding_by_hand_and_taking_away(review, pedagogue, lead):
    person = enrolled(pedagogue, days=10)
    discussed(closed_review(days_ago(1), lead), person)
    agenda.make(review=review, by=lead)
    item = actions.add(review=review, participant=person, reason="vill byta spår", by=lead)
    (row,) = agenda.items_in_order(review, pedagogue)
    assert row.reasons[0].text == "Frida Jansson lade till: vill byta spår"
    with pytest.raises(Refused, match="redan"):
        actions.add(review=review, participant=person, reason="igen", by=pedagogue)
    assert actions.take_away(item=item, by=lead)
    assert order_of(review, lead) == []


def test_who_was_added_and_is_due_anyway_stays(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    item = actions.add(review=review, participant=person, reason="frågar själv", by=lead)
    assert not actions.take_away(item=item, by=lead)
    (row,) = agenda.items_in_order(review, lead)
    assert [each.text for each in row.reasons] == [f"Ny: inskriven {days_ago(3)}"]


def test_who_is_due_by_a_rule_is_not_taken_away(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    with pytest.raises(Refused, match="Skjut upp"):
        actions.take_away(item=row_of(review, person), by=lead)


def test_what_is_done_to_somebody_is_logged(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    before = AccessLogEntry.objects.count()
    actions.postpone(item=row_of(review, person), reason="semester", by=lead)
    (entry,) = AccessLogEntry.objects.filter(id__gt=before)
    assert (entry.person_id, entry.what) == (person.pk, "postpone_in_review")


def test_only_somebody_enrolled_is_added_or_asked_for(review, lead):
    person = make_person()
    with pytest.raises(Refused, match="inskriven"):
        actions.add(review=review, participant=person, reason="nej", by=lead)
    with pytest.raises(Refused, match="inskriven"):
        requests.ask(participant=person, reason="nej", by=lead)


def test_one_day_has_one_review(review, lead):
    facts = {"starts_at": None, "place": "", "leader": lead, "by": lead}
    with pytest.raises(Refused, match="redan en ärendedragning"):
        actions.plan(held_on=review.held_on, **facts)
    other = actions.plan(held_on=review.held_on + timedelta(days=1), **facts)
    with pytest.raises(StaleEdit):
        actions.change(review=other, held_on=other.held_on, revision=99, **facts)
    other.refresh_from_db()
    with pytest.raises(Refused, match="redan en ärendedragning"):
        actions.change(review=other, held_on=review.held_on, revision=other.revision, **facts)


def test_the_next_review_is_the_planned_one_or_a_week_later(lead):
    review = make_review(days_ago(0), place="Stora rummet", leader=lead)
    made = agenda.next_review(review, by=lead)
    assert (made.held_on, made.place, made.leader) == (days_ago(-7), "Stora rummet", lead)
    assert agenda.next_review(review) == made
    sooner = make_review(days_ago(-2))
    assert agenda.next_review(review) == sooner
    assert Review.objects.count() == 3


# Wishes of colleagues.


def test_a_wish_stands_on_the_made_agenda_at_once(review, pedagogue, other_pedagogue, lead):
    heavy, light = enrolled(pedagogue, days=60), enrolled(pedagogue, days=3)
    asked = enrolled(pedagogue, days=10)
    discussed(closed_review(days_ago(1), lead), asked)
    agenda.refresh(review=review, by=lead)
    wish = requests.ask(participant=asked, reason="oro", by=other_pedagogue)
    assert order_of(review, lead).index(asked) < order_of(review, lead).index(light)
    with pytest.raises(Refused, match="redan bett"):
        requests.ask(participant=asked, reason="igen", by=other_pedagogue)
    with pytest.raises(Refused, match="Bara den som bad"):
        requests.withdraw(request=wish, by=lead)
    requests.withdraw(request=wish, by=other_pedagogue)
    assert asked not in order_of(review, lead)
    assert heavy in order_of(review, lead)


def test_a_wish_is_met_when_the_person_is_gone_through(review, pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    wish = requests.ask(participant=person, reason="oro", by=other_pedagogue)
    item = ReviewItem.objects.create(review=review, participant=person)
    requests.answer(item=item)
    wish.refresh_from_db()
    assert wish.item == item
    assert not agenda.open_requests(person).exists()
    requests.reopen(item=item)
    wish.refresh_from_db()
    assert wish.item is None
    requests.answer(item=item)
    requests.ask(participant=person, reason="igen", by=other_pedagogue)
    requests.reopen(item=item)
    assert agenda.open_requests(person).count() == 1


# Who is in the room.


def test_all_staff_is_expected(one_of_each):
    review = make_review()
    agenda.make(review=review, by=next(iter(one_of_each.values())))
    names = {each.user.role_labels for each in review.attendees.select_related("user")}
    assert names == {
        "Coachande pedagog", "Arbetsförmedlare", "Arbetsgivarkoordinator", "SIUS-konsulent",
        "Studie- och yrkesvägledare", "Projektledare",
    }  # fmt: skip


def test_who_is_missing_from_the_room_and_for_whom(review, pedagogue, officer, counsellor, lead):
    shared, without = enrolled(pedagogue, days=3), enrolled(pedagogue, days=3, consent=[])
    hidden = enrolled(pedagogue, days=3, protected=True, readers=[lead])
    for person in (shared, without, hidden):
        for function, user in (
            (Function.EMPLOYMENT_OFFICER, officer), (Function.COUNSELLOR, counsellor),
        ):  # fmt: skip
            assign(person.enrolments.get(), function, user)
    agenda.make(review=review, by=lead)
    attendance.set_present(review=review, users=[counsellor], by=lead)
    rows = agenda.items_in_order(review, lead)
    found = attendance.missing(rows, attendance.present(review))
    assert [each.words.replace("\xa0", " ") for each in found] == [
        "Anna Berg (huvudkontakt) – behövs för 3 deltagare",
        "Britta Falk (arbetsförmedlare) – behövs för 1 deltagare",
    ]
    attendance.set_present(review=review, users=[pedagogue, officer], by=lead)
    found = attendance.missing(rows, attendance.present(review))
    assert [each.needed.user for each in found] == [counsellor]


# However many.


def test_making_an_agenda_asks_the_same_for_twenty_and_for_two_hundred(pedagogue, lead):
    closed_review(days_ago(400), lead)
    assert lead.roles  # asked for once

    def asked(act) -> int:
        """How many questions the database got; rows are written in batches."""
        with CaptureQueriesContext(connection) as captured:
            act()
        return sum(query["sql"].startswith("SELECT") for query in captured)

    def cost(days, people):
        for _ in range(people):
            enrolled(pedagogue, days=40)
        review = make_review(days_ago(-days))
        costs = [
            asked(lambda: agenda.make(review=review, by=lead)),
            asked(lambda: agenda.refresh(review=review, by=lead)),
            asked(lambda: agenda.items_in_order(review, lead)),
        ]
        found = len(agenda.items_in_order(review, lead))
        review.items.all().delete()
        review.delete()
        return costs, found

    few, many = cost(1, 20), cost(2, 180)
    assert (few[1], many[1]) == (20, 200)
    assert many[0] == few[0]


def test_the_statuses_of_a_running_review_can_be_changed_too(review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    Review.objects.filter(pk=review.pk).update(
        status=ReviewStatus.RUNNING, started_at="2026-01-01T00:00Z"
    )
    actions.postpone(item=row_of(review, person), reason="hinner inte", by=lead)
    assert row_of(review, person).state == ItemState.POSTPONED
