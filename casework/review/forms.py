"""Forms about the weekly review."""

from crispy_forms.layout import Row
from django import forms

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from casework.activities.forms.sessions import TimeField
from core.forms import BaseForm, FilterForm, SearchInput
from participants.forms import DayField, required

WHY = required("Skriv varför, kort.")


class ReviewForm(BaseForm):
    """When and where a review is, and who leads it."""

    submit_label = "Spara"
    held_on = DayField(label="Dag", future=True)
    starts_at = TimeField(label="Börjar", required=False)
    place = forms.CharField(label="Var", max_length=120, required=False)
    leader = forms.ModelChoiceField(User.objects.none(), label="Leds av", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, new: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if new:
            self.submit_label = "Hämta dagordningen"
        roles = [
            role for role, facts in ROLES.items() if Permission.LEAD_REVIEW in facts.permissions
        ]
        self.fields["leader"].queryset = User.objects.active_with_role(*roles)
        self.fields["leader"].empty_label = "Inte bestämt"

    def layout(self):
        """Day and time stand beside each other."""
        return [Row("held_on", "starts_at"), "place", "leader", "revision"]

    def facts(self) -> dict:
        """Return what the actions take."""
        names = ("held_on", "starts_at", "place", "leader")
        return {name: self.cleaned_data[name] for name in names}


class AskForm(BaseForm):
    """Why somebody should be taken up."""

    submit_label = "Be om att ta upp"
    reason = forms.CharField(
        label="Varför",
        max_length=200,
        help_text="Några ord som alla på mötet kan läsa.",
        error_messages=WHY,
    )


class PersonSearch(FilterForm):
    """Search among everybody enrolled; the words come by way of the session."""

    q = forms.CharField(
        label="Sök bland alla inskrivna",
        widget=SearchInput(attrs={"placeholder": "Namn, telefon eller kod"}),
    )


class AddForm(BaseForm):
    """Who is put on the agenda by hand, and why."""

    who = forms.IntegerField(error_messages=required("Sök och välj en deltagare."))
    reason = forms.CharField(label="Varför", max_length=200, error_messages=WHY)
