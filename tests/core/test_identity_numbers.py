from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity_numbers import InvalidNumber, format_number, parse
from tests.cast import next_number, with_check_digit


@pytest.mark.parametrize(
    "text",
    ["19930313-2394", "199303132394", "930313-2394", "9303132394", " 930313 2394 ", "930313–2394"],
)
def test_every_usual_form_gives_one_stored_form(text):
    assert parse(text).value == "199303132394"


def test_a_coordination_number_has_sixty_added_to_its_day():
    number = parse(with_check_digit("930373239"))
    assert number.is_coordination
    assert number.birth_date == date(1993, 3, 13)


@pytest.mark.parametrize(("female", "birth_number"), [(True, "238"), (False, "239")])
def test_the_birth_numbers_parity_gives_legal_gender(female, birth_number):
    number = parse(next_number(date(1999, 5, 4), female=female))
    assert (number.is_female, number.value[8:11]) == (female, birth_number)


@pytest.mark.parametrize(
    "text",
    ["19930313-2395", "19930231-2394", "hej", "", "1993-03-13-2394", "930313239", "209903132394"],
)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(InvalidNumber, match="siffr|framtiden"):
        parse(text)


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.booleans())
def test_a_formatted_number_reads_back_as_itself(born, female):
    value = next_number(born, female=female)
    assert parse(format_number(value)).value == value


@given(st.dates(date(1950, 1, 1), date(2020, 12, 31)), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born, place, step):
    value = next_number(born)
    wrong = value[:place] + str((int(value[place]) + step) % 10) + value[place + 1 :]
    if place >= 2:
        with pytest.raises(InvalidNumber):
            parse(wrong)
