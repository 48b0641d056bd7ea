"""The roles of the programme as data: what each does, may do, and whose files it opens."""

from dataclasses import dataclass
from enum import IntEnum

from django.db import models

from accounts.permissions import Permission as P


class Authority(models.TextChoices):
    """Who employs a member of staff; consent is given per authority."""

    MUNICIPALITY = "kommun", "Botkyrka kommun"
    EMPLOYMENT_SERVICE = "af", "Arbetsförmedlingen"
    EXTERNAL = "extern", "Extern"


class Role(models.TextChoices):
    """A function in the programme."""

    PEDAGOGUE = "pedagogue", "Coachande pedagog"
    EMPLOYMENT_OFFICER = "employment_officer", "Arbetsförmedlare"
    EMPLOYER_COORDINATOR = "employer_coordinator", "Arbetsgivarkoordinator"
    SIUS_CONSULTANT = "sius_consultant", "SIUS-konsulent"
    COUNSELLOR = "counsellor", "Studie- och yrkesvägledare"
    PROJECT_LEAD = "project_lead", "Projektledare"
    DEVELOPMENT_LEAD = "development_lead", "Utvecklingsledare"
    ADMINISTRATOR = "administrator", "Administratör"
    STEERING_GROUP = "steering_group", "Styrgrupp"
    EVALUATOR = "evaluator", "Extern utvärderare"
    SYSTEM_ADMINISTRATOR = "system_administrator", "Systemförvaltare"
    LOG_REVIEWER = "log_reviewer", "Logggranskare"
    DEVELOPER = "developer", "Utvecklare"


class Scope(IntEnum):
    """Whose files a role opens, before consent and protected identity have their say."""

    NONE = 0
    ASSIGNED = 1  # those the user is assigned to
    TEAM = 2  # and every open file
    ALL = 3  # and closed files


@dataclass(frozen=True)
class RoleFacts:
    """What a role is for, in a sentence, and what follows from it."""

    sentence: str
    scope: Scope
    permissions: frozenset[P]


_SEE = frozenset({P.VIEW_PARTICIPANTS})
_TEAM_WORK = _SEE | {
    P.EDIT_PARTICIPANTS,
    P.MANAGE_CONSENT,
    P.VIEW_REFERRALS,
    P.VIEW_ATTENDANCE,
    P.VIEW_FIGURES,
}
_CASE_FILE = frozenset({P.WRITE_NOTES, P.VIEW_PLAN, P.HAVE_TASKS, P.TAKE_PART_IN_REVIEW})

ROLES: dict[Role, RoleFacts] = {
    Role.PEDAGOGUE: RoleFacts(
        "Är huvudkontakt, tar emot remisser, skriver in och följer deltagaren.",
        Scope.TEAM,
        _TEAM_WORK
        | _CASE_FILE
        | {
            P.EDIT_PLAN,
            P.LEAD_REVIEW,
            P.MOVE_CASELOAD,
            P.EDIT_REFERRALS,
            P.DECIDE_REFERRALS,
            P.ENROL,
            P.REQUEST_EXTENSION,
            P.RECORD_MEETING,
            P.MARK_PROTECTED,
            P.PLAN_ACTIVITIES,
            P.TAKE_ATTENDANCE,
            P.REGISTER_SHEETS,
        },
    ),
    Role.EMPLOYMENT_OFFICER: RoleFacts(
        "Deltar i trepartssamtal och beslutar om praktik och stöd; ser bara med samtycke.",
        Scope.ASSIGNED,
        _SEE
        | _CASE_FILE
        | {
            P.EDIT_PLAN,
            P.VIEW_ATTENDANCE,
            P.VIEW_FIGURES,
            P.RECORD_MEETING,
            P.TAKE_ATTENDANCE,
        },
    ),
    Role.EMPLOYER_COORDINATOR: RoleFacts(
        "Har kontakt med arbetsgivare och matchar deltagare som är redo.",
        Scope.TEAM,
        _SEE | _CASE_FILE | {P.VIEW_FIGURES, P.VIEW_ATTENDANCE, P.TAKE_ATTENDANCE},
    ),
    Role.SIUS_CONSULTANT: RoleFacts(
        "Ger särskilt introduktionsstöd till dem som tilldelats; ser bara med samtycke.",
        Scope.ASSIGNED,
        _SEE | _CASE_FILE | {P.EDIT_PLAN, P.VIEW_ATTENDANCE, P.TAKE_ATTENDANCE},
    ),
    Role.COUNSELLOR: RoleFacts(
        "Vägleder om studier för dem som tilldelats.",
        Scope.ASSIGNED,
        _SEE
        | _CASE_FILE
        | {
            P.EDIT_PLAN,
            P.VIEW_ATTENDANCE,
            P.VIEW_FIGURES,
            P.PLAN_ACTIVITIES,
            P.TAKE_ATTENDANCE,
        },
    ),
    Role.PROJECT_LEAD: RoleFacts(
        "Leder båda myndigheternas personal, beslutar om förlängning och rapporterar.",
        Scope.ALL,
        _TEAM_WORK
        | _CASE_FILE
        | {
            P.EDIT_PLAN,
            P.LEAD_REVIEW,
            P.MOVE_CASELOAD,
            P.EDIT_REFERRALS,
            P.DECIDE_REFERRALS,
            P.ENROL,
            P.REQUEST_EXTENSION,
            P.DECIDE_EXTENSION,
            P.CORRECT_ENROLMENT,
            P.RECORD_MEETING,
            P.MARK_PROTECTED,
            P.UNMARK_PROTECTED,
            P.OPEN_CLOSED_FILES,
            P.EXPORT_PARTICIPANTS,
            P.IMPORT_REGISTER,
            P.VIEW_FIGURE_ROWS,
            P.MAKE_REPORTS,
            P.PLAN_ACTIVITIES,
            P.TAKE_ATTENDANCE,
            P.REGISTER_SHEETS,
            P.VIEW_LEFT_UNSIGNED,
            P.REPORT_ESF,
            P.CONFIRM_TEMPLATE,
        },
    ),
    Role.DEVELOPMENT_LEAD: RoleFacts(
        "Följer upp jämställdhet och tillgänglighet i siffror utan namn.",
        Scope.NONE,
        frozenset({P.VIEW_FIGURES}),
    ),
    Role.ADMINISTRATOR: RoleFacts(
        "Sköter register, närvaro och rapportering till ESF.",
        Scope.ALL,
        _SEE
        | {
            P.EDIT_PARTICIPANTS,
            P.UNMARK_PROTECTED,
            P.VIEW_REFERRALS,
            P.EDIT_REFERRALS,
            P.VIEW_ATTENDANCE,
            P.IMPORT_REGISTER,
            P.EXPORT_PARTICIPANTS,
            P.VIEW_FIGURES,
            P.VIEW_FIGURE_ROWS,
            P.MAKE_REPORTS,
            P.PLAN_ACTIVITIES,
            P.TAKE_ATTENDANCE,
            P.REGISTER_SHEETS,
            P.REPORT_ESF,
            P.MANAGE_RATES,
            P.CORRECT_ENROLMENT,
        },
    ),
    Role.STEERING_GROUP: RoleFacts(
        "Följer resultatet varje månad i publicerade, skyddade sammanställningar.",
        Scope.NONE,
        frozenset(),
    ),
    Role.EVALUATOR: RoleFacts("Utvärderar med avidentifierade underlag.", Scope.NONE, frozenset()),
    Role.SYSTEM_ADMINISTRATOR: RoleFacts(
        "Sköter användare och inställningar; ser inget innehåll i akter.",
        Scope.NONE,
        frozenset({P.MANAGE_USERS, P.MANAGE_SETTINGS}),
    ),
    Role.LOG_REVIEWER: RoleFacts(
        "Granskar vem som har läst vad; ser inget innehåll i akter.", Scope.NONE, frozenset()
    ),
    Role.DEVELOPER: RoleFacts(
        "Bygger systemet; ser komponentgalleriet men inget innehåll i akter.",
        Scope.NONE,
        frozenset({P.VIEW_GALLERY}),
    ),
}
