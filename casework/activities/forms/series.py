"""Forms about many sessions at once: they show first what would be made."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Row
from django import forms

from casework.activities import calendar
from casework.activities.actions import Occasion
from casework.activities.forms.activities import LeadersField, OutsideField, with_leaders
from casework.activities.forms.sessions import WhenForm
from core.forms import BaseForm, CheckboxList
from core.swedish import WEEKDAYS
from participants.forms import DayField, required


class Preview(BaseForm):
    """A form that only looks: sent by GET, it shows what would be made."""

    submit_label = "Visa tillfällena"

    @property
    def helper(self) -> FormHelper:
        """The one look, sent by GET."""
        helper = super().helper
        helper.form_method = "get"
        helper.form_action = "#forslag"  # what would be made stands below the form
        helper.disable_csrf = True
        helper.layout.fields = helper.layout.fields[1:]  # nothing is done, so nothing is done twice
        return helper


class WithoutField(forms.CharField):
    """Weeks and days to leave out; cleaned to a `Without`."""

    def __init__(self, **kwargs):
        facts = {
            "label": "Hoppa över veckor eller dagar",
            "required": False,
            "help_text": "Till exempel: v. 8, 2027-04-02. Helgdagar hoppas över av sig själva.",
        }
        super().__init__(**(facts | kwargs))

    def clean(self, value):
        try:
            return calendar.read_without(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(
                f"Skriv veckor som v. 8 och dagar som 2027-04-02. Vi förstod inte ”{error}”."
            ) from None


class SeriesForm(Preview, WhenForm):
    """On which days a series falls."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Veckodagar",
        choices=list(enumerate(word.capitalize() for word in WEEKDAYS)),
        coerce=int,
        widget=CheckboxList,
        error_messages=required("Välj minst en veckodag."),
    )
    from_day = DayField(label="Första dagen", future=True)
    to_day = DayField(label="Sista dagen", future=True, required=False)
    count = forms.IntegerField(
        label="Eller antal gånger", min_value=1, max_value=200, required=False
    )
    without = WithoutField()

    def layout(self):
        """Days first, then times."""
        return [
            "weekdays",
            Row("from_day", "to_day", "count"),
            Row("starts_at", "ends_at", "rest"),
            "without",
        ]

    def clean(self):
        data = super().clean()
        if data.get("from_day") and data.get("to_day") and data["to_day"] < data["from_day"]:
            self.add_error("to_day", "Sista dagen kan inte ligga före den första.")
        if not self.errors and not (data.get("to_day") or data.get("count")):
            self.add_error("to_day", "Ange sista dagen eller antal gånger.")
        return data

    def occasions(self) -> list[Occasion]:
        """Return the sessions that would be made, and the days that are skipped."""
        data = self.cleaned_data
        days = calendar.series(
            set(data["weekdays"]),
            data["from_day"],
            to_day=data["to_day"],
            times=data["count"],
            without=data["without"],
        )
        return [Occasion(day.on, **self.times(), skipped=day.skipped) for day in days]


class Part(BaseForm):
    """A form inside another: its page draws the form's tag and its button."""

    @property
    def helper(self) -> FormHelper:
        """The fields and the summary of errors alone."""
        helper = FormHelper(self)
        helper.layout.fields = self.layout()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.mark_optional = self.mark_optional
        return helper


class SeriesWordsForm(Part):
    """What all the sessions of a series have in common."""

    theme = forms.CharField(label="Tema", max_length=120, required=False)
    place = forms.CharField(label="Plats", max_length=120, required=False)


class TemplateWhenForm(Preview):
    """When a course from a template begins, and how long it is."""

    first_monday = DayField(label="Första måndagen", future=True)
    weeks = forms.TypedChoiceField(label="Antal veckor", coerce=int)
    without = WithoutField()

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weeks"].choices = [(week, str(week)) for week in range(1, most + 1)]

    def layout(self):
        """Start and length beside each other."""
        return [Row("first_monday", "weeks"), "without"]

    def clean_first_monday(self):
        """Only Mondays; says which are near."""
        day = self.cleaned_data["first_monday"]
        if day.weekday():
            monday = calendar.monday_of(day)
            raise forms.ValidationError(f"Kursen börjar på en måndag. Veckans måndag är {monday}.")
        return day


class TemplateWhatForm(Part):
    """What is made from a template is called, who leads it, where and for how many."""

    name = forms.CharField(label="Namn", max_length=120)
    place = forms.CharField(label="Plats", max_length=120, required=False)
    capacity = forms.IntegerField(label="Antal platser", min_value=1, max_value=500)
    leaders = LeadersField()
    outside = OutsideField()

    def facts(self) -> dict:
        """Return what the action takes."""
        return with_leaders(self.cleaned_data)
