"""Each reason to talk about somebody, as a pure rule."""

from datetime import date, timedelta

import pytest

from casework.review import rules
from core.registry import Phase
from participants import review_signals
from participants.review_weights import LEFT_FROM_LAST_TIME, Weight

DAY = date(2026, 11, 26)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(("days", "due"), [(0, True), (27, True), (28, False), (-1, False)])
def test_new_is_for_four_weeks_until_talked_about(days, due):
    assert bool(rules.new(ago(days), None, DAY)) == due
    assert rules.new(ago(days), ago(days), DAY) is None


def test_who_was_talked_about_in_an_earlier_enrolment_is_new_again():
    signal = rules.new(ago(5), ago(200), DAY)
    assert signal.text == "Ny: inskriven 2026-11-21"
    assert signal.weight == Weight.NEW


@pytest.mark.parametrize(("days", "due"), [(27, False), (28, True)])
def test_everybody_is_due_four_weeks_after_the_last_time(days, due):
    signal = rules.every_fourth_week(ago(300), ago(days), DAY)
    assert bool(signal) == due
    if due:
        assert signal.text == "Senast genomgången 2026-10-29"
        assert signal.weight == Weight.FOURTH_WEEK


@pytest.mark.parametrize(("days", "due"), [(27, False), (28, True)])
def test_who_was_never_talked_about_is_due_four_weeks_after_the_enrolment(days, due):
    signal = rules.every_fourth_week(ago(days), None, DAY)
    assert bool(signal) == due
    if due:
        assert signal.text == "Aldrig genomgången, inskriven 2026-10-29"
        assert signal.weight == Weight.NEVER_DISCUSSED


@pytest.mark.parametrize("days", range(0, 120))
def test_nobody_is_forgotten(days):
    """Never talked about: new at first, and after that not talked about for too long."""
    start = ago(days)
    assert rules.new(start, None, DAY) or rules.every_fourth_week(start, None, DAY)


@pytest.mark.parametrize(("days", "due"), [(13, False), (14, True)])
def test_two_weeks_without_contact(days, due):
    signal = rules.no_contact(ago(300), ago(days), DAY)
    assert bool(signal) == due
    if due:
        assert signal.text == "Ingen kontakt sedan 2026-11-12"


@pytest.mark.parametrize(("days", "due"), [(13, False), (14, True)])
def test_without_any_contact_the_enrolment_counts(days, due):
    for contact in (None, ago(400)):
        signal = rules.no_contact(ago(days), contact, DAY)
        assert bool(signal) == due
        if due:
            assert signal.text == "Ingen kontakt sedan inskrivningen"


@pytest.mark.parametrize(
    ("oldest", "days_to_next", "due"),
    [(14, None, False), (15, None, True), (3, 8, False), (3, 7, True), (3, 0, True), (3, -1, False)],
)  # fmt: skip
def test_hours_without_signature_are_told_when_old_or_soon_to_be_sent(oldest, days_to_next, due):
    signal = rules.unsigned("12,5", ago(oldest), days_to_next, DAY)
    assert bool(signal) == due
    if due:
        assert signal.text == f"12,5 h utan underskrift sedan {ago(oldest)}"
        assert signal.category == "attendance"


@pytest.mark.parametrize(("days", "due"), [(30, False), (31, True)])
def test_stuck_is_longer_than_the_phase_takes(days, due):
    assert bool(rules.stuck(Phase("Kartläggning", ago(days), 30), DAY)) == due


def test_a_phase_that_may_last_is_never_stuck():
    assert rules.stuck(Phase("Uppföljning", ago(900)), DAY) is None


def test_what_was_not_done_tells_the_oldest_and_how_many_more():
    assert rules.not_done([]) is None
    later = rules.Undone("Boka SYV", ago(2))
    signal = rules.not_done([later, rules.Undone("Ringa soc", ago(9))])
    assert signal.text == "Inte gjort: ”Ringa soc”, skulle varit klart 2026-11-17 och 1 till"
    assert signal.weight == Weight.NOT_DONE
    assert rules.not_done([later]).text.endswith("2026-11-24")


def test_a_long_decision_is_cut_between_words():
    words = "Ringa socialtjänsten och boka ett gemensamt möte om försörjning, boende och skolgång"
    assert rules.shortened(words) == "Ringa socialtjänsten och boka ett gemensamt möte om …"
    assert rules.shortened("Kort") == "Kort"


@pytest.mark.parametrize(
    ("state", "weight"),
    [
        ("postponed", Weight.POSTPONED),
        ("not_reached", Weight.NOT_REACHED),
        ("waiting", Weight.NOT_REACHED),
        ("discussed", None),
    ],
)
def test_what_is_left_from_last_time(state, weight):
    signal = rules.left_over(state, ago(7))
    assert (signal and signal.weight) == weight
    assert weight is None or signal.weight >= LEFT_FROM_LAST_TIME


def test_a_wish_tells_who_and_why():
    assert rules.asked([], words=True) is None
    wishes = [
        rules.Wish("Olle Dahl", "svårt hemma", ago(1)),
        rules.Wish("Anna Berg", "sen", ago(4)),
    ]
    signal = rules.asked(wishes, words=True)
    assert signal.text == "Olle Dahl ber: svårt hemma; Anna Berg ber: sen"
    assert (signal.since, signal.category) == (ago(4), "notes")


def test_without_the_words_a_wish_tells_only_who():
    signal = rules.asked([rules.Wish("Olle Dahl", "svårt hemma", ago(1))], words=False)
    assert signal.text == "Olle Dahl ber om det"
    assert signal.category == "plan"


@pytest.mark.parametrize(("days", "weight"), [
    (31, None), (30, Weight.ENROLMENT_ENDS), (0, Weight.ENROLMENT_ENDS), (-1, Weight.ENROLMENT_PASSED),
])  # fmt: skip
def test_an_enrolment_runs_out(days, weight):
    signal = review_signals.ending(DAY + timedelta(days=days), DAY)
    assert (signal and signal.weight) == weight


def test_an_extension_waits():
    signal = review_signals.waiting(date(2027, 3, 1), ago(3))
    assert signal.text == "Förlängning till 2027-03-01 väntar på beslut"


def test_every_weight_says_why_and_only_what_is_left_comes_first():
    assert all(weight.why for weight in Weight)
    first = {weight for weight in Weight if weight >= LEFT_FROM_LAST_TIME}
    assert first == {Weight.NOT_DONE, Weight.NOT_REACHED, Weight.POSTPONED}
