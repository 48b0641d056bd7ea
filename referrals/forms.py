"""What is asked about a referral. Forms check what was typed; actions save it."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Row
from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.forms import BaseForm, CheckboxList, FilterForm, SearchInput
from participants.enums import ProtectionKind
from participants.forms import DayField, EnrolForm, RegisterForm, SearchBeforeForm, required
from referrals.enums import DeclineReason, Source
from referrals.models import Criterion, ReferringBody
from referrals.target_group import missing_reason

NOBODY = "ingen"
HANDLING_ROLES = (Role.PEDAGOGUE, Role.PROJECT_LEAD, Role.ADMINISTRATOR)


class ReferralFilters(FilterForm):
    """Above the list. The words come by way of the session, never in the address."""

    ord = forms.CharField(label="Sök namn, nummer eller beteckning", widget=SearchInput)
    instans = forms.ModelChoiceField(ReferringBody.objects.all(), label="Från")
    kalla = forms.ChoiceField(label="Källa", choices=Source.choices)
    hand = forms.ChoiceField(label="Har remissen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.active_with_role(*HANDLING_ROLES)
        people = [(str(user.pk), user.name) for user in staff]
        self.fields["hand"].choices = [("", "Alla"), (NOBODY, "Ingen än"), *people]

    def narrow(self, referrals):
        """Return the referrals that the filters leave."""
        chosen = self.chosen()
        if words := chosen.get("ord"):
            referrals = referrals.matching(words)
        if body := chosen.get("instans"):
            referrals = referrals.filter(body=body)
        if source := chosen.get("kalla"):
            referrals = referrals.filter(body__source=source)
        if hand := chosen.get("hand"):
            referrals = referrals.filter(handled_by=None if hand == NOBODY else hand)
        return referrals


class Step(BaseForm):
    """A step of several: its page draws the form's tag and buttons, since there are two ways out."""

    @property
    def parts(self) -> FormHelper:
        """Crispy's helper for the fields and the summary of errors alone."""
        helper = FormHelper(self)
        helper.layout.fields = self.layout()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.mark_optional = self.mark_optional
        return helper


class SearchForm(Step, SearchBeforeForm):
    """Search before somebody is registered; stands beside the form for a new person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="sok_%s", **kwargs)

    def layout(self) -> list:
        """Two and two, so that the search is one glance."""
        return [Row("number", "birth_date"), Row("first_name", "last_name")]


class NewPersonForm(Step, RegisterForm):
    """Somebody who is not in the register yet."""

    protection = forms.ChoiceField(
        label="Skyddade personuppgifter",
        choices=ProtectionKind.choices,
        required=False,
        help_text="Gäller genast: bara du och huvudkontakten ser personen.",
    )
    # The people found when this was typed, so that new hits are shown before anybody is registered.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, may_protect=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["protection"].choices = [("", "Nej"), *ProtectionKind.choices]
        if not may_protect:
            del self.fields["protection"]

    def layout(self) -> list:
        """What everybody has first; what is asked only without a number in its own part."""
        private = ["protection"] if "protection" in self.fields else []
        return [
            Row("first_name", "last_name"),
            "number",
            Fieldset(
                "Om personnummer saknas",
                "number_missing_reason",
                Row("birth_date", "legal_gender"),
            ),
            Fieldset(
                "Kontakt",
                Row("phone", "email"),
                "street",
                Row("postcode", "city", "area"),
                *private,
            ),
            "seen",
        ]

    def person(self) -> dict:
        """Return what `actions.finish_draft` registers the person by."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class FactsForm(Step):
    """By whom and why."""

    body = forms.ModelChoiceField(
        ReferringBody.objects.none(),
        label="Vem remitterar?",
        error_messages=required("Välj vem som remitterar."),
    )
    referred_on = DayField(label="Remissdatum", help_text="Väntetiden räknas härifrån.")
    referrer_name = forms.CharField(label="Handläggare där", max_length=120, required=False)
    referrer_contact = forms.CharField(
        label="Telefon eller e-post dit", max_length=200, required=False
    )
    referrer_reference = forms.CharField(
        label="Deras beteckning",
        max_length=100,
        required=False,
        help_text="Ärendenummer eller liknande, så att de känner igen vårt svar. Inte namn eller personnummer.",
    )
    reason = forms.CharField(
        label="Varför remitteras personen?", widget=forms.Textarea, required=False
    )

    def layout(self) -> list:
        """Who and when side by side, then whom to answer, then why."""
        return [
            Row("body", "referred_on"),
            Row("referrer_name", "referrer_contact"),
            "referrer_reference",
            "reason",
        ]

    def __init__(self, *args, body=None, **kwargs):
        super().__init__(*args, **kwargs)
        used = Q(is_active=True) | Q(pk=body.pk if body else None)
        self.fields["body"].queryset = ReferringBody.objects.filter(used)
        today = timezone.localdate().isoformat()
        self.fields["referred_on"].widget.attrs["max"] = today


class CriteriaField(forms.ModelMultipleChoiceField):
    """Criteria as checkboxes."""

    widget = CheckboxList

    def label_from_instance(self, criterion):
        return f"{criterion.number}. {criterion.text}"


class TargetGroupForm(Step):
    """Which criteria are met, as they held on the day of the referral."""

    mark_optional = False

    criteria = CriteriaField(
        Criterion.objects.none(), label="Vilka villkor är uppfyllda?", required=False
    )
    criteria_reason = forms.CharField(
        label="Motivering till målgruppen",
        widget=forms.Textarea,
        required=False,
        help_text="Behövs för villkor 6, och när inget villkor är ikryssat.",
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = Criterion.objects.valid_on(day)

    def clean(self):
        given = super().clean()
        if "criteria" in given:
            missing = missing_reason(given["criteria"], given.get("criteria_reason", ""))
            if missing:
                self.add_error("criteria_reason", missing)
        return given


class Versioned(BaseForm):
    """A form that remembers which version of the referral it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(Versioned):
    """Why not, and where instead."""

    submit_label = "Avböj remissen"
    submit_tone = "danger"

    reason = forms.ChoiceField(
        label="Varför?",
        choices=DeclineReason.choices,
        error_messages=required("Välj varför remissen avböjs."),
    )
    sent_instead_to = forms.CharField(
        label="Hänvisad till",
        max_length=200,
        required=False,
        help_text="Står i svaret till den som remitterade, om personen inte har skyddade personuppgifter.",
    )
    note = forms.CharField(
        label="Intern motivering",
        widget=forms.Textarea,
        required=False,
        help_text="Stannar hos oss och står inte i svaret.",
    )


class AcceptEnrolledForm(Versioned):
    """Yes to a referral of somebody who was enrolled in the meantime."""

    submit_label = "Godta remissen"

    note = forms.CharField(label="Anteckning om beslutet", widget=forms.Textarea, required=False)


class WithdrawForm(Versioned):
    """The referring body takes it back."""

    submit_label = "Registrera återtagandet"

    note = forms.CharField(
        label="Vad sade den som remitterade?", widget=forms.Textarea, required=False
    )


class AcceptForm(Versioned, EnrolForm):
    """From when, and with whom."""

    submit_label = "Godta och skriv in"

    note = forms.CharField(label="Anteckning om beslutet", widget=forms.Textarea, required=False)


class CorrectForm(Versioned, FactsForm, TargetGroupForm):
    """Everything a referral says, on one page."""

    submit_label = "Spara ändringarna"
    mark_optional = True

    def layout(self) -> list:
        """As in the steps, one after the other."""
        return [*super().layout(), "criteria", "criteria_reason", "version"]
