"""While somebody is on leave the cover has the function everywhere, and it goes back by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Activity, Attendance, Audience, CaseNote, Session
from casework.signing import missing
from casework.signing.digest import order_all
from core.errors import Refused
from participants import access_log, actions, lists, workload
from participants.actions.assignments import give_back, hand_over
from participants.enums import Function
from participants.models import Assignment, Enrolment, Participant
from participants.next_steps import from_enrolment, next_for
from participants.permissions import is_closed_to
from tests.cast import enrol, give_consent, make_person, make_user, protect

pytestmark = pytest.mark.django_db
MAIN = Function.MAIN_CONTACT


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def person(pedagogue):
    return make_person("Tove", "Ek")


@pytest.fixture
def enrolment(person, pedagogue):
    return enrol(person, contact=pedagogue)


def lend(enrolment, absent, cover, start, last, by):
    """Let the cover have the function from a day through a last day, counted from today."""
    return hand_over(
        enrolment=enrolment,
        function=MAIN,
        holder=absent,
        user=cover,
        from_day=day(start),
        until=day(last + 1),
        by=by,
    )


def fresh(enrolment):
    return Enrolment.objects.prefetch_related("assignments__user").get(pk=enrolment.pk)


def stretches(enrolment):
    """Who has it when, as (name, days from today, days from today), the empty ones left out."""
    rows = enrolment.assignments.select_related("user").order_by("starts_on", "pk")
    return [
        (
            row.user.first_name,
            (row.starts_on - day()).days,
            (row.ends_on - day()).days if row.ends_on else None,
        )
        for row in rows
        if row.ends_on != row.starts_on
    ]


class TestOnLeave:
    def test_the_cover_is_main_contact_and_then_it_goes_back(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        now = fresh(enrolment)
        assert now.main_contact == other_pedagogue
        assert now.assigned(MAIN, day(6)) == other_pedagogue
        assert now.assigned(MAIN, day(7)) == pedagogue
        assert now.assigned(MAIN, day(-1)) == pedagogue

    def test_the_lists_and_the_filter_follow_the_cover(
        self, person, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        assert list(lists.own_people(other_pedagogue)) == [person]
        assert list(lists.own_people(pedagogue)) == []
        people = lists.current_people(lead)
        assert list(lists.narrow(people, {"huvudkontakt": other_pedagogue})) == [person]
        assert list(lists.narrow(people, {"huvudkontakt": pedagogue})) == []
        assert list(lists.narrow(people, {"lage": lists.WITHOUT_CONTACT})) == []

    def test_the_load_is_the_cover_s(self, enrolment, pedagogue, other_pedagogue, lead):
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        loads = {each.pk: each.load for each in workload.pedagogues(lead, day())}
        assert loads == {pedagogue.pk: 0, other_pedagogue.pk: 1}
        later = {each.pk: each.load for each in workload.pedagogues(lead, day(7))}
        assert later == {pedagogue.pk: 1, other_pedagogue.pk: 0}

    def test_nobody_is_missing_in_the_next_step(
        self, person, enrolment, pedagogue, other_pedagogue, officer, lead
    ):
        enrolment.assignments.create(
            function=Function.EMPLOYMENT_OFFICER, user=officer, starts_on=enrolment.starts_on
        )
        give_consent(person, ["plan"])
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        people = lists.with_row_facts(Participant.objects.all())
        step = next_for(people, lead, day()).get(person.pk)
        assert step is None or "huvudkontakt" not in step.text.lower()

    def test_what_waits_for_a_signature_is_the_cover_s(
        self, person, enrolment, pedagogue, other_pedagogue, lead
    ):
        session = Session.objects.create(
            activity=Activity.objects.create(name="Kurs", kind="group"), held_on=day(-20)
        )
        Attendance.objects.create(session=session, participant=person, held_on=day(-20), hours=3)
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        assert [row.contact for row in missing.rows_for(lead, day())] == [other_pedagogue]
        assert [row.contact for row in missing.rows_for(lead, day(7))] == [pedagogue]
        assert missing.contact_of(other_pedagogue, day()) == {person.pk}
        assert missing.contact_of(pedagogue, day()) == set()
        assert missing.own_ids(pedagogue, day(7)) == {person.pk}

    def test_the_weekly_letter_goes_to_the_cover(
        self, enrolment, pedagogue, other_pedagogue, lead, monkeypatch
    ):
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        ordered = []
        monkeypatch.setattr(
            "casework.signing.digest.jobs.enqueue",
            lambda name, *, params, by, key: ordered.append(params["user"]),
        )
        assert order_all(day()) == 1
        assert ordered == [other_pedagogue.pk]

    def test_a_restricted_note_is_the_cover_s_to_read(
        self, person, enrolment, pedagogue, other_pedagogue, lead, counsellor
    ):
        note = CaseNote.objects.create(
            participant=person,
            author=counsellor,
            author_authority=counsellor.authority,
            audience=Audience.RESTRICTED,
            restricted_reason="prov",
            happened_at=timezone.now(),
            channel="phone",
            kind="guidance",
            text="Prov",
        )
        assert note in CaseNote.objects.readable_by(pedagogue)
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        assert note in CaseNote.objects.readable_by(other_pedagogue)
        assert note not in CaseNote.objects.readable_by(pedagogue)

    def test_who_is_away_and_who_is_to_cover_may_open_the_file(self, person, officer, lead):
        other = make_user("employment_officer", "Gerd", "Hall", officer.authority)
        give_consent(person, ["plan"])
        enrolment = enrol(person, officer=officer)
        hand_over(
            enrolment=enrolment, function=Function.EMPLOYMENT_OFFICER, holder=officer, user=other,
            from_day=day(3), until=day(9), by=lead,
        )  # fmt: skip
        for user in (officer, other):
            assert person in Participant.objects.visible_to(user)
            assert "eget ärende" in access_log.grounds_for(user, [person.pk])[person.pk]
            assert not is_closed_to(user, person)
            assert person in Participant.objects.visible_to(user, day=day(5))
        assert person not in Participant.objects.visible_to(other, day=day(9))

    def test_before_the_leave_nothing_has_changed(
        self, person, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, 3, 6, lead)
        assert fresh(enrolment).main_contact == pedagogue
        assert list(lists.own_people(other_pedagogue)) == []
        assert stretches(enrolment) == [("Anna", -60, 3), ("Olle", 3, 7), ("Anna", 7, None)]

    def test_an_enrolment_yet_to_start_has_its_contact_already(self, pedagogue, lead):
        person = make_person()
        enrolment = enrol(person, contact=pedagogue, starts_on=day(10))
        assert fresh(enrolment).main_contact == pedagogue
        assert list(lists.own_people(pedagogue)) == [person]

    def test_a_leave_that_begins_before_the_enrolment_covers_from_its_start(
        self, pedagogue, other_pedagogue, lead
    ):
        person = make_person()
        enrolment = enrol(person, contact=pedagogue, starts_on=day(3))
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        assert fresh(enrolment).main_contact == other_pedagogue
        assert list(lists.own_people(other_pedagogue)) == [person]
        assert list(lists.own_people(pedagogue)) == []
        assert fresh(enrolment).assigned(MAIN, day(7)) == pedagogue

    def test_the_cover_stands_on_a_protected_person_s_list_as_long(
        self, person, enrolment, pedagogue, other_pedagogue, lead
    ):
        protect(person, [pedagogue, lead])
        lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
        assert person in Participant.objects.visible_to(other_pedagogue)
        assert person in Participant.objects.visible_to(other_pedagogue, day=day(6))
        assert person not in Participant.objects.visible_to(other_pedagogue, day=day(7))


class TestWhatHappensMeanwhile:
    def test_an_exit_ends_the_cover_and_what_was_planned(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        actions.exit_enrolment(enrolment=enrolment, ended_on=day(), reason="work", by=lead)
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 1)]

    def test_an_exit_the_last_day_of_the_leave(self, enrolment, pedagogue, other_pedagogue, lead):
        lend(enrolment, pedagogue, other_pedagogue, -3, 0, lead)
        actions.exit_enrolment(enrolment=enrolment, ended_on=day(), reason="work", by=lead)
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 1)]

    def test_somebody_else_takes_over_for_good(self, enrolment, pedagogue, other_pedagogue, lead):
        third = make_user("pedagogue", "Tyra", "Ulv")
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        actions.reassign(enrolment=enrolment, function=MAIN, user=third, from_day=day(), by=lead)
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 0), ("Tyra", 0, None)]

    def test_the_cover_keeps_it(self, enrolment, pedagogue, other_pedagogue, lead):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        actions.reassign(
            enrolment=enrolment, function=MAIN, user=other_pedagogue, from_day=day(), by=lead
        )
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, None)]

    def test_the_absent_one_takes_it_back_by_the_usual_way(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        actions.reassign(
            enrolment=enrolment, function=MAIN, user=pedagogue, from_day=day(), by=lead
        )
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 0), ("Anna", 0, None)]

    def test_an_early_return(self, enrolment, pedagogue, other_pedagogue, lead):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        assert give_back(
            enrolment=enrolment, function=MAIN, user=pedagogue, back_on=day(7), from_day=day(), by=lead
        )  # fmt: skip
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 0), ("Anna", 0, None)]

    def test_a_leave_that_never_began_leaves_no_trace(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, 3, 6, lead)
        give_back(
            enrolment=enrolment, function=MAIN, user=pedagogue, back_on=day(7), from_day=day(3), by=lead
        )  # fmt: skip
        assert stretches(enrolment) == [("Anna", -60, None)]

    def test_nothing_is_given_back_that_became_somebody_else_s(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        actions.reassign(
            enrolment=enrolment, function=MAIN, user=other_pedagogue, from_day=day(), by=lead
        )
        assert not give_back(
            enrolment=enrolment, function=MAIN, user=pedagogue, back_on=day(7), from_day=day(), by=lead
        )  # fmt: skip
        assert stretches(enrolment)[-1] == ("Olle", -3, None)

    def test_a_longer_leave(self, enrolment, pedagogue, other_pedagogue, lead):
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        lend(enrolment, pedagogue, other_pedagogue, 7, 13, lead)
        now = fresh(enrolment)
        assert now.assigned(MAIN, day(13)) == other_pedagogue
        assert now.assigned(MAIN, day(14)) == pedagogue

    def test_the_cover_falls_ill_too(self, enrolment, pedagogue, other_pedagogue, lead):
        third = make_user("pedagogue", "Tyra", "Ulv")
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        lend(enrolment, other_pedagogue, third, 0, 20, lead)
        assert stretches(enrolment) == [
            ("Anna", -60, -3), ("Olle", -3, 0), ("Tyra", 0, 7), ("Anna", 7, None)
        ]  # fmt: skip

    def test_who_is_away_leaves_for_good_and_the_cover_stays_its_time(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        third = make_user("pedagogue", "Tyra", "Ulv")
        lend(enrolment, pedagogue, other_pedagogue, -3, 6, lead)
        hand_over(
            enrolment=enrolment, function=MAIN, holder=pedagogue, user=third, from_day=day(), by=lead
        )  # fmt: skip
        assert stretches(enrolment) == [("Anna", -60, -3), ("Olle", -3, 7), ("Tyra", 7, None)]

    def test_what_somebody_no_longer_holds_is_refused(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        hand_over(
            enrolment=enrolment, function=MAIN, holder=pedagogue, user=other_pedagogue,
            from_day=day(), by=lead,
        )  # fmt: skip
        before = list(Assignment.objects.values())
        with pytest.raises(Refused, match="har inte längre"):
            hand_over(
                enrolment=enrolment, function=MAIN, holder=pedagogue, user=other_pedagogue,
                from_day=day(), by=lead,
            )  # fmt: skip
        assert list(Assignment.objects.values()) == before


class TestSomebodyWhoHasLeft:
    def test_a_closed_account_is_no_contact(self, person, enrolment, pedagogue, lead):
        pedagogue.is_active = False
        pedagogue.save()
        people = lists.current_people(lead)
        assert list(lists.narrow(people, {"lage": lists.WITHOUT_CONTACT})) == [person]
        step = next_for(lists.with_row_facts(people), lead, day())[person.pk]
        assert step.text == "Huvudkontakten arbetar inte här längre: utse en ny."

    def test_a_closed_account_is_no_officer(self, person, pedagogue, officer, lead):
        give_consent(person, ["plan"])
        enrol(person, contact=pedagogue, officer=officer)
        officer.is_active = False
        officer.save()
        people = list(lists.with_row_facts(Participant.objects.all()))
        step = from_enrolment(people, lead, day())[person.pk]
        assert step.text == "Arbetsförmedlaren arbetar inte här längre: utse en ny."

    def test_nothing_new_is_given_to_a_closed_account(
        self, enrolment, pedagogue, other_pedagogue, lead
    ):
        other_pedagogue.is_active = False
        other_pedagogue.save()
        with pytest.raises(Refused, match="arbetar inte här längre"):
            lend(enrolment, pedagogue, other_pedagogue, 0, 6, lead)
