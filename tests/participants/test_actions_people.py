from datetime import date

import pytest
from django.utils import timezone

from core.identity_numbers import parse
from core.models import AccessLogEntry
from participants import actions
from participants.enums import Area, Flag, Gender
from participants.errors import NumberTaken, Refused, StaleEdit
from participants.models import Participant
from tests.cast import make_person, next_number

pytestmark = pytest.mark.django_db


def register(by, **more):
    more.setdefault("number", parse(next_number()))
    return actions.register(by=by, first_name="Åsa", last_name="Öberg", **more)


def test_registering_takes_birth_date_and_gender_from_the_number(pedagogue):
    person = register(pedagogue, number=parse(next_number(date(2004, 2, 29), female=False)))
    assert (person.birth_date, person.legal_gender) == (date(2004, 2, 29), Gender.MALE)
    assert person.number.startswith("20040229")


def test_registering_leaves_one_line_for_the_creation_in_the_access_log(pedagogue):
    person = register(pedagogue)
    line = AccessLogEntry.objects.get(person_id=person.pk)
    assert (line.action, line.actor_id) == ("created", pedagogue.pk)


def test_registering_with_area_and_flags_dates_them(pedagogue):
    day = date(2026, 3, 1)
    flags = [(Flag.INCOME_SUPPORT, day, "remiss")]
    person = register(pedagogue, area=Area.FITTJA, area_from=day, flags=flags)
    assert person.area_on(day) == Area.FITTJA
    assert person.flags.get().source == "remiss"


def test_a_person_without_a_number_needs_birth_date_gender_and_a_reason(pedagogue):
    facts = {"birth_date": date(2005, 5, 5), "legal_gender": Gender.FEMALE}
    with pytest.raises(Refused, match="varför"):
        register(pedagogue, number=None, **facts)
    person = register(pedagogue, number=None, number_missing_reason="Nyanländ", **facts)
    assert person.number == ""


def test_a_second_person_with_the_same_number_is_refused_and_nothing_is_left_behind(pedagogue):
    number = next_number()
    make_person(number=number)
    with pytest.raises(NumberTaken):
        register(pedagogue, number=parse(number))
    assert Participant.objects.count() == 1


def test_a_stale_save_is_refused_and_loses_neither_version(pedagogue):
    person = make_person("Åsa")
    actions.correct_details(participant=person, version=1, first_name="Eva", by=pedagogue)
    with pytest.raises(StaleEdit) as stale:
        actions.correct_details(participant=person, version=1, first_name="Ida", by=pedagogue)
    person.refresh_from_db()
    assert (person.first_name, stale.value.current.first_name) == ("Eva", "Eva")


def test_a_gender_other_than_the_numbers_is_kept_as_the_registers_word(pedagogue):
    person = make_person(female=True)
    saved = actions.correct_details(
        participant=person, version=1, legal_gender=Gender.MALE, by=pedagogue
    )
    assert saved.gender_from_register
    actions.change_number(participant=saved, number=parse(next_number()), by=pedagogue)
    saved.refresh_from_db()
    assert saved.legal_gender == Gender.MALE


def test_a_new_number_keeps_the_former_one_as_history(pedagogue):
    old, new = next_number(), next_number()
    person = make_person(number=old)
    actions.change_number(participant=person, number=parse(new), by=pedagogue)
    person = Participant.objects.get(pk=person.pk)
    assert person.number == new
    assert set(person.number_records.values_list("number", flat=True)) == {old, new}


def test_going_back_to_a_former_number_is_possible(pedagogue):
    old, new = next_number(), next_number()
    person = make_person(number=old)
    actions.change_number(participant=person, number=parse(new), by=pedagogue)
    actions.change_number(participant=person, number=parse(old), by=pedagogue)
    assert Participant.objects.get(pk=person.pk).number == old


def test_somebody_elses_former_number_is_taken(pedagogue):
    old = next_number()
    person = make_person(number=old)
    actions.change_number(participant=person, number=parse(next_number()), by=pedagogue)
    with pytest.raises(NumberTaken):
        actions.change_number(participant=make_person(), number=parse(old), by=pedagogue)


def test_moving_closes_the_period_before(pedagogue):
    person = make_person(area=Area.ALBY)
    actions.move_area(participant=person, area=Area.TUMBA, from_day=date(2026, 5, 1), by=pedagogue)
    assert person.area_on(date(2026, 4, 30)) == Area.ALBY
    assert person.area_on(date(2026, 5, 1)) == Area.TUMBA


def test_moving_back_before_the_present_period_is_refused(pedagogue):
    person = make_person(area=Area.ALBY)
    with pytest.raises(Refused, match="2016-01-01"):
        actions.move_area(
            participant=person, area=Area.TUMBA, from_day=date(2015, 5, 1), by=pedagogue
        )


def test_a_flag_is_noted_once_and_ended_once(pedagogue):
    person, day = make_person(), timezone.localdate()
    facts = {"participant": person, "flag": Flag.SIUS, "noted_on": day, "source": "AF"}
    flag = actions.note_flag(**facts, by=pedagogue)
    with pytest.raises(Refused):
        actions.note_flag(**facts, by=pedagogue)
    actions.end_flag(flag=flag, ended_on=day, by=pedagogue)
    with pytest.raises(Refused):
        actions.end_flag(flag=flag, ended_on=day, by=pedagogue)
