"""Forms about sessions: one, and why one is cancelled."""

from datetime import datetime
from decimal import Decimal

from crispy_forms.layout import Row
from django import forms
from django.utils import timezone

from core.forms import BaseForm
from participants.forms import DayField, SentElsewhere, required


class TimeInput(forms.TimeInput):
    """The browser's own clock, fed and read as 09:00."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%H:%M")


class TimeField(forms.TimeField):
    """A time of the day."""

    widget = TimeInput

    def __init__(self, **kwargs):
        words = required("Fyll i en tid, till exempel 09:00.")
        words |= {"invalid": "Skriv tiden så här: 09:00."}
        super().__init__(error_messages=words, **kwargs)


class WhenForm(BaseForm):
    """From when to when, and how long the break is that is no attendance."""

    starts_at = TimeField(label="Börjar")
    ends_at = TimeField(label="Slutar")
    rest = forms.IntegerField(
        label="Rast i minuter", min_value=0, max_value=480, initial=0, required=False
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end:
            data["planned_hours"] = hours = planned_hours(start, end, data.get("rest") or 0)
            if end <= start:
                self.add_error("ends_at", "Sluttiden måste ligga efter starttiden.")
            elif hours <= 0:
                self.add_error("rest", "Rasten är lika lång som tillfället. Korta den.")
        return data

    def times(self) -> dict:
        """Return the times as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "planned_hours")}


def planned_hours(start, end, rest: int) -> Decimal:
    """Return the hours between two times without the break, to two decimals."""
    day = timezone.localdate()
    span = datetime.combine(day, end) - datetime.combine(day, start)
    return round((Decimal(span.total_seconds()) / 60 - rest) / 60, 2)


class SessionForm(WhenForm):
    """One session."""

    submit_label = "Spara tillfället"
    held_on = DayField(label="Dag", future=True)
    place = forms.CharField(label="Plats", max_length=120, required=False)
    theme = forms.CharField(label="Tema", max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, place: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if place:
            self.fields["place"].help_text = f"Lämna tomt om det är den vanliga: {place}."

    def layout(self):
        """Times stand beside each other."""
        return ["held_on", Row("starts_at", "ends_at", "rest"), "theme", "place", "version"]

    def facts(self) -> dict:
        """Return what the actions take."""
        words = {name: self.cleaned_data[name] for name in ("held_on", "place", "theme")}
        return words | self.times()


class CancelForm(SentElsewhere):
    """Why a session is cancelled."""

    submit_label = "Ställ in tillfället"
    submit_tone = "danger"
    reason = forms.CharField(
        label="Varför",
        max_length=200,
        error_messages=required("Skriv varför, till exempel: ledaren är sjuk."),
    )
