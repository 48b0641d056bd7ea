"""The agenda: who is taken up and why; what the leader does to it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.permissions import Permission, requires
from casework.models import ItemState, ReviewItem, ReviewStatus
from casework.review import actions, agenda, attendance
from casework.review.contacts import last_contacts, last_discussed
from casework.review.order import FIT, MINUTES_EACH
from casework.review.room import Part
from casework.review.rows import Row, rows_at
from casework.review.steps import Place, places
from casework.review.views.access import item_of, review_of
from casework.signing.missing import own_ids
from core.errors import Refused
from core.htmx import render_page, wants_fragment
from core.swedish import counted
from participants import access_log
from participants.enums import Category, Function
from participants.models import Participant
from participants.pages import TabLink

PAGE = "casework/review_agenda.html"
MINE = "mina"
PER_PAGE = 60
LEFT = (ItemState.POSTPONED, ItemState.NOT_REACHED)


@dataclass
class Line:
    """A row of the agenda as the page draws it."""

    row: Row
    number: int
    contact: User | None
    discussed_on: date | None
    contact_on: date | None
    absent: list[attendance.Needed]
    up: int | None = None
    down: int | None = None
    is_after_the_last: bool = False

    @property
    def item(self) -> ReviewItem:
        """The row itself."""
        return self.row.item


@dataclass
class Section:
    """A part of the agenda: how many wait in it, and those of them who stand on the page."""

    part: Part
    count: int
    lines: list[Line] = field(default_factory=list)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def agenda_page(request, pk):
    """Show a page of those on the agenda whom the user may see. Queries alike for any number."""
    return show(request, review_of(pk))


def show(request, review, *, status=None, note="", at=None):
    """Render a page of the agenda, or its fragment, and log exactly those who are shown.

    `at` is the key of somebody who should be on the page.
    """
    user, today = request.user, timezone.localdate()
    every, own = places(review, user), own_ids(user, today)
    mine = request.GET.get("visa") == MINE
    chosen = [place for place in every if place.person in own] if mine else every
    page = _page(request, chosen, at)
    reached = _reached(chosen) if page.has_other_pages() else []
    loaded = rows_at(review, user, {place.item for place in (*page, *reached)})
    on_page = {place.item: number for number, place in enumerate(page)}
    rows = sorted(
        (row for row in loaded if row.item.pk in on_page), key=lambda row: on_page[row.item.pk]
    )
    access_log.shown(request, [row.person for row in rows], access_log.Action.LISTED)
    may_lead = user.may(Permission.LEAD_REVIEW) and review.status != ReviewStatus.CLOSED
    here = attendance.present(review)
    lines = _lines(review, rows, every, here, today)
    if may_lead and not mine:
        _set_neighbours(lines, every)
    first = {place.item for place in reached}
    context = {
        "review": review,
        "note": note,
        "page": page,
        "sections": _sections(lines, chosen),
        "counts": _counts(chosen),
        # Whoever sees only some of them can't be told how far the time reaches.
        "tells_time": user.may(Permission.LEAD_REVIEW) and not mine,
        "done": [line for line in lines if line.item.state == ItemState.DISCUSSED],
        "left": [line for line in lines if line.item.state in LEFT],
        "views": _views(review, every, own, mine),
        "mine": mine,
        "waiting": sum(place.is_waiting for place in chosen),
        "minutes": MINUTES_EACH,
        "fit": FIT,
        "may_lead": may_lead,
        "may_arrange": may_lead and not mine,
        # Of many, only for those who will be reached.
        "needed": attendance.missing(
            [row for row in loaded if not reached or row.item.pk in first], here
        ),
        "reached": len(reached),
        "here": here,
        "expected": _expected(review) if may_lead else [],
        "links": _links(review),
        "is_planned": review.status == ReviewStatus.PLANNED,
        "is_closed": review.status == ReviewStatus.CLOSED,
    }
    answer = render_page(request, PAGE, context, partial="agenda", status=status)
    if at is not None and page.has_other_pages() and wants_fragment(request):
        answer["HX-Replace-Url"] = _address(review, page.number)
    return answer


def _page(request, chosen, at=None):
    """Return the page asked for, or the one that somebody stands on: those who wait, then the others."""
    ordered = [place for place in chosen if place.is_waiting]
    ordered += [place for place in chosen if place.state == ItemState.DISCUSSED]
    ordered += [place for place in chosen if place.state in LEFT]
    number = request.POST.get("sida") or request.GET.get("sida")
    if at is not None:
        place = next((place for place, each in enumerate(ordered) if each.item == at), 0)
        number = place // PER_PAGE + 1
    return Paginator(ordered, PER_PAGE).get_page(number)


def _on_the_wall(chosen) -> list[Place]:
    """Return those who wait to be gone through together, in order."""
    return [place for place in chosen if place.is_waiting and place.part != Part.ALONE]


def _reached(chosen) -> list[Place]:
    """Return those for whom two hours are enough."""
    return _on_the_wall(chosen)[:FIT]


def _lines(review, rows, every, here, today) -> list[Line]:
    people = [row.person for row in rows]
    discussed = last_discussed(people, min(review.held_on, today))
    contacts = last_contacts(people, today)
    waiting = (place.item for place in every if place.is_waiting)
    numbers = {item: number for number, item in enumerate(waiting, start=1)}
    too_late = [place.item for place in _on_the_wall(every)[FIT : FIT + 1]]
    return [
        Line(
            row,
            numbers.get(row.item.pk, 0),
            _contact(row, review.held_on),
            discussed.get(row.person.pk),
            contacts.get(row.person.pk),
            [each for each in attendance.needed_for(row) if here and each.user.pk not in here],
            is_after_the_last=row.item.pk in too_late,
        )
        for row in rows
    ]


def _contact(row, day) -> User | None:
    """Who is main contact on the day of the review. No query."""
    return row.enrolment.assigned(Function.MAIN_CONTACT, day) if row.enrolment else None


def _set_neighbours(lines, every) -> None:
    """Tell each line who stands before and after it in its part, on the same page or not."""
    waiting = [place for place in every if place.is_waiting]
    pairs = [pair for pair in pairwise(waiting) if pair[0].part == pair[1].part]
    above = {below.item: upper.item for upper, below in pairs}
    below = {upper.item: below.item for upper, below in pairs}
    for line in lines:
        line.up, line.down = above.get(line.item.pk), below.get(line.item.pk)


def _sections(lines, chosen) -> list[Section]:
    """Return the parts that have somebody waiting on the page."""
    counts = Counter(place.part for place in chosen if place.is_waiting)
    sections = [
        Section(
            part,
            counts[part],
            [line for line in lines if line.row.is_waiting and line.row.part == part],
        )
        for part in Part
    ]
    return [section for section in sections if section.lines]


def _counts(chosen) -> dict:
    """Return how many stand in each part of the whole agenda, in words; and the numbers the page needs."""
    waiting = Counter(place.part for place in chosen if place.is_waiting)
    done = sum(place.state == ItemState.DISCUSSED for place in chosen)
    left = sum(place.state in LEFT for place in chosen)
    parts = [(part.label, waiting[part]) for part in Part]
    parts += [("Genomgångna", done), ("Till nästa gång", left)]
    return {"done": done, "left": left, "parts": [pair for pair in parts if pair[1]]}


def _views(review, every, own, mine) -> list:
    """The tabs: everybody, and one's own, with how many they are."""
    url = review.get_absolute_url()
    if not own:
        return []
    theirs = sum(place.person in own for place in every)
    return [
        TabLink(f"Alla ({len(every)})", url, not mine),
        TabLink(f"Mina ({theirs})", f"{url}?visa={MINE}", mine),
    ]


def _expected(review):
    """Who of the staff is expected, and whether they are here. One query."""
    return list(review.attendees.select_related("user").filter(user__is_active=True))


def _links(review) -> dict[str, str]:
    """Where the meeting itself is, and what is left of it."""
    names = {
        ReviewStatus.PLANNED: ["wall"],
        ReviewStatus.RUNNING: ["wall", "follow"],
        ReviewStatus.CLOSED: ["recap", "protocol"],
    }
    found = {}
    for name in names[ReviewStatus(review.status)]:
        try:
            found[name] = reverse(f"review_meeting:{name}", args=[review.pk])
        except NoReverseMatch:
            continue
    return found


def do(request, review, sentence, action, /, *, at=None, **facts):
    """Run what was asked for and show the agenda as it then is; a refusal is a sentence above it.

    The page is the one it was asked for from, or the one that `at`, somebody's key, is on.
    """
    try:
        done = action(by=request.user, **facts)
    except Refused as refusal:
        return _answer(request, review, refused=str(refusal), at=at)
    return _answer(request, review, sentence(done) if callable(sentence) else sentence, at=at)


def _answer(request, review, sentence: str = "", refused: str = "", at: int | None = None):
    if wants_fragment(request):
        return show(request, review_of(review.pk), note=refused, at=at)
    if refused:
        messages.warning(request, refused)
    elif sentence:
        messages.success(request, sentence)
    page = _page(request, places(review, request.user), at)
    return redirect(_address(review, page.number))


def _address(review, number: int) -> str:
    url = review.get_absolute_url()
    return f"{url}?sida={number}" if number > 1 else url


@requires(Permission.LEAD_REVIEW)
@require_POST
def refresh(request, pk):
    """Make the agenda again."""
    review = review_of(pk)
    try:
        change = agenda.refresh(review=review, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(review)
    messages.success(request, _what_changed(request.user, change))
    return redirect(review)


def _what_changed(user, change) -> str:
    """Tell how many came and went, of those the user may see."""
    seen = Participant.objects.visible_to(user, Category.PLAN)
    came = seen.filter(pk__in=change.came).count()
    went = seen.filter(pk__in=change.went).count()
    words = [f"{counted(came, 'deltagare', 'deltagare')} tillkom"] if came else []
    words += (
        [f"{counted(went, 'deltagare', 'deltagare')} behöver inte tas upp längre"] if went else []
    )
    tail = ", ".join(words) if words else "ingen tillkom och ingen togs bort"
    return f"Dagordningen är hämtad på nytt: {tail}."


@requires(Permission.LEAD_REVIEW)
@require_POST
def move(request, pk):
    """Put somebody before or after another whom the user may see."""
    item = item_of(request.user, pk)
    side = "before" if request.POST.get("before") else "after"
    other = request.POST.get(side, "")
    neighbours = ReviewItem.objects.visible_to(request.user).filter(review=item.review)
    target = neighbours.filter(pk=int(other)).first() if other.isdecimal() else None
    if target is None:
        return _answer(request, item.review, refused=agenda.CHANGED, at=item.pk)
    facts = {"before": None, "after": None} | {side: target}
    revision = _number(request.POST.get("revision", ""))
    facts |= {"item": item, "revision": revision}
    return do(request, item.review, "", actions.move, at=item.pk, **facts)


@requires(Permission.LEAD_REVIEW)
@require_POST
def postpone(request, pk):
    """Put somebody off to next time, with a reason."""
    item = item_of(request.user, pk)
    reason = request.POST.get("reason", "")[:200]
    sentence = "Deltagaren är uppskjuten och kommer med nästa gång."
    return do(request, item.review, sentence, actions.postpone, item=item, reason=reason)


@requires(Permission.LEAD_REVIEW)
@require_POST
def take_back(request, pk):
    """Take up somebody who was postponed after all."""
    item = item_of(request.user, pk)
    sentence = "Deltagaren tas upp ändå."
    return do(request, item.review, sentence, actions.take_back, item=item)


@requires(Permission.LEAD_REVIEW)
@require_POST
def take_away(request, pk):
    """Take away somebody who was added by mistake."""
    item = item_of(request.user, pk)
    return do(
        request,
        item.review,
        lambda gone: (
            "Deltagaren är borttagen från dagordningen."
            if gone
            else "Tillägget är borttaget. Deltagaren står kvar av de andra skälen."
        ),
        actions.take_away,
        item=item,
    )


@requires(Permission.LEAD_REVIEW)
@require_POST
def present(request, pk):
    """Say who of the staff is in the room."""
    keys = [int(key) for key in request.POST.getlist("here") if key.isdecimal()]
    users = list(attendance.staff().filter(pk__in=keys))
    review = review_of(pk)
    sentence = f"{counted(len(users), 'kollega', 'kollegor')} är här."
    return do(request, review, sentence, attendance.set_present, review=review, users=users)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
