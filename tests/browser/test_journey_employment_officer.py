"""An employment officer, on a phone, sees what participants have said yes to, and no more."""

import pytest

from participants.enums import Category
from tests.browser.conftest import PHONE
from tests.cast import enrol, give_consent, make_person


@pytest.fixture
def people(pedagogue, officer):
    """Three whom the officer is assigned to: with consent to the plan, to attendance, to nothing."""
    people = [make_person(name, "Öberg") for name in ("Åsa", "Maja", "Per")]
    for person in people:
        enrol(person, contact=pedagogue, officer=officer)
    give_consent(people[0], [Category.PLAN])
    give_consent(people[1], [Category.ATTENDANCE])
    return people


@pytest.fixture
def britta(visitor, officer, people):
    return visitor(officer, viewport=PHONE, has_touch=True)


def test_the_officer_lists_and_finds_those_with_consent_alone(britta, people):
    britta.goes_to("/deltagare/")
    britta.sees("Åsa Öberg")
    britta.does_not_see("Maja Öberg", "Per Öberg")
    britta.searches("Öberg")
    britta.sees("Åsa Öberg", "Maja Öberg")
    britta.does_not_see("Per Öberg")
    assert britta.goes_to(people[2].get_absolute_url()).status == 404


def test_the_officer_opens_the_covered_tabs_alone(britta, people):
    britta.goes_to(people[0].get_absolute_url())
    plan = [
        "Översikt",
        "Anteckningar",
        "Plan",
        "Att göra",
        "Insatser",
        "Personuppgifter",
        "Inskrivningar",
    ]
    assert tabs(britta) == [*plan, "Samtycke"]
    britta.goes_to(people[1].get_absolute_url())
    assert tabs(britta) == ["Översikt", "Anteckningar", "Närvaro", "Vecka", "Samtycke"]
    britta.does_not_see("Planerat slut", "Anna Berg")
    assert britta.goes_to(f"/deltagare/{people[1].pk}/uppgifter/").status == 404
    assert britta.goes_to(f"/deltagare/{people[1].pk}/plan/").status == 404


def tabs(visitor) -> list[str]:
    """The tabs of the person's page, in order."""
    return visitor.main.locator(".tabs a").all_inner_texts()


def test_a_consent_taken_back_holds_at_the_next_click(visitor, britta, pedagogue, people):
    britta.goes_to("/deltagare/")
    britta.follows("Åsa Öberg")
    withdraws(visitor(pedagogue), people[0])
    assert goes_on(britta, "Personuppgifter") == 404
    britta.goes_to("/deltagare/")
    britta.does_not_see("Åsa Öberg")


def withdraws(anna, person):
    anna.goes_to(person.get_absolute_url())
    anna.follows("Samtycke")
    anna.follows("Återkalla Planering och inskrivning")
    anna.presses("Återkalla samtycket")
    anna.sees("Samtycket är återkallat.")


def goes_on(visitor, tab: str) -> int:
    """Click a tab and return what the server answered."""
    with visitor.page.expect_navigation() as going:
        visitor.main.get_by_role("link", name=tab).click()
    visitor.look_over(visitor.page)
    return going.value.status
