"""One session: new, changed, cancelled, planned again, removed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.activities import actions, calendar
from casework.activities.forms import CancelForm, SessionForm
from casework.activities.views.helpers import activity_of, ask, do_newest, session_of
from casework.models import Session, SessionStatus
from core.swedish import iso_date, long_day, number
from participants.errors import Refused
from participants.views.helpers import do, saved


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def new(request, pk):
    """Plan one session of an activity."""
    activity = activity_of(pk)
    form = SessionForm(
        request.POST or None,
        initial=_like_the_last(activity),
        place=activity.place,
        cancel_url=activity.get_absolute_url(),
    )
    if form.is_valid():
        made = do(form, actions.make_session, activity=activity, by=request.user, **form.facts())
        if made:
            _warn_of_holiday(request, made)
            return saved(request, "Tillfället är planerat.", "activities:detail", pk)
    return ask(request, form, "Nytt tillfälle", activity=activity)


def _like_the_last(activity) -> dict:
    """The same times as the last planned session: what one nearly always wants."""
    last = activity.sessions.filter(starts_at__isnull=False).last()
    return _times(last) if last else {}


def _times(session) -> dict:
    rest = (session.length - session.planned_hours) * 60
    return {"starts_at": session.starts_at, "ends_at": session.ends_at, "rest": round(rest)}


def _warn_of_holiday(request, session) -> None:
    if name := calendar.holiday_name(session.held_on):
        messages.warning(request, f"{long_day(session.held_on).capitalize()} är {name.lower()}.")


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change a session; from the same page it is cancelled or removed."""
    session = session_of(pk)
    if session.status != SessionStatus.PLANNED:
        messages.info(request, "Bara ett planerat tillfälle kan ändras.")
        return redirect(session.activity)
    form = SessionForm(
        request.POST or None,
        initial=_initial(session),
        place=session.activity.place,
        cancel_url=session.activity.get_absolute_url(),
    )
    if form.is_valid():
        facts = form.facts() | {"version": form.cleaned_data["version"] or 0}
        changed = do_newest(
            form, _words, actions.change_session, session=session, by=request.user, **facts
        )
        if changed:
            _warn_of_holiday(request, changed)
            return saved(request, "Tillfället är ändrat.", "activities:detail", session.activity_id)
    return _ask(
        request,
        session,
        form,
        CancelForm(action=reverse("activities:session_cancel", args=[pk])),
    )


def _ask(request, session, form, cancel_form):
    return ask(
        request,
        form,
        "Ändra tillfället",
        activity=session.activity,
        template="casework/activity_session_edit.html",
        session=session,
        cancel_form=cancel_form,
    )


def _initial(session: Session) -> dict:
    names = ("held_on", "place", "theme", "version")
    return {name: getattr(session, name) for name in names} | _times(session)


def _words(session) -> list[tuple[str, str]]:
    return [
        ("Dag", iso_date(session.held_on)),
        ("Tid", session.time_words),
        ("Timmar", number(session.planned_hours)),
        ("Tema", session.theme),
        ("Plats", session.place),
    ]


@requires(Permission.PLAN_ACTIVITIES)
@require_POST
def cancel(request, pk):
    """Cancel a session, with a reason."""
    session = session_of(pk)
    form = CancelForm(request.POST, action=request.path)
    if form.is_valid() and do(
        form, actions.cancel_session, session=session, by=request.user, **form.cleaned_data
    ):
        sentence = (
            "Tillfället är inställt. Ingen väntas längre, men ingen har heller fått veta det."
        )
        return saved(request, sentence, "activities:detail", session.activity_id)
    change = SessionForm(initial=_initial(session), cancel_url=session.activity.get_absolute_url())
    return _ask(request, session, change, form)


@requires(Permission.PLAN_ACTIVITIES)
@require_POST
def restore(request, pk):
    """Plan a cancelled session again."""
    return _at_once(request, pk, actions.restore_session, "Tillfället är planerat igen.")


@requires(Permission.PLAN_ACTIVITIES)
@require_POST
def remove(request, pk):
    """Remove a session that should never have been planned."""
    return _at_once(request, pk, actions.remove_session, "Tillfället är borttaget.")


def _at_once(request, pk, action, sentence):
    session = session_of(pk)
    try:
        action(session=session, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(session.activity)
    return saved(request, sentence, "activities:detail", session.activity_id)
