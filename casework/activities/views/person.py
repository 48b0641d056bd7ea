"""From a participant's page: their week, a talk, a sign-up."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.activities import actions, calendar
from casework.activities.forms import SignUpForm, TalkForm
from casework.activities.views.sign_ups import FULL_ONE
from casework.activities.week import clashes, days_of
from casework.models import SignUpStatus
from core.swedish import listed
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved

TAB = "activities:week"


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
@with_participant(Category.ATTENDANCE)
def week(request, participant):
    """Show the person's week, to look at together and to print."""
    today = timezone.localdate()
    monday = calendar.read_week(request.GET.get("vecka", "")) or calendar.monday_of(today)
    enrolment = participant.current_enrolment
    days = days_of(participant, monday, today)
    context = {
        "days": days,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "today": today,
        "previous": calendar.week_code(monday - timedelta(weeks=1)),
        "next": calendar.week_code(monday + timedelta(weeks=1)),
        "this_week": monday == calendar.monday_of(today),
        "contact": enrolment.main_contact if enrolment else None,
        "empty": not any(day.items for day in days),
        "may_plan": enrolment and request.user.may(Permission.PLAN_ACTIVITIES),
    }
    return render_person(request, participant, "casework/activity_week.html", context, tab=TAB)


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
@with_participant(Category.ATTENDANCE)
def talk(request, participant):
    """Book a talk with the person."""
    _must_be_enrolled(participant)
    form = TalkForm(
        request.POST or None, user=request.user, cancel_url=participant.get_absolute_url()
    )
    if form.is_valid():
        when, activity = form.when(), form.cleaned_data["activity"]
        facts = {"participants": [participant], "activity": activity, "by": request.user}
        session = do(form, actions.book_talk, **facts, **when)
        if session:
            return _booked(request, participant, session)
    return ask(request, participant, form, "Boka samtal")


def _booked(request, participant, session):
    messages.success(request, "Samtalet är bokat och står i deltagarens vecka.")
    if others := clashes(participant, session):
        names = listed(f"{each.activity.name} {each.time_words}" for each in others)
        messages.warning(request, f"Tiden krockar med {names}.")
    week_code = calendar.week_code(session.held_on)
    return redirect(f"{reverse(TAB, args=[participant.pk])}?vecka={week_code}")


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
@with_participant(Category.ATTENDANCE)
def join(request, participant):
    """Sign the person up for a group activity."""
    _must_be_enrolled(participant)
    form = SignUpForm(
        request.POST or None, participant=participant, cancel_url=participant.get_absolute_url()
    )
    if form.is_valid():
        made = do(
            form, actions.sign_up, participant=participant, by=request.user, **form.cleaned_data
        )
        if made and made.status == SignUpStatus.WAITING:
            messages.warning(request, FULL_ONE)
            return redirect(TAB, participant.pk)
        if made:
            return saved(request, "Deltagaren är med i aktiviteten.", TAB, participant.pk)
    return ask(request, participant, form, "Anmäl till aktivitet")


def _must_be_enrolled(participant) -> None:
    if participant.current_enrolment is None:
        raise Http404
