"""Forms about measures. They read and check; actions save."""

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES, Role
from casework.interventions.rules import WHY_OWN, suggested_staff
from casework.models import Intervention, InterventionKind, InterventionOutcome
from casework.models.interventions import INTERNAL
from casework.models.notes import Audience
from core.forms import BaseForm, RadioCards
from participants.forms import DayField, required

ROLES_THAT_GIVE = [role for role in Role if Permission.VIEW_PLAN in ROLES[role].permissions]
BY_KIND = ""
AUDIENCES = [
    (BY_KIND, "Det vanliga för slaget"),
    (Audience.TEAM.value, Audience.TEAM.label),
    (Audience.AUTHORITY.value, Audience.AUTHORITY.label),
]
HINTS = {
    BY_KIND: "Teamet läser, men vård och beroendevård bara den egna myndigheten.",
    Audience.TEAM.value: "Alla i teamet som ser deltagarens planering.",
    Audience.AUTHORITY.value: "Den andra myndighetens personal ser inte insatsen.",
}


class InterventionForm(BaseForm):
    """A measure: which, with whom, from when."""

    kind = forms.ChoiceField(
        label="Slag", error_messages=required("Välj vilket slags insats det är.")
    )
    title = forms.CharField(label="Vad, till exempel Truckkort", max_length=120, required=False)
    staff = forms.ModelChoiceField(User.objects.none(), label="Vem hos oss", required=False)
    organisation = forms.CharField(label="Verksamhet utanför BASUN", max_length=120, required=False)
    contact = forms.CharField(label="Kontaktperson där", max_length=120, required=False)
    starts_on = DayField(label="Från", future=True)
    ends_on = DayField(label="Planerat till", future=True, required=False)
    audience = forms.ChoiceField(
        label="Vem får läsa",
        choices=AUDIENCES,
        required=False,
        widget=RadioCards(hints=HINTS),
        help_text=WHY_OWN,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, enrolment=None, current: Intervention | None = None, **kwargs):
        kwargs.setdefault(
            "initial", initial_of(current) if current else {"starts_on": timezone.localdate()}
        )
        super().__init__(*args, **kwargs)
        self.enrolment, self.current = enrolment, current
        self.submit_label = "Spara insatsen" if current else "Lägg till insatsen"
        self.fields["kind"].choices = [("", "Välj …"), *_kinds()]
        staff = self.fields["staff"]
        staff.queryset = User.objects.active_with_role(*ROLES_THAT_GIVE)
        staff.help_text = self._who_is_suggested()
        if current and current.author_authority != user.authority:
            del self.fields["audience"]
        elif current:
            self.fields["audience"].choices = AUDIENCES[1:]

    def _who_is_suggested(self) -> str:
        found = [(kind, suggested_staff(kind, self.enrolment)) for kind in InterventionKind]
        words = [f"{who.name} för {kind.label}" for kind, who in found if who]
        return f"Lämnas det tomt blir det {' och '.join(words)}." if words else ""

    def layout(self):
        """In two parts: what and with whom, and when; then who may read."""
        audience = ["audience"] if "audience" in self.fields else []
        return [
            Row("kind", "title"),
            Fieldset("Hos vem", "staff", Row("organisation", "contact")),
            Fieldset("När", Row("starts_on", "ends_on")),
            *audience,
            "version",
        ]

    def clean(self):
        data = super().clean()
        starts, ends, kind = data.get("starts_on"), data.get("ends_on"), data.get("kind")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Insatsen kan inte sluta innan den börjar.")
        internal = kind in InterventionKind.values and InterventionKind(kind).is_internal
        if kind and not internal and not data.get("organisation"):
            self.add_error(
                "organisation", "Skriv hos vem insatsen är, till exempel en vårdcentral."
            )
        if kind and not data.get("staff") and not self.current:
            data["staff"] = suggested_staff(kind, self.enrolment)
        return data

    def facts(self) -> dict:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndForm(BaseForm):
    """When a measure ended, and how it went."""

    submit_label = "Avsluta insatsen"
    ends_on = DayField(label="Sista dagen")
    outcome = forms.ChoiceField(
        label="Hur gick det?",
        choices=InterventionOutcome.choices,
        widget=forms.RadioSelect,
        error_messages=required("Välj hur det gick."),
    )
    outcome_note = forms.CharField(label="Med egna ord", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_of(current: Intervention) -> dict:
    """What a form to change a measure begins with."""
    names = ("kind", "title", "organisation", "contact", "staff", "starts_on", "ends_on")
    return {name: getattr(current, name) for name in names} | {
        "audience": current.audience,
        "version": current.version,
    }


def _kinds() -> list:
    internal = [(each.value, each.label) for each in InterventionKind if each in INTERNAL]
    external = [(each.value, each.label) for each in InterventionKind if each not in INTERNAL]
    return [("Våra egna", internal), ("Hos andra", external)]
