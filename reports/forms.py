"""The order of a report."""

from django import forms

from core.forms import BaseForm
from core.periods import Period
from core.widgets import MonthInput
from reports import choice
from reports.models import ReportKind


class OrderForm(BaseForm):
    """Which report, about which months."""

    submit_label = "Ta fram rapporten"

    kind = forms.ChoiceField(label="Rapport", choices=ReportKind.choices)
    start = forms.CharField(label="Från och med månad", widget=MonthInput())
    end = forms.CharField(label="Till och med månad", widget=MonthInput())
    by_month = forms.BooleanField(
        label="Lägg till varje månad för sig i JSON-filen", required=False, initial=True
    )

    def clean(self):
        """Read the two months as a period."""
        data = super().clean()
        if "start" in data and "end" in data:
            try:
                data["period"] = choice.parse(data["start"], data["end"])
            except ValueError as error:
                self.add_error("start", str(error))
        return data

    @property
    def period(self) -> Period:
        """The period asked for; only of a valid form."""
        return self.cleaned_data["period"]
