"""A decision in one line: what, who, when. Nothing is guessed in silence."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.roles import Role
from casework.review import days
from casework.review.lines import Colleague, Facts, Line, Question, read

ANNA = Colleague(1, "Anna", "Berg")
JOHAN = Colleague(2, "Johan", "Sjölund")
ASA = Colleague(3, "Åsa", "Öberg-Ek")
MAJ = Colleague(4, "Maj", "Fredag")
STEN = Colleague(5, "Sten", "Lind")
OTHER_ANNA = Colleague(6, "Anna", "Ek")
TUESDAY = date(2026, 11, 24)
NEXT = date(2026, 11, 30)
FACTS = Facts(TUESDAY, NEXT, (ANNA, JOHAN, ASA, MAJ, STEN), ANNA, {Role.COUNSELLOR.value: STEN})
TWO_ANNAS = Facts(TUESDAY, NEXT, (ANNA, OTHER_ANNA, JOHAN), JOHAN)


def on(today: date) -> Facts:
    return Facts(today, today + timedelta(days=6), FACTS.colleagues, ANNA)


@pytest.mark.parametrize(
    ("line", "who", "due", "text"),
    [
        ("Ring Försäkringskassan @Anna fredag", ANNA, "2026-11-27", "Ring Försäkringskassan"),
        ("boka studiebesök, Johan, 12/12", JOHAN, "2026-12-12", "Boka studiebesök"),
        ("boka tid @SYV nästa vecka", STEN, "2026-12-04", "Boka tid"),
        ("boka tid, syv, v. 49", STEN, "2026-12-04", "Boka tid"),
        ("kolla CSN om två veckor", ANNA, "2026-12-08", "Kolla CSN"),
        ("kolla CSN om 10 dagar", ANNA, "2026-12-04", "Kolla CSN"),
        ("kolla CSN om en månad", ANNA, "2026-12-24", "Kolla CSN"),
        ("kolla 2026-12-01", ANNA, "2026-12-01", "Kolla"),
        ("@Anna: ring mamman i morgon", ANNA, "2026-11-25", "Ring mamman"),
        ("fredag @Johan ring hem", JOHAN, "2026-11-27", "Ring hem"),
        ("@Åsa Öberg-Ek följ med, senast den 3 december", ASA, "2026-12-03", "Följ med"),
        ("följ med @ÅÖE tors", ASA, "2026-11-26", "Följ med"),
        ("följ med @öberg-ek tors", ASA, "2026-11-26", "Följ med"),
        ("ring @Maj fredag", MAJ, "2026-11-27", "Ring"),
        ("ring @Maj Fredag", MAJ, "2026-11-30", "Ring"),
        ("köp sten, fredag", ANNA, "2026-11-27", "Köp sten"),
        ("köp bok, sten, fredag", ANNA, "2026-11-27", "Köp bok, sten"),
        ("köp bok, Sten, fredag", STEN, "2026-11-27", "Köp bok"),
        ("betala 1,5 timmar @huvudkontakten", ANNA, "2026-11-30", "Betala 1,5 timmar"),
        ("ring före fredag", ANNA, "2026-11-26", "Ring"),
        ("ring tisdag nästa vecka", ANNA, "2026-12-01", "Ring"),
        ("ring fredag v. 49", ANNA, "2026-12-04", "Ring"),
        ("ring fredag den 27 november", ANNA, "2026-11-27", "Ring"),
        ("mejla anna@exempel.se i dag", ANNA, "2026-11-24", "Mejla anna@exempel.se"),
        ("ring i veckan", ANNA, "2026-11-27", "Ring"),
        ("möte v 50 fredag @Johan", JOHAN, "2026-12-11", "Möte"),
    ],
)
def test_what_is_understood(line, who, due, text):
    found = read(line, FACTS)
    assert isinstance(found, Line), found
    assert (found.who, str(found.due_on), found.text) == (who, due, text)


def test_without_person_and_day_it_is_the_main_contact_before_the_next_review():
    found = read("ring mamman", FACTS)
    assert (found.who, found.due_on) == (ANNA, NEXT)
    assert found.assumed_who and found.assumed_day
    assert found.words == "Anna Berg · måndag 30 november 2026 · Ring mamman"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("arbetsförmedlaren", Role.EMPLOYMENT_OFFICER),
        ("handläggaren", Role.EMPLOYMENT_OFFICER),
        ("SIUS", Role.SIUS_CONSULTANT),
        ("arbetsgivarkoordinatorn", Role.EMPLOYER_COORDINATOR),
        ("projektledaren", Role.PROJECT_LEAD),
    ],
)
def test_a_function_nobody_has_for_the_participant_is_given_to_the_function(word, role):
    for line in (f"boka tid @{word} fredag", f"boka tid, {word}, fredag"):
        found = read(line, FACTS)
        assert (found.who, found.to_role) == (None, role)


@pytest.mark.parametrize(
    ("line", "facts", "choices"),
    [
        ("ring @Anna fredag", TWO_ANNAS, ["ring @Anna Berg fredag", "ring @Anna Ek fredag"]),
        ("ring, Anna, fredag", TWO_ANNAS, ["ring, fredag @Anna Berg", "ring, fredag @Anna Ek"]),
        ("ring @asa fredag", FACTS, ["ring @Åsa Öberg-Ek fredag"]),
        ("ring tisdag", FACTS, ["ring 2026-11-24", "ring 2026-12-01"]),
        ("ring nästa fredag", FACTS, ["ring 2026-11-27", "ring 2026-12-04"]),
        ("ring fredag 26/11", FACTS, ["ring 2026-11-26", "ring 2026-11-27"]),
        ("ring fredag, 12/12", FACTS, ["ring 2026-11-27", "ring 2026-12-12"]),
        ("ring 20/11", FACTS, ["ring 2027-11-20"]),
        (
            "ring @Anna @Johan fredag",
            FACTS,
            ["Ring @Anna Berg 2026-11-27", "Ring @Johan Sjölund 2026-11-27"],
        ),
        ("Ring Johan fredag", FACTS, ["Ring @Johan Sjölund fredag", "Ring Johan fredag, @huvudkontakten"]),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_asked_and_each_choice_is_a_line_that_says_it(
    line, facts, choices
):
    found = read(line, facts)
    assert isinstance(found, Question)
    assert [whole.casefold() for _, whole in found.choices] == [each.casefold() for each in choices]
    assert all(isinstance(read(whole, facts), Line) for _, whole in found.choices)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Skriv vad som ska göras"),
        ("  ,  ", "Skriv vad som ska göras"),
        ("@Anna fredag", "Skriv vad som ska göras"),
        ("ring @Kalle", "Ingen kollega heter ”Kalle”"),
        ("ring 2026-11-01", "har redan varit"),
        ("ring 31/2", "31/2 finns inte"),
        ("ring v. 54", "ingen vecka 54"),
        ("ring v. 40", "Vecka 40 har redan varit"),
        ("ring 2062-01-01", "mer än två år bort"),
        ("x" * 301, "för långt"),
    ],
)
def test_nonsense_gets_a_plain_sentence(line, words):
    found = read(line, FACTS)
    assert isinstance(found, Question) and words in found.text


def test_without_a_main_contact_somebody_has_to_be_named():
    facts = Facts(TUESDAY, NEXT, FACTS.colleagues, None)
    assert "ingen huvudkontakt" in read("ring", facts).text
    assert read("ring @Anna", facts).who == ANNA


@pytest.mark.parametrize(
    ("today", "words", "due"),
    [
        (date(2026, 12, 30), "måndag", date(2027, 1, 4)),
        (date(2026, 12, 30), "12/1", date(2027, 1, 12)),
        (date(2026, 12, 30), "v. 2", date(2027, 1, 15)),
        (date(2026, 12, 30), "v. 53", date(2027, 1, 1)),
        (date(2027, 1, 1), "v. 53", date(2027, 1, 1)),
        (date(2026, 12, 30), "i övermorgon", date(2027, 1, 1)),
        (date(2026, 12, 30), "nästa vecka", date(2027, 1, 8)),
        (date(2027, 1, 31), "om en månad", date(2027, 2, 28)),
        (date(2026, 11, 28), "i veckan", date(2026, 11, 29)),
        (date(2027, 12, 1), "29/2", date(2028, 2, 29)),
    ],
)
def test_days_over_the_turn_of_the_year_and_the_week(today, words, due):
    assert read(f"ring {words}", on(today)).due_on == due


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(sorted(days.DAYS)))
def test_a_weekday_is_within_the_week_and_has_that_name(today, name):
    found = read(f"ring {name}", on(today))
    if today.weekday() == days.DAYS[name]:
        assert isinstance(found, Question) and len(found.choices) == 2
    else:
        assert today < found.due_on <= today + timedelta(days=6)
        assert found.due_on.weekday() == days.DAYS[name]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 700))
def test_a_day_written_out_is_that_day(today, ahead):
    due = today + timedelta(days=ahead)
    assert read(f"ring {due}", on(today)).due_on == due


WORDS = st.sampled_from(
    "ring boka Anna @Anna @SYV syv Maj @Maj fredag nästa vecka v. 49 12/12 31/2 om två veckor den"
    " före i morgon 2026-12-01 , , @ @@ Åsa @åsa huvudkontakten 3 december".split()
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=9).map(" ".join)))
@example("@")
@example("@ ,")
@example(", @Anna,")
def test_whatever_is_written_is_a_line_that_can_be_kept_or_a_question(line):
    found = read(line, TWO_ANNAS)
    if isinstance(found, Question):
        assert found.text
        return
    assert 0 < len(found.text) <= 300
    assert bool(found.who) != bool(found.to_role)
    assert found.due_on >= TUESDAY


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_a_choice_never_asks_the_same_again(line):
    asked = read(line, FACTS)
    if isinstance(asked, Question):
        for _, whole in asked.choices:
            again = read(whole, FACTS)
            assert isinstance(again, Line) or again != asked
