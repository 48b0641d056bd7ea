"""What other pages show of unsigned hours: the home page's card and the next step of a person."""

from datetime import timedelta

from django.db.models import Min, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import Attendance
from casework.signing.missing import contact_of, exact, rows_for
from casework.signing.when import SOON_DAYS, days_left, deadline_look, left_in_words
from casework.sums import hours as in_words
from core.registry import NextStep
from participants import access_log
from participants.enums import Category
from participants.models import Participant

ON_HOME = 6
OLDER_THAN = timedelta(days=7)
# Beside the urgencies of participants/next_steps.py: before the planned end when the deadline is near.
URGENCY_SOON, URGENCY_PASSED, URGENCY = 85, 65, 55


def home_card(request) -> dict | None:
    """The main contact's own participants who must still sign; logs those it shows. None when all have."""
    day = timezone.localdate()
    mine = contact_of(request.user, day)
    if not mine:
        return None
    rows = [row for row in rows_for(request.user, day, people=mine) if row.hours]
    if not rows:
        return None
    people = Participant.objects.visible_to(request.user, Category.ATTENDANCE)
    people = people.filter(pk__in=[row.participant_id for row in rows[:ON_HOME]])
    people = people.prefetch_related("protections").in_bulk()
    shown = [(row, people[row.participant_id]) for row in rows[:ON_HOME]]
    access_log.shown(
        request, [person for _, person in shown], access_log.Action.LISTED, what="home:must_sign"
    )
    return {
        "rows": shown,
        "total": len(rows),
        "hours": in_words(sum(row.hours for row in rows)),
        "url": reverse("signing:missing"),
    }


def next_steps(participants, user, day) -> dict[int, NextStep]:
    """Hours from more than a week ago that nobody has signed for. One query."""
    if not user.may(Permission.VIEW_ATTENDANCE):
        return {}
    rows = Attendance.objects.unattested().filter(
        participant__in=[each.pk for each in participants], held_on__lt=day - OLDER_THAN
    )
    if user.needs_consent:
        rows = rows.visible_to(user)
    found = rows.values("participant").annotate(sum=Sum("hours"), oldest=Min("held_on")).order_by()
    return {
        each["participant"]: _step(each, days_left(each["oldest"], day), user) for each in found
    }


def _step(found, days: int, user) -> NextStep:
    hours = exact(found["sum"])
    words = f"{in_words(hours)} {'timme' if hours == 1 else 'timmar'}"
    urgency = URGENCY_SOON if 0 <= days <= SOON_DAYS else URGENCY_PASSED if days < 0 else URGENCY
    url = ""
    if user.may(Permission.TAKE_ATTENDANCE):
        url = reverse("signing:person", args=[found["participant"]])
    text = f"Be om underskrift: {words}, {left_in_words(days)}."
    return NextStep(text, urgency, url=url, tone=deadline_look(days).tone)
