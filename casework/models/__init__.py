from casework.imports.models import ImportUpload
from casework.models.activities import (
    Activity,
    ActivityKind,
    ActivityLeader,
    ActivityTemplate,
    ActivityType,
    Session,
    SessionStatus,
    SessionStep,
    SignUp,
    SignUpStatus,
    TemplateSession,
)
from casework.models.attendance import AbsenceReason, Attendance, AttendanceStatus
from casework.models.attestation import (
    Attestation,
    AttestationBreak,
    AttestationMethod,
    CounterSignature,
)
from casework.models.calendars import CalendarFeed
from casework.models.links import Channel, Digest, SigningLink
from casework.models.meetings import PlanningMeeting
from casework.models.project import EsfProject
from casework.models.sheets import (
    Bundle,
    Scan,
    ScanPage,
    ScanPageState,
    Sheet,
    SheetKind,
    SheetRow,
)

__all__ = [
    "AbsenceReason",
    "Activity",
    "ActivityKind",
    "ActivityLeader",
    "ActivityTemplate",
    "ActivityType",
    "Attendance",
    "AttendanceStatus",
    "Attestation",
    "AttestationBreak",
    "AttestationMethod",
    "Bundle",
    "CalendarFeed",
    "Channel",
    "CounterSignature",
    "Digest",
    "EsfProject",
    "ImportUpload",
    "PlanningMeeting",
    "Scan",
    "ScanPage",
    "ScanPageState",
    "Session",
    "SessionStatus",
    "SessionStep",
    "Sheet",
    "SheetKind",
    "SheetRow",
    "SignUp",
    "SignUpStatus",
    "SigningLink",
    "TemplateSession",
]
