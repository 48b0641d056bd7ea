"""Forms about tasks. They read and check; actions save."""

from datetime import date

from crispy_forms.layout import Row
from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework.todo import holders
from casework.todo.rules import days_to_choose
from core.forms import BaseForm, CheckboxList
from participants.forms import DayField, required

ME, NO_DAY = "mig", "inget"
WHO_WORDS = required("Välj vem som ska göra uppgiften.") | {
    "invalid_choice": "Den du valde har inga uppgifter längre. Välj någon annan."
}


class WhoField(forms.ChoiceField):
    """Oneself, a colleague or a function; cleaned to the words of the actions: to_user and to_role."""

    def __init__(self, *, user, me: bool = True, **kwargs):
        super().__init__(error_messages=WHO_WORDS, **kwargs)
        self.user = user
        people = [each for each in holders.colleagues() if each.pk != user.pk]
        self.colleagues: dict[str, User] = {f"p{each.pk}": each for each in people}
        self.choices = [
            *([("", "Välj …")] if not self.initial else []),
            *([(ME, "Jag")] if me else []),
            ("Kollegor", [(key, each.name) for key, each in self.colleagues.items()]),
            (
                "Funktioner: den som först kan",
                [(f"f-{key}", name) for key, name in holders.functions()],
            ),
        ]

    def clean(self, value):
        value = super().clean(value)
        if value.startswith("f-"):
            return {"to_role": Role(value.removeprefix("f-"))}
        return {"to_user": self.user if value == ME else self.colleagues[value]}


class TaskForm(BaseForm):
    """A new task: what, who, by when."""

    submit_label = "Lägg till"
    text = forms.CharField(
        label="Vad ska göras?",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-focus": ""}),
        error_messages=required("Skriv vad som ska göras."),
    )
    due = forms.ChoiceField(label="Senast")
    due_on = DayField(label="Annan dag", future=True, required=False)

    def __init__(self, *args, user, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"] = WhoField(label="Vem", user=user, initial=ME)
        today = timezone.localdate()
        offered = [(f"{each.day}", f"{each.label} ({each.day})") for each in days_to_choose(today)]
        days = [(f"{today}", f"I dag ({today})"), *offered, (NO_DAY, "Inget datum")]
        self.fields["due"].choices = days
        self.fields["due"].initial = offered[0][0]
        if people is not None:
            self.fields["participant"] = PersonField(
                people, label="Om vem", required=False, empty_label="Ingen särskild"
            )

    def layout(self):
        """What on a line of its own, and who and when beside each other."""
        if "participant" in self.fields:
            return ["text", Row("participant", "who"), Row("due", "due_on")]
        return ["text", Row("who", "due", "due_on")]

    def clean(self):
        data = super().clean()
        chosen = data.get("due", "")
        if not data.get("due_on"):
            data["due_on"] = None if chosen in ("", NO_DAY) else date.fromisoformat(chosen)
        return data

    def facts(self) -> dict:
        """What the action takes, but for the person."""
        data = self.cleaned_data
        who = data["who"]
        return {
            "text": data["text"],
            "assigned_to": who.get("to_user"),
            "to_role": who.get("to_role", ""),
            "due_on": data["due_on"],
        }


class PersonField(forms.ModelChoiceField):
    """One of the user's own participants, by the name lists show."""

    def label_from_instance(self, person):
        return person.list_name


class GiveForm(BaseForm):
    """Somebody else is to do a task."""

    submit_label = "Lämna över"
    reason = forms.CharField(label="Varför", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, task, **kwargs):
        super().__init__(*args, **kwargs)
        me = task.assigned_to_id != user.pk
        self.fields["who"] = WhoField(label="Vem ska göra den?", user=user, me=me)
        self.order_fields(["who", "reason", "version"])


class DropForm(BaseForm):
    """Why a task is not to be done."""

    submit_label = "Stryk uppgiften"
    submit_tone = "danger"
    reason = forms.CharField(
        label="Varför ska den inte göras?",
        max_length=300,
        error_messages=required("Skriv varför, till exempel: löste sig av sig självt."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StrikeForm(BaseForm):
    """Which of a person's open tasks are struck, and why."""

    submit_label = "Stryk de valda"
    submit_tone = "danger"
    tasks = forms.ModelMultipleChoiceField(
        None,
        label="Uppgifter",
        widget=CheckboxList,
        error_messages=required("Välj minst en uppgift."),
    )
    reason = forms.CharField(
        label="Varför ska de inte göras?",
        max_length=300,
        initial="Inskrivningen avslutas.",
        error_messages=required("Skriv varför."),
    )

    def __init__(self, *args, tasks, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["tasks"]
        field.queryset = tasks
        field.label_from_instance = lambda task: f"{task.text} ({task.who})"
