"""Every language has every word, with the same places for figures and addresses."""

from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from casework.attest import text_in
from casework.languages import languages
from casework.signing.words import day_in

CODES = [code for code in languages() if code != "sv"]


def flat(language) -> dict[str, str]:
    """Return the words by section and key; a list is joined, since its length counts."""
    return {
        f"{section}.{key}": words if isinstance(words, str) else "|".join(words)
        for section, keys in language.sections.items()
        for key, words in keys.items()
    }


def placeholders(words: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def test_the_languages_most_participants_read_are_there():
    assert {"sv", "en", "ar", "so", "ti"} <= set(languages())


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_the_keys_and_the_placeholders_of_the_swedish(code):
    swedish, other = flat(languages()["sv"]), flat(languages()[code])
    assert set(other) == set(swedish)
    differ = [key for key in swedish if placeholders(swedish[key]) != placeholders(other[key])]
    assert differ == [] and all(other.values())


@pytest.mark.parametrize("code", list(languages()))
def test_a_week_has_seven_days_and_a_year_twelve_months(code):
    words = languages()[code]["date"]
    assert (len(set(words["weekdays"])), len(set(words["months"]))) == (7, 12)


def test_only_what_somebody_has_read_counts_as_reviewed():
    assert [code for code, each in languages().items() if each.reviewed] == ["sv"]


def test_days_and_the_signed_text_are_written_in_the_language():
    day = date(2026, 11, 16)
    assert day_in("sv", day) == "måndag 16 november 2026"
    assert day_in("so", day) == "Isniin 16 Nofeembar 2026"
    assert text_in("en", Decimal("6.50")).endswith("6,5 hours in total.")


@pytest.mark.parametrize("code", list(languages()))
def test_a_text_message_is_short_and_says_where(code):
    text = languages()[code]["message"]["sms"]
    assert text.startswith("BASUN: ") and len(text) < 110
