"""The agenda: who is taken up and why; what the leader does to it."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
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
from casework.review.rows import Row, items_in_order
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
    """A part of the agenda, with those still to be gone through in it."""

    part: Part
    lines: list[Line] = field(default_factory=list)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def agenda_page(request, pk):
    """Show everybody on the agenda whom the user may see. Queries alike for any number."""
    return show(request, review_of(pk))


def show(request, review, *, status=None, note=""):
    """Render the agenda, or its fragment, and log exactly those who are shown."""
    user, today = request.user, timezone.localdate()
    rows = items_in_order(review, user)
    mine = request.GET.get("visa") == MINE
    own = own_ids(user, today)
    every = rows
    if mine:
        rows = [row for row in rows if row.item.participant_id in own]
    access_log.shown(request, [row.person for row in rows], access_log.Action.LISTED)
    may_lead = user.may(Permission.LEAD_REVIEW) and review.status != ReviewStatus.CLOSED
    here = attendance.present(review)
    lines = _lines(review, rows, every, here, today)
    waiting = [line for line in lines if line.row.is_waiting]
    context = {
        "review": review,
        "note": note,
        "sections": _sections(waiting, arranged=may_lead and not mine),
        # Whoever sees only some of them can't be told how far the time reaches.
        "tells_time": user.may(Permission.LEAD_REVIEW) and not mine,
        "done": [line for line in lines if line.item.state == ItemState.DISCUSSED],
        "left": [
            line
            for line in lines
            if line.item.state in (ItemState.POSTPONED, ItemState.NOT_REACHED)
        ],
        "views": _views(review, every, own, mine),
        "mine": mine,
        "waiting": len(waiting),
        "minutes": MINUTES_EACH,
        "fit": FIT,
        "may_lead": may_lead,
        "may_arrange": may_lead and not mine,
        "needed": attendance.missing(rows, here),
        "here": here,
        "expected": _expected(review) if may_lead else [],
        "links": _links(review),
        "is_planned": review.status == ReviewStatus.PLANNED,
        "is_closed": review.status == ReviewStatus.CLOSED,
    }
    return render_page(request, PAGE, context, partial="agenda", status=status)


def _lines(review, rows, every, here, today) -> list[Line]:
    people = [row.person for row in rows]
    discussed = last_discussed(people, min(review.held_on, today))
    contacts = last_contacts(people, today)
    numbers = {row.item.pk: number for number, row in enumerate(_waiting(every), start=1)}
    return [
        Line(
            row,
            numbers.get(row.item.pk, 0),
            _contact(row, review.held_on),
            discussed.get(row.person.pk),
            contacts.get(row.person.pk),
            [each for each in attendance.needed_for(row) if here and each.user.pk not in here],
        )
        for row in rows
    ]


def _contact(row, day) -> User | None:
    """Who is main contact on the day of the review. No query."""
    return row.enrolment.assigned(Function.MAIN_CONTACT, day) if row.enrolment else None


def _waiting(rows):
    return [row for row in rows if row.is_waiting]


def _sections(waiting, *, arranged: bool) -> list[Section]:
    """Return the parts that have somebody, with each line's neighbours and where two hours end."""
    sections = [Section(part, [each for each in waiting if each.row.part == part]) for part in Part]
    on_the_wall = 0
    for section in sections:
        if arranged:
            for before, after in zip(section.lines, section.lines[1:], strict=False):
                before.down, after.up = after.item.pk, before.item.pk
        for line in section.lines:
            on_the_wall += section.part != Part.ALONE
            line.is_after_the_last = section.part != Part.ALONE and on_the_wall == FIT + 1
    return [section for section in sections if section.lines]


def _views(review, rows, own, mine) -> list:
    """The tabs: everybody, and one's own, with how many still wait."""
    url = review.get_absolute_url()
    if not own:
        return []
    theirs = sum(row.item.participant_id in own for row in rows)
    return [
        TabLink(f"Alla ({len(rows)})", url, not mine),
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


def do(request, review, sentence, action, /, **facts):
    """Run what was asked for and show the agenda as it then is; a refusal is a sentence above it."""
    try:
        done = action(by=request.user, **facts)
    except Refused as refusal:
        return _answer(request, review, refused=str(refusal))
    return _answer(request, review, sentence(done) if callable(sentence) else sentence)


def _answer(request, review, sentence: str = "", refused: str = ""):
    if wants_fragment(request):
        return show(request, review_of(review.pk), note=refused)
    if refused:
        messages.warning(request, refused)
    elif sentence:
        messages.success(request, sentence)
    return redirect(review)


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
        return _answer(request, item.review, refused=agenda.CHANGED)
    facts = {"before": None, "after": None} | {side: target}
    revision = _number(request.POST.get("revision", ""))
    return do(request, item.review, "", actions.move, item=item, revision=revision, **facts)


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
