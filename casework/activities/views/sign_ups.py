"""Signing up from the activity's page, several at once; and leaving."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from casework.activities import actions, rosters
from casework.activities.forms import FromDayForm, PersonSearch, TalksForm
from casework.activities.views.activities import say_who_got_in
from casework.activities.views.helpers import activity_of
from casework.models import ActivityKind, SignUp, SignUpStatus
from core import search_words
from core.htmx import render_page, wants_fragment
from core.swedish import counted
from participants import access_log, search
from participants.access_log import Action
from participants.enums import Category
from participants.errors import Refused
from participants.models import Assignment, Enrolment, Participant
from participants.views.helpers import do, saved

FULL_ONE = "Aktiviteten är full: personen står på väntelistan."
FULL = "Aktiviteten är full: {people} står på väntelistan."


def candidates(user, activity):
    """Those enrolled whom the user may see, and who are not signed up already."""
    enrolled = Enrolment.objects.filter(participant=OuterRef("pk"), ended_on=None)
    there = SignUp.objects.open().filter(activity=activity, participant=OuterRef("pk"))
    people = Participant.objects.visible_to(user, Category.ATTENDANCE)
    return people.filter(Exists(enrolled), ~Exists(there))


def own(people, user):
    """Those of them whom the user is assigned to."""
    current = Assignment.objects.current_on(timezone.localdate())
    return people.filter(Exists(current.filter(user=user, enrolment__participant=OuterRef("pk"))))


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def sign_up(request, pk):
    """Tick those who are to take part: one's own first, others by searching. Talks are booked alike."""
    if "q" in request.POST:
        return search_words.redirect(request, "q", [])
    activity = activity_of(pk)
    people = candidates(request.user, activity)
    form = _form(request, activity)
    chosen = list(people.filter(pk__in=_ticked(request)).order_by("sort_name", "pk"))
    if form.is_valid() and (answer := _save(request, form, activity, chosen)):
        return answer
    return _show(request, activity, people, form, chosen)


def _form(request, activity):
    individual = activity.kind == ActivityKind.INDIVIDUAL
    return (TalksForm if individual else FromDayForm)(request.POST or None)


def _ticked(request) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("who") if pk.isdecimal()]


def _save(request, form, activity, chosen):
    """Sign up or book, and lead on; None, with the reason on the form, when a rule says no."""
    if not chosen:
        form.add_error(None, "Kryssa för minst en deltagare.")
        return None
    facts = {"activity": activity, "participants": chosen, "by": request.user}
    if isinstance(form, TalksForm):
        booked = do(form, actions.book_talk, **facts, **form.when())
        return booked and saved(request, "Samtalet är bokat.", "activities:detail", activity.pk)
    made = do(form, actions.sign_up_many, **facts, **form.cleaned_data)
    if not made:
        return None
    say_how_it_went(request, made)
    return redirect(activity)


def say_how_it_went(request, made) -> None:
    """Tell how many got a place and how many wait. Names nobody."""
    waiting = sum(each.status == SignUpStatus.WAITING for each in made)
    if placed := len(made) - waiting:
        who = "Deltagaren är" if placed == 1 else f"{placed} deltagare är"
        messages.success(request, f"{who} med i aktiviteten.")
    if waiting:
        people = counted(waiting, "person", "personer")
        messages.warning(request, FULL_ONE if waiting == 1 else FULL.format(people=people))


def _show(request, activity, people, form, chosen):
    """A fragment shows only whom the search found; the page also one's own."""
    text = search_words.words(request)[:200]
    mine = own(people, request.user)
    hits = [
        hit for hit in search.find(request.user, text) if hit.participant.pk in _keys(people, mine)
    ]
    rows = [] if wants_fragment(request) else list(_named(mine))
    rows += (
        [each for each in _named(people.filter(pk__in=chosen)) if each not in rows]
        if chosen
        else []
    )
    shown = [*rows, *(hit.participant for hit in hits)]
    access_log.shown(request, shown, Action.FOUND if text else Action.LISTED)
    context = {
        "activity": activity,
        "form": form,
        "filters": PersonSearch({"q": text}),
        "rows": rows,
        "hits": hits,
        "text": text,
        "ticked": {each.pk for each in chosen},
        "individual": isinstance(form, TalksForm),
    }
    status = 422 if request.method == "POST" else None
    template = "casework/activity_sign_up.html"
    return render_page(request, template, context, partial="results", status=status)


def _named(people):
    return people.prefetch_related("protections").order_by("sort_name", "pk")


def _keys(people, mine) -> set[int]:
    return set(people.values_list("pk", flat=True)) - set(mine.values_list("pk", flat=True))


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def leave(request, pk):
    """Ask before somebody leaves an activity, since the place then goes to the next in the queue."""
    sign_ups = SignUp.objects.visible_to(request.user).open()
    sign_ups = sign_ups.select_related("activity", "participant")
    entry = get_object_or_404(sign_ups.prefetch_related("participant__protections"), pk=pk)
    if request.method == "POST":
        return _leave(request, entry)
    access_log.shown(request, [entry.participant_id], Action.LISTED)
    context = {
        "activity": entry.activity,
        "entry": entry,
        "waiting": entry.status == SignUpStatus.WAITING,
        "coming": rosters.coming(entry, timezone.localdate()).count(),
    }
    return render_page(request, "casework/activity_leave.html", context)


def _leave(request, entry):
    try:
        lucky = actions.leave(sign_up=entry, by=request.user)
    except Refused as refusal:  # somebody else was first
        messages.info(request, str(refusal))
        return redirect(entry.activity)
    say_who_got_in(request, lucky)
    return saved(request, "Anmälan är avslutad.", "activities:detail", entry.activity_id)
