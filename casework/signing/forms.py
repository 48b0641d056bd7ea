"""Forms: the filters of who must still sign, how to send a link, and what is wrong."""

from django import forms

from accounts.models import User
from casework.models import Channel
from casework.signing import words
from casework.signing.public import MOST_WORDS
from core.forms import FilterForm
from core.periods import Month

MINE, ALL = "mina", "alla"


class MissingFilter(FilterForm):
    """What the list can be narrowed by; the months are those that stand in it."""

    urval = forms.ChoiceField(choices=[(MINE, "Mina deltagare"), (ALL, "Alla")], label="Vilka")
    vy = forms.CharField(widget=forms.HiddenInput)
    huvudkontakt = forms.ModelChoiceField(User.objects.none(), label="Huvudkontakt")
    manad = forms.TypedChoiceField(label="Månad", coerce=Month.parse)

    def __init__(self, *args, months=(), contacts=(), **kwargs):
        super().__init__(*args, **kwargs)
        # One of the two is always chosen; which, when nobody has said, the view knows.
        self.fields["urval"].choices = [(MINE, "Mina deltagare"), (ALL, "Alla")]
        self.fields["manad"].choices = [
            ("", "Alla"),
            *((str(month), month.label.capitalize()) for month in months),
        ]
        self.fields["huvudkontakt"].queryset = User.objects.filter(pk__in=contacts)


class LanguageForm(forms.Form):
    """A language for a link."""

    sprak = forms.ChoiceField(label="Språk")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sprak"].choices = words.choices()


class SendForm(LanguageForm):
    """How to send a link, and in which language."""

    satt = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Channel.SMS, Channel.EMAIL)]
    )


class WrongForm(forms.Form):
    """What the participant says is wrong."""

    text = forms.CharField(max_length=MOST_WORDS)
