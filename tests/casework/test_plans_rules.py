"""Pure rules: what differs between two versions, who has to agree, what is frozen, when a plan is talked about."""

from datetime import date, timedelta

import pytest

from casework.models import Party
from casework.plans import content, difference
from casework.plans.editing import Wish, wishes_in
from casework.plans.parties import parties_for
from casework.plans.reviews import Facts, signals_of, step_of

DAY = date(2026, 11, 23)
STEP = {"id": "s1", "text": "Ring verkstaden", "who": "Jag", "by": "2026-12-01"}
PLAN = {
    "wishes": "Jag vill jobba med bilar",
    "needs": "",
    "circumstances": "",
    "goals": [{"id": "g1", "kind": "work", "text": "Få ett jobb", "steps": [STEP]}],
    "next_meeting": "",
    "review_on": "2027-01-18",
}
KEY = "11111111-1111-4111-8111-111111111111"


def changed(**facts):
    return PLAN | facts


def with_steps(*steps, text="Få ett jobb", kind="work"):
    return changed(goals=[{"id": "g1", "kind": kind, "text": text, "steps": list(steps)}])


def marks(after):
    found = difference.between(PLAN, after)
    return [mark for goal in found.goals for step in goal.steps for mark in step.marks]


def test_without_an_officer_two_agree_and_with_one_three():
    assert parties_for(has_officer=False) == [Party.PARTICIPANT, Party.PEDAGOGUE]
    assert parties_for(has_officer=True) == [Party.PARTICIPANT, Party.PEDAGOGUE, Party.OFFICER]


def test_the_same_content_has_the_same_hash_and_another_word_another():
    again = dict(reversed(PLAN.items()))
    assert content.sha256_of(PLAN) == content.sha256_of(again)
    assert content.sha256_of(PLAN) != content.sha256_of(changed(wishes="Jag vill jobba med båtar"))


def test_two_that_say_the_same_differ_in_nothing():
    assert difference.between(PLAN, PLAN).is_empty


def test_words_that_came_and_went_are_marked_one_by_one():
    found = difference.pieces("Jag vill jobba med bilar", "Jag vill studera om bilar")
    assert [(each.kind, each.text.strip()) for each in found] == [
        ("same", "Jag vill"),
        ("removed", "jobba med"),
        ("added", "studera om"),
        ("same", "bilar"),
    ]
    assert (
        "".join(each.text for each in found if each.kind != "removed")
        == "Jag vill studera om bilar"
    )


@pytest.mark.parametrize(
    ("after", "mark"),
    [
        (STEP | {"by": "2026-12-08"}, "Ändrat datum: 2026-12-01 → 2026-12-08"),
        (STEP | {"by": ""}, "Ändrat datum: 2026-12-01 → inget"),
        (STEP | {"who": "Anna Berg"}, "Ändrat vem: Jag → Anna Berg"),
        (STEP | {"text": "Mejla verkstaden"}, "Ändrat steg"),
    ],
)
def test_a_changed_step_says_what_about_it(after, mark):
    assert marks(with_steps(after)) == [mark]


def test_steps_that_came_and_went_are_told_by_their_keys():
    other = STEP | {"id": "s2"}
    assert marks(with_steps(STEP, other)) == ["Nytt steg"]
    assert marks(with_steps(other)) == ["Nytt steg", "Borttaget steg"]


def test_a_goal_that_is_gone_takes_its_steps_along():
    (goal,) = difference.between(PLAN, changed(goals=[])).goals
    assert goal.marks == ("Borttaget mål",) and goal.steps[0].marks == ("Borttaget steg",)


def test_a_first_version_is_all_new():
    found = difference.between(None, PLAN)
    assert found.texts[0].marks == ("Ny text",) and found.goals[0].marks == ("Nytt mål",)


def test_when_one_meets_is_no_part_of_what_was_agreed():
    assert content.says_the_same(PLAN, changed(next_meeting="2026-12-01 13:00, Jobbcenter"))
    assert not content.says_the_same(PLAN, changed(review_on="2027-02-01"))


def test_only_what_changed_on_a_page_is_a_wish_and_nothing_a_plan_does_not_have():
    posted = {
        "text:wishes": "Nytt\r\nord",
        "was:text:wishes": "Gammalt",
        "text:needs": "Lika",
        "was:text:needs": "Lika",
        "text:secret": "x",
        f"step:{KEY}:done_on": "2026-01-01",
        "step:1 OR 1:text": "x",
        "plan:version": "9",
        f"goal:{KEY}:text": "Mål",
    }
    assert wishes_in(posted) == [
        Wish("wishes", "words", "Nytt\nord", "Gammalt"),
        Wish(f"goal:{KEY}", "text", "Mål", ""),
    ]


@pytest.mark.parametrize(("days", "said"), [(15, False), (14, True), (0, True), (-3, True)])
def test_a_review_is_told_of_from_two_weeks_before(days, said):
    facts = Facts(DAY, review_on=DAY + timedelta(days=days), has_plan=True)
    assert bool(signals_of(facts, DAY)) is said
    assert bool(step_of(facts, DAY)) is said


@pytest.mark.parametrize(("days", "said"), [(29, False), (30, True)])
def test_being_without_a_plan_is_told_of_after_thirty_days(days, said):
    facts = Facts(DAY - timedelta(days=days))
    assert [each.text for each in signals_of(facts, DAY)] == (["Ingen plan än"] if said else [])


def test_a_proposal_says_whom_it_waits_for():
    facts = Facts(DAY, waits_for=("deltagaren", "arbetsförmedlaren"))
    assert step_of(facts, DAY).text == "Planen väntar på: deltagaren och arbetsförmedlaren."
