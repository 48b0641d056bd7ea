from dataclasses import dataclass
from datetime import date

import pytest

from participants.models import Participant, Track
from referrals.target_group import (
    age_on,
    birthday,
    check,
    first_day_in,
    missing_reason,
    proposed_track,
)

PROJECT = Track(
    code="projekt", name="BASUN 16–24", min_age=16, max_age=24,
    valid_from=date(2016, 10, 1), valid_until=date(2019, 7, 31),
)  # fmt: skip
KAA = Track(
    code="kaa", name="BASUN 16–19", min_age=16, max_age=19, needs_kaa=True,
    valid_from=date(2019, 8, 1),
)  # fmt: skip
ADULT = Track(code="vuxen", name="BASUN 20–29", min_age=20, max_age=29, valid_from=date(2019, 8, 1))
TRACKS = [PROJECT, KAA, ADULT]
LAST_OF_PROJECT, FIRST_OF_TRACKS = date(2019, 7, 31), date(2019, 8, 1)


@dataclass(frozen=True)
class Met:
    number: int
    needs_reason: bool = False
    max_age: int | None = None


def sentences(born, day, *criteria):
    return [finding.text for finding in check(born, day, TRACKS, criteria).findings]


def test_somebody_of_17_is_offered_the_young_track_and_told_of_its_demand():
    found = check(date(2002, 8, 1), FIRST_OF_TRACKS, TRACKS, [Met(2)])

    assert found.findings[0].text == "17\N{NO-BREAK SPACE}år: BASUN 16–19, kräver KAA (villkor 2)"
    assert found.tracks == (KAA,)
    assert found.is_clear


def test_the_young_track_without_its_criterion_is_a_warning():
    found = check(date(2002, 8, 1), FIRST_OF_TRACKS, TRACKS, [Met(3)])

    assert not found.is_clear
    assert "Villkor 2 är inte ikryssat." in found.findings[1].text


def test_somebody_of_15_is_told_the_day_they_are_old_enough():
    assert sentences(date(2003, 5, 2), date(2019, 5, 1), Met(3))[0] == (
        "15\N{NO-BREAK SPACE}år: för ung till 2019-05-02"
    )


def test_on_the_16th_birthday_the_person_is_taken_in():
    assert proposed_track(date(2003, 5, 2), date(2019, 5, 2), TRACKS) is PROJECT
    assert proposed_track(date(2003, 5, 2), date(2019, 5, 1), TRACKS) is None


def test_the_last_day_before_the_25th_birthday_counts_during_the_project():
    born = date(1994, 3, 10)

    assert proposed_track(born, date(2019, 3, 9), TRACKS) is PROJECT
    assert proposed_track(born, date(2019, 3, 10), TRACKS) is None


@pytest.mark.parametrize(
    ("born", "last_of_project", "first_of_tracks"),
    [
        (date(2000, 1, 1), PROJECT, KAA),
        (date(1999, 1, 1), PROJECT, ADULT),
        (date(1993, 1, 1), None, ADULT),
        (date(1989, 8, 1), None, None),
    ],
)
def test_the_tracks_change_at_midnight_on_1_august_2019(born, last_of_project, first_of_tracks):
    assert proposed_track(born, LAST_OF_PROJECT, TRACKS) is last_of_project
    assert proposed_track(born, FIRST_OF_TRACKS, TRACKS) is first_of_tracks


def test_somebody_of_25_in_the_project_is_told_when_a_track_opens_for_them():
    assert sentences(date(1994, 1, 1), LAST_OF_PROJECT, Met(3))[0] == (
        "25\N{NO-BREAK SPACE}år: utanför åldern, men BASUN 20–29 tar emot från 2019-08-01"
    )


def test_somebody_too_old_is_told_since_when():
    assert sentences(date(1989, 8, 1), FIRST_OF_TRACKS, Met(3))[0] == (
        "30\N{NO-BREAK SPACE}år: för gammal sedan 2019-08-01"
    )


def test_without_any_setting_for_the_day_the_check_says_so():
    before = date(2010, 1, 1)

    found = check(date(1980, 1, 1), before, TRACKS, [Met(3)])

    assert "inget spår gäller den dagen" in found.findings[0].text
    assert found.findings[0].tone == "warn"


def test_the_first_day_in_is_today_for_somebody_who_is_in_already():
    assert first_day_in(date(2000, 1, 1), LAST_OF_PROJECT, TRACKS) == (LAST_OF_PROJECT, PROJECT)


def test_somebody_born_on_a_leap_day_has_their_birthday_on_1_march():
    born = date(2004, 2, 29)

    assert birthday(born, 16) == date(2020, 2, 29)
    assert birthday(born, 17) == date(2021, 3, 1)
    assert age_on(born, date(2021, 2, 28)) == 16
    assert age_on(born, date(2021, 3, 1)) == 17


@pytest.mark.parametrize("day", [date(2019, 3, 12), date(2019, 3, 13), date(2020, 2, 29)])
def test_ages_agree_with_the_person_s_own(day):
    for born in (date(1993, 3, 13), date(2000, 2, 29)):
        assert age_on(born, day) == Participant(birth_date=born).age_on(day)


def test_criterion_6_demands_a_written_reason():
    assert missing_reason([Met(3), Met(6, needs_reason=True)], "  ").startswith("Villkor 6 kräver")
    assert missing_reason([Met(6, needs_reason=True)], "Se bilagt samtal.") == ""


def test_no_criterion_at_all_demands_a_reason_but_any_other_does_not():
    assert missing_reason([], "").startswith("Inget villkor")
    assert missing_reason([], "Brottsskadestöd, se samtal.") == ""
    assert missing_reason([Met(1)], "") == ""


def test_a_criterion_with_an_age_limit_warns_past_it():
    texts = sentences(date(2000, 1, 1), LAST_OF_PROJECT, Met(2, max_age=18))

    assert "Villkor 2 gäller till och med 18 år, personen är 19." in texts
