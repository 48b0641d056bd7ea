from datetime import date

import pytest
from django.urls import reverse

from basun.dated_settings import KINDS
from casework.models import EsfProject
from participants.actions.enrolments import planned_end_for
from participants.models import ProgrammeLength, Track
from reports.goals import goals_on
from reports.models import Goal
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nils(client, system_administrator):
    return sign_in(client, system_administrator)


def test_every_kind_of_setting_is_shown_with_its_rows(nils):
    page = nils.get(reverse("settings_list")).content.decode()
    assert all(kind.title in page for kind in KINDS)
    assert "BASUN 16–24" in page and "Saknar gymnasieexamen" in page and "2019-07-31" in page


def test_a_number_is_a_number_and_a_yes_is_a_yes():
    criteria = next(kind for kind in KINDS if kind.slug == "villkor")
    rows = [dict(cells) for _, cells in criteria.rows()]
    assert [row["Nummer"] for row in rows] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [row["Kräver skriftlig motivering"] for row in rows].count("Ja") == 1
    assert {row["Gäller till och med"] for row in rows} == {"–"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_each_kind_has_a_form_to_add_and_to_change(nils, kind):
    first = kind.model.objects.order_by("pk").first()
    for name, args in (("setting_new", [kind.slug]), ("setting_edit", [kind.slug, first.pk])):
        form = nils.get(reverse(name, args=args)).context["form"]
        assert set(form.fields) == set(kind.fields)


def test_a_longer_programme_holds_from_its_day_on(nils):
    old = ProgrammeLength.objects.get()
    nils.post(
        reverse("setting_edit", args=["programlangd", old.pk]),
        {"months": 6, "valid_from": "2016-10-01", "valid_until": "2026-12-31"},
    )
    nils.post(
        reverse("setting_new", args=["programlangd"]), {"months": 9, "valid_from": "2027-01-01"}
    )
    assert planned_end_for(date(2026, 12, 31)) == date(2027, 6, 30)
    assert planned_end_for(date(2027, 1, 1)) == date(2027, 10, 1)


def test_a_goal_that_changes_leaves_earlier_months_with_theirs(nils):
    old = Goal.objects.get(measure="result")
    edit = reverse("setting_edit", args=["mal", old.pk])
    nils.post(
        edit,
        {
            "measure": "result",
            "target": "60",
            "valid_from": "2016-10-01",
            "valid_until": "2026-12-31",
        },
    )
    nils.post(
        reverse("setting_new", args=["mal"]), {"measure": "result", "target": "65,5", "valid_from": "2027-01-01"}
    )  # fmt: skip
    goals = [goals_on(day).result for day in (date(2026, 12, 31), date(2027, 1, 31))]
    assert [str(goal) for goal in goals] == ["60.0", "65.5"]


@pytest.mark.parametrize(
    "wrong",
    [{"min_age": "30"}, {"valid_until": "2015-01-01"}, {"name": ""}, {"valid_from": "i går"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_makes_no_sense_is_refused_and_nothing_is_saved(nils, wrong):
    data = {
        "name": "Nytt",
        "code": "nytt",
        "min_age": "16",
        "max_age": "24",
        "valid_from": "2027-01-01",
    }
    before = Track.objects.count()
    answer = nils.post(reverse("setting_new", args=["spar"]), data | wrong)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert Track.objects.count() == before


ESF = {
    "name": "BASUN", "diary_number": "2016/00001", "paper_counts": "on", "drawn_counts": "on",
    "needs_countersignature": "on", "code_female": "Tf29", "code_male": "Tf19",
}  # fmt: skip


def test_which_signatures_count_changes_from_a_day_on(nils):
    old = EsfProject.objects.get(valid_until=None)
    days = {"valid_from": str(old.valid_from), "valid_until": "2026-12-31"}
    nils.post(
        reverse("setting_edit", args=["esf-projekt", old.pk]), ESF | days | {"link_counts": "on"}
    )
    nils.post(reverse("setting_new", args=["esf-projekt"]), ESF | {"valid_from": "2027-01-01"})
    counting = [EsfProject.on(day).methods for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert counting == [["paper", "drawn", "link"], ["paper", "drawn"]]


def test_two_rules_for_the_same_day_are_refused(nils):
    answer = nils.post(
        reverse("setting_new", args=["esf-projekt"]), ESF | {"valid_from": "2027-01-01"}
    )
    assert answer.status_code == 422 and "En annan gäller redan" in answer.content.decode()
    assert EsfProject.objects.count() == 2


def test_an_unknown_kind_does_not_exist(nils):
    assert nils.get(reverse("setting_new", args=["hemligt"])).status_code == 404
