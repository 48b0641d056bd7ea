"""Forms about a person and their enrolment. They read and check; actions save."""

from datetime import date

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from core.forms import BaseForm, CheckboxList, RadioCards
from core.identity_numbers import InvalidNumber, parse
from participants.actions.assignments import ROLE_FOR
from participants.enums import Area, Category, ExitReason, Flag, Function, Gender, ProtectionKind

FIRST_DAY = date(2016, 10, 1)


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


class SearchBeforeForm(BaseForm):
    """Search before somebody is registered."""

    submit_label = "Sök"
    mark_optional = False
    number = NumberField(required=False)
    first_name = forms.CharField(label="Förnamn", max_length=100, required=False)
    last_name = forms.CharField(label="Efternamn", max_length=100, required=False)
    birth_date = DayField(label="Födelsedatum", required=False)

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError("Skriv ett personnummer eller ett namn att söka på.")
        return data

    def name(self) -> str:
        """The name to search for, or ""."""
        data = self.cleaned_data
        return f"{data.get('first_name', '')} {data.get('last_name', '')}".strip()


class DetailsForm(BaseForm):
    """Name and contact, with the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    first_name = forms.CharField(
        label="Förnamn", max_length=100, error_messages=required("Skriv förnamnet.")
    )
    last_name = forms.CharField(
        label="Efternamn", max_length=100, error_messages=required("Skriv efternamnet.")
    )
    legal_gender = forms.ChoiceField(
        label="Juridiskt kön",
        choices=Gender.choices,
        help_text="Följer personnumret. Ändra bara om folkbokföringen säger något annat.",
    )
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(
        label="E-post",
        required=False,
        error_messages={"invalid": "Skriv e-postadressen så här: namn@exempel.se."},
    )
    street = forms.CharField(label="Gatuadress", max_length=200, required=False)
    postcode = forms.CharField(label="Postnummer", max_length=10, required=False)
    city = forms.CharField(label="Ort", max_length=100, required=False)


class RegisterForm(SentElsewhere):
    """A new person, after the search."""

    submit_label = "Registrera"
    mark_optional = False  # what is needed depends on the number; the groups say so
    number = NumberField(required=False)
    number_missing_reason = forms.CharField(
        label="Varför personnummer saknas",
        max_length=200,
        required=False,
    )
    birth_date = DayField(label="Födelsedatum", required=False)
    legal_gender = forms.ChoiceField(label="Juridiskt kön", choices=Gender.choices, required=False)
    first_name = DetailsForm.base_fields["first_name"]
    last_name = DetailsForm.base_fields["last_name"]
    phone = DetailsForm.base_fields["phone"]
    email = DetailsForm.base_fields["email"]
    street = DetailsForm.base_fields["street"]
    postcode = DetailsForm.base_fields["postcode"]
    city = DetailsForm.base_fields["city"]
    area = forms.ChoiceField(label="Kommundel", choices=Area.choices, required=False)

    def layout(self):
        """In groups: with a number only the first is needed, without one also the second."""
        return [
            Fieldset("Vem", "number", "first_name", "last_name"),
            Fieldset(
                "Bara om personnummer saknas",
                "number_missing_reason",
                "birth_date",
                "legal_gender",
            ),
            Fieldset("Kontakt (valfritt)", "phone", "email", "street", "postcode", "city", "area"),
        ]

    def clean(self):
        data = super().clean()
        if data.get("number") or "number" in self.errors:
            return data
        for name, sentence in {
            "number_missing_reason": "Skriv personnumret, eller varför det saknas.",
            "birth_date": "Ange födelsedatum, eftersom personnumret saknas.",
            "legal_gender": "Ange juridiskt kön, eftersom personnumret saknas.",
        }.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return data


class NumberForm(BaseForm):
    """Another number for a person."""

    submit_label = "Byt nummer"
    number = NumberField(error_messages=required("Skriv det nya numret."))


class AreaForm(BaseForm):
    """Where the person lives from a day on."""

    area = forms.ChoiceField(
        label="Kommundel", choices=Area.choices, error_messages=required("Välj kommundel.")
    )
    from_day = DayField(label="Från och med")


class FlagForm(BaseForm):
    """Something for the register to note."""

    submit_label = "Lägg till"
    flag = forms.ChoiceField(
        label="Uppgift", choices=Flag.choices, error_messages=required("Välj en uppgift.")
    )
    noted_on = DayField(label="Från och med")
    source = forms.CharField(
        label="Källa",
        max_length=100,
        help_text="Var uppgiften kommer ifrån, till exempel ”remissen” eller ”deltagaren själv”.",
        error_messages=required("Skriv var uppgiften kommer ifrån."),
    )


class EndFlagForm(BaseForm):
    """The last day something held."""

    submit_label = "Avsluta uppgiften"
    ended_on = DayField(label="Gäller till och med")


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


def staff(function: Function):
    """The active staff who may have a function, in Swedish order of name."""
    return User.objects.active_with_role(ROLE_FOR[function])


class WithdrawForm(BaseForm):
    """Nothing to fill in: a second thought before a consent is taken back."""

    submit_label = "Återkalla samtycket"
    submit_tone = "danger"
    sure = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class EnrolForm(BaseForm):
    """A new enrolment."""

    submit_label = "Skriv in"
    starts_on = DayField(label="Inskriven från och med", future=True)
    main_contact = forms.ModelChoiceField(
        User.objects.none(),
        label="Huvudkontakt",
        help_text="Siffran är hur många aktuella deltagare hen har nu.",
        error_messages=required("Välj vem som blir huvudkontakt."),
    )
    employment_officer = forms.ModelChoiceField(
        User.objects.none(), label="Arbetsförmedlare", required=False
    )

    def __init__(self, *args, loads=None, **kwargs):
        super().__init__(*args, **kwargs)
        loads = loads or {}
        contact = self.fields["main_contact"]
        contact.queryset = staff(Function.MAIN_CONTACT)
        contact.label_from_instance = lambda user: f"{user.name} ({loads.get(user.pk, 0)})"
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", self.empty_choice), *ExitReason.choices_by_outcome()]
