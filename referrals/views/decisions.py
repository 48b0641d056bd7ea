"""Saying yes, no, or that it was taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from core.states import TransitionError
from participants import access_log
from participants.actions.enrolments import track_for
from participants.errors import Refused
from referrals import actions
from referrals.enums import ReferralStatus
from referrals.forms import AcceptEnrolledForm, AcceptForm, DeclineForm, WithdrawForm
from referrals.models import Referral
from referrals.views.access import with_referral
from referrals.views.details import taken_meanwhile


@requires(Permission.DECIDE_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_referral
def accept(request, referral):
    """Say yes and enrol, on one page and in one transaction."""
    if not request.user.may(Permission.ENROL):
        raise PermissionDenied
    if referral.participant.current_enrolment and referral.is_open:
        return _accept_enrolled(request, referral)
    initial = {"starts_on": timezone.localdate(), "main_contact": request.user.pk}
    form = _form(AcceptForm, request, referral, initial, user=request.user)
    enrolled = _try(request, referral, form, actions.accept, ReferralStatus.ACCEPTED)
    if enrolled:
        messages.success(request, "Remissen är godtagen och deltagaren inskriven.")
        return redirect(referral.participant)
    day = form.cleaned_data.get("starts_on") if form.is_bound and form.is_valid() else None
    day = day or timezone.localdate()
    person = referral.participant
    context = {"day": day, "track": track_for(person, day), "age": person.age_on(day)}
    return _answer(request, referral, form, "referrals/referral_accept.html", context)


def _accept_enrolled(request, referral):
    """The person was enrolled from their own page in the meantime: only the yes remains."""
    form = _form(AcceptEnrolledForm, request, referral)
    if _try(request, referral, form, actions.accept_enrolled, ReferralStatus.ACCEPTED):
        messages.success(request, "Remissen är godtagen.")
        return redirect(referral.participant)
    enrolment = referral.participant.current_enrolment
    context = {"enrolment": enrolment}
    return _answer(request, referral, form, "referrals/referral_accept_enrolled.html", context)


@requires(Permission.DECIDE_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_referral
def decline(request, referral):
    """Say no, for a coded reason."""
    form = _form(DeclineForm, request, referral)
    if _try(request, referral, form, actions.decline, ReferralStatus.DECLINED):
        messages.success(request, "Remissen är avböjd. Svaret kan skrivas ut som brev.")
        return _after(request, referral)
    return _answer(request, referral, form, "referrals/referral_decline.html")


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_referral
def withdraw(request, referral):
    """Note that the referring body took it back."""
    form = _form(WithdrawForm, request, referral)
    if _try(request, referral, form, actions.withdraw, ReferralStatus.WITHDRAWN):
        messages.success(request, "Remissen är återtagen.")
        return _after(request, referral)
    return _answer(request, referral, form, "referrals/referral_withdraw.html")


def _form(kind, request, referral, initial=None, **options):
    initial = (initial or {}) | {"version": referral.version}
    cancel_url = referral.get_absolute_url()
    return kind(request.POST or None, initial=initial, cancel_url=cancel_url, **options)


def _try(request, referral, form, action, status) -> bool:
    """Do what the form says, if it holds; what stands in the way is written on the form."""
    if not referral.can_move_to(status):
        form.standing = taken_meanwhile(referral)
        return False
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action(referral=referral, by=request.user, **form.cleaned_data)
    except TransitionError:
        form.standing = taken_meanwhile(referral)
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _answer(request, referral, form, template, context=None):
    """Show the form; or, when a colleague has decided, only what they did."""
    access_log.shown(request, [referral.participant])
    page = {"referral": referral, "person": referral.participant, "form": form}
    page |= {"standing": getattr(form, "standing", "")}
    return render(request, template, page | (context or {}))


def _after(request, referral):
    """Back to the referral, or to the list when the file closed with the decision."""
    still = Referral.objects.visible_to(request.user).filter(pk=referral.pk).exists()
    return redirect(referral if still else "referrals:list")
