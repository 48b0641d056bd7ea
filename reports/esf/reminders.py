"""A mail to those who report, some days before a month is due. It names no person."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from core.gateway import GatewayError, public_url, send_mail
from reports.esf.calendar import CalendarMonth, MonthStatus, load_calendar
from reports.esf.changes import hours
from reports.esf.models import EsfReminder
from reports.esf.overview import days_in_words

DAYS = (14, 7, 3, 1)


def remind(today: date) -> int:
    """Send what is due today and return how many months it was about; run twice it sends once.

    A reminder missed because nobody could send it is made up for until the next one is due.
    """
    due = {
        (each.month, step): each
        for each in load_calendar(today).months
        if each.is_unsent and (step := step_of(each.days_left))
    }
    told = set(EsfReminder.objects.values_list("month", "days_left"))
    waiting = [
        (each, step) for (month, step), each in due.items() if (str(month), step) not in told
    ]
    return sum(_remind(each, step) for each, step in waiting)


def step_of(days_left: int) -> int | None:
    """Return which of the reminders it is time for: the nearest one reached, None when none is. Pure."""
    if days_left < 0:
        return None
    return min((step for step in DAYS if step >= days_left), default=None)


@transaction.atomic
def _remind(each: CalendarMonth, step: int) -> bool:
    """Send one month's reminder to everybody; forgotten again when nobody could be reached."""
    _, is_new = EsfReminder.objects.get_or_create(month=str(each.month), days_left=step)
    if not is_new:
        return False
    reached = [_sent(user.email, each) for user in recipients()]
    if not any(reached):
        transaction.set_rollback(True)
    return any(reached)


def _sent(address: str, each: CalendarMonth) -> bool:
    try:
        send_mail(address, subject(each), text(each))
    except GatewayError:
        return False
    return True


def recipients() -> list[User]:
    """Return active staff who report to the ESF. One query."""
    roles = [role for role, facts in ROLES.items() if Permission.REPORT_ESF in facts.permissions]
    return list(User.objects.active_with_role(*roles))


def subject(each: CalendarMonth) -> str:
    """Write the mail's subject."""
    return f"ESF {each.month.label}: {days_in_words(each.days_left)}"


def text(each: CalendarMonth) -> str:
    """Write the mail: the month, its state and deadline, the hours at stake, and where to go."""
    if each.status == MonthStatus.LOCKED:
        state = "Månaden är låst men inte markerad som skickad."
    else:
        state = "Månaden är inte låst än."
    lost = each.now.lost_hours
    stake = (
        f"{hours(lost)} räknas inte, eftersom underskrift saknas."
        if lost
        else "Alla timmar räknas."
    )
    return (
        f"Deltagarrapporten för {each.month.label} ska till SCB senast {each.due_on}.\n\n"
        f"{state} {stake}\n\n"
        f"{public_url(reverse('esf:month', args=[each.month]))}\n"
    )
