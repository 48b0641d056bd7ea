"""The card "I dag": what the user's day holds, hour by hour, from what every part knows."""

from datetime import date, time

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import (
    ActivityLeader,
    ActivityType,
    Attendance,
    Session,
    SessionStatus,
    Task,
)
from core import registry
from core.registry import TodayEntry
from core.swedish import counted
from participants import access_log

# As many tasks as a card can hold; the rest are in the list.
MOST_TASKS = 8


def card(request) -> dict | None:
    """The day of a user; logs the people it names. Costs the queries of its sources.

    None for those who have no tasks and nothing today.
    """
    user, day = request.user, timezone.localdate()
    entries = in_order(
        entry for source in registry.today.for_user(user) for entry in source.find(user, day)
    )
    if not entries and not user.may(Permission.HAVE_TASKS):
        return None
    people = [entry.person for entry in entries if entry.person]
    access_log.shown(request, people, access_log.Action.LISTED, what="home:today")
    return {
        "entries": entries,
        "url": reverse("todo:list") if user.may(Permission.HAVE_TASKS) else "",
    }


def in_order(entries) -> list[TodayEntry]:
    """By the clock, and what has no time last, as it came. Pure."""
    return sorted(entries, key=lambda entry: (entry.at is None, entry.at or time.min))


def sessions(user, day: date) -> list[TodayEntry]:
    """The sessions the user leads; a talk with one person says with whom. Three queries, one without any."""
    led = ActivityLeader.objects.filter(user=user).values("activity")
    found = Session.objects.filter(activity__in=led, held_on=day)
    found = list(
        found.exclude(status=SessionStatus.CANCELLED)
        .select_related("activity")
        .order_by("starts_at", "pk")
    )
    if not found:
        return []
    people = _in_talks(found, user)
    return [_session(each, people.get(each.pk, [])) for each in found]


def _in_talks(sessions, user) -> dict[int, list]:
    talks = [each for each in sessions if each.activity.type == ActivityType.TALK]
    rows = Attendance.objects.visible_to(user).filter(session__in=talks)
    rows = rows.select_related("participant").prefetch_related("participant__protections")
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.session_id, []).append(row.participant)
    return found


def _session(session: Session, people: list) -> TodayEntry:
    return TodayEntry(
        session.activity.name,
        at=session.starts_at,
        text=session.where,
        url=session.get_absolute_url(),
        icon="people" if len(people) != 1 else "message",
        person=people[0] if len(people) == 1 else None,
    )


def tasks(user, day: date) -> list[TodayEntry]:
    """The user's tasks of the day, and how many are late. Two queries and a prefetch."""
    mine = Task.objects.visible_to(user).open().mine(user)
    due = mine.filter(due_on=day).select_related("participant")
    due = list(due.prefetch_related("participant__protections").order_by("pk")[: MOST_TASKS + 1])
    entries = [
        TodayEntry(each.text, url=each.get_absolute_url(), icon="check", person=each.participant)
        for each in due[:MOST_TASKS]
    ]
    if len(due) > MOST_TASKS:
        entries.append(TodayEntry("Fler uppgifter i dag", url=reverse("todo:list"), icon="list"))
    return entries + _waiting(user, mine, day)


def _waiting(user, mine, day) -> list[TodayEntry]:
    ours = Task.objects.visible_to(user).open().ours(user).filter(Q(due_on__lte=day))
    late, untaken = mine.overdue(day).count(), ours.count()
    entries = []
    if late:
        words = counted(late, "försenad uppgift", "försenade uppgifter")
        entries.append(TodayEntry(words, url=reverse("todo:list"), icon="warning"))
    if untaken:
        words = counted(untaken, "uppgift", "uppgifter")
        url = f"{reverse('todo:list')}?vy=vara"
        entries.append(TodayEntry(f"{words} som någon av er ska ta", url=url, icon="people"))
    return entries
