"""Forms about who a person is."""

from crispy_forms.layout import Fieldset, Row
from django import forms

from core.forms import BaseForm
from participants.enums import Area, Flag, Gender
from participants.forms.fields import DayField, NumberField, SentElsewhere, required


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
            Fieldset("Vem", "number", Row("first_name", "last_name")),
            Fieldset(
                "Bara om personnummer saknas",
                "number_missing_reason",
                Row("birth_date", "legal_gender"),
            ),
            Fieldset(
                "Kontakt (valfritt)",
                Row("phone", "email"),
                "street",
                Row("postcode", "city", "area"),
            ),
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
