"""What a note must hold to be signed."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from casework.models import Audience, NoteChannel, TalkKind, WithWhom
from core.forms import BaseForm, FilterForm, SearchInput
from participants.forms.fields import required

# A clock that goes a little wrong is nobody's fault.
AHEAD = timedelta(minutes=5)
EARLIEST_YEAR = 2000
LONGEST_TEXT = 50_000
LONGEST_CONTACT = 24 * 60


class NoteForm(BaseForm):
    """A note: only the text has to be written, everything else has a default."""

    text = forms.CharField(
        label="Anteckning", max_length=LONGEST_TEXT, error_messages=required("Skriv vad som hände.")
    )
    day = forms.DateField(
        label="Dag", error_messages={"invalid": "Skriv dagen så här: 2026-03-09."}
    )
    time = forms.TimeField(
        label="Klockan",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"invalid": "Skriv klockslaget så här: 16:55."} | required("Fyll i när."),
    )
    minutes = forms.IntegerField(required=False)
    minutes_other = forms.IntegerField(
        label="Hur länge",
        required=False,
        min_value=1,
        max_value=LONGEST_CONTACT,
        error_messages={
            "invalid": "Skriv hur många minuter, bara siffror.",
            "min_value": "Skriv minst en minut, eller lämna tomt.",
            "max_value": "Ett samtal kan vara högst ett dygn.",
        },
    )
    channel = forms.ChoiceField(label="Hur", choices=NoteChannel.choices)
    kind = forms.ChoiceField(label="Slags samtal", choices=TalkKind.choices)
    with_whom = forms.MultipleChoiceField(label="Med vem", choices=WithWhom.choices, required=False)
    with_text = forms.CharField(label="Vem, med ord", max_length=200, required=False)
    agreed = forms.CharField(label="Vi kom överens om", max_length=10_000, required=False)
    audience = forms.ChoiceField(label="Vem får läsa", choices=Audience.choices)
    restricted_reason = forms.CharField(
        label="Varför den är spärrad", max_length=200, required=False
    )

    def clean(self):
        """Put day and time together, and refuse what cannot have happened."""
        facts = super().clean()
        day, time = facts.get("day"), facts.get("time")
        if day and day.year < EARLIEST_YEAR:
            self.add_error("day", "Kontrollera årtalet.")
        elif day and time:
            facts["happened_at"] = timezone.make_aware(datetime.combine(day, time))
            if facts["happened_at"] > timezone.now() + AHEAD:
                words = "Tiden ligger i framtiden. Anteckna när det har hänt, eller rätta tiden."
                self.add_error("day", words)
        facts["minutes"] = facts.get("minutes_other") or facts.get("minutes")
        if facts.get("audience") != Audience.RESTRICTED:
            facts["restricted_reason"] = ""
        elif not facts.get("restricted_reason", "").strip():
            self.add_error("restricted_reason", "Skriv varför anteckningen är spärrad.")
        return facts


class CorrectionForm(NoteForm):
    """A correction: the same, and why."""

    why = forms.CharField(
        label="Varför du rättar",
        max_length=120,
        error_messages=required("Skriv varför du rättar anteckningen."),
    )
    base = forms.IntegerField(required=False)


class NoteFilter(FilterForm):
    """What a person's notes can be narrowed by. The words go by POST (core/search_words.py)."""

    ADDRESSED = ("slag", "med", "av")

    q = forms.CharField(
        label="Sök i anteckningarna", widget=SearchInput(attrs={"placeholder": "Ord i texten"})
    )
    slag = forms.ChoiceField(label="Slags samtal", choices=TalkKind.choices)
    med = forms.ChoiceField(label="Med vem", choices=WithWhom.choices)
    av = forms.ChoiceField(label="Skriven av")

    def __init__(self, *args, authors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["av"].choices = [("", "Alla"), *((str(pk), name) for pk, name in authors)]


class PhraseForm(BaseForm):
    """A phrase of one's own."""

    submit_label = "Lägg till"
    text = forms.CharField(label="Ny fras", max_length=200)
