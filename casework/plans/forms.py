"""Forms: when to meet, why not, when a plan is reviewed, and a signed paper."""

from django import forms

from casework.models import Party
from casework.plans.papers import MOST_PAGES
from casework.sheets.forms import ManyFilesField
from core.forms import BaseForm, CheckboxList
from participants.forms import DayField

LENGTHS = [(30, "30 minuter"), (45, "45 minuter"), (60, "1 timme"), (90, "1,5 timme")]


class BookForm(BaseForm):
    """When, how long and where the three meet."""

    submit_label = "Boka samtalet"
    mark_optional = False

    day = DayField(label="Dag", future=True)
    at = forms.TimeField(
        label="Tid",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Skriv tiden så här: 13:30.", "required": "Ange en tid."},
    )
    minutes = forms.TypedChoiceField(label="Hur länge", choices=LENGTHS, coerce=int, initial=60)
    place = forms.CharField(label="Plats", max_length=120)
    anyway = forms.BooleanField(label="Boka ändå", required=False, widget=forms.HiddenInput)

    def ask_anyway(self) -> None:
        """Let the user say that the time is right although somebody is busy then."""
        self.fields["anyway"].widget = forms.CheckboxInput()

    def layout(self) -> list:
        """Return day and time beside each other."""
        from crispy_forms.layout import Row

        return [Row("day", "at", "minutes"), "place", "anyway"]


class MoveForm(BookForm):
    """Another time or place for a booked meeting."""

    submit_label = "Flytta samtalet"

    version = forms.IntegerField(widget=forms.HiddenInput)

    def layout(self) -> list:
        """Return the fields of a booking, and the version it was opened with."""
        return [*super().layout(), "version"]


class CancelForm(BaseForm):
    """Why a meeting is cancelled."""

    submit_label = "Ställ in samtalet"
    submit_tone = "danger"

    reason = forms.CharField(
        label="Varför ställs det in?",
        max_length=200,
        error_messages={"required": "Skriv kort varför, till exempel: deltagaren är sjuk."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ProposeForm(BaseForm):
    """When the plan is reviewed, and whether the three have met today."""

    submit_label = "Vi är klara"
    mark_optional = False

    review_on = DayField(label="Planen följs upp senast", future=True)
    met_today = forms.BooleanField(
        label="Vi har träffats i dag. Registrera trepartssamtalet.", required=False
    )


class PaperForm(BaseForm):
    """A signed paper, and who has signed it."""

    submit_label = "Spara pappret"
    mark_optional = False

    files = ManyFilesField(
        label="Pappret",
        help_text=f"PDF från skannern, eller foton (JPEG, PNG). Högst {MOST_PAGES} sidor.",
    )
    signed = forms.MultipleChoiceField(
        label="Vilka har skrivit under på pappret?",
        widget=CheckboxList,
        error_messages={"required": "Kryssa för dem som har skrivit under på pappret."},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed"].choices = parties
        self.fields["files"].widget.attrs["accept"] = "application/pdf,image/jpeg,image/png"
        self.fields["files"].error_messages["required"] = "Välj en fil eller ett foto."

    def clean_files(self) -> list[bytes]:
        """Return the files' contents."""
        return [file.read() for file in self.cleaned_data["files"]]


class OutcomeForm(forms.Form):
    """Whether a step is done, and how it went."""

    done = forms.BooleanField(required=False)
    outcome = forms.CharField(max_length=200, required=False)


PARTY_WORDS = dict(Party.choices)
