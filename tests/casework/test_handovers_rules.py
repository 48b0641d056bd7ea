"""Dealing evenly, and moving a caseload with its tasks: all of it, once, or nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.handovers import actions
from casework.handovers.caseload import Terms, away_on, deal_evenly, givers, held_by, other_tasks
from casework.models import CaseloadMove, Handover, MoveKind, Task
from casework.todo.actions import create_task
from core.errors import Refused
from core.models import AccessLogEntry
from participants import access_log
from participants.actions import exit_enrolment, reassign
from participants.enums import Function
from participants.models import Assignment, Enrolment, Participant, ReadAccess
from tests.cast import assign, enrol, give_consent, make_person, make_user


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


class TestDealingEvenly:
    def test_who_has_fewest_gets_the_next(self):
        assert deal_evenly([1, 2, 3], {10: 5, 11: 3}) == {1: 11, 2: 11, 3: 10}

    def test_of_equally_few_the_first_in_order(self):
        assert deal_evenly([1, 2], {11: 0, 10: 0}) == {1: 11, 2: 10}

    def test_nobody_to_deal_to_gives_nothing(self):
        assert deal_evenly([1, 2], {}) == {}

    def test_the_loads_end_at_most_one_apart(self):
        loads = {1: 3, 2: 9, 3: 4}
        dealt = deal_evenly(range(20), loads)
        ends = sorted(loads[pk] + list(dealt.values()).count(pk) for pk in loads)
        assert ends[-1] - ends[0] <= 1
        assert len(dealt) == 20


@pytest.fixture
def people(db, pedagogue):
    """Three participants of the pedagogue's."""
    found = [make_person(name, "Ek") for name in ("Alma", "Bo", "Cleo")]
    for person in found:
        enrol(person, contact=pedagogue)
    return found


def leave(days=7, start=0):
    return Terms(MoveKind.LEAVE, day(start), day(start + days - 1))


def good(start=0, reads=30):
    return Terms(MoveKind.GOOD, day(start), reads_days=reads)


def move_all(giver, by, user, terms, **facts):
    """Hand everything over to one."""
    to = {each.assignment.pk: user for each in held_by(giver, by, terms)}
    return actions.move_caseload(
        from_user=giver, terms=terms, to=to, tasks=facts.pop("tasks", {}), by=by, **facts
    )


def contacts():
    return {
        each.participant.first_name: each.main_contact
        for each in Enrolment.objects.prefetch_related("assignments__user", "participant")
    }


@pytest.mark.django_db
class TestForGood:
    def test_everybody_goes_over_and_the_old_days_stay(
        self, people, pedagogue, other_pedagogue, lead
    ):
        move = move_all(pedagogue, lead, other_pedagogue, good())
        assert set(contacts().values()) == {other_pedagogue}
        assert move.handovers.count() == 3
        old = Assignment.objects.filter(user=pedagogue)
        assert {(each.starts_on, each.ends_on) for each in old} == {(day(-60), day())}

    def test_the_old_contact_reads_for_a_time_on_that_ground(
        self, people, pedagogue, other_pedagogue, lead
    ):
        move_all(pedagogue, lead, other_pedagogue, good(reads=30))
        person = people[0]
        lent = ReadAccess.objects.get(user=pedagogue, participant=person)
        assert (lent.starts_on, lent.ends_on) == (day(), day(30))
        assert access_log.grounds_for(pedagogue, [person.pk])[person.pk] == f"läsrätt {lent.pk}"

    def test_an_officer_sees_for_a_time_and_then_no_more(self, officer, lead):
        person = make_person(consent=["plan"])
        enrol(person, officer=officer)
        gerd = make_user("employment_officer", "Gerd", "Hall", officer.authority)
        move_all(officer, lead, gerd, good(reads=14))
        assert person in Participant.objects.visible_to(officer, day=day(14))
        assert person not in Participant.objects.visible_to(officer, day=day(15))
        assert person in Participant.objects.visible_to(gerd, day=day(15))

    def test_no_days_to_read_gives_no_access(self, people, pedagogue, other_pedagogue, lead):
        move = move_all(pedagogue, lead, other_pedagogue, good(reads=0))
        assert not ReadAccess.objects.exists()
        assert move.reads_until is None

    def test_from_a_day_to_come(self, people, pedagogue, other_pedagogue, lead):
        move_all(pedagogue, lead, other_pedagogue, good(start=5))
        assert set(contacts().values()) == {pedagogue}
        one = Enrolment.objects.first()
        assert one.assigned(Function.MAIN_CONTACT, day(5)) == other_pedagogue

    def test_somebody_whose_account_is_closed(self, people, pedagogue, other_pedagogue, lead):
        task = create_task(text="Ring", by=pedagogue, participant=people[0], assigned_to=pedagogue)
        pedagogue.is_active = False
        pedagogue.save()
        assert pedagogue in givers(lead, day())
        move_all(pedagogue, lead, other_pedagogue, good())
        task.refresh_from_db()
        assert task.assigned_to == other_pedagogue
        assert pedagogue not in givers(lead, day())

    def test_each_person_is_logged_as_changed(self, people, pedagogue, other_pedagogue, lead):
        move_all(pedagogue, lead, other_pedagogue, good())
        changed = AccessLogEntry.objects.filter(what="hand_over")
        assert {entry.person_id for entry in changed} == {person.pk for person in people}

    def test_every_function_can_go(self, officer, sius, counsellor, pedagogue, lead):
        person = make_person(consent=True)
        enrolment = enrol(person, contact=pedagogue, officer=officer)
        assign(enrolment, Function.SIUS, sius)
        assign(enrolment, Function.COUNSELLOR, counsellor)
        for old, role in ((officer, "employment_officer"), (sius, "sius_consultant"), (counsellor, "counsellor")):  # fmt: skip
            new = make_user(role, f"Ny{role}"[:12], "Hall", old.authority)
            move_all(old, lead, new, good())
            (row,) = Assignment.objects.filter(user=new)
            assert row.enrolment == enrolment
            assert row.ends_on is None


@pytest.mark.django_db
class TestTasks:
    def test_those_about_a_participant_go_along(self, people, pedagogue, other_pedagogue, lead):
        third = make_user("pedagogue", "Tyra", "Ulv")
        ours = [
            create_task(text="Ring", by=pedagogue, participant=each, assigned_to=pedagogue)
            for each in people[:2]
        ]
        theirs = create_task(text="Annat", by=lead, participant=people[0], assigned_to=lead)
        held = held_by(pedagogue, pedagogue, good())
        to = {held[0].assignment.pk: other_pedagogue, held[1].assignment.pk: third}
        actions.move_caseload(from_user=pedagogue, terms=good(), to=to, tasks={}, by=pedagogue)
        for task in (*ours, theirs):
            task.refresh_from_db()
        assert [task.assigned_to for task in ours] == [other_pedagogue, third]
        assert theirs.assigned_to == lead
        assert ours[0].moves.get().reason == "Överlämning"

    def test_of_somebody_who_stays_the_tasks_stay(self, people, pedagogue, other_pedagogue, lead):
        task = create_task(text="Ring", by=pedagogue, participant=people[2], assigned_to=pedagogue)
        held = held_by(pedagogue, lead, good())
        to = {held[0].assignment.pk: other_pedagogue}
        actions.move_caseload(from_user=pedagogue, terms=good(), to=to, tasks={}, by=lead)
        task.refresh_from_db()
        assert task.assigned_to == pedagogue
        assert contacts()["Cleo"] == pedagogue

    def test_those_about_nobody_are_given_one_by_one(self, people, pedagogue, counsellor, lead):
        tasks = [
            create_task(text=text, by=pedagogue, assigned_to=pedagogue) for text in ("Fika", "Sal")
        ]
        held = held_by(pedagogue, lead, good())
        assert other_tasks(pedagogue, lead, good(), held) == tasks
        actions.move_caseload(
            from_user=pedagogue, terms=good(), to={}, tasks={tasks[0].pk: counsellor}, by=lead
        )
        assert Task.objects.get(text="Fika").assigned_to == counsellor
        assert Task.objects.get(text="Sal").assigned_to == pedagogue

    def test_what_is_due_before_the_leave_is_still_mine(
        self, people, pedagogue, other_pedagogue, lead
    ):
        facts = {"by": pedagogue, "participant": people[0], "assigned_to": pedagogue}
        create_task(text="Före", due_on=day(2), **facts)
        create_task(text="Under", due_on=day(6), **facts)
        create_task(text="Någon gång", **facts)
        move_all(pedagogue, pedagogue, other_pedagogue, leave(start=5))
        given = set(Task.objects.filter(assigned_to=other_pedagogue).values_list("text", flat=True))
        assert given == {"Under", "Någon gång"}

    def test_after_the_leave_what_is_left_can_be_taken_back(
        self, people, pedagogue, other_pedagogue, lead
    ):
        facts = {"by": pedagogue, "assigned_to": pedagogue}
        back = create_task(text="Ring", participant=people[0], **facts)
        own = create_task(text="Egen", participant=people[0], by=other_pedagogue, assigned_to=other_pedagogue)  # fmt: skip
        move = move_all(pedagogue, pedagogue, other_pedagogue, leave())
        assert actions.take_back_tasks(move=move, by=pedagogue) == 1
        back.refresh_from_db()
        own.refresh_from_db()
        assert (back.assigned_to, own.assigned_to) == (pedagogue, other_pedagogue)


@pytest.mark.django_db
class TestRefusals:
    def test_only_one_s_own_unless_one_is_the_lead(self, people, pedagogue, other_pedagogue):
        third = make_user("pedagogue", "Tyra", "Ulv")
        with pytest.raises(Refused, match="dina egna"):
            move_all(pedagogue, other_pedagogue, third, good())

    def test_nothing_chosen(self, people, pedagogue, lead):
        with pytest.raises(Refused, match="Välj minst"):
            actions.move_caseload(from_user=pedagogue, terms=good(), to={}, tasks={}, by=lead)

    @pytest.mark.parametrize("active", [True, False])
    def test_the_wrong_role_or_a_closed_account(
        self, people, pedagogue, counsellor, other_pedagogue, lead, active
    ):
        user = counsellor if active else other_pedagogue
        user.is_active = active
        user.save()
        words = "är inte coachande pedagog" if active else "arbetar inte här längre"
        with pytest.raises(Refused, match=words):
            move_all(pedagogue, lead, user, good())
        assert not CaseloadMove.objects.exists()
        assert set(contacts().values()) == {pedagogue}

    def test_one_that_fails_leaves_all_as_it_was(self, people, pedagogue, other_pedagogue, lead):
        held = held_by(pedagogue, lead, good())
        to = {each.assignment.pk: other_pedagogue for each in held}
        enrolment = held[2].assignment.enrolment
        Assignment.objects.filter(enrolment=enrolment).update(user=lead)
        with pytest.raises(Refused, match="Något har ändrats"):
            actions.move_caseload(from_user=pedagogue, terms=good(), to=to, tasks={}, by=lead)
        assert not Handover.objects.exists()

    def test_the_same_move_a_second_time(self, people, pedagogue, other_pedagogue, lead):
        to = {each.assignment.pk: other_pedagogue for each in held_by(pedagogue, lead, good())}
        facts = {"from_user": pedagogue, "terms": good(), "to": to, "tasks": {}, "by": lead}
        actions.move_caseload(**facts)
        with pytest.raises(Refused, match="Något har ändrats"):
            actions.move_caseload(**facts)
        assert CaseloadMove.objects.count() == 1

    def test_a_protected_person_is_not_there_for_those_not_on_the_list(
        self, people, pedagogue, other_pedagogue, lead
    ):
        hidden = make_person("Hemlig", "Ek", protected=True, readers=[pedagogue])
        enrol(hidden, contact=pedagogue)
        move_all(pedagogue, lead, other_pedagogue, good())
        assert contacts()["Hemlig"] == pedagogue
        move_all(pedagogue, pedagogue, other_pedagogue, good())
        assert contacts()["Hemlig"] == other_pedagogue
        assert hidden in Participant.objects.visible_to(other_pedagogue)


@pytest.mark.django_db
class TestLeave:
    def test_who_is_away_stands_out(self, people, pedagogue, other_pedagogue):
        move_all(pedagogue, pedagogue, other_pedagogue, leave())
        assert away_on(day(3)) == {pedagogue.pk: day(6)}
        assert away_on(day(7)) == {}

    def test_back_earlier(self, people, pedagogue, other_pedagogue):
        move = move_all(pedagogue, pedagogue, other_pedagogue, leave(start=-2, days=9))
        actions.change_return(move=move, back_on=day(), by=pedagogue)
        assert set(contacts().values()) == {pedagogue}
        move.refresh_from_db()
        assert move.ends_on == day(-1)

    def test_back_later(self, people, pedagogue, other_pedagogue):
        move = move_all(pedagogue, pedagogue, other_pedagogue, leave())
        actions.change_return(move=move, back_on=day(20), by=pedagogue)
        one = Enrolment.objects.first()
        assert one.assigned(Function.MAIN_CONTACT, day(19)) == other_pedagogue
        assert one.assigned(Function.MAIN_CONTACT, day(20)) == pedagogue
        move.refresh_from_db()
        assert move.ends_on == day(19)

    def test_what_became_somebody_else_s_stays_theirs(
        self, people, pedagogue, other_pedagogue, lead
    ):
        move = move_all(pedagogue, pedagogue, other_pedagogue, leave())
        alma, bo, _ = [person.enrolments.get() for person in people]
        reassign(
            enrolment=alma, function="main_contact", user=other_pedagogue, from_day=day(), by=lead
        )
        exit_enrolment(enrolment=bo, ended_on=day(), reason="work", by=lead)
        for back in (20, 3):
            actions.change_return(move=move, back_on=day(back), by=pedagogue)
        one = Enrolment.objects.get(pk=alma.pk)
        assert one.assigned(Function.MAIN_CONTACT, day(30)) == other_pedagogue
        other = people[2].enrolments.get()
        assert other.assigned(Function.MAIN_CONTACT, day(3)) == pedagogue

    @pytest.mark.parametrize(("back", "words"), [(-1, "eller en senare"), (7, "samma dag")])
    def test_a_day_that_cannot_be(self, people, pedagogue, other_pedagogue, back, words):
        move = move_all(pedagogue, pedagogue, other_pedagogue, leave())
        with pytest.raises(Refused, match=words):
            actions.change_return(move=move, back_on=day(back), by=pedagogue)

    def test_for_good_is_not_a_leave(self, people, pedagogue, other_pedagogue):
        move = move_all(pedagogue, pedagogue, other_pedagogue, good())
        with pytest.raises(Refused, match="tills vidare"):
            actions.change_return(move=move, back_on=day(3), by=pedagogue)


@pytest.mark.django_db
class TestText:
    def test_two_who_write_at_once_lose_nothing(self, people, pedagogue, other_pedagogue):
        move = move_all(pedagogue, pedagogue, other_pedagogue, good())
        one = move.handovers.first()
        actions.write_text(handover=one, text="Mitt", version=1, by=pedagogue)
        with pytest.raises(actions.TextChanged) as clash:
            actions.write_text(handover=one, text="Ditt", version=1, by=pedagogue)
        assert clash.value.current.text == "Mitt"
        one.refresh_from_db()
        assert (one.text, one.text_version) == ("Mitt", 2)

    def test_only_the_new_contact_has_read(self, people, pedagogue, other_pedagogue):
        move = move_all(pedagogue, pedagogue, other_pedagogue, good())
        one = move.handovers.first()
        with pytest.raises(Refused, match="Bara den som tar över"):
            actions.mark_read(handover=one, by=pedagogue)
        actions.mark_read(handover=one, by=other_pedagogue)
        first = Handover.objects.get(pk=one.pk).read_at
        actions.mark_read(handover=one, by=other_pedagogue)
        assert Handover.objects.get(pk=one.pk).read_at == first


@pytest.mark.django_db
def test_an_officer_s_participants_without_consent_are_marked(officer, lead):
    seen, unseen = make_person("Med"), make_person("Utan")
    for person in (seen, unseen):
        enrol(person, officer=officer)
    give_consent(seen, ["plan"])
    held = held_by(officer, lead, good())
    assert {each.person.first_name: each.without_consent for each in held} == {
        "Med": False,
        "Utan": True,
    }
