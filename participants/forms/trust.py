"""Forms about who may see: protection, closed files, consent."""

from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from core.forms import BaseForm, CheckboxList, RadioCards
from participants.enums import Category, ProtectionKind
from participants.forms.fields import DayField, required


class ProtectForm(BaseForm):
    """Mark a person as protected."""

    submit_label = "Markera nu"
    submit_tone = "danger"
    kind = forms.ChoiceField(
        label="Slag av skydd",
        choices=ProtectionKind.choices,
        widget=RadioCards,
        error_messages=required("Välj slag av skydd."),
    )
    source = forms.CharField(
        label="Källa",
        max_length=100,
        help_text="Hur det blev känt, till exempel ”beslut från Skatteverket”.",
        error_messages=required("Skriv hur det blev känt."),
    )


class ReaderForm(BaseForm):
    """Put somebody on a protected person's list."""

    submit_label = "Lägg till"
    user = forms.ModelChoiceField(
        User.objects.none(), label="Vem", error_messages=required("Välj vem som ska få se.")
    )
    reason = forms.CharField(
        label="Varför",
        max_length=200,
        error_messages=required("Skriv varför personen behöver se deltagaren."),
    )
    valid_until = DayField(label="Till och med", required=False, future=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [
            role
            for role, facts in ROLES.items()
            if Permission.VIEW_PARTICIPANTS in facts.permissions
        ]
        self.fields["user"].queryset = User.objects.active_with_role(*roles)
        self.fields["user"].label_from_instance = lambda user: f"{user.name}, {user.role_labels}"

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Dagen har redan varit. Ange i dag eller senare.")
        return day


class ReasonForm(BaseForm):
    """A written reason for something out of the ordinary."""

    reason = forms.CharField(
        label="Anledning",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=required("Skriv varför."),
    )


class OpenFileForm(ReasonForm):
    """Why a closed file is to be opened."""

    submit_label = "Öppna i en timme"


class UnmarkForm(ReasonForm):
    """Why a protection is to be taken away."""

    submit_label = "Be om att skyddet tas bort"


class ConsentForm(BaseForm):
    """What the participant said yes to."""

    submit_label = "Registrera samtycke"
    categories = forms.MultipleChoiceField(
        label="Samtycket gäller",
        choices=Category.choices,
        widget=CheckboxList,
        error_messages=required("Kryssa för minst ett slags uppgifter."),
    )
    given_on = DayField(label="Lämnat den")
    valid_until = DayField(
        label="Gäller till och med",
        required=False,
        future=True,
        help_text="Lämna tomt om samtycket gäller tills det tas tillbaka.",
    )
    source = forms.CharField(
        label="Hur det lämnades",
        max_length=100,
        help_text="Till exempel ”underskrivet papper” eller ”muntligt, vid mötet”.",
        error_messages=required("Skriv hur samtycket lämnades."),
    )

    def __init__(self, *args, given=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = [
            (value, label) for value, label in Category.choices if value not in given
        ]

    def clean(self):
        data = super().clean()
        first, last = data.get("given_on"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "Slutdagen ligger före dagen det lämnades.")
        return data


class WithdrawForm(BaseForm):
    """Nothing to fill in: a second thought before a consent is taken back."""

    submit_label = "Återkalla samtycket"
    submit_tone = "danger"
    sure = forms.BooleanField(widget=forms.HiddenInput, initial=True)
