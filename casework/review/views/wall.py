"""The meeting: the wall, those who follow, and all that is done there by key or button."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import Permission, requires
from accounts.roles import Role
from casework.models import ReviewDecision, ReviewItem, ReviewStatus
from casework.review import actions, attendance, card, meeting_actions, stage
from casework.review.deciders import facts_for, must_see
from casework.review.lines import Line, Question, read
from casework.review.room import Part
from casework.review.stage import Shows
from casework.review.steps import Step, places
from casework.review.views.access import item_of, review_of
from core.errors import Refused
from core.htmx import wants_fragment
from participants import access_log
from participants.enums import Category
from participants.models import Participant

WALL, FOLLOW, ITEM = (
    "casework/wall_screen.html",
    "casework/wall_follow.html",
    "casework/wall_item.html",
)
LONGEST_LINE = 500


@requires(Permission.LEAD_REVIEW)
@require_http_methods(["GET", "POST"])
def start(request, pk):
    """Ask who is here, and begin; while it goes on, change who is here."""
    review = review_of(pk)
    if review.status == ReviewStatus.CLOSED:
        return redirect("review_meeting:recap", review.pk)
    note = ""
    if request.method == "POST":
        here = list(User.objects.filter(pk__in=_numbers(request.POST.getlist("here"))))
        try:
            if review.status == ReviewStatus.PLANNED:
                meeting_actions.start(review=review, present=here, by=request.user)
            else:
                attendance.set_present(review=review, users=here, by=request.user)
            return redirect("review_meeting:wall", review.pk)
        except Refused as refused:
            note = str(refused)
    standing = places(review, request.user)
    chosen = set(_numbers(request.POST.getlist("here"))) or attendance.present(review)
    context = {
        "review": review,
        "note": note,
        "staff": _with_roles(attendance.staff()),
        "here": chosen,
        # This page may stand on the wall already: nothing of those who are never there.
        "counts": [
            (part.label, sum(place.part == part for place in standing))
            for part in (Part.JOINT, Part.OWN)
        ],
    }
    return render(request, "casework/wall_start.html", context, status=422 if note else None)


def _with_roles(users) -> list[User]:
    """Return users that know their roles already. Two queries for any number."""
    users = list(users.prefetch_related("role_grants"))
    for user in users:
        user.roles = [Role(grant.role) for grant in user.role_grants.all()]
    return users


@requires(Permission.LEAD_REVIEW)
@require_GET
def wall(request, pk):
    """Show the wall; asked for again with `?sedan=`, answer only when there is something new."""
    review = review_of(pk)
    if review.status == ReviewStatus.PLANNED:
        return redirect("review_meeting:start", review.pk)
    if review.status == ReviewStatus.CLOSED and not wants_fragment(request):
        return redirect("review_meeting:recap", review.pk)
    return _screen(request, review, WALL)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def follow(request, pk):
    """Show what the wall shows, as far as the user may see; asked for again, answer only what is new."""
    return _screen(request, review_of(pk), FOLLOW)


def _screen(request, review, template, *, status=None, **more):
    if request.GET.get("sedan") and request.GET["sedan"] == stage.news(review.pk, request.user):
        return HttpResponse(status=204)
    load = stage.on_the_wall if template == WALL else stage.on_own_screen
    shown = load(review, request.user)
    context = {"review": review, "stage": shown, "place": _place(template), **more}
    context |= _doing(shown.card, context)
    if template == FOLLOW and shown.shows != Shows.CLOSED:
        context["alone"] = stage.alone(review, request.user)
    people = [shown.person, *(row.person for row in context.get("alone", ()))]
    if context["who"]:
        people.append(context["item"].participant)
    access_log.shown(request, [person for person in people if person])
    name = f"{template}#turned" if wants_fragment(request) else template
    return render(request, name, context, status=None if wants_fragment(request) else status)


def _place(template) -> str:
    return {WALL: "wall", FOLLOW: "follow", ITEM: "item"}[template]


def _doing(shown, context) -> dict:
    """What the forms need beside the card. On the wall only the one who is shown is named."""
    item = context.get("item") or (shown.item if shown else None)
    is_shown = bool(shown and item and item.pk == shown.item.pk)
    named = item is not None and (is_shown or context["place"] != "wall")
    return {
        "item": item,
        "who": item.participant.list_name if named else "",
        "line": context.get("line", ""),
        "question": context.get("question"),
    }


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def item(request, pk):
    """Show one card on one's own screen: somebody talked about in private, or another than the wall's."""
    found = item_of(request.user, pk)
    return _item_screen(request, found)


def _item_screen(request, found, *, status=None, **more):
    shown = card.load(found.pk, found.review, request.user)
    if shown is None:
        raise Http404
    review = found.review
    running = review.status == ReviewStatus.RUNNING
    context = {"review": review, "card": shown, "place": "item", "running": running, **more}
    context["may_lead"] = request.user.may(Permission.LEAD_REVIEW)
    context |= _doing(shown, {"place": "item", **more, "item": found})
    access_log.shown(request, [found.participant_id])
    return render(request, ITEM, context, status=status)


@requires(Permission.LEAD_REVIEW)
@require_POST
def go(request, pk):
    """Turn the wall: on, back, or on from the break."""
    review = review_of(pk)
    shown = _numbers([request.POST.get("shown", "")])
    way = request.POST.get("way", "")
    if way not in list(Step):
        raise Http404
    try:
        meeting_actions.go(
            review=review, shown=shown[0] if shown else None, way=Step(way), by=request.user
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("review_meeting:wall", review.pk)


@requires(Permission.LEAD_REVIEW)
@require_POST
def close(request, pk):
    """End the meeting."""
    review = review_of(pk)
    try:
        meeting_actions.close(review=review, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Ärendedragningen är avslutad.")
    return redirect("review_meeting:recap", review.pk)


@requires(Permission.LEAD_REVIEW)
@require_POST
def reopen(request, pk):
    """Go on with a meeting that was ended by mistake."""
    review = review_of(pk)
    try:
        meeting_actions.reopen(review=review, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("review_meeting:recap", review.pk)
    return redirect("review_meeting:wall", review.pk)


def on_item(act):
    """Make a view that does something with a row of the agenda, and leads back to where it was done."""

    @wraps(act)
    def view(request, pk):
        found = item_of(request.user, pk)
        try:
            act(request, found)
        except Refused as refused:
            return _refused(request, found, str(refused))
        return _back(request, found)

    return require_POST(view)


def _refused(request, found, sentence):
    """Show where it was done again, with what was refused."""
    return _show_again(request, found, Question(sentence), request.POST.get("line", ""))


def _show_again(request, found, question, line):
    found.refresh_from_db()
    more = {"item": found, "question": question, "line": line}
    more["note_text"] = request.POST.get("note")
    place = request.POST.get("place")
    if place == "wall" and request.user.may(Permission.LEAD_REVIEW):
        return _screen(request, found.review, WALL, status=422, **more)
    if place == "follow":
        return _screen(request, found.review, FOLLOW, status=422, **more)
    return _item_screen(request, found, status=422, **more)


def _back(request, found):
    place = request.POST.get("place")
    if place in ("wall", "follow"):
        return redirect(f"review_meeting:{place}", found.review_id)
    return redirect("review_meeting:item", found.pk)


@requires(Permission.LEAD_REVIEW)
@on_item
def mark(request, found):
    """Somebody is gone through."""
    meeting_actions.mark(item=found, by=request.user)


@requires(Permission.LEAD_REVIEW)
@on_item
def unmark(request, found):
    """Somebody was not gone through after all."""
    meeting_actions.unmark(item=found, by=request.user)


@requires(Permission.LEAD_REVIEW)
@on_item
def postpone(request, found):
    """Put somebody off to the next review."""
    meeting_actions.postpone(item=found, reason=request.POST.get("reason", ""), by=request.user)


@requires(Permission.LEAD_REVIEW)
@on_item
def resume(request, found):
    """Take up somebody who was put off after all."""
    actions.take_back(item=found, by=request.user)


@requires(Permission.TAKE_PART_IN_REVIEW)
@on_item
def write(request, found):
    """Keep a few words about how it is."""
    meeting_actions.write(
        item=found,
        note=request.POST.get("note", ""),
        before=request.POST.get("before", ""),
        by=request.user,
    )


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_POST
def decide(request, pk):
    """Keep a decision written in one line; an empty line by the leader means that they are gone through."""
    found = item_of(request.user, pk)
    line = (request.POST.get("choice") or request.POST.get("line", ""))[:LONGEST_LINE]
    try:
        if not line.strip() and request.user.may(Permission.LEAD_REVIEW):
            meeting_actions.mark(item=found, by=request.user)
            return _back(request, found)
        understood = _understand(request.user, found, line)
        if isinstance(understood, Question):
            return _show_again(request, found, understood, line)
        meeting_actions.decide(item=found, line=understood, by=request.user)
    except Refused as refused:
        return _show_again(request, found, Question(str(refused)), line)
    return _back(request, found)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_POST
def preview(request, pk):
    """Say what a line that is being written would keep, or ask what is meant. Changes nothing."""
    found = item_of(request.user, pk)
    line = request.POST.get("line", "")[:LONGEST_LINE]
    context = {"item": found, "line": line}
    if line.strip():
        understood = _understand(request.user, found, line)
        if isinstance(understood, Line):
            try:
                must_see(found.participant, understood)
                context["understood"] = understood
            except Refused as refused:
                context["question"] = Question(str(refused))
        else:
            context["question"] = understood
    return render(request, "casework/_wall_preview.html", context)


def _understand(user, found, line: str) -> Line | Question:
    people = Participant.objects.visible_to(user, Category.PLAN).for_list()
    person = people.get(pk=found.participant_id)
    due = meeting_actions.default_due(found.review)
    return read(line, facts_for(person, timezone.localdate(), due))


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_POST
def take_back(request, pk):
    """Take back a decision written wrong."""
    decision, found = _decision(request, pk)
    try:
        leads = request.user.may(Permission.LEAD_REVIEW)
        meeting_actions.take_back(decision=decision, by=request.user, leads=leads)
    except Refused as refused:
        return _refused(request, found, str(refused))
    return _back(request, found)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_POST
def helped(request, pk):
    """Say whether an earlier decision helped; `row` is the row of the review that goes on."""
    decision, earlier = _decision(request, pk)
    rows = ReviewItem.objects.filter(
        participant=earlier.participant_id, review__status=ReviewStatus.RUNNING
    )
    found = rows.first()
    if found is None:
        raise Http404
    found = item_of(request.user, found.pk)
    _must_know(request.user, found, decision)
    try:
        meeting_actions.judge(
            review=found.review,
            decision=decision,
            helped=request.POST.get("helped", ""),
            by=request.user,
        )
    except Refused as refused:
        return _refused(request, found, str(refused))
    return _back(request, found)


def _must_know(user, found, decision) -> None:
    """404 unless the decision stands on the user's card."""
    before = card.previous_of(found.participant, found.review, user)
    if before is None or before.pk != decision.item_id:
        raise Http404


def _decision(request, pk) -> tuple[ReviewDecision, ReviewItem]:
    decision = ReviewDecision.objects.filter(pk=pk).first()
    if decision is None:
        raise Http404
    return decision, item_of(request.user, decision.item_id)


def _numbers(values) -> list[int]:
    return [int(each) for each in values if each.isascii() and each.isdigit() and len(each) < 12]
