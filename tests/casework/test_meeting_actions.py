"""What happens in the meeting: begun, turned, decided, ended; and who has left the room."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import (
    Helped,
    ItemState,
    Review,
    ReviewAttendee,
    ReviewDecision,
    ReviewItem,
    ReviewRequest,
    ReviewStatus,
    Task,
    TaskStatus,
)
from casework.review import meeting_actions as actions
from casework.review.deciders import facts_for
from casework.review.lines import read
from casework.review.steps import Step, places
from casework.todo.actions import finish
from core.errors import Refused
from participants.models import Consent, Participant
from tests.casework.meeting_world import Meeting
from tests.cast import give_consent, make_person, protect

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(pedagogue, officer, counsellor, lead):
    return Meeting(pedagogue, officer, counsellor, lead)


def decide(meeting, name, text, by=None):
    item = meeting.items[name]
    item.refresh_from_db()
    person = Participant.objects.for_list().get(pk=item.participant_id)
    due = actions.default_due(meeting.review)
    line = read(text, facts_for(person, timezone.localdate(), due))
    return actions.decide(item=item, line=line, by=by or meeting.by)


def turn(meeting, way=Step.ON):
    review = Review.objects.get(pk=meeting.review.pk)
    actions.go(review=review, shown=review.current_id, way=way, by=meeting.by)
    return shown(meeting)


def shown(meeting):
    review = Review.objects.select_related("current__participant").get(pk=meeting.review.pk)
    return review.current.participant.first_name if review.current else None


def withdraw(person, by):
    Consent.objects.filter(participant=person).update(withdrawn_at=timezone.now(), withdrawn_by=by)


def test_a_meeting_begins_with_those_who_are_here_and_the_first_of_the_joint_part(
    pedagogue, officer, counsellor, lead
):
    meeting = Meeting(pedagogue, officer, counsellor, lead, start=False)
    actions.start(review=meeting.review, present=[pedagogue, officer], by=pedagogue)
    review = Review.objects.get(pk=meeting.review.pk)
    assert (review.status, review.leader) == (ReviewStatus.RUNNING, pedagogue)
    assert shown(meeting) in {"Lova", "Milo"}
    here = ReviewAttendee.objects.filter(review=review, present=True)
    assert {each.user for each in here} == {pedagogue, officer}
    revision = review.revision
    actions.start(review=review, present=[], by=lead)
    assert Review.objects.get(pk=review.pk).revision == revision


def test_one_meeting_at_a_time_and_none_before_its_day(meeting, lead):
    tomorrow = timezone.localdate() + timedelta(days=1)
    other = Review.objects.create(held_on=tomorrow)
    with pytest.raises(Refused, match="pågår redan"):
        actions.start(review=other, present=[], by=lead)
    actions.close(review=meeting.review, by=lead)
    with pytest.raises(Refused, match="planerad till"):
        actions.start(review=other, present=[], by=lead)


def test_on_through_both_parts_with_a_break_that_a_key_too_many_does_not_pass(meeting):
    assert shown(meeting) == "Lova"
    assert turn(meeting) == "Milo"
    assert turn(meeting) is None
    assert turn(meeting) is None
    assert turn(meeting, Step.BACK) == "Milo"
    assert turn(meeting) is None
    assert turn(meeting, Step.THEY_LEFT) == "Noor"
    assert turn(meeting) is None
    assert turn(meeting, Step.BACK) == "Noor"
    assert turn(meeting, Step.BACK) == "Noor"


def test_who_is_talked_about_in_private_never_comes_on_the_wall(meeting, lead):
    meeting.by = lead
    names = {shown(meeting)}
    for way in (Step.ON, Step.ON, Step.THEY_LEFT, Step.ON, Step.ON, Step.BACK):
        names.add(turn(meeting, way))
    assert names == {"Lova", "Milo", "Noor", None}


def test_two_who_press_next_move_one_step(meeting):
    review = Review.objects.get(pk=meeting.review.pk)
    first = review.current_id
    assert actions.go(review=review, shown=first, way=Step.ON, by=meeting.by)
    assert not actions.go(review=review, shown=first, way=Step.ON, by=meeting.by)
    assert shown(meeting) == "Milo"


def test_a_consent_withdrawn_while_shown_moves_the_person_and_the_joint_part_goes_on(meeting):
    withdraw(meeting.lova, meeting.by)
    assert turn(meeting) == "Milo"
    assert turn(meeting) is None
    assert turn(meeting) is None
    assert turn(meeting, Step.THEY_LEFT) == "Lova"
    assert turn(meeting) == "Noor"


def test_a_consent_withdrawn_from_the_last_one_still_leads_to_the_break(meeting):
    meeting.show("milo")
    ReviewItem.objects.filter(pk=meeting.items["lova"].pk).update(
        state=ItemState.DISCUSSED, discussed_at=timezone.now()
    )
    withdraw(meeting.milo, meeting.by)
    assert turn(meeting) is None
    assert turn(meeting) is None
    assert turn(meeting, Step.THEY_LEFT) == "Milo"


def test_a_mark_of_protection_while_shown_takes_the_person_off_the_wall(meeting):
    protect(meeting.lova, [meeting.by])
    assert turn(meeting) == "Milo"
    assert turn(meeting, Step.BACK) == "Milo"


def test_a_decision_becomes_a_task_and_the_participant_is_gone_through(meeting):
    wish = ReviewRequest.objects.create(
        participant=meeting.lova, reason="oro", asked_by=meeting.officer
    )
    decision = decide(meeting, "lova", "Ring Försäkringskassan i morgon")
    task = Task.objects.get(pk=decision.task_id)
    assert (task.text, task.assigned_to, task.source) == (
        "Ring Försäkringskassan",
        meeting.by,
        "review",
    )
    assert task.due_on == timezone.localdate() + timedelta(days=1)
    item = ReviewItem.objects.get(pk=decision.item_id)
    assert item.state == ItemState.DISCUSSED and shown(meeting) == "Lova"
    wish.refresh_from_db()
    assert wish.item == item


def test_without_a_day_it_is_to_be_done_before_the_next_review(meeting):
    today = timezone.localdate()
    assert actions.default_due(meeting.review) == today + timedelta(days=7)
    Review.objects.create(held_on=today + timedelta(days=5))
    assert actions.default_due(meeting.review) == today + timedelta(days=4)


def test_staff_of_arbetsformedlingen_get_no_task_about_somebody_without_consent(meeting):
    assert decide(meeting, "lova", "Boka möte @Britta").user == meeting.officer
    meeting.show("noor")
    for line in ("Boka möte @Britta", "Boka möte, SIUS", "Boka möte @arbetsförmedlaren"):
        with pytest.raises(Refused, match="samtycke saknas"):
            decide(meeting, "noor", line)
    assert not Task.objects.filter(participant=meeting.noor).exists()


def test_somebody_who_would_not_see_the_task_is_refused(meeting, counsellor):
    with pytest.raises(Refused, match="kan inte se deltagaren"):
        decide(meeting, "lova", "Boka möte @Erik")
    with pytest.raises(Refused, match="Ingen studie- och yrkesvägledare är kopplad"):
        decide(meeting, "lova", "Boka möte @SYV")
    assert decide(meeting, "milo", "Boka möte @SYV").user == counsellor


def test_a_decision_is_taken_back_with_its_task(meeting, officer):
    decision = decide(meeting, "lova", "Ring")
    with pytest.raises(Refused, match="Bara den som skrev"):
        actions.take_back(decision=decision, by=officer, leads=False)
    actions.take_back(decision=decision, by=meeting.by, leads=False)
    actions.take_back(decision=decision, by=meeting.by, leads=False)
    decision.refresh_from_db()
    assert decision.taken_back_at and decision.task.status == TaskStatus.DROPPED


def test_marked_through_goes_on_and_can_be_undone_until_something_is_decided(meeting):
    item = meeting.items["lova"]
    actions.mark(item=item, by=meeting.by)
    assert shown(meeting) == "Milo"
    actions.unmark(item=item, by=meeting.by)
    assert ReviewItem.objects.get(pk=item.pk).state == ItemState.WAITING
    decide(meeting, "lova", "Ring")
    with pytest.raises(Refused, match="Det finns beslut"):
        actions.unmark(item=item, by=meeting.by)


def test_put_off_with_a_reason_and_the_next_one_comes(meeting):
    item = meeting.items["lova"]
    with pytest.raises(Refused, match="varför"):
        actions.postpone(item=item, reason=" ", by=meeting.by)
    actions.postpone(item=item, reason="Anna är sjuk", by=meeting.by)
    assert shown(meeting) == "Milo"
    assert turn(meeting, Step.BACK) == "Milo"
    item.refresh_from_db()
    assert (item.state, item.postponed_reason) == (ItemState.POSTPONED, "Anna är sjuk")


def test_two_who_write_about_the_same_lose_no_words(meeting):
    item = meeting.items["lova"]
    actions.write(item=item, note="Mår bra.\r\nSöker.", before="", by=meeting.by)
    with pytest.raises(actions.NoteMoved, match="Mår bra"):
        actions.write(item=item, note="Trött.", before="", by=meeting.officer)
    actions.write(item=item, note="Mår bra. Trött.", before="Mår bra.\nSöker.", by=meeting.officer)
    item.refresh_from_db()
    assert item.note == "Mår bra. Trött."


def test_whether_it_helped_is_answered_and_can_be_changed(meeting):
    decision = meeting.earlier(meeting.lova)
    finish(task=decision.task, by=meeting.by, outcome="De ringer tillbaka")
    actions.judge(review=meeting.review, decision=decision, helped=Helped.PARTLY, by=meeting.by)
    decision.refresh_from_db()
    assert (decision.helped, decision.judged_by) == (Helped.PARTLY, meeting.by)
    actions.judge(review=meeting.review, decision=decision, helped="", by=meeting.by)
    decision.refresh_from_db()
    assert (decision.helped, decision.judged_at) == ("", None)
    with pytest.raises(Refused):
        actions.judge(review=meeting.review, decision=decision, helped="kanske", by=meeting.by)


def test_ended_those_who_waited_were_not_reached_and_nothing_more_can_be_done(meeting, lead):
    decide(meeting, "lova", "Ring")
    actions.close(review=meeting.review, by=meeting.by)
    states = dict(meeting.review.items.values_list("participant__first_name", "state"))
    assert states == {
        "Lova": ItemState.DISCUSSED,
        "Milo": ItemState.NOT_REACHED,
        "Noor": ItemState.NOT_REACHED,
        "Ossian": ItemState.NOT_REACHED,
    }
    with pytest.raises(Refused):
        actions.mark(item=meeting.items["milo"], by=meeting.by)
    with pytest.raises(Refused, match="som ledde"):
        actions.reopen(review=meeting.review, by=lead)
    actions.reopen(review=meeting.review, by=meeting.by)
    assert meeting.review.items.filter(state=ItemState.WAITING).count() == 3
    assert ReviewDecision.objects.count() == 1


def test_an_ended_meeting_is_not_opened_again_another_day(meeting):
    actions.close(review=meeting.review, by=meeting.by)
    Review.objects.update(closed_at=timezone.now() - timedelta(days=2))
    with pytest.raises(Refused, match="samma dag"):
        actions.reopen(review=meeting.review, by=meeting.by)


def test_the_places_cost_the_same_for_any_number(meeting, django_assert_num_queries):
    for number in range(12):
        meeting.put(make_person(consent=True, birth_date=None), number + 5)
    give_consent(meeting.noor, ["notes"])
    user = type(meeting.by).objects.get(pk=meeting.by.pk)
    assert user.roles
    with django_assert_num_queries(3):
        assert len(places(meeting.review, user)) == 15
