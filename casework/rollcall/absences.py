"""Three absences in a row: somebody should ring and hear how it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.permissions import Permission
from casework.models import AbsenceReason, Attendance, AttendanceStatus, SessionStatus
from core.registry import NextStep, ReviewSignal
from core.swedish import counted
from participants.enums import Category
from participants.review_weights import Weight

IN_A_ROW = 3
# Weighed against the rules of participants.next_steps: more urgent than an end that draws near.
URGENCY = 70
WORDS = {3: "tre", 4: "fyra", 5: "fem", 6: "sex"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion that somebody was marked on."""

    on: date
    absent: bool
    no_word: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Absences in a row, up to now: how many, since when, and how many without a word."""

    count: int
    since: date
    no_word: int

    @property
    def text(self) -> str:
        """The run in words: 3 frånvaror i rad, varav 2 utan att höra av sig."""
        text = f"{self.count} frånvaror i rad"
        if not self.no_word:
            return text
        how_many = "" if self.no_word == self.count else f", varav {self.no_word}"
        return f"{text}{how_many} utan att höra av sig"


def run_of(occasions: Iterable[Occasion]) -> Run | None:
    """Return the absences a person's latest occasions end with, when they are three or more. Pure.

    `occasions` come in order, the latest last. Every absence counts, whatever its reason.
    """
    absences: list[Occasion] = []
    for each in occasions:
        absences = [*absences, each] if each.absent else []
    if len(absences) < IN_A_ROW:
        return None
    return Run(len(absences), absences[0].on, sum(each.no_word for each in absences))


def runs(participants, user, day: date) -> dict[int, Run]:
    """Return the runs of those enrolled, by person, as far as the user may see attendance. One query.

    Only what happened in the current enrolment, up to and with the day.
    """
    since = {
        person.pk: enrolment.starts_on
        for person in participants
        if (enrolment := person.current_enrolment)
    }
    if not since or not user.may(Permission.VIEW_ATTENDANCE):
        return {}
    found = defaultdict(list)
    for person, occasion in _latest(since, user, day):
        if occasion.on >= since[person]:
            found[person].append(occasion)
    all_runs = {person: run_of(occasions) for person, occasions in found.items()}
    return {person: run for person, run in all_runs.items() if run}


def _latest(people, user, day):
    """Yield (person, occasion) from each person's last day of presence on, in order."""
    marked = Attendance.objects.exclude(status=AttendanceStatus.EXPECTED).filter(held_on__lte=day)
    marked = marked.exclude(session__status=SessionStatus.CANCELLED)
    came_later = marked.filter(
        participant=OuterRef("participant"),
        held_on__gt=OuterRef("held_on"),
        status=AttendanceStatus.PRESENT,
    )
    rows = marked.visible_to(user).filter(~Exists(came_later), participant__in=list(people))
    rows = rows.order_by("held_on", "session__starts_at", "pk")
    for person, on, status, reason in rows.values_list(
        "participant", "held_on", "status", "absence_reason"
    ):
        absent = status == AttendanceStatus.ABSENT
        yield person, Occasion(on, absent, reason == AbsenceReason.NO_WORD)


def signals(participants, user, day: date) -> dict[int, list[ReviewSignal]]:
    """Three absences or more in a row are a reason to talk about somebody. One query."""
    return {
        person: [
            ReviewSignal(run.text, Weight.ABSENT, run.since, category=Category.ATTENDANCE.value)
        ]
        for person, run in runs(participants, user, day).items()
    }


def next_steps(participants, user, day: date) -> dict[int, NextStep]:
    """Three absences or more in a row ask for a call. One query."""
    return {
        person: NextStep(
            f"Frånvarande {_times(run.count)} i rad: ring och hör hur det är.",
            URGENCY,
            url=reverse("casework:attendance", args=[person]),
            tone="warn",
        )
        for person, run in runs(participants, user, day).items()
    }


def _times(count: int) -> str:
    return f"{WORDS[count]} gånger" if count in WORDS else counted(count, "gång", "gånger")
