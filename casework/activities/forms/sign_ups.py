"""Forms about who takes part: sign-ups and talks."""

from crispy_forms.layout import Row
from django import forms
from django.utils import timezone

from casework.activities.forms.series import Part
from casework.activities.forms.sessions import WhenForm
from casework.models import Activity, ActivityKind, SignUp
from core.forms import BaseForm, FilterForm, SearchInput
from participants.forms import DayField


class PersonSearch(FilterForm):
    """Search among everybody who can be signed up; the words come by way of the session."""

    q = forms.CharField(
        label="Sök bland alla inskrivna",
        widget=SearchInput(attrs={"placeholder": "Namn, telefon eller kod"}),
    )


class FromDayForm(Part):
    """From which day those who were chosen take part."""

    from_day = DayField(label="Deltar från och med", future=True, initial=timezone.localdate)


class SignUpForm(BaseForm):
    """What one person is signed up for."""

    submit_label = "Anmäl"
    activity = forms.ModelChoiceField(Activity.objects.none(), label="Aktivitet")
    from_day = DayField(label="Deltar från och med", future=True, initial=timezone.localdate)

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, **kwargs)
        there = SignUp.objects.open().filter(participant=participant).values("activity")
        groups = Activity.objects.current().filter(kind=ActivityKind.GROUP)
        self.fields["activity"].queryset = groups.exclude(pk__in=there)


class TalkTimes(WhenForm):
    """When and where a talk is."""

    held_on = DayField(label="Dag", future=True)
    place = forms.CharField(label="Plats", max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["rest"]

    def layout(self):
        """Times stand beside each other."""
        return [Row("held_on", "starts_at", "ends_at"), "place"]

    def when(self) -> dict:
        """Return what the action takes."""
        words = {name: self.cleaned_data[name] for name in ("held_on", "place")}
        return words | self.times()


class TalksForm(Part, TalkTimes):
    """A talk with those who were chosen on the same page."""


class TalkForm(TalkTimes):
    """A talk with one person, in the user's own talks or another individual activity."""

    submit_label = "Boka samtalet"
    activity = forms.ModelChoiceField(Activity.objects.none(), label="Hör till", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        theirs = Activity.objects.current().filter(kind=ActivityKind.INDIVIDUAL)
        self.fields["activity"].queryset = theirs
        self.fields["activity"].empty_label = f"Mina samtal ({user.name})"

    def layout(self):
        """The activity last: it is nearly always one's own talks."""
        return [*super().layout(), "activity"]
