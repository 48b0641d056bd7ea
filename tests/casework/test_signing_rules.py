"""Days left, weeks that are over, how long ago: rules without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from casework.models import Channel
from casework.signing import when
from casework.signing.looks import is_waiting, look_of
from casework.signing.qr import as_data_url

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "sunday"),
    [("2026-11-23", "2026-11-22"), ("2026-11-22", "2026-11-15"), ("2026-11-28", "2026-11-22")],
)
def test_a_week_is_missing_from_the_day_after_it_ends(day, sunday):
    assert when.last_sunday(date.fromisoformat(day)) == date.fromisoformat(sunday)


@pytest.mark.parametrize(
    ("oldest", "day", "left", "words"),
    [
        ("2026-10-15", "2026-11-19", 9, "9\u00a0dagar kvar"),
        ("2026-10-31", "2026-11-27", 1, "1\u00a0dag kvar"),
        ("2026-10-01", "2026-11-28", 0, "sista dagen i dag"),
        ("2026-09-30", "2026-11-23", -26, "sista dagen har passerat"),
    ],
)
def test_days_are_left_until_28_days_after_the_end_of_the_oldest_month(oldest, day, left, words):
    days = when.days_left(date.fromisoformat(oldest), date.fromisoformat(day))
    assert (days, when.left_in_words(days)) == (left, words)


@pytest.mark.parametrize(("days", "tone"), [(-1, "bad"), (0, "warn"), (7, "warn"), (8, "neutral")])
def test_a_near_deadline_warns_and_a_passed_one_is_bad(days, tone):
    assert when.deadline_look(days).tone == tone


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "nyss"), (12, "för 12\u00a0minuter sedan"), (60, "för 1\u00a0timme sedan")],
)
def test_how_long_ago_in_words(minutes, words):
    assert when.ago(NOW - timedelta(minutes=minutes), NOW) == words


def link(**facts):
    """A link as it comes from the job, before anybody has opened it."""
    times = "used_at disputed_at cancelled_at failed_at opened_at sent_at".split()
    base = dict.fromkeys(times) | {
        "channel": Channel.SMS,
        "created_at": NOW,
        "expires_at": NOW + timedelta(hours=72),
    }
    return SimpleNamespace(**(base | facts))


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({}, "Skickas"),
        ({"sent_at": NOW}, "Skickad"),
        ({"failed_at": NOW}, "Kom inte fram"),
        ({"failed_at": NOW, "expires_at": NOW}, "Kom inte fram"),
        ({"failed_at": NOW, "opened_at": NOW}, "Öppnad"),
        ({"sent_at": NOW, "expires_at": NOW}, "Gick ut"),
        ({"opened_at": NOW, "disputed_at": NOW}, "Något stämmer inte"),
        ({"disputed_at": NOW, "used_at": NOW}, "Underskriven"),
        ({"cancelled_at": NOW}, "Återkallad"),
        ({"channel": Channel.QR}, "Visas som QR-kod"),
    ],
)
def test_what_the_participant_did_last_weighs_the_most(facts, label):
    assert look_of(link(**facts), NOW).label == label


def test_a_page_asks_while_something_may_happen_and_no_longer():
    assert is_waiting(link(), NOW) and is_waiting(link(channel=Channel.QR, opened_at=NOW), NOW)
    assert not is_waiting(link(sent_at=NOW), NOW)
    assert not is_waiting(link(), NOW + timedelta(minutes=11))
    assert not is_waiting(link(channel=Channel.QR, used_at=NOW), NOW)


def test_a_qr_code_is_a_picture_in_the_page_itself():
    assert as_data_url("https://basun.example/u/x/").startswith("data:image/svg+xml;base64,")
