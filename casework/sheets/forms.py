"""The forms of papers: what to print, what came back."""

from django import forms
from django.conf import settings

from casework.sheets import codes, pictures
from core.forms import BaseForm, RadioCards

MAX_FILES = 60
MISSING, ALL = "saknas", "alla"


class BundleForm(BaseForm):
    """Whose certificates of a month to print, and which of them."""

    submit_label = "Gör i ordning intygen"
    mark_optional = False

    whose = forms.ChoiceField(label="Vems deltagare?")
    which = forms.ChoiceField(
        label="Vilka intyg?",
        choices=[(MISSING, "Bara de som saknar underskrift"), (ALL, "Alla, också de som är klara")],
        widget=RadioCards(
            hints={
                MISSING: "Att lägga fram och få underskrivna.",
                ALL: "Hela månadens underlag till ESF-rådet.",
            }
        ),
        initial=MISSING,
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [(group.key, group.label) for group in groups]


class ManyFiles(forms.ClearableFileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; each is checked like a single one."""

    def __init__(self, **kwargs):
        super().__init__(widget=ManyFiles(), **kwargs)

    def clean(self, data, initial=None):
        """Return the list of files."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(each, initial) for each in given or [None]]


class ScanForm(BaseForm):
    """Files with signed papers."""

    submit_label = "Läs in pappren"
    mark_optional = False

    files = ManyFilesField(label="Filer")

    def __init__(self, *args, skipped: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        self.skipped = skipped
        self.most = settings.MAX_IMPORT_BYTES // (1024 * 1024)
        field = self.fields["files"]
        field.help_text = (
            f"PDF från skannern, eller foton (JPEG, PNG) av pappren. Högst {MAX_FILES} filer,"
            f" {self.most} MB var."
        )
        field.error_messages |= {
            "required": f"Välj minst en fil på högst {self.most} MB.",
            "empty": "En av filerna är tom. Välj den igen.",
        }
        field.widget.attrs["accept"] = "application/pdf,image/jpeg,image/png"

    def clean_files(self) -> list[bytes]:
        """Return the files' contents, when every one of them can be a paper."""
        files = self.cleaned_data["files"]
        if self.skipped:
            raise forms.ValidationError(f"En fil är större än {self.most} MB. Dela den i flera.")
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"Välj högst {MAX_FILES} filer åt gången.")
        contents = [file.read() for file in files]
        if any(pictures.kind_of(content) is None for content in contents):
            raise forms.ValidationError(
                "Alla filer ska vara PDF, JPEG eller PNG. Ta bort de andra och försök igen."
            )
        return contents


class CodeForm(BaseForm):
    """The code and page number that stand on the paper, read by eye."""

    submit_label = "Hitta pappret"

    code = forms.CharField(
        label="Koden på pappret",
        max_length=20,
        help_text="Står under rutmönstret, till exempel N-7KQ2MX4P.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    number = forms.IntegerField(label="Sida", min_value=1, max_value=99, initial=1)

    def clean_code(self) -> str:
        """Return the code in the form it is stored."""
        code = codes.typed(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError("Koden är N- och åtta tecken, till exempel N-7KQ2MX4P.")
        return code


class AsideForm(BaseForm):
    """Why nothing on a page is to be registered."""

    submit_label = "Lägg åt sidan"
    submit_tone = "quiet"

    note = forms.CharField(
        label="Varför?",
        max_length=200,
        required=False,
        help_text="Till exempel: dubblett, ingen har skrivit under. Skriv inga namn.",
    )
