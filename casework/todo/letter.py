"""The morning letter: how much the day holds, in figures, never about whom or what.

Ordered at seven on working days, or at the first full hour when the machine is on. A row in
MorningLetter means that the day is done for the user: told, or nothing to tell.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from casework.activities.calendar import holiday_name
from casework.models import BookingStatus, MeetingBooking, MorningLetter, NoteDraft, Task
from casework.todo.holders import ROLES_WITH_TASKS
from core import gateway, jobs
from core.swedish import counted, listed
from participants.models import Assignment, Participant

SEND = "casework.send_morning_letter"
SUBJECT = "BASUN: din dag"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says."""

    today: int = 0
    late: int = 0
    unsigned: int = 0
    meetings: int = 0

    @property
    def text(self) -> str:
        """The mail."""
        page = gateway.public_url(reverse("todo:list"))
        return f"God morgon!\n\nI dag har du {listed(self.parts)}.\n\nHär är din lista: {page}\n"

    @property
    def parts(self) -> list[str]:
        """What there is, in words; nothing of what there is none of."""
        unsigned = counted(self.unsigned, "osignerad anteckning", "osignerade anteckningar")
        counts = [
            (self.today, counted(self.today, "uppgift i dag", "uppgifter i dag")),
            (self.late, counted(self.late, "försenad uppgift", "försenade uppgifter")),
            (self.unsigned, f"{unsigned} sedan i går eller tidigare"),
            (self.meetings, counted(self.meetings, "möte i dag", "möten i dag")),
        ]
        return [words for count, words in counts if count]


def is_working_day(day: date) -> bool:
    """Whether letters are written on the day. Pure."""
    return day.weekday() < SATURDAY and not holiday_name(day)


def order_all(day: date) -> int:
    """Order the day's letter for each user who has tasks and has not had it; returns how many."""
    if not is_working_day(day):
        return 0
    told = MorningLetter.objects.filter(day=day).values("user")
    users = User.objects.active_with_role(*ROLES_WITH_TASKS).exclude(pk__in=told)
    ids = [user.pk for user in users]
    for user in ids:
        params = {"user": user, "day": day.isoformat()}
        jobs.enqueue(SEND, params=params, by=None, key=f"{SEND}:{user}:{day}")
    return len(ids)


def send(user_id: int, day: str) -> bool:
    """Send one user's letter; says whether there was anything to send.

    The day is claimed first, so that nobody is written to twice; when the mail is refused the claim is
    given back and the next hour tries again. A letter of a day that has passed is not sent.
    """
    today = timezone.localdate()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or date.fromisoformat(day) != today or not _claim(user, today):
        return False
    letter = letter_for(user, today)
    if letter is None:
        return False
    try:
        gateway.send_mail(user.email, SUBJECT, letter.text)
    except gateway.GatewayError:
        MorningLetter.objects.filter(user=user, day=today).delete()
        raise
    return True


def letter_for(user, day: date) -> Letter | None:
    """Return what there is to tell a user, or None. Five queries."""
    if not user.may(Permission.HAVE_TASKS):
        return None
    mine = Task.objects.visible_to(user).open().mine(user)
    people = Participant.objects.visible_to(user).values("pk")
    drafts = NoteDraft.objects.forgotten(timezone.now()).filter(user=user, participant__in=people)
    letter = Letter(
        today=mine.filter(due_on=day).count(),
        late=mine.overdue(day).count(),
        unsigned=drafts.count(),
        meetings=meetings_on(user, day).count(),
    )
    return letter if letter.parts else None


def meetings_on(user, day: date):
    """The planning meetings of the day with the user's own participants."""
    own = Assignment.objects.current_on(day).filter(user=user).values("enrolment")
    booked = MeetingBooking.objects.visible_to(user).filter(status=BookingStatus.BOOKED)
    return booked.filter(enrolment__in=own, starts_at__date=day)


@transaction.atomic
def _claim(user, day: date) -> bool:
    _, is_new = MorningLetter.objects.get_or_create(user=user, day=day)
    return is_new
