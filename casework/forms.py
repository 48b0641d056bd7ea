"""Forms about the work with a participant."""

from core.forms import BaseForm
from participants.forms import DayField


class MeetingForm(BaseForm):
    """A planning meeting that was held."""

    submit_label = "Spara trepartssamtalet"
    held_on = DayField(label="Vilken dag hölls det")
