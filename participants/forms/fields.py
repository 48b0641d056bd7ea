"""Fields and habits that forms about people share."""

from django import forms
from django.utils import timezone

from core.forms import BaseForm
from core.identity_numbers import InvalidNumber, parse


class NumberField(forms.CharField):
    """A personnummer or samordningsnummer in any usual form; cleaned to an IdentityNumber, or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Personnummer eller samordningsnummer")
        kwargs.setdefault("help_text", "Tio eller tolv siffror, med eller utan bindestreck.")
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from None


class DayField(forms.DateField):
    """A day that isn't in the future, unless `future` is allowed."""

    def __init__(self, *, future: bool = False, **kwargs):
        self.future = future
        kwargs.setdefault("error_messages", {}).setdefault(
            "required", "Ange en dag, till exempel 2026-03-09."
        )
        kwargs["error_messages"].setdefault("invalid", "Skriv dagen så här: 2026-03-09.")
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not self.future and value > timezone.localdate():
            raise forms.ValidationError("Dagen ligger i framtiden. Ange i dag eller tidigare.")


def required(sentence: str) -> dict:
    """The words for a field that was left empty."""
    return {"required": sentence}


class SentElsewhere(BaseForm):
    """A form that stands on one page and is sent to another, `action`."""

    def __init__(self, *args, action: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.action = action

    @property
    def helper(self):
        """The one look, and where the form is sent."""
        helper = super().helper
        helper.form_action = self.action
        return helper
