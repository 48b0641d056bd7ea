"""Forms of participant financing."""

from crispy_forms.layout import Row
from django import forms

from core.forms import BaseForm, BaseModelForm
from participants.enums import BenefitKind
from participants.forms.fields import DayField, required
from reports.esf.models import Rate


class RateForm(BaseModelForm):
    """A new rate, with the document it comes from."""

    submit_label = "Lägg in satsen"

    class Meta:
        model = Rate
        fields = (
            "benefit",
            "age_from",
            "age_to",
            "amount",
            "valid_from",
            "valid_until",
            "call_year",
            "programme_area",
            "source",
        )
        help_texts = {
            "amount": "Så många kronor som en underskriven timme är värd.",
            "call_year": "Året då utlysningen kom.",
            "programme_area": "Till exempel 2.1.",
            "source": "Vilket dokument satsen står i: namn, datum och sida.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].error_messages = required("Skriv vilket dokument satsen kommer från.")

    def layout(self):
        """From and to stand beside each other."""
        return [
            "benefit",
            Row("age_from", "age_to"),
            "amount",
            Row("valid_from", "valid_until"),
            Row("call_year", "programme_area"),
            "source",
        ]


class EndRateForm(BaseForm):
    """The last day of a rate."""

    submit_label = "Avsluta satsen"
    valid_until = DayField(label="Gäller till och med", future=True)


class BenefitForm(BaseForm):
    """What somebody lives on, from a day."""

    submit_label = "Spara ersättningen"
    kind = forms.ChoiceField(
        label="Ersättning",
        choices=BenefitKind.choices,
        error_messages=required("Välj vad deltagaren lever på."),
    )
    starts_on = DayField(
        label="Från och med",
        help_text="En ersättning som pågår avslutas dagen före.",
    )
    ends_on = DayField(label="Till och med", required=False, future=True)
    source = forms.CharField(
        label="Källa",
        max_length=100,
        help_text="Hur du vet det: vilket beslut eller intyg, och dess datum.",
        error_messages=required("Skriv var uppgiften kommer från."),
    )


class EndBenefitForm(BaseForm):
    """The last day of a benefit."""

    submit_label = "Avsluta ersättningen"
    ends_on = DayField(label="Sista dag")
