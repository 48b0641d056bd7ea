"""Forms about a person and their enrolment. They read and check; actions save."""

from participants.forms.enrolments import (
    CorrectDatesForm,
    DecisionForm,
    EnrolForm,
    ExitForm,
    ExtensionForm,
    ReassignForm,
)
from participants.forms.fields import (
    DayField,
    NumberField,
    SentElsewhere,
    required,
)
from participants.forms.people import (
    AreaForm,
    DetailsForm,
    EndFlagForm,
    FlagForm,
    NumberForm,
    RegisterForm,
    SearchBeforeForm,
)
from participants.forms.trust import (
    ConsentForm,
    OpenFileForm,
    ProtectForm,
    ReaderForm,
    ReasonForm,
    UnmarkForm,
    WithdrawForm,
)

__all__ = [
    "AreaForm",
    "ConsentForm",
    "CorrectDatesForm",
    "DayField",
    "DecisionForm",
    "DetailsForm",
    "EndFlagForm",
    "EnrolForm",
    "ExitForm",
    "ExtensionForm",
    "FlagForm",
    "NumberField",
    "NumberForm",
    "OpenFileForm",
    "ProtectForm",
    "ReaderForm",
    "ReasonForm",
    "ReassignForm",
    "RegisterForm",
    "SearchBeforeForm",
    "SentElsewhere",
    "UnmarkForm",
    "WithdrawForm",
    "required",
]
