"""Dates of an enrolment that turned out to be wrong are corrected with a reason, and what they were is kept."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants import actions
from participants.errors import Refused, StaleEdit
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
START, END = date(2017, 3, 6), date(2017, 9, 30)


@pytest.fixture
def ended(pedagogue, officer):
    enrolment = enrol(
        make_person(), contact=pedagogue, officer=officer, starts_on=START, ended_on=END
    )
    enrolment.assignments.update(ends_on=END + timedelta(days=1))
    return enrolment


def correct(enrolment, by, starts_on=START, ended_on=END, **facts):
    facts = {"reason": "Fel i registret.", "version": enrolment.version} | facts
    return actions.correct_dates(
        enrolment=enrolment, starts_on=starts_on, ended_on=ended_on, by=by, **facts
    )


def test_what_was_and_why_is_kept(ended, lead):
    correction = correct(ended, lead, date(2017, 3, 1), date(2017, 10, 2))
    ended.refresh_from_db()
    assert (ended.starts_on, ended.ended_on) == (date(2017, 3, 1), date(2017, 10, 2))
    assert (
        correction.words == "inskriven 2017-03-06 → 2017-03-01, utskriven 2017-09-30 → 2017-10-02"
    )
    assert correction.corrected_by == lead and correction.reason == "Fel i registret."
    assert AccessLogEntry.objects.filter(what="correct_dates").count() == 1


@pytest.mark.parametrize(
    ("starts_on", "ended_on"),
    [(date(2017, 3, 1), date(2017, 10, 2)), (date(2017, 3, 20), date(2017, 9, 1))],
)
def test_who_held_it_all_along_still_does(ended, lead, starts_on, ended_on):
    correct(ended, lead, starts_on, ended_on)
    spans = set(ended.assignments.values_list("starts_on", "ends_on"))
    assert spans == {(starts_on, ended_on + timedelta(days=1))}


@pytest.mark.parametrize(
    ("starts_on", "ended_on", "words"),
    [
        (START, END, "desamma"),
        (date(2017, 10, 1), END, "före den första"),
        (START, None, "registreras eller tas inte bort här"),
        (START, date(2999, 1, 1), "inte varit än"),
    ],
)
def test_days_that_cannot_be_right_are_refused(ended, lead, starts_on, ended_on, words):
    with pytest.raises(Refused, match=words):
        correct(ended, lead, starts_on, ended_on)
    assert not ended.corrections.exists()


def test_two_enrolments_never_share_a_day(ended, lead):
    later = enrol(ended.participant, starts_on=date(2018, 1, 8))
    with pytest.raises(Refused, match="annan inskrivning"):
        correct(later, lead, date(2017, 9, 30), None)
    later.refresh_from_db()
    assert later.starts_on == date(2018, 1, 8) and not later.corrections.exists()


def test_the_second_of_two_is_told(ended, lead, administrator):
    correct(ended, lead, date(2017, 3, 1))
    with pytest.raises(StaleEdit):
        correct(ended, administrator, date(2017, 3, 2))


def test_the_page_corrects_and_shows_it(client, administrator):
    enrolment = enrol(make_person(), starts_on=timezone.localdate() - timedelta(days=40))
    new = enrolment.starts_on - timedelta(days=2)
    page = reverse("participants:enrolment_correct", args=[enrolment.participant_id, enrolment.pk])
    sign_in(client, administrator)
    assert "Sista dag" not in client.get(page).content.decode()
    answer = client.post(page, {"starts_on": new, "version": 1}, follow=True)
    assert answer.status_code == 422
    data = {"starts_on": new, "version": 1, "reason": "Felskrivet."}
    answer = client.post(page, data, follow=True)
    assert f"→ {new}" in answer.content.decode() and "Felskrivet." in answer.content.decode()


def test_an_enrolment_of_somebody_else_is_not_found_by_the_address(client, administrator):
    mine, other = enrol(make_person()), enrol(make_person())
    page = reverse("participants:enrolment_correct", args=[mine.participant_id, other.pk])
    assert sign_in(client, administrator).get(page).status_code == 404


def test_a_pedagogue_may_not(client, pedagogue):
    enrolment = enrol(make_person(), contact=pedagogue)
    page = reverse("participants:enrolment_correct", args=[enrolment.participant_id, enrolment.pk])
    assert sign_in(client, pedagogue).get(page).status_code == 403
