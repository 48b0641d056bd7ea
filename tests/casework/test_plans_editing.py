"""The page three look at: it saves field by field, and two who write at once both keep their words."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Plan, PlanClash, PlanGoal, PlanStep, PlanText
from casework.plans import editing
from core.errors import Refused
from core.models import AccessLogEntry
from tests.casework.plans_world import WISHES, lay_table, person_with_staff, write
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alva(pedagogue, officer):
    return person_with_staff(pedagogue, officer)


def address(person, name="save"):
    return reverse(f"plans:{name}", args=[person.pk])


def two_windows(one, other):
    """Return two browsers of two users."""
    return sign_in(Client(), one), sign_in(Client(), other)


def posted(name, value, was=""):
    return {name: value, f"was:{name}": was}


def words(field="wishes"):
    return PlanText.objects.get(field=field).text


def test_a_text_is_saved_by_itself_and_the_answer_is_the_table(client, alva, pedagogue):
    person, _ = alva
    answer = sign_in(client, pedagogue).post(address(person), posted("text:wishes", WISHES))
    assert answer.status_code == 200 and WISHES in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert words() == WISHES and PlanText.objects.get(field="wishes").changed_by == pedagogue


def test_two_in_different_fields_never_meet(alva, pedagogue, officer):
    person, enrolment = alva
    _, step = lay_table(enrolment, pedagogue)
    one, other = two_windows(pedagogue, officer)
    one.post(address(person), posted(f"step:{step}:text", "Ring i morgon", "Ring verkstaden"))
    other.post(address(person), posted(f"step:{step}:due_on", "2027-01-11"))
    other.post(address(person), posted("text:needs", "Ett körkort"))
    row = PlanStep.objects.get(pk=step)
    assert (row.text, f"{row.due_on}", words("needs")) == (
        "Ring i morgon",
        "2027-01-11",
        "Ett körkort",
    )
    assert not PlanClash.objects.exists()


def test_two_in_the_same_field_both_keep_their_words_and_both_see_them(alva, pedagogue, officer):
    person, _ = alva
    one, other = two_windows(pedagogue, officer)
    one.post(address(person), posted("text:wishes", "Bilar"))
    answer = other.post(address(person), posted("text:wishes", "Båtar"))
    assert words() == "Bilar"
    assert PlanClash.objects.get().typed == {"words": "Båtar"}
    for page in (answer, one.get(address(person, "news")), one.get(address(person, "edit"))):
        text = page.content.decode()
        assert "Bilar" in text and "Båtar" in text and "Sätt ihop båda" in text


def test_what_the_second_goes_on_writing_takes_the_place_of_what_was_kept(alva, pedagogue, officer):
    person, _ = alva
    one, other = two_windows(pedagogue, officer)
    one.post(address(person), posted("text:wishes", "Bilar"))
    for typed in ("Båt", "Båtar och", "Båtar och tåg"):
        other.post(address(person), posted("text:wishes", typed))
    assert [each.typed for each in PlanClash.objects.all()] == [{"words": "Båtar och tåg"}]


@pytest.mark.parametrize(
    ("choice", "becomes"),
    [(editing.KEEP, "Bilar"), (editing.OTHER, "Båtar"), (editing.BOTH, "Bilar\n\nBåtar")],
)
def test_either_may_choose_one_the_other_or_both(alva, pedagogue, officer, choice, becomes):
    person, enrolment = alva
    write(enrolment, pedagogue, text__wishes="Bilar")
    write(enrolment, officer, text__wishes="Båtar")
    pk = PlanClash.objects.get().pk
    form = {"krock": f"{pk}:{choice}", f"sett:{pk}": "Bilar"}
    assert sign_in(Client(), pedagogue).post(address(person, "settle"), form).status_code == 302
    assert words() == becomes and PlanClash.objects.get().settled_by == pedagogue


def test_a_choice_between_words_that_have_changed_meanwhile_is_made_again(alva, pedagogue, officer):
    _, enrolment = alva
    write(enrolment, pedagogue, text__wishes="Bilar")
    write(enrolment, officer, text__wishes="Båtar")
    write(enrolment, pedagogue, text__wishes=("Bilar och bussar", "Bilar"))
    clash = PlanClash.objects.get()
    facts = {"enrolment": enrolment, "clash_id": clash.pk, "choice": editing.OTHER, "by": officer}
    with pytest.raises(Refused, match="ändrades medan"):
        editing.settle(seen="Bilar", **facts)
    assert words() == "Bilar och bussar"


def test_a_save_sent_again_is_the_same_save(alva, pedagogue):
    _, enrolment = alva
    for _ in range(2):
        assert not write(enrolment, pedagogue, text__wishes="Bilar").clashed
    assert PlanText.objects.get().version == 2 and Plan.objects.count() == 1


def test_a_new_goal_and_step_are_made_once_however_often_they_are_sent(alva, pedagogue):
    _, enrolment = alva
    goal, step = lay_table(enrolment, pedagogue)
    form = posted(f"step:{step}:text", "Ring verkstaden") | {f"step:{step}:goal": goal}
    editing.save(
        enrolment=enrolment,
        wishes=editing.wishes_in(form),
        goals=editing.goals_of_new_steps(form),
        by=pedagogue,
    )
    assert (PlanGoal.objects.count(), PlanStep.objects.count()) == (1, 1)


def test_a_key_of_somebody_elses_plan_writes_nothing_there(alva, pedagogue):
    _, enrolment = alva
    other = enrol(make_person(), contact=pedagogue)
    goal, step = lay_table(other, pedagogue)
    form = {f"step:{step}:text": "Intrång", f"was:step:{step}:text": "Ring verkstaden"}
    form |= {f"step:{step}:goal": goal}
    saved = editing.save(
        enrolment=enrolment,
        wishes=editing.wishes_in(form),
        goals=editing.goals_of_new_steps(form),
        by=pedagogue,
    )
    assert saved.refused and PlanStep.objects.get(pk=step).text == "Ring verkstaden"


def test_a_wrong_day_is_refused_and_the_rest_is_saved(alva, pedagogue):
    _, enrolment = alva
    _, step = lay_table(enrolment, pedagogue)
    saved = write(
        enrolment, pedagogue, **{f"step__{step}__due_on": "2026-99-99", "text__needs": "Tid"}
    )
    assert list(saved.refused) == [f"step:{step}:due_on"] and words("needs") == "Tid"


def test_what_is_taken_away_can_be_put_back_and_comes_back_when_written_in(client, alva, pedagogue):
    person, enrolment = alva
    goal, step = lay_table(enrolment, pedagogue)
    sign_in(client, pedagogue).post(address(person), {"ta_bort": f"step:{step}"})
    assert PlanStep.objects.get().removed_at
    page = client.get(address(person, "edit")).content.decode()
    assert "Borttaget som går att ta tillbaka" in page
    client.post(address(person), {"ta_tillbaka": f"step:{step}"})
    assert PlanStep.objects.get().removed_at is None
    client.post(address(person), {"ta_bort": f"goal:{goal}"})
    client.post(address(person), posted(f"goal:{goal}:text", "Ett jobb", "Få en praktik"))
    assert PlanGoal.objects.get().removed_at is None


def test_the_page_works_without_scripts(client, alva, pedagogue):
    person, enrolment = alva
    _, step = lay_table(enrolment, pedagogue)
    form = posted("text:needs", "Ett körkort") | posted(
        f"step:{step}:who", f"user:{pedagogue.pk}", "participant"
    )
    answer = sign_in(client, pedagogue).post(address(person, "edit"), form | {"klar": "1"})
    assert answer.url == address(person, "propose")
    assert PlanStep.objects.get().user == pedagogue
    client.post(address(person, "edit"), {"nytt_mal": "1"})
    assert PlanGoal.objects.count() == 2


def test_nothing_new_is_not_shown_and_not_logged(client, alva, pedagogue):
    person, enrolment = alva
    lay_table(enrolment, pedagogue)
    first = sign_in(client, pedagogue).get(address(person, "edit"))
    revision = first.context["table"].revision
    before = AccessLogEntry.objects.count()
    assert client.get(f"{address(person, 'news')}?sedan={revision}").status_code == 304
    assert AccessLogEntry.objects.count() == before
    write(enrolment, pedagogue, text__needs="Mer")
    assert client.get(f"{address(person, 'news')}?sedan={revision}").status_code == 200


def test_a_page_somebody_else_opened_saves_nothing_in_our_name(client, alva, pedagogue, officer):
    person, _ = alva
    form = posted("text:wishes", "Bilar") | {"vem": officer.pk}
    assert sign_in(client, pedagogue).post(address(person), form).status_code == 409
    assert not PlanText.objects.filter(text="Bilar").exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("pedagogue", 200),
        ("lead", 200),
        ("officer", 200),
        ("coordinator", 403),
        ("administrator", 403),
    ],
)
def test_who_may_edit(client, alva, request, role, status):
    person, _ = alva
    user = request.getfixturevalue(role)
    assert sign_in(client, user).get(address(person, "edit")).status_code == status


def test_without_consent_there_is_no_plan_for_the_officer(client, pedagogue, officer):
    person, _ = person_with_staff(pedagogue, officer, consent=())
    for name in ("edit", "plan", "book", "proposal"):
        assert sign_in(client, officer).get(address(person, name)).status_code == 404
    page = sign_in(Client(), pedagogue).get(address(person, "edit")).content.decode()
    assert "hålls utan Arbetsförmedlingen" in page


def test_a_protected_persons_step_is_offered_to_those_on_the_list_only(client, pedagogue, lead):
    person, _ = person_with_staff(pedagogue, protected=True, readers=[pedagogue])
    page = sign_in(client, pedagogue).get(address(person, "edit"))
    assert person.code in page.content.decode() and "Planlund" not in page.content.decode()
    assert [label for _, label in page.context["table"].people] == [
        "Jag",
        pedagogue.name,
        "Någon annan",
    ]


def test_the_table_costs_the_same_however_long_it_is(
    client, alva, pedagogue, django_assert_max_num_queries
):
    person, enrolment = alva
    for _ in range(2):
        lay_table(enrolment, pedagogue)
    sign_in(client, pedagogue)
    with django_assert_max_num_queries(60) as few:
        client.get(address(person, "edit"))
    for _ in range(6):
        lay_table(enrolment, pedagogue, step=f"Steg {uuid4()}"[:40])
    with django_assert_max_num_queries(len(few)):
        client.get(address(person, "edit"))
