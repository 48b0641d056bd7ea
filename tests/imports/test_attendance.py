"""Attendance from a sheet: what a row makes, what a later file changes, and what is refused."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.management import call_command

from casework.imports.attendance import UNKNOWN_PERSON
from casework.models import Activity, Attendance, Attestation, Session
from core import imports
from participants.models import Participant
from tests.cast import enrol, make_person
from tests.imports.sheets import as_csv, attended, check, load, new_number, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def number():
    person = make_person()
    enrol(person, starts_on=date(2018, 1, 15))
    return person.number


def test_a_row_becomes_an_activity_a_session_and_hours(number):
    load(attended(number, Signerad="ja"), attended(number, Aktivitet="Individuellt samtal"))
    group = Attendance.objects.get(session__activity__kind="group")
    assert (group.hours, group.held_on, group.session.held_on) == (
        Decimal("2.5"), date(2018, 2, 1), date(2018, 2, 1),
    )  # fmt: skip
    assert (group.attestation.method, group.attestation.source) == ("paper", "pappersunderlag")
    assert Activity.objects.get(kind="individual").name == "Individuellt samtal"


def test_two_people_share_the_session_of_a_day(number):
    other = make_person().number
    load(attended(number), attended(other))
    assert Attendance.objects.values("session").distinct().count() == 1


def test_signed_rows_have_one_attestation_a_person_and_month(number):
    days = ("2018-02-01", "2018-02-02", "2018-03-01")
    load(*(attended(number, Datum=day, Signerad="ja") for day in days))
    assert Attestation.objects.count() == 2


def test_the_same_file_again_changes_nothing_and_says_so(number, tmp_path, capsys):
    file = tmp_path / "attendance.csv"
    file.write_bytes(as_csv(attended(number, Signerad="ja")).getvalue())
    call_command("import_attendance", str(file))
    call_command("import_attendance", str(file))
    assert "Filen är redan inläst: 1 rad, inget ändrat." in capsys.readouterr().out
    assert (Attendance.objects.count(), Attestation.objects.count()) == (1, 1)


def test_hours_that_are_signed_later_are_signed_and_nothing_else(number):
    load(attended(number), attended(number, Datum="2018-02-02"))
    outcome = load(attended(number, Signerad="ja"), attended(number, Datum="2018-02-02"))
    assert (outcome.counts["changed"], outcome.counts["unchanged"]) == (1, 1)
    assert Attendance.objects.attested().count() == 1


def test_unsigned_hours_are_corrected_and_signed_ones_are_not(number):
    load(attended(number))
    load(attended(number, Timmar="3", Signerad="ja"))
    assert Attendance.objects.get().hours == 3
    outcome = check(attended(number, Timmar="4", Signerad="ja"))
    assert told(outcome) == [(2, "Timmar")] and "redan signerade" in outcome.faults[0].text


def test_a_signature_is_never_taken_away(number):
    load(attended(number, Signerad="ja"))
    assert check(attended(number)).changes == 0


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Personnummer", ""), ("Personnummer", "20010101-2380"), ("Datum", "igår"),
        ("Datum", "2999-01-01"), ("Aktivitet", ""), ("Aktivitet", "x" * 121), ("Timmar", "0"),
        ("Timmar", "24,5"), ("Timmar", "-1"), ("Timmar", "2,555"), ("Timmar", "två"), ("Timmar", ""),
        ("Signerad", "kanske"), ("Signerad", ""),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_is_named(number, column, cell):
    assert told(check(attended(number), attended(number) | {column: cell})) == [(3, column)]


def test_the_same_person_day_and_activity_twice_is_a_fault(number):
    outcome = check(attended(number), attended(number, Aktivitet="cv-verkstad", Timmar="1"))
    assert told(outcome) == [(3, "Datum")] and "rad 2" in outcome.faults[0].text


def test_a_day_outside_the_enrolments_is_only_remarked(number):
    outcome = check(attended(number, Datum="2017-12-31"))
    assert not outcome.faults and "utanför" in outcome.remarks[0].text


def test_unknown_and_out_of_sight_get_the_same_answer(administrator):
    hidden = make_person(protected=True)
    enrol(hidden)
    unknown = check(attended(new_number()), by=administrator)
    out_of_sight = check(attended(hidden.number), by=administrator)
    assert unknown.faults == out_of_sight.faults and unknown.faults[0].text == UNKNOWN_PERSON


def test_chunks_and_order_make_no_difference(number, monkeypatch):
    monkeypatch.setattr(imports.chunks, "__defaults__", (3,))
    rows = [attended(number, Datum=f"2018-02-{day:02d}", Signerad="ja") for day in range(1, 11)]
    load(*rows[::-1])
    assert check(*rows).changes == 0 and Attestation.objects.count() == 1


# Sessions that were planned here, with times and a roster

DAY = date(2018, 2, 1)


def planned(hour, *people, noted="expected", **facts):
    """A planned session of the day, with these people on its roster."""
    activity, _ = Activity.objects.get_or_create(name="CV-verkstad", kind="group")
    times = {"starts_at": time(hour), "ends_at": time(hour + 3), "planned_hours": 3}
    session = Session.objects.create(
        activity=activity, held_on=DAY, **({"status": "planned"} | times | facts)
    )
    for person in people:
        Attendance.objects.create(
            session=session, participant=person, held_on=DAY, hours=0, status=noted
        )
    return session


def person_of(number):
    return Participant.objects.get(number_records__number=number)


@pytest.mark.parametrize(("status", "reason"), [("expected", ""), ("absent", "ill")])
def test_who_was_expected_or_absent_becomes_present_with_the_hours(number, status, reason):
    planned(9)
    afternoon = planned(13, person_of(number), noted=status)
    Attendance.objects.update(absence_reason=reason)
    outcome = load(attended(number, Signerad="ja"))
    row = Attendance.objects.get()
    assert (row.session, row.status, row.hours) == (afternoon, "present", Decimal("2.5"))
    assert (row.absence_reason, row.attestation.source) == ("", "pappersunderlag")
    assert (outcome.counts["changed"], row.version) == (1, 2)
    assert check(attended(number, Signerad="ja")).changes == 0


def test_a_new_row_lands_on_the_session_without_times(number):
    planned(9)
    load(attended(make_person().number, Datum="2018-02-02"))
    session = Session.objects.create(activity=Activity.objects.get(), held_on=DAY)
    load(attended(number))
    assert person_of(number).attendance.get().session == session


def test_else_on_the_first_session_of_the_day(number):
    planned(13)
    morning = planned(9)
    load(attended(number))
    assert Attendance.objects.get().session == morning


def test_a_cancelled_session_gets_no_rows(number):
    cancelled = planned(9, status="cancelled", cancel_reason="Sjukdom")
    load(attended(number))
    row = Attendance.objects.get()
    assert row.session != cancelled and (row.session.status, row.session.starts_at) == (
        "held",
        None,
    )


def test_of_several_rows_the_one_with_the_hours_is_meant(number):
    person = person_of(number)
    planned(9, person), planned(13, person)
    load(attended(number))
    assert check(attended(number)).changes == 0
    outcome = load(attended(number, Timmar="3"))
    assert "flera tillfällen" in outcome.remarks[0].text
    assert sorted(person.attendance.values_list("status", "hours")) == [
        ("expected", 0), ("present", 3),
    ]  # fmt: skip


def test_signed_hours_in_a_session_with_times_are_not_changed(number):
    planned(9, person_of(number))
    load(attended(number, Signerad="ja"))
    assert told(check(attended(number, Timmar="3"))) == [(2, "Timmar")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CV-verkstad", "workshop"), ("Föreläsning: hälsa", "lecture"), ("Studiebesök", "visit"),
        ("Individuellt samtal", "talk"), ("7TJUGO höst", "7tjugo"), ("Simning", "other"),
    ],
)  # fmt: skip
def test_what_a_new_activity_is_shows_in_its_name(number, name, kind):
    load(attended(number, Aktivitet=name))
    assert Activity.objects.get().type == kind
