"""The home page: what stands where for each role, whom to ring, and what it costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.permissions import Permission
from basun.home import Shown, arrange, greeting
from casework.models import Activity, Attendance, Session
from core.models import AccessLogEntry
from core.registry import HomeCard
from participants.actions.assignments import hand_over
from participants.contacts import is_silent
from tests.cast import assign, enrol, give_consent, make_person, make_user, protect


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@dataclass
class Somebody:
    """A user as far as the arrangement asks."""

    may_do: tuple = ()

    def may(self, permission):
        return permission in self.may_do


def shown(name, order, **facts):
    return Shown(HomeCard(name, None, order, **facts), {})


def names(cards):
    return [each.template for each in cards]


TODAY = shown("today", 1, wide=True, first_for=Permission.HAVE_TASKS)
NOTES, NEEDS = shown("notes", 7), shown("needs", 10, wide=True)
FIGURES = shown("figures", 50, wide=True, first_for=Permission.MAKE_REPORTS)


class TestArrangement:
    def test_today_opens_and_the_narrow_stand_beside(self):
        home = arrange([NEEDS, FIGURES, NOTES, TODAY], Somebody((Permission.HAVE_TASKS,)))
        assert names(home.first) == ["today"]
        assert names(home.side) == ["notes"]
        assert names(home.main) == ["needs"]
        assert names(home.figures) == ["figures"]
        assert home.in_columns
        assert not home.figures_first

    def test_figures_open_for_those_whose_work_they_are(self):
        home = arrange([NOTES, FIGURES], Somebody((Permission.MAKE_REPORTS,)))
        assert home.figures_first
        assert not home.in_columns

    def test_for_the_lead_the_day_comes_before_the_figures(self):
        both = Somebody((Permission.MAKE_REPORTS, Permission.HAVE_TASKS))
        assert not arrange([FIGURES, TODAY], both).figures_first

    def test_nothing_to_show(self):
        assert arrange([], Somebody()).is_empty


@pytest.mark.parametrize(
    ("hour", "words"), [(3, "God kväll"), (4, "God morgon"), (9, "God morgon"), (10, "Hej"), (17, "Hej"), (18, "God kväll")]
)  # fmt: skip
def test_how_one_says_hello(hour, words):
    assert greeting(datetime(2026, 11, 23, hour)) == words


@pytest.mark.parametrize(
    ("last", "since", "silent"),
    [(-14, -60, False), (-15, -60, True), (None, -15, True), (None, -14, False), (-90, -3, False)],
)
def test_two_weeks_without_contact_are_silence(last, since, silent):
    assert is_silent(last and day(last), day(since), day()) is silent


def meet(person, offset):
    activity, _ = Activity.objects.get_or_create(name="Verkstad", defaults={"kind": "group"})
    session, _ = Session.objects.get_or_create(activity=activity, held_on=day(offset))
    Attendance.objects.create(
        session=session, participant=person, held_on=day(offset), hours=2, status="present"
    )


def home(client, user):
    client.force_login(user)
    return " ".join(client.get("/").content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.django_db
class TestMine:
    def test_the_whole_caseload_and_who_is_silent(self, client, pedagogue, officer):
        for index in range(12):
            person = make_person(f"Person{index}x", "Ek", consent=True)
            enrol(person, contact=pedagogue, officer=officer)
        html = home(client, pedagogue)
        assert all(f"Person{index}x" in html for index in range(12))
        assert "12 deltagare har ingen haft kontakt med på mer än 14 dagar." in html

    def test_who_has_been_silent_stands_before_who_was_met(self, client, pedagogue, officer):
        facts = {"contact": pedagogue, "officer": officer}
        met, silent = make_person("Adam", "Ast", consent=True), make_person("Östen", "Öst", consent=True)  # fmt: skip
        for person in (met, silent):
            enrol(person, **facts)
        meet(met, -3)
        meet(silent, -20)
        html = home(client, pedagogue)
        card = html[html.index("Mina deltagare, de som") :]
        assert card.index("Östen") < card.index("Adam")
        assert "1 deltagare har ingen haft kontakt" in html

    @pytest.mark.parametrize("role", ["counsellor", "sius"])
    def test_those_assigned_to_a_counsellor_or_a_consultant(self, client, request, role, pedagogue):
        user = request.getfixturevalue(role)
        mine, other = make_person("Min", consent=["plan"]), make_person("Annans", consent=["plan"])
        enrol(other, contact=pedagogue)
        assign(enrol(mine, contact=pedagogue), role, user)
        html = home(client, user)
        assert "Min Testsson" in html
        assert "Annans" not in html

    def test_a_consultant_sees_nobody_without_consent(self, client, sius, pedagogue):
        mine = make_person("Min")
        assign(enrol(mine, contact=pedagogue), "sius", sius)
        assert "Min Testsson" not in home(client, sius)
        give_consent(mine, ["plan"])
        assert "Min Testsson" in home(client, sius)

    def test_the_cover_has_them_while_somebody_is_on_leave(
        self, client, pedagogue, other_pedagogue
    ):
        person = make_person("Lånad")
        enrolment = enrol(person, contact=pedagogue)
        hand_over(
            enrolment=enrolment, function="main_contact", holder=pedagogue, user=other_pedagogue,
            from_day=day(), until=day(7), by=pedagogue,
        )  # fmt: skip
        assert "Lånad Testsson" in home(client, other_pedagogue)
        assert "Lånad Testsson" not in home(client, pedagogue)


@pytest.mark.django_db
class TestOrphans:
    def test_the_lead_sees_those_without_a_contact_in_service(
        self, client, lead, pedagogue, other_pedagogue
    ):
        has, lost, never = make_person("Har"), make_person("Mist"), make_person("Aldrig")
        enrol(has, contact=pedagogue)
        enrol(lost, contact=other_pedagogue)
        enrol(never)
        hidden = make_person("Gömd")
        enrol(hidden)
        protect(hidden)
        other_pedagogue.is_active = False
        other_pedagogue.save()
        home(client, lead)
        logged = AccessLogEntry.objects.filter(what="home:orphans")
        assert set(logged.values_list("person_id", flat=True)) == {lost.pk, never.pk}
        html = home(client, lead)
        assert "Uppdrag kvar hos dem som slutat" in html
        assert hidden.code not in html

    def test_nothing_is_said_when_nobody_is_without(self, client, lead, pedagogue):
        enrol(make_person(), contact=pedagogue)
        html = home(client, lead)
        assert "Saknar huvudkontakt" not in html
        assert "Uppdrag kvar hos" not in html

    def test_a_pedagogue_is_not_told_of_closed_accounts(self, client, pedagogue, other_pedagogue):
        enrol(make_person(), contact=other_pedagogue)
        other_pedagogue.is_active = False
        other_pedagogue.save()
        assert "Uppdrag kvar hos" not in home(client, pedagogue)


EVERYBODY = (
    "pedagogue", "officer", "coordinator", "sius", "counsellor", "lead", "administrator",
    "development_lead", "steering", "evaluator", "system_administrator", "log_reviewer", "developer",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY)
def test_it_greets_every_role_and_names_it_once(client, request, role):
    user = request.getfixturevalue(role)
    html = home(client, user)
    assert f", {user.first_name}</h1>" in html
    assert user.role_labels in html


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["pedagogue", "counsellor", "lead"])
def test_it_costs_the_same_for_2_and_for_20(client, request, role, officer):
    user = request.getfixturevalue(role)
    contact = user if role == "pedagogue" else make_user("pedagogue", "Tyra", "Ulv")
    costs, people = [], SimpleNamespace(count=0)
    client.force_login(user)
    for total in (2, 20):
        while people.count < total:
            person = make_person(consent=True)
            enrolment = enrol(person, contact=contact, officer=officer)
            if role == "counsellor":
                assign(enrolment, "counsellor", user)
            meet(person, -20)
            people.count += 1
        client.get("/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/")
        costs.append(len(counted))
    assert costs[0] == costs[1]
    assert costs[0] < 160
