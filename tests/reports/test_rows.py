"""The people behind a figure: as many as it says, only those one may see, each logged."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from core.models import AccessLogEntry
from participants.enums import Area, ExitReason
from participants.models import Participant
from reports import tables
from reports.facts import everybody
from reports.overview import load_overview
from reports.rows import FIGURES, narrowing
from tests.cast import enrol, make_person, protect, sign_in
from tests.htmx import assert_swap_gives_page
from tests.reports.cohort import MARCH
from tests.reports.test_facts import attend

pytestmark = pytest.mark.django_db
PERIOD = "from=2019-03&to=2019-03"


def url(figure: str, more: str = "") -> str:
    return reverse("reports:figure_rows", args=[figure]) + f"?{PERIOD}{more}"


def logged() -> list[int]:
    return sorted(AccessLogEntry.objects.values_list("person_id", flat=True))


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def people(pedagogue):
    """Asta has left to work, Bo has come back, Cleo has hours that wait, Disa has none."""
    asta = make_person("Asta", "Alm", area=Area.ALBY)
    enrol(asta, starts_on=date(2019, 3, 1), ended_on=date(2019, 3, 31), reason=ExitReason.ILLNESS)
    bo = make_person("Bo", "Bok", female=False, area=Area.TUMBA)
    enrol(bo, starts_on=date(2019, 1, 1), ended_on=date(2019, 3, 5))
    enrol(bo, starts_on=date(2019, 3, 6))
    cleo = make_person("Cleo", "Cedervall", area=Area.TUMBA)
    enrol(cleo, contact=pedagogue, starts_on=date(2019, 3, 10))
    attend(cleo, date(2019, 3, 12), "2.5", attested=False)
    attend(asta, date(2019, 3, 12), "4", attested=True)
    enrol(make_person("Disa", "Dahl"), starts_on=date(2019, 3, 11))


@pytest.mark.usefixtures("people")
def test_every_number_of_the_tables_has_as_many_rows_behind_it():
    overview = load_overview(everybody(), MARCH)
    shown = [tables.main(overview.figures), *tables.splits(overview.figures)]
    cells = [cell for table in shown for line in table.lines for cell in line.cells if cell.figure]
    assert len(cells) > 40
    for cell in cells:
        given = dict(part.split("=") for part in cell.query.split("&") if part)
        found = FIGURES[cell.figure].find(overview.facts, MARCH, narrowing(given))
        if not cell.figure.startswith("timmar"):
            assert len(found) == int(cell.text), cell


@pytest.mark.usefixtures("people")
def test_the_page_names_those_behind_the_figure_and_logs_exactly_them(client, lead):
    page = text(sign_in(client, lead).get(url("avslutade")))
    assert "Asta Alm" in page
    assert "Bo Bok" in page
    assert "Cleo" not in page
    expected = Participant.objects.filter(first_name__in=["Asta", "Bo"])
    assert logged() == sorted(expected.values_list("pk", flat=True))


@pytest.mark.usefixtures("people")
def test_rows_say_what_an_exit_counts_as_and_never_why(client, lead):
    page = text(sign_in(client, lead).get(url("avslutade")))
    assert "Annat" in page
    assert "Sjukdom" not in page


@pytest.mark.usefixtures("people")
def test_not_yet_counted_says_who_to_ask_and_what_is_missing(client, lead, pedagogue):
    page = text(sign_in(client, lead).get(url("ej-tillgodoraknade")))
    assert "2,5 timmar väntar på att attesteras" in page
    assert "Ingen närvaro i perioden" in page
    assert pedagogue.name in page
    assert "Asta" not in page


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("&kon=M", {"Bo"}),
        ("&kommundel=tumba", {"Bo", "Cleo"}),
        ("&del=norra", {"Asta"}),
        ("&kommundel=okand", {"Disa"}),
        ("&kalla=utan&kon=F", {"Asta", "Cleo", "Disa"}),
    ],
)
def test_a_part_of_a_figure_opens_its_own_rows(client, lead, more, names):
    sign_in(client, lead).get(url("inskrivna", more))
    assert (
        set(Participant.objects.filter(pk__in=logged()).values_list("first_name", flat=True))
        == names
    )


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("more", ["&kon=X", "&kalla=nej", "&kommundel=solna", "&del=mitten"])
def test_a_part_that_nobody_has_is_404_and_not_a_wider_list(client, lead, more):
    assert sign_in(client, lead).get(url("inskrivna", more)).status_code == 404
    assert logged() == []


def test_a_figure_that_does_not_exist_is_404(client, lead):
    assert sign_in(client, lead).get("/nyckeltal/rader/diagnoser/").status_code == 404


@pytest.mark.usefixtures("people")
def test_a_protected_person_is_counted_but_not_shown_to_those_not_on_the_list(client, lead):
    hidden = Participant.objects.get(first_name="Cleo")
    protect(hidden)
    client = sign_in(client, lead)
    assert load_overview(everybody(), MARCH).figures.participants.total == 4
    page = text(client.get(url("inskrivna")))
    assert "Cleo" not in page
    assert hidden.code not in page
    assert hidden.pk not in logged()
    assert "1–3 av 3 rader" in page


@pytest.mark.usefixtures("people")
def test_a_protected_person_stands_as_a_code_for_those_on_the_list(client, lead):
    protected = Participant.objects.get(first_name="Cleo")
    protect(protected, [lead])
    page = text(sign_in(client, lead).get(url("inskrivna")))
    assert protected.code in page
    assert "Cleo" not in page
    assert protected.pk in logged()


@pytest.mark.usefixtures("people")
def test_the_page_always_says_whose_rows_it_shows(client, lead):
    page = text(sign_in(client, lead).get(url("till-studier")))
    assert "Raderna visar de personer du har behörighet att se." in page
    assert "Inga rader" in page


@pytest.mark.parametrize("who", ["pedagogue", "development_lead", "officer", "steering"])
def test_only_those_who_may_see_rows_do(client, request, who):
    assert sign_in(client, request.getfixturevalue(who)).get(url("inskrivna")).status_code == 403


@pytest.fixture
def many():
    for number in range(60):
        enrol(
            make_person("Person", f"Nummer{number:02d}"), starts_on=date(2019, 3, 1 + number % 30)
        )


@pytest.mark.usefixtures("many")
def test_page_two_shows_and_logs_the_rest_and_nobody_twice(client, lead):
    client = sign_in(client, lead)
    client.get(url("inskrivna"))
    first = logged()
    client.get(url("inskrivna", "&sida=2"))
    both = logged()
    assert (len(first), len(both), len(set(both))) == (50, 60, 60)


@pytest.mark.usefixtures("many")
def test_the_next_page_is_swapped_in(client, lead):
    assert_swap_gives_page(
        sign_in(client, lead), url("inskrivna", "&sida=2"), start=url("inskrivna"), target="results"
    )


@pytest.mark.usefixtures("many")
def test_fifty_rows_cost_as_many_queries_as_ten(client, lead, django_assert_max_num_queries):
    client = sign_in(client, lead)
    client.get(url("inskrivna"))
    counts = []
    for page in ("&sida=1", "&sida=2"):
        with django_assert_max_num_queries(40) as captured:
            client.get(url("inskrivna", page))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("people")
def test_the_home_page_names_and_logs_who_is_not_yet_counted_for_those_who_may(
    client, lead, pedagogue
):
    with time_machine.travel("2019-03-20 12:00:00+01:00", tick=False):
        page = text(sign_in(client, lead).get("/"))
        card = page[page.index("Ännu inte tillgodoräknade") :]
        assert all(name in card for name in ("Bo", "Cleo", "Disa Dahl"))
        # Whoever stands in several cards is logged once, with the first of them.
        shown = AccessLogEntry.objects.filter(what__startswith="home:").values("person_id")
        named = [each for each in Participant.objects.all() if each.full_name in page]
        assert {each.pk for each in named} == set(shown.values_list("person_id", flat=True))
        assert {"Bo", "Cleo", "Disa"} <= {each.first_name for each in named}


@pytest.mark.usefixtures("people")
def test_the_home_page_shows_figures_without_names_to_the_development_lead(
    client, development_lead
):
    with time_machine.travel("2019-03-20 12:00:00+01:00", tick=False):
        page = text(sign_in(client, development_lead).get("/"))
    assert "Mot målen" in page
    assert "Disa" not in page
    assert logged() == []
