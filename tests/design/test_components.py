from dataclasses import dataclass

from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from core.templatetags.basun import initials, tone_name


@dataclass
class Status:
    label: str
    tone: str = "good"
    icon: str = "check"


def draw(source, /, **context):
    request = RequestFactory().get("/lista/", {"sok": "åsa", "sida": "2"})
    return engines["django"].from_string(source).render(context, request)


def test_status_tag_has_word_shape_and_colour():
    html = draw("{% status_tag status %}", status=Status("Inskriven"))
    assert "Inskriven" in html
    assert "<svg" in html
    assert "tag--good" in html


def test_status_tag_escapes_the_word():
    assert "&lt;b&gt;" in draw("{% status_tag status %}", status=Status("<b>"))


def test_nothing_is_drawn_for_no_status():
    assert draw("{% status_tag status %}", status=None) == ""


def test_unknown_tone_is_neutral_and_common_names_are_understood():
    assert tone_name("danger") == "bad"
    assert tone_name("extra warning") == "warn"
    assert tone_name("lila") == "neutral"


def test_card_escapes_what_it_holds():
    html = draw('{% card "Rubrik" %}{{ word }}{% endcard %}', word="<script>")
    assert "&lt;script&gt;" in html
    assert "<h2" in html


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(100), 10).page(2)
    html = draw('{% pagination page "rader" %}', page=page)
    assert "11–20 av 100 rader" in html
    assert "?sok=%C3%A5sa&amp;sida=3" in html
    assert 'aria-current="page"' in html


def test_empty_list_has_no_pagination():
    assert draw("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_sorted_column_says_its_direction_and_turns_on_next_click():
    html = draw('{% sort_heading "namn" "Namn" "namn" %}')
    assert 'aria-sort="ascending"' in html
    assert "sortera=-namn" in html
    assert "sida" not in html


def test_progress_without_total_is_going_on():
    html = draw('{% progress 3 0 "Läser in" %}')
    assert "value=" not in html
    assert "Läser in" in html


def test_figure_shows_goal_and_definition():
    html = draw(
        '{% stat "Andel" "70,5" unit="%" goal="60 %" share=share definition="Så." %}', share=0.705
    )
    assert "Mål 60 %" in html
    assert 'value="0.7050"' in html
    assert "Så räknas det" in html


def test_initials_are_first_and_last():
    assert initials("Anna Maria Öberg") == "AÖ"
    assert initials("Åsa") == "Å"
