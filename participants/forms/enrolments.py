"""Forms about an enrolment: its start, who has what, longer, and the end."""

from datetime import date

from django import forms
from django.utils import timezone

from accounts.models import User
from core.forms import BaseForm, RadioCards
from participants.actions.assignments import ROLE_FOR
from participants.enums import ExitReason, Function
from participants.forms.fields import DayField, SentElsewhere, required
from participants.workload import load_label, pedagogues

FIRST_DAY = date(2016, 10, 1)


def staff(function: Function):
    """The active staff who may have a function, in Swedish order of name."""
    return User.objects.active_with_role(ROLE_FOR[function])


class EnrolForm(BaseForm):
    """A new enrolment."""

    submit_label = "Skriv in"
    starts_on = DayField(label="Inskriven från och med", future=True)
    main_contact = forms.ModelChoiceField(
        User.objects.none(),
        label="Huvudkontakt",
        widget=RadioCards,
        empty_label=None,
        help_text="Med hur många deltagare var och en är huvudkontakt för i dag.",
        error_messages=required("Välj vem som blir huvudkontakt."),
    )
    employment_officer = forms.ModelChoiceField(
        User.objects.none(),
        label="Arbetsförmedlare",
        required=False,
        help_text="Kan utses senare. Ser deltagaren först när ett samtycke finns.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        contact = self.fields["main_contact"]
        contact.queryset = pedagogues(user, timezone.localdate())
        contact.label_from_instance = load_label
        self.fields["employment_officer"].queryset = staff(Function.EMPLOYMENT_OFFICER)

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        ahead = (day - timezone.localdate()).days
        if ahead > 60 or day < FIRST_DAY:
            raise forms.ValidationError("Ange en dag från projektets start till om två månader.")
        return day


class ReassignForm(BaseForm):
    """Somebody takes a function over."""

    submit_label = "Byt"
    user = forms.ModelChoiceField(User.objects.none(), label="Tar över", required=False)
    from_day = DayField(label="Från och med", future=True)

    def __init__(self, *args, function: Function, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        field.queryset = staff(function)
        field.required = function == Function.MAIN_CONTACT
        field.error_messages = required("Välj vem som tar över.")
        field.empty_label = "Välj …" if field.required else "Ingen"


class ExtensionForm(BaseForm):
    """A later planned end."""

    submit_label = "Begär förlängning"
    new_end_on = DayField(label="Nytt planerat slut", future=True)
    reason = forms.CharField(
        label="Skäl",
        widget=forms.Textarea,
        max_length=2000,
        help_text="Vad ska hinnas med, och varför behövs mer tid?",
        error_messages=required("Skriv varför mer tid behövs."),
    )


class DecisionForm(SentElsewhere):
    """The lead's answer to a wish for more time."""

    submit_label = "Besluta"
    outcome = forms.ChoiceField(
        label="Beslut",
        choices=[("granted", "Bevilja"), ("rejected", "Avslå")],
        widget=RadioCards,
        error_messages=required("Välj att bevilja eller avslå."),
    )
    reason = forms.CharField(
        label="Motivering",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
        help_text="Behövs om begäran avslås.",
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") == "rejected" and not data.get("reason"):
            self.add_error("reason", "Skriv varför begäran avslås, så att den som bad om den vet.")
        return data


class CorrectDatesForm(BaseForm):
    """Dates that turned out to be wrong; the last day is asked for when the enrolment has ended."""

    submit_label = "Rätta datumen"
    starts_on = DayField(label="Inskriven från och med", future=True)
    ended_on = DayField(label="Sista dag")
    reason = forms.CharField(
        label="Varför rättas det?",
        max_length=300,
        help_text="Är månaden redan rapporterad till ESF måste den och de senare sändas om."
        " Skälet följer med.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, enrolment, **kwargs):
        initial = {
            "starts_on": enrolment.starts_on,
            "ended_on": enrolment.ended_on,
            "version": enrolment.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if enrolment.ended_on is None:
            del self.fields["ended_on"]


class ExitForm(BaseForm):
    """The end of an enrolment."""

    submit_label = "Avsluta inskrivningen"
    ended_on = DayField(label="Sista dag")
    reason = forms.ChoiceField(
        label="Orsak",
        choices=[],
        help_text="Grupperna visar vad avslutet räknas som.",
        error_messages=required("Välj en orsak."),
    )
    note = forms.CharField(
        label="Om avslutet",
        widget=forms.Textarea,
        max_length=5000,
        required=False,
        help_text="Till vad, hos vem, och vad som gjorde skillnad.",
    )
    left_open_reason = forms.CharField(
        label="Varför kan underskriften inte tas nu?",
        widget=forms.Textarea(attrs={"rows": "2"}),
        max_length=1000,
        help_text="Projektledaren ser skälet. Timmar utan underskrift räknas inte.",
        error_messages=required("Skriv varför, eller gör klart det som står överst först."),
    )

    def __init__(self, *args, asks_why: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["left_open_reason"]
        self.fields["reason"].choices = [("", self.empty_choice), *ExitReason.choices_by_outcome()]
