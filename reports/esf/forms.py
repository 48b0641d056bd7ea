"""What is filled in about versions and templates."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone

from core.forms import BaseForm
from reports.esf.layout import FIELDS
from reports.esf.models import EsfTemplate
from reports.esf.templates import NEEDED, ROWS


class ReceiptForm(BaseForm):
    """The receipt that Statistics Sweden gave."""

    submit_label = "Registrera kvittensen"

    receipt = forms.CharField(label="Kvittensnummer", max_length=120)
    received_on = forms.DateField(label="Datum på kvittensen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate


class TemplateForm(BaseForm):
    """A workbook from Statistics Sweden."""

    submit_label = "Ladda upp mallen"
    mark_optional = False

    name = forms.CharField(
        label="Vad mallen kallas",
        max_length=120,
        help_text="Till exempel: SCB:s mall från januari 2019.",
    )
    file = forms.FileField(label="Mallen (xlsx)", allow_empty_file=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


class MappingForm(BaseForm):
    """Which column of a template each thing goes in, and how it is written there."""

    submit_label = "Spara kolumnerna"
    mark_optional = False

    sheet = forms.ChoiceField(label="Blad")
    header_row = forms.IntegerField(label="Rad med rubriker", min_value=1, max_value=ROWS * 10)

    def __init__(self, *args, template: EsfTemplate, sheets: list[str], **kwargs):
        super().__init__(*args, initial=_initial(template), **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in sheets]
        for field in FIELDS:
            needed = field.key in NEEDED
            self.fields[f"{field.key}_column"] = forms.RegexField(
                r"^[A-Za-z]{1,2}$",
                label=f"{field.header}: kolumn",
                required=needed,
                initial=self.initial.get(f"{field.key}_column"),
                error_messages={
                    "invalid": "Skriv kolumnens bokstav, till exempel C.",
                    "required": "Ange kolumnen.",
                },
                help_text="" if needed else "Lämna tomt om mallen inte har den.",
            )
            if len(field.formats) > 1:
                self.fields[f"{field.key}_format"] = forms.ChoiceField(
                    label=f"{field.header}: skrivs som",
                    choices=[(key, words) for key, (words, _) in field.formats.items()],
                )

    def layout(self) -> list:
        """The place first, then each column with how it is written: read in pairs."""
        columns = [name for name in self.fields if name not in ("sheet", "header_row")]
        return ["sheet", "header_row", Fieldset("Kolumner", *columns)]

    @property
    def columns(self) -> dict:
        """The mapping as the action takes it; only of a valid form."""
        data = self.cleaned_data
        return {
            field.key: {
                "column": data[f"{field.key}_column"].upper(),
                "format": data.get(f"{field.key}_format") or field.usual_format,
            }
            for field in FIELDS
            if data.get(f"{field.key}_column")
        }


def _initial(template: EsfTemplate) -> dict:
    found = {"sheet": template.sheet, "header_row": template.header_row}
    for key, place in template.columns.items():
        found |= {f"{key}_column": place["column"], f"{key}_format": place["format"]}
    return found
