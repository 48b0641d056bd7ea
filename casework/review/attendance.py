"""Who of the staff is in the room, and who is needed there for whom."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES
from casework.models import Review, ReviewAttendee
from casework.review.room import Part
from core.swedish import counted
from participants.enums import Function

WORDS = {
    Function.MAIN_CONTACT: "huvudkontakt",
    Function.EMPLOYMENT_OFFICER: "arbetsförmedlare",
    Function.SIUS: "SIUS-konsulent",
    Function.COUNSELLOR: "studie- och yrkesvägledare",
}


def staff():
    """Everybody active whose work it is to take part, in Swedish order of name."""
    roles = [
        role for role, facts in ROLES.items() if Permission.TAKE_PART_IN_REVIEW in facts.permissions
    ]
    return User.objects.active_with_role(*roles)


def expect_everybody(review: Review) -> None:
    """Put all staff on the list of those expected, and keep who is there already. Two queries."""
    known = set(review.attendees.values_list("user", flat=True))
    ReviewAttendee.objects.bulk_create(
        [ReviewAttendee(review=review, user=user) for user in staff() if user.pk not in known]
    )


@transaction.atomic
def set_present(*, review: Review, users, by) -> None:
    """Say who is in the room; everybody else is not."""
    from casework.review.agenda import changing, touch

    review = changing(review)
    expect_everybody(review)
    here = [user.pk for user in users]
    review.attendees.filter(user__in=here, user__is_active=True).update(present=True)
    review.attendees.exclude(user__in=here).update(present=False)
    touch(review)


def present(review: Review) -> set[int]:
    """Return the keys of those who are in the room. One query."""
    here = review.attendees.filter(present=True).order_by()
    return set(here.values_list("user", flat=True))


@dataclass(frozen=True, slots=True)
class Needed:
    """Somebody whom one participant needs in the room."""

    user: User
    function: str

    @property
    def words(self) -> str:
        """Who, and as what: Britta Falk (arbetsförmedlare)."""
        return f"{self.user.name} ({self.function})"


def needed_for(row) -> list[Needed]:
    """Return whom somebody on the agenda needs in the room: those who have them on the day of the review. No query.

    Staff of Arbetsförmedlingen only in the joint part; of a protected person the main contact alone.
    """
    if row.enrolment is None:
        return []
    day, found = row.item.review.held_on, []
    for function in Function:
        user = row.enrolment.assigned(function, day)
        if user and _is_wanted(user, function, row.part):
            found.append(Needed(user, WORDS[function]))
    return found


def _is_wanted(user, function, part: Part) -> bool:
    if part == Part.ALONE:
        return function == Function.MAIN_CONTACT
    return part == Part.JOINT or not user.needs_consent


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who is not in the room, and of how many participants."""

    needed: Needed
    count: int

    @property
    def words(self) -> str:
        """Britta Falk (arbetsförmedlare) – behövs för 4 deltagare."""
        people = counted(self.count, "deltagare", "deltagare")
        return f"{self.needed.words} \N{EN DASH} behövs för {people}"


def missing(rows, here: set[int]) -> list[Missing]:
    """Return who is needed for those still to be gone through and is not here, the most needed first. No query."""
    found = Counter(
        needed
        for row in rows
        if row.is_waiting
        for needed in needed_for(row)
        if needed.user.pk not in here
    )
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].user.sort_name))
    return [Missing(needed, count) for needed, count in ordered]
