"""The form that takes a file in."""

from django import forms
from django.conf import settings

from accounts.permissions import Permission
from casework.imports.models import UploadKind
from core.forms import BaseForm, RadioCards


class UploadForm(BaseForm):
    """Which file, and what it holds. Nothing is read in before it has been checked and confirmed."""

    submit_label = "Kontrollera filen"
    mark_optional = False

    kind = forms.ChoiceField(
        label="Vad innehåller filen?",
        choices=UploadKind.choices,
        widget=RadioCards(
            hints={
                UploadKind.REGISTER: "Personer, remisser, inskrivningar och avslut. Läs in registret först.",
                UploadKind.ATTENDANCE: "Datum, aktivitet och timmar för personer som finns i registret.",
            }
        ),
    )
    file = forms.FileField(label="Fil", allow_empty_file=False)
    with_consent = forms.BooleanField(
        label="Sätt samtycke till Arbetsförmedlingen för alla i filen som aldrig har tillfrågats",
        help_text="Bara när deltagarna verkligen har lämnat det. Gäller alla slags uppgifter.",
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        most = settings.MAX_IMPORT_BYTES // (1024 * 1024)
        self.fields[
            "file"
        ].help_text = f"CSV (semikolon, komma eller tabb) eller Excel (xlsx), högst {most} MB."
        self.fields["file"].error_messages |= {
            "required": f"Välj en fil på högst {most} MB.",
            "empty": "Filen är tom. Välj en annan.",
        }
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.xlsx"
        if not user.may(Permission.MANAGE_CONSENT):
            del self.fields["with_consent"]
