"""Forms about activities. They read and check; actions save."""

from casework.activities.forms.activities import ActivityFilters, ActivityForm
from casework.activities.forms.series import (
    SeriesForm,
    SeriesWordsForm,
    TemplateWhatForm,
    TemplateWhenForm,
)
from casework.activities.forms.sessions import CancelForm, SessionForm
from casework.activities.forms.sign_ups import (
    FromDayForm,
    PersonSearch,
    SignUpForm,
    TalkForm,
    TalksForm,
)

__all__ = [
    "ActivityFilters",
    "ActivityForm",
    "CancelForm",
    "FromDayForm",
    "PersonSearch",
    "SeriesForm",
    "SeriesWordsForm",
    "SessionForm",
    "SignUpForm",
    "TalkForm",
    "TalksForm",
    "TemplateWhatForm",
    "TemplateWhenForm",
]
