"""What can be done, as one flat list, and the marks that say which view asks for what."""

from enum import StrEnum, unique
from functools import wraps

from django.core.exceptions import PermissionDenied

from core.rules import PUBLIC, SIGNED_IN, public, signed_in

__all__ = ["PUBLIC", "SIGNED_IN", "Permission", "public", "requires", "signed_in"]


@unique
class Permission(StrEnum):
    """One thing a user may do; the sentence is shown in the matrix. Roles hold sets of these."""

    VIEW_PARTICIPANTS = "view_participants", "Se deltagare som man har behörighet till"
    EDIT_PARTICIPANTS = "edit_participants", "Registrera och ändra deltagare"
    MANAGE_CONSENT = "manage_consent", "Registrera och återkalla samtycke"
    MARK_PROTECTED = "mark_protected", "Markera skyddade personuppgifter och vem som får se"
    UNMARK_PROTECTED = "unmark_protected", "Ta bort markering om skyddade personuppgifter"
    ENROL = "enrol", "Skriva in, avsluta och byta huvudkontakt"
    CORRECT_ENROLMENT = "correct_enrolment", "Rätta datum i inskrivningar"
    REQUEST_EXTENSION = "request_extension", "Be om förlängning"
    DECIDE_EXTENSION = "decide_extension", "Besluta om förlängning"
    OPEN_CLOSED_FILES = "open_closed_files", "Öppna stängda akter med angiven anledning"
    EXPORT_PARTICIPANTS = "export_participants", "Exportera deltagarlistan"
    VIEW_REFERRALS = "view_referrals", "Se remisser"
    EDIT_REFERRALS = "edit_referrals", "Ta emot och bedöma remisser"
    DECIDE_REFERRALS = "decide_referrals", "Godta eller avböja remisser"
    VIEW_ATTENDANCE = "view_attendance", "Se närvaro"
    PLAN_ACTIVITIES = "plan_activities", "Planera aktiviteter och anmäla deltagare"
    TAKE_ATTENDANCE = "take_attendance", "Ta närvaro, ta emot underskrifter och påminna"
    REGISTER_SHEETS = "register_sheets", "Registrera underskrivna papper"
    VIEW_LEFT_UNSIGNED = "view_left_unsigned", "Se avslut där underskrifter lämnades"
    RECORD_MEETING = "record_meeting", "Registrera trepartssamtal"
    WRITE_NOTES = "write_notes", "Läsa och skriva anteckningar"
    VIEW_PLAN = "view_plan", "Se planering och insatser"
    EDIT_PLAN = "edit_plan", "Boka trepartssamtal, planera och registrera insatser"
    HAVE_TASKS = "have_tasks", "Ha uppgifter och ge dem till kollegor"
    TAKE_PART_IN_REVIEW = "take_part_in_review", "Vara med på ärendedragningen"
    LEAD_REVIEW = "lead_review", "Leda ärendedragningen"
    MOVE_CASELOAD = "move_caseload", "Lämna över deltagare till kollegor"
    IMPORT_REGISTER = "import_register", "Läsa in register och närvaro från fil"
    VIEW_FIGURES = "view_figures", "Se nyckeltal"
    VIEW_FIGURE_ROWS = "view_figure_rows", "Se personerna bakom nyckeltalen"
    MAKE_REPORTS = "make_reports", "Ta fram rapporter till arkivet"
    REPORT_ESF = "report_esf", "Låsa, ta fram och skicka ESF-månader"
    CONFIRM_TEMPLATE = "confirm_template", "Bekräfta SCB:s mall för ESF-rapporten"
    MANAGE_RATES = "manage_rates", "Lägga in timsatser och deltagares ersättning"
    MANAGE_USERS = "manage_users", "Lägga till användare, ge roller och stänga konton"
    MANAGE_SETTINGS = "manage_settings", "Ändra spår, villkor, mål och andra inställningar"
    VIEW_GALLERY = "view_gallery", "Se komponentgalleriet"

    def __new__(cls, value, sentence):
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member


def requires(permission: Permission):
    """Let only users with the permission through; others get 403. Marks the view with its rule."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.rule = permission
        return guarded

    return decorate
