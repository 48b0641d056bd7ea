"""What a screen shows of the meeting at this moment: the wall, or somebody's own screen.

`news` is cheap and changes whenever the screen would: the review's revision, and what the user may see
of the one who is shown.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from accounts.roles import Authority
from casework.models import ItemState, Review, ReviewItem, ReviewStatus
from casework.review import card as cards
from casework.review.order import MINUTES_EACH
from casework.review.room import Part, as_the_room, parts_of
from casework.review.rows import rows_at
from casework.review.steps import Place, in_part, own_part_begun, places, withdrawn
from participants.models import Consent, Protection


class Shows(StrEnum):
    """What stands on a screen."""

    PLANNED = "planned"
    CARD = "card"
    BREAK = "break"
    END = "end"
    MOVED = "moved"  # the consent was withdrawn while the card stood there
    NOT_YOURS = "not_yours"
    OWN_PART = "own_part"
    CLOSED = "closed"


@dataclass
class Stage:
    """What stands on a screen, how far the part has come, and when it may be over."""

    shows: Shows
    news: str
    part: Part | None = None
    card: cards.Card | None = None
    number: int = 0
    total: int = 0
    left: int = 0
    own_left: int = 0
    alone: list = field(default_factory=list)

    @property
    def ends_at(self):
        """When it is over at eight minutes each."""
        return timezone.localtime() + timedelta(minutes=MINUTES_EACH * self.left)

    @property
    def minutes_each(self) -> int:
        """How long one participant takes."""
        return MINUTES_EACH

    @property
    def person(self):
        """Who is shown, or None."""
        return self.card.person if self.card else None


def on_the_wall(review: Review, user) -> Stage:
    """Return what the wall shows. Nobody protected, nor anything that the room may not know."""
    return _stage(review, user, wall=True)


def on_own_screen(review: Review, user) -> Stage:
    """Return what somebody who follows sees, with their own eyes."""
    return _stage(review, user, wall=False)


def _stage(review: Review, user, *, wall: bool) -> Stage:
    seen = news(review.pk, user)
    if review.status != ReviewStatus.RUNNING:
        over = review.status == ReviewStatus.CLOSED
        return Stage(Shows.CLOSED if over else Shows.PLANNED, seen)
    rows = places(review, user)
    if review.current_id is None:
        return _between(review, rows, user, seen)
    now = next((place for place in rows if place.item == review.current_id), None)
    if now is None:
        return _unseen(review, user, seen)
    if now.part == Part.ALONE or (now.part == Part.OWN and withdrawn([now.item])):
        return Stage(Shows.MOVED, seen)
    eyes = as_the_room(user) if wall and now.part == Part.JOINT else user
    shown = cards.load(now.item, review, eyes)
    if shown is None:
        return Stage(Shows.MOVED if wall else Shows.NOT_YOURS, seen)
    return _with_progress(Stage(Shows.CARD, seen, now.part, shown), rows, now)


def _between(review, rows: list[Place], user, seen: str) -> Stage:
    waits = [place for place in in_part(rows, Part.OWN) if place.state == ItemState.WAITING]
    begun = own_part_begun(rows, review)
    if user.needs_consent and _own_part_waits(review):
        return Stage(Shows.BREAK, seen)
    if waits and not begun:
        return Stage(Shows.BREAK, seen, own_left=len(waits), left=len(waits))
    everybody = [place for part in (Part.JOINT, Part.OWN) for place in in_part(rows, part)]
    left = sum(place.state == ItemState.WAITING for place in everybody)
    return Stage(Shows.END, seen, left=left)


def _own_part_waits(review) -> bool:
    """Whether somebody of the municipality's own part still waits, as everybody in the room is told. Three queries."""
    waiting = ReviewItem.objects.filter(review=review, state=ItemState.WAITING)
    people = waiting.order_by().values_list("participant", flat=True)
    return Part.OWN in parts_of(people, timezone.localdate()).values()


def _unseen(review, user, seen: str) -> Stage:
    """Somebody is shown whom the user may not see; staff of the other authority are told whose part it is."""
    if user.needs_consent and not _is_shared(review.current_id):
        return Stage(Shows.OWN_PART, seen)
    return Stage(Shows.NOT_YOURS, seen)


def _is_shared(item_id: int) -> bool:
    person = ReviewItem.objects.filter(pk=item_id).values("participant")
    found = Consent.objects.valid_on(timezone.localdate()).filter(
        participant__in=person, authority=Authority.EMPLOYMENT_SERVICE, category="plan"
    )
    return found.exists()


def _with_progress(stage: Stage, rows: list[Place], now: Place) -> Stage:
    """Say how far the part has come: only those the user may see are counted."""
    everybody = [place for place in rows if place.part == now.part and _counts(place, now)]
    stage.number = everybody.index(now) + 1
    stage.total = len(everybody)
    ahead = [place for part in (Part.JOINT, Part.OWN) for place in in_part(rows, part)]
    stage.left = sum(place.state == ItemState.WAITING for place in ahead)
    return stage


def _counts(place: Place, now: Place) -> bool:
    return place.state != ItemState.POSTPONED or place.item == now.item


def news(review_id: int, user) -> str:
    """Return a word that changes when the user's screen would. Two queries."""
    found = Review.objects.filter(pk=review_id).values_list("revision", "current").first()
    revision, current = found
    consents = Consent.objects.valid_on(timezone.localdate()).filter(
        participant=OuterRef("participant"), authority=Authority.EMPLOYMENT_SERVICE
    )
    given = consents.order_by().values("participant").annotate(n=Count("pk")).values("n")
    protected = Protection.objects.filter(participant=OuterRef("participant"), ended_at=None)
    items = ReviewItem.objects.visible_to(user).filter(pk=current)
    look = items.annotate(given=Subquery(given), protected=Exists(protected))
    state = look.values_list("given", "protected").first()
    if state is None:
        return f"{revision}-0"
    return f"{revision}-1-{state[0] or 0}-{int(state[1])}"


def alone(review: Review, user) -> list:
    """Return the rows of those who are talked about in private, for those on their list. Ten queries at most."""
    keys = [place.item for place in places(review, user) if place.part == Part.ALONE]
    return [row for row in rows_at(review, user, keys) if row.part == Part.ALONE] if keys else []
