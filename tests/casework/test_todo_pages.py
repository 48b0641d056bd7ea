"""The pages of tasks: whose lists, what a tap does, and what is told when somebody was faster."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from casework.models import Task, TaskMove, TaskStatus
from casework.todo import actions
from participants.enums import Category
from participants.models import Consent
from tests.casework.todo_world import act, enrolled, logged, make_task
from tests.cast import make_person, protect

pytestmark = pytest.mark.django_db
LIST = "/uppgifter/"


def shown(client, view="mina", **more) -> str:
    return client.get(LIST, {"vy": view} | more).content.decode()


def test_my_list_is_grouped_by_when(client, pedagogue):
    for days in (-3, 0, 30, None):
        make_task(pedagogue, days=days, text=f"sak {days}")
    client.force_login(pedagogue)
    page = shown(client)
    order = [page.index(word) for word in ("Försenade", "I dag", "Senare", ">Utan datum")]
    assert order == sorted(order)
    assert "Den här veckan" not in page


def test_each_list_has_its_own(client, pedagogue, other_pedagogue):
    make_task(pedagogue, text="min egen")
    make_task(other_pedagogue, by=pedagogue, text="gett bort")
    make_task(None, by=other_pedagogue, to_role=Role.PEDAGOGUE, text="vår sak")
    make_task(None, by=other_pedagogue, to_role=Role.COUNSELLOR, text="deras sak")
    client.force_login(pedagogue)
    words = ("min egen", "gett bort", "vår sak", "deras sak")
    found = {view: [word for word in words if word in shown(client, view)] for view in
             ("mina", "vara", "givna")}  # fmt: skip
    assert found == {"mina": ["min egen"], "vara": ["vår sak"], "givna": ["gett bort"]}


def test_the_list_logs_exactly_the_people_shown(client, pedagogue):
    mine, other = enrolled(pedagogue), enrolled(pedagogue)
    make_task(pedagogue, person=mine)
    make_task(pedagogue, person=mine, text="Skriv till skolan")
    make_task(pedagogue, person=other, text="Senare", days=None)
    client.force_login(pedagogue)
    before = len(logged())
    assert "Skriv till skolan" in shown(client, deltagare=mine.pk)
    assert logged()[before:] == [mine.pk]
    page = shown(client)
    assert mine.full_name in page and sorted(logged()[before + 1 :]) == sorted([mine.pk, other.pk])


def test_a_list_of_many_costs_no_more_than_of_few(client, pedagogue, django_assert_max_num_queries):
    people = [enrolled(pedagogue, consent=True) for _ in range(5)]
    for number in range(200):
        make_task(pedagogue, person=people[number % 5], text=f"sak {number}")
    client.force_login(pedagogue)
    with django_assert_max_num_queries(40):
        page = shown(client)
    assert page.count('class="todo__item"') == 50 and "av 200 uppgifter" in page.replace(
        "\xa0", " "
    )


def test_done_with_one_tap_and_undone_with_another(client, pedagogue):
    task = make_task(pedagogue, person=enrolled(pedagogue))
    client.force_login(pedagogue)
    answer = act(client, task, "done", fragment=True)
    assert "Hur gick det?" in answer.content.decode() and "<html" not in answer.content.decode()
    task.refresh_from_db()
    assert task.status == TaskStatus.DONE and task.closed_by == pedagogue
    page = shown(client)
    assert "Nyss avslutade" in page
    act(client, task, "outcome", outcome="Bra, de ringer upp")
    act(client, task, "reopen")
    task.refresh_from_db()
    assert task.is_open and task.outcome == ""


def test_how_it_went_is_kept(client, pedagogue):
    task = make_task(pedagogue)
    client.force_login(pedagogue)
    act(client, task, "done")
    act(client, task, "outcome", outcome="Bra")
    task.refresh_from_db()
    assert task.outcome == "Bra" and "Bra" in client.get(task.get_absolute_url()).content.decode()


def test_without_javascript_one_comes_back_to_the_list(client, pedagogue):
    task = make_task(pedagogue)
    client.force_login(pedagogue)
    answer = act(client, task, "done", tillbaka="/uppgifter/?vy=vara")
    assert answer.status_code == 302 and answer.url == "/uppgifter/?vy=vara"


@pytest.mark.parametrize("away", ["https://exempel.se/", "//exempel.se/", "javascript:x"])
def test_the_way_back_never_leads_out_of_the_house(client, pedagogue, away):
    client.force_login(pedagogue)
    assert act(client, make_task(pedagogue), "done", tillbaka=away).url == LIST


def test_two_who_mark_the_same_task_done_hear_who_was_first(client, pedagogue, other_pedagogue):
    task = make_task(pedagogue, person=enrolled(pedagogue))
    actions.finish(task=task, by=other_pedagogue)
    client.force_login(pedagogue)
    page = act(client, task, "done", fragment=True).content.decode()
    assert "ändrats av någon annan" in page and other_pedagogue.name in page
    task.refresh_from_db()
    assert task.closed_by == other_pedagogue and task.version == 2


def test_the_day_is_moved_with_a_tap_or_written(client, pedagogue):
    task = make_task(pedagogue)
    client.force_login(pedagogue)
    act(client, task, "due|2027-01-11")
    task.refresh_from_db()
    assert f"{task.due_on}" == "2027-01-11"
    act(client, task, "due", due_on="2027-02-01")
    task.refresh_from_db()
    assert f"{task.due_on}" == "2027-02-01"
    act(client, task, "due|inget")
    task.refresh_from_db()
    assert task.due_on is None
    assert "Skriv dagen så här" in act(client, task, "due|aldrig", fragment=True).content.decode()


def test_what_is_ours_is_taken_by_one(client, pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    task = make_task(None, by=other_pedagogue, to_role=Role.PEDAGOGUE, person=person)
    client.force_login(pedagogue)
    act(client, task, "take")
    task.refresh_from_db()
    assert task.assigned_to == pedagogue
    client.force_login(other_pedagogue)
    assert "hann ta" in act(client, task, "take", fragment=True).content.decode()
    task.refresh_from_db()
    assert task.assigned_to == pedagogue and task.moves.count() == 1


def test_a_task_is_given_to_a_colleague_with_a_reason(client, pedagogue, other_pedagogue):
    task = make_task(pedagogue, person=enrolled(pedagogue))
    client.force_login(pedagogue)
    data = {"who": f"p{other_pedagogue.pk}", "reason": "Jag är ledig", "version": task.version}
    assert client.post(reverse("todo:give", args=[task.pk]), data).status_code == 302
    task.refresh_from_db()
    assert task.assigned_to == other_pedagogue
    page = client.get(task.get_absolute_url()).content.decode()
    assert "Jag är ledig" in page and f"gav den till {other_pedagogue.name}" in page


def test_giving_what_somebody_moved_meanwhile_is_told(client, pedagogue, other_pedagogue, lead):
    task = make_task(pedagogue, person=enrolled(pedagogue))
    actions.move(task=task, by=lead, to_user=lead)
    client.force_login(pedagogue)
    data = {"who": f"p{other_pedagogue.pk}", "version": task.version}
    answer = client.post(reverse("todo:give", args=[task.pk]), data)
    assert answer.status_code == 422 and "ändrats av någon annan" in answer.content.decode()
    assert Task.objects.get(pk=task.pk).assigned_to == lead


def test_the_officer_gets_no_task_without_a_consent(client, pedagogue, officer):
    person = enrolled(pedagogue, officer)
    client.force_login(pedagogue)
    data = {"text": "Besluta om praktik", "who": f"p{officer.pk}", "due": "inget"}
    url = reverse("todo:new_for", args=[person.pk])
    answer = client.post(url, data)
    assert answer.status_code == 422 and "samtycke" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_counsellor_without_the_person_gets_no_task_either(client, pedagogue, counsellor):
    person = enrolled(pedagogue)
    client.force_login(pedagogue)
    data = {"text": "Vägled", "who": f"p{counsellor.pk}", "due": "inget"}
    answer = client.post(reverse("todo:new_for", args=[person.pk]), data)
    assert answer.status_code == 422 and "inte ser deltagaren" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_new_task_in_one_line(client, pedagogue, officer):
    person = enrolled(pedagogue, officer, consent=True)
    client.force_login(pedagogue)
    tomorrow = timezone.localdate() + timedelta(days=7)
    data = {"text": "Ring hem", "who": "mig", "due": "inget", "due_on": f"{tomorrow}"}
    client.post(reverse("todo:new_for", args=[person.pk]), data)
    task = Task.objects.get()
    assert (task.participant, task.assigned_to, task.due_on) == (person, pedagogue, tomorrow)
    data = {"text": "Besluta", "who": f"p{officer.pk}", "due": "inget"}
    client.post(reverse("todo:new_for", args=[person.pk]), data)
    data = {"text": "Någon", "who": "f-sius_consultant", "due": f"{timezone.localdate()}"}
    client.post(reverse("todo:new"), data | {"participant": person.pk})
    assert list(Task.objects.order_by("pk").values_list("to_role", "participant"))[1:] == [
        ("", person.pk),
        ("sius_consultant", person.pk),
    ]


def test_from_the_top_bar_only_ones_own_people_are_offered(client, pedagogue, other_pedagogue):
    mine, other = enrolled(pedagogue), enrolled(other_pedagogue)
    client.force_login(pedagogue)
    page = client.get(reverse("todo:new")).content.decode()
    assert mine.full_name in page and other.full_name not in page
    assert logged() == [mine.pk]
    data = {"text": "x", "who": "mig", "due": "inget", "participant": other.pk}
    assert client.post(reverse("todo:new"), data).status_code == 422


def test_a_withdrawn_consent_takes_the_task_from_the_officer_to_those_without_owner(
    client, pedagogue, officer, lead, other_pedagogue
):
    person = enrolled(pedagogue, officer, consent=True)
    task = make_task(officer, by=pedagogue, person=person, text="Besluta om praktik")
    client.force_login(officer)
    assert "Besluta om praktik" in shown(client)
    Consent.objects.filter(category=Category.PLAN).update(
        withdrawn_at=timezone.now(), withdrawn_by=pedagogue
    )
    assert "Besluta om praktik" not in shown(client)
    assert act(client, task, "done").status_code == 404
    for user, sees in ((pedagogue, True), (lead, True), (other_pedagogue, False)):
        client.force_login(user)
        page = shown(client, "utan-agare")
        assert ("Besluta om praktik" in page) is sees
        assert (f"{officer.name} ser inte deltagaren" in page) is sees


def test_what_somebody_left_behind_stands_without_owner(client, lead, counsellor, pedagogue):
    make_task(counsellor, text="En egen sak")
    make_task(pedagogue, person=enrolled(pedagogue), text="Har en ägare")
    make_task(None, by=lead, to_role=Role.SIUS_CONSULTANT, text="Ingen SIUS finns")
    counsellor.is_active = False
    counsellor.save()
    client.force_login(lead)
    page = shown(client, "utan-agare")
    assert "En egen sak" in page and "Ingen SIUS finns" in page and "Har en ägare" not in page
    assert "arbetar inte här längre" in page and "Ingen arbetar i den funktionen" in page
    task = Task.objects.get(text="En egen sak")
    data = {"who": "mig", "version": task.version}
    client.post(reverse("todo:give", args=[task.pk]), data)
    assert Task.objects.get(pk=task.pk).assigned_to == lead and TaskMove.objects.count() == 1


def test_without_owner_costs_the_same_for_many(client, lead, counsellor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert "Vägled" in shown(client, "utan-agare")
        return len(found)

    client.force_login(lead)
    make_task(counsellor, by=lead, person=enrolled(), text="Vägled")
    shown(client, "utan-agare")
    few = queries()
    for _ in range(10):
        make_task(counsellor, by=lead, person=enrolled())
    assert queries() == few


def test_a_protected_person_stands_by_code_and_for_others_not_at_all(
    client, pedagogue, other_pedagogue
):
    person = enrolled(pedagogue)
    protect(person, [pedagogue])
    make_task(pedagogue, person=person, text="Skyddat ärende")
    make_task(other_pedagogue, by=pedagogue, person=person, text="Skyddat ärende två")
    client.force_login(pedagogue)
    page = shown(client)
    assert person.code in page and person.first_name not in page
    client.force_login(other_pedagogue)
    assert "Skyddat" not in shown(client)
    task = Task.objects.get(text="Skyddat ärende två")
    assert client.get(task.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "role", ["pedagogue", "lead", "coordinator", "counsellor", "officer", "sius"]
)
def test_those_who_have_tasks_have_the_pages(client, role, request):
    client.force_login(request.getfixturevalue(role))
    for name in ("todo:list", "todo:new"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "development_lead", "steering"])
def test_others_do_not(client, role, request):
    client.force_login(request.getfixturevalue(role))
    for name in ("todo:list", "todo:new"):
        assert client.get(reverse(name)).status_code == 403


def test_a_persons_tab_shows_what_is_to_be_done_and_what_was(client, pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    make_task(other_pedagogue, person=person, text="Öppen sak")
    actions.finish(task=make_task(pedagogue, person=person, text="Klar sak"), by=pedagogue)
    client.force_login(pedagogue)
    page = client.get(reverse("todo:person", args=[person.pk])).content.decode()
    assert page.index("Öppen sak") < page.index("Avslutade") < page.rindex("Klar sak")
    front = client.get(person.get_absolute_url()).content.decode()
    assert "Öppen sak" in front and "Klar sak" in front


def test_several_are_struck_at_once_with_a_reason(client, pedagogue):
    person = enrolled(pedagogue)
    first, second = (make_task(pedagogue, person=person, text=word) for word in ("en", "två"))
    client.force_login(pedagogue)
    url = reverse("todo:strike", args=[person.pk])
    client.post(url, {"tasks": [first.pk], "reason": "Behövs inte"})
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, first.outcome, second.status) == ("dropped", "Behövs inte", "open")
    other = make_task(pedagogue, person=make_person(), text="annans")
    assert client.post(url, {"tasks": [other.pk], "reason": "x"}).status_code == 422
