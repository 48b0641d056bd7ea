"""Forms about caseloads that move."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from casework.handovers.caseload import Terms, givers
from casework.models import MoveKind
from core.forms import BaseForm, RadioCards
from participants.forms.fields import DayField, required

# Further ahead than this nobody knows who is here.
AHEAD = timedelta(days=180)
LONGEST = timedelta(days=730)
READS_DAYS = 30


class StartForm(BaseForm):
    """Who hands over, and for how long. Sent by GET to the page where it is dealt out."""

    submit_label = "Välj vem som tar över"
    vem = forms.ModelChoiceField(
        User.objects.none(), label="Vem lämnar över", error_messages=required("Välj vem.")
    )
    hur = forms.ChoiceField(
        label="Hur länge",
        choices=MoveKind.choices,
        widget=RadioCards(
            hints={
                MoveKind.GOOD: "Någon slutar eller byter arbete. Kollegan tar över tills vidare.",
                MoveKind.LEAVE: "Semester, sjukdom eller annan ledighet. Allt går tillbaka av sig"
                " självt dagen efter.",
            }
        ),
        error_messages=required("Välj om det är för gott eller under en ledighet."),
    )
    fran = DayField(label="Från och med", future=True)
    till = DayField(
        label="Till och med",
        future=True,
        required=False,
        help_text="Sista dagen borta. Bara för ledighet.",
    )
    laser = forms.IntegerField(
        label="Får läsa akterna efteråt, dagar",
        min_value=0,
        max_value=90,
        required=False,
        help_text="För den som slutar sitt uppdrag men kan behöva svara på frågor. 0 till 90 dagar."
        " Varje läsning loggas.",
        error_messages={
            "min_value": "Ange 0 till 90 dagar.",
            "max_value": "Ange 0 till 90 dagar.",
            "invalid": "Ange ett antal dagar med siffror.",
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["vem"]
        field.queryset = givers(user, timezone.localdate())
        field.label_from_instance = _label

    def clean_fran(self):
        day, today = self.cleaned_data["fran"], timezone.localdate()
        if not today <= day <= today + AHEAD:
            raise forms.ValidationError("Ange i dag eller en dag inom ett halvår.")
        return day

    def clean(self):
        data = super().clean()
        start, end = data.get("fran"), data.get("till")
        if data.get("hur") == MoveKind.LEAVE and "till" not in self.errors:
            if end is None:
                self.add_error("till", "Ange sista dagen borta.")
            elif start and not start <= end <= start + LONGEST:
                self.add_error("till", "Sista dagen ligger efter den första, inom två år.")
        return data

    def terms(self) -> Terms:
        """What was asked for, as the rules take it."""
        data = self.cleaned_data
        if data["hur"] == MoveKind.LEAVE:
            return Terms(MoveKind.LEAVE, data["fran"], data["till"])
        days = READS_DAYS if data["laser"] is None else data["laser"]
        return Terms(MoveKind.GOOD, data["fran"], reads_days=days)


def _label(user) -> str:
    return user.name if user.is_active else f"{user.name} (kontot är stängt)"


class ReturnForm(BaseForm):
    """Somebody on leave is back on another day."""

    submit_label = "Ändra"
    back_on = DayField(
        label="Första dagen tillbaka",
        future=True,
        help_text="Tidigare eller senare än det som var sagt. Samma dag: den som vikarierat slutar"
        " vid midnatt dagen före.",
    )

    def clean_back_on(self):
        day = self.cleaned_data["back_on"]
        if day > timezone.localdate() + LONGEST:
            raise forms.ValidationError("Ange en dag inom två år.")
        return day
