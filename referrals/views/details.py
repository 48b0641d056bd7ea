"""One referral: what it says, how it has gone, and what can be done."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from core.states import TransitionError
from participants import access_log
from participants.errors import Refused, StaleEdit
from participants.models import Track
from participants.pages import render_person
from participants.permissions import with_participant
from referrals import actions
from referrals.drafts import former
from referrals.forms import CorrectForm
from referrals.letters import has_answer
from referrals.models import Referral
from referrals.presenters import buttons, decision_facts, event, facts, rows
from referrals.target_group import check
from referrals.views.access import with_referral
from referrals.waiting import wait_look


@requires(Permission.VIEW_REFERRALS)
@require_GET
@with_referral
def detail(request, referral):
    """Show a referral with its check and its history."""
    access_log.shown(request, [referral.participant])
    return render(request, "referrals/referral_detail.html", _page(request, referral))


def _page(request, referral):
    person = referral.participant
    today = timezone.localdate()
    return {
        "referral": referral,
        "person": person,
        "former": former(person),
        "facts": facts(referral),
        "decision": [] if referral.is_open else decision_facts(referral),
        "check": check(
            person.birth_date,
            referral.referred_on,
            Track.objects.all(),
            referral.criteria.all(),
            reason=referral.criteria_reason,
        ),
        "wait": wait_look(referral.days_waited(today)),
        "events": [
            replace(event(step, referral), url="") for step in reversed(referral.steps.all())
        ],
        "buttons": buttons(referral, request.user),
        "may_print": request.user.may(Permission.EDIT_REFERRALS),
        "has_answer": has_answer(referral),
        "may_edit": referral.is_open and request.user.may(Permission.EDIT_REFERRALS),
    }


@requires(Permission.EDIT_REFERRALS)
@require_POST
@with_referral
def start(request, referral):
    """Take a received referral; if somebody was quicker, say who."""
    try:
        actions.start_assessment(referral=referral, by=request.user)
    except TransitionError:
        messages.warning(request, taken_meanwhile(referral))
    else:
        messages.success(request, "Nu har du hand om remissen.")
    return redirect(referral)


@requires(Permission.EDIT_REFERRALS)
@require_POST
@with_referral
def take_over(request, referral):
    """Take a referral from a colleague."""
    try:
        actions.take_over(referral=referral, by=request.user)
    except Refused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Nu har du hand om remissen.")
    return redirect(referral)


def taken_meanwhile(referral) -> str:
    """Say what a colleague has done with a referral in the meantime. One query."""
    step = Referral.objects.get(pk=referral.pk).steps.select_related("by").last()
    who = step.by.name if step.by else "Någon annan"
    return f"{who} hann före: remissen är {step.get_status_display().lower()} sedan {timezone.localtime(step.at):%Y-%m-%d %H:%M}."


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_referral
def edit(request, referral):
    """Correct what an open referral says; nothing that a colleague wrote is overwritten unseen."""
    if not referral.is_open:
        messages.info(request, "Remissen är avgjord och kan inte längre ändras.")
        return redirect(referral)
    form = _correct_form(request, referral)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(referral=referral, by=request.user, **form.cleaned_data)
        except StaleEdit as error:
            form.add_error(None, str(error))
            newer = facts(error.current) + [("Skäl", error.current.reason)]
            form.data = form.data.copy()
            form.data["version"] = error.current.version
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Ändringarna är sparade.")
            return redirect(referral)
    access_log.shown(request, [referral.participant])
    context = {"referral": referral, "person": referral.participant, "form": form, "newer": newer}
    return render(request, "referrals/referral_edit.html", context)


def _correct_form(request, referral):
    initial = {
        name: getattr(referral, name) for name in ("body", "referred_on", "version", *actions.TEXTS)
    }
    initial["criteria"] = [criterion.pk for criterion in referral.criteria.all()]
    return CorrectForm(
        request.POST or None,
        initial=initial,
        day=_day(request.POST.get("referred_on")) or referral.referred_on,
        body=referral.body,
        cancel_url=referral.get_absolute_url(),
    )


def _day(text):
    """The day as it is typed now, or None: the criteria on offer are those of that day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@requires(Permission.VIEW_REFERRALS)
@require_GET
@with_participant()
def participant_tab(request, participant):
    """The tab of a person's page: every referral of them, the latest first."""
    referrals = participant.referrals.select_related("body", "handled_by").order_by(
        "-referred_on", "-pk"
    )
    context = {
        "rows": rows(referrals, request.user, timezone.localdate()),
        "may_refer": request.user.may(Permission.EDIT_REFERRALS)
        and participant.current_enrolment is None
        and not any(referral.is_open for referral in referrals),
    }
    template = "referrals/participant_referrals.html"
    return render_person(request, participant, template, context, tab="referrals:participant")
