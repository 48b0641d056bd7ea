from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from core.forms import BaseForm, FilterForm, RadioCards


class PlanForm(BaseForm):
    title = forms.CharField(label="Rubrik", help_text="Kort.")
    start = forms.DateField(label="Första dagen", required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Ett"), ("b", "Två")])
    way = forms.ChoiceField(
        label="Väg", choices=[("x", "Ex"), ("y", "Yps")], widget=RadioCards(hints={"x": "Som så."})
    )
    submit_label = "Spara planen"


class ListFilter(FilterForm):
    sok = forms.CharField(label="Sök")
    start = forms.DateField(label="Från")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Ett")])


def test_optional_fields_are_marked_and_required_ones_are_not():
    html = render_crispy_form(PlanForm())
    assert html.count("(valfritt)") == 1
    assert "*" not in html


def test_field_is_described_by_its_hint_and_its_error():
    html = render_crispy_form(PlanForm({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html


def test_group_of_choices_is_a_fieldset_described_by_its_error():
    html = render_crispy_form(PlanForm({}))
    assert 'aria-describedby="id_way_error"' in html
    assert "<legend>Väg" in html
    assert "Som så." in html


def test_error_summary_links_to_each_field():
    html = render_crispy_form(PlanForm({"start": "i går"}))
    assert '<a href="#id_title">Rubrik</a>' in html
    assert '<a href="#div_id_way">Väg</a>' in html
    assert "Skriv datumet så här: 2026-03-09." in html


def test_whole_form_is_drawn_once_with_token_key_and_buttons():
    html = render_crispy_form(PlanForm(cancel_url="/tillbaka/"), context={"csrf_token": "x"})
    assert html.count("<form") == 1
    assert html.count("csrfmiddlewaretoken") == 1
    assert html.count("once_key") == 1
    assert "Spara planen" in html
    assert 'href="/tillbaka/"' in html


def test_date_is_a_calendar_with_iso_value():
    html = render_crispy_form(PlanForm(initial={"start": "2026-03-09"}))
    assert '<input type="date" name="start" value="2026-03-09"' in html


def test_select_begins_with_an_invitation():
    assert PlanForm()["kind"].field.choices[0] == ("", "Välj …")


def test_filters_take_what_they_understand_and_leave_the_rest():
    filters = ListFilter({"sok": "åsa", "start": "i går", "kind": "finns inte"})
    assert filters.chosen() == {"sok": "åsa"}


@pytest.mark.parametrize("typed", ["65,5", "65.5", " 65,5 "])
def test_a_number_is_written_with_a_decimal_comma(typed):
    class Share(BaseForm):
        share = forms.DecimalField()

    form = Share({"share": typed})
    assert form.is_valid() and str(form.cleaned_data["share"]) == "65.5"
    assert 'value="60,5"' in str(Share(initial={"share": Decimal("60.5")})["share"])
