from participants.models.benefit import BenefitPeriod
from participants.models.consent import Consent, ConsentText
from participants.models.enrolment import (
    Assignment,
    Enrolment,
    EnrolmentCorrection,
    Extension,
    ProgrammeLength,
    Track,
)
from participants.models.participant import (
    AreaPeriod,
    ClosedFileOpening,
    NumberRecord,
    Participant,
    ParticipantFlag,
)
from participants.models.protection import Protection, ProtectionReader
from participants.models.reading import ReadAccess

__all__ = [
    "AreaPeriod",
    "Assignment",
    "BenefitPeriod",
    "ClosedFileOpening",
    "Consent",
    "ConsentText",
    "Enrolment",
    "EnrolmentCorrection",
    "Extension",
    "NumberRecord",
    "Participant",
    "ParticipantFlag",
    "ProgrammeLength",
    "Protection",
    "ProtectionReader",
    "ReadAccess",
    "Track",
]
