"""Everything the demo holds, made in order; the same each day it is made."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from basun.demo.attended import Attended
from basun.demo.case_files import make_case_files
from basun.demo.caseloads import Caseloads
from basun.demo.courses import Courses
from basun.demo.esf_months import report_past_months
from basun.demo.files import ATTENDANCE, REGISTER
from basun.demo.financed import make_financing
from basun.demo.referred import make_referrals
from basun.demo.shift import shift_for, shifted
from basun.demo.staff import make_staff
from casework.imports.attendance import AttendanceResource
from core import imports
from participants.models import Participant
from referrals.imports.register import RegisterResource


def is_empty() -> bool:
    """Whether nobody works here and nobody is registered."""
    return not User.objects.exists() and not Participant.objects.exists()


@transaction.atomic
def make(today: date, tell=lambda text: None) -> None:
    """Make staff, register, attendance, caseloads, referrals and this week; `tell` hears what is done."""
    by = shift_for(today)
    tell("Användare för varje roll")
    staff = make_staff()
    readers = [staff[Role.PROJECT_LEAD][0], staff[Role.PEDAGOGUE][0]]
    tell("Registret, med samtycke till Arbetsförmedlingen för alla (bara i demo)")
    imports.save(
        RegisterResource, shifted(REGISTER, by), by=None, with_consent=True, readers=readers
    )
    tell("Närvaron")
    imports.save(AttendanceResource, shifted(ATTENDANCE, by), by=None)
    tell("Huvudkontakter, möten och väntande remisser")
    Caseloads(staff, today).deal()
    make_referrals(staff, today)
    tell("Veckans aktiviteter, närvaro, underskrifter och ersättningar")
    courses = Courses(staff, today)
    courses.plan()
    Attended(courses.course, today).take()
    make_financing(staff, today)
    tell("ESF-månaderna till och med den som senast skulle vara inne")
    report_past_months(staff[Role.PROJECT_LEAD][0], today)
    tell("Akterna: planer, anteckningar, uppgifter, insatser och ärendedragningar")
    make_case_files(staff, today)
