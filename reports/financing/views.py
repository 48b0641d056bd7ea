"""Pages of participant financing: the month, the rates, and what a participant lives on.

What somebody lives on is sensitive: only the municipality's own staff see it, never searched by.
"""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from accounts.roles import Authority
from participants import access_log
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved
from reports.esf.models import Rate
from reports.financing import actions, overview
from reports.financing.forms import BenefitForm, EndBenefitForm, EndRateForm, RateForm
from reports.financing.loading import value_of

TAB = "financing:benefits"


def municipal(view):
    """Answer staff of another authority as if the page did not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.authority != Authority.MUNICIPALITY:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@requires(Permission.REPORT_ESF)
@require_GET
def month(request):
    """Show what a month's hours are worth; person by person for the project economist."""
    chosen, error = overview.read_month(request.GET, timezone.localdate())
    financing = value_of(chosen.period)
    may_manage = request.user.may(Permission.MANAGE_RATES)
    rows = []
    if may_manage and request.user.authority == Authority.MUNICIPALITY:
        rows = overview.people(financing, request.user)
        access_log.shown(request, [row.participant for row in rows], access_log.Action.LISTED)
    context = {
        "month": chosen,
        "error": error,
        "before": chosen + -1,
        "after": chosen + 1,
        "financing": financing,
        "earned": _in_words(financing.earned),
        "lost": _in_words(financing.lost),
        "kinds": overview.kinds(financing),
        "rows": rows,
        "may_manage": may_manage,
        "has_rates": Rate.objects.exists(),
    }
    return render(request, "reports/financing_overview.html", context)


def _in_words(total) -> dict:
    return {
        "hours": overview.hours(total.hours),
        "valued": overview.hours(total.valued),
        "value": overview.kronor(total.value),
        "whole": overview.whole_kronor(total.value),
        "without_value": overview.hours(total.without_value),
        "why": overview.why_not(total),
    }


@requires(Permission.MANAGE_RATES)
@require_GET
def rates(request):
    """Show every rate; those that hold today first."""
    today = timezone.localdate()
    every = Rate.objects.select_related("entered_by")
    now = [each for each in every if each.valid_until is None or each.valid_until >= today]
    former = [each for each in every if each.valid_until and each.valid_until < today]
    context = {"groups": [("Gäller nu eller senare", now), ("Har slutat gälla", former)]}
    return render(request, "reports/financing_rates.html", context | {"any": now or former})


@requires(Permission.MANAGE_RATES)
@require_http_methods(["GET", "POST"])
def rate_new(request):
    """Enter a rate from a document."""
    form = RateForm(request.POST or None, cancel_url=reverse("financing:rates"))
    if form.is_valid() and do(form, actions.add_rate, by=request.user, **form.cleaned_data):
        messages.success(request, "Timsatsen är inlagd.")
        return redirect("financing:rates")
    return _rate_form(request, form, "Ny timsats")


@requires(Permission.MANAGE_RATES)
@require_http_methods(["GET", "POST"])
def rate_end(request, pk):
    """Give a rate its last day; one entered by mistake can be taken away."""
    rate = get_object_or_404(Rate, pk=pk)
    form = EndRateForm(
        request.POST or None,
        initial={"valid_until": rate.valid_until or timezone.localdate()},
        cancel_url=reverse("financing:rates"),
    )
    if form.is_valid() and do(
        form, actions.end_rate, rate=rate, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Timsatsen har fått sin sista dag.")
        return redirect("financing:rates")
    return _rate_form(request, form, "Avsluta timsatsen", rate)


@requires(Permission.MANAGE_RATES)
@require_POST
def rate_remove(request, pk):
    """Take away a rate that was entered by mistake."""
    actions.remove_rate(rate=get_object_or_404(Rate, pk=pk), by=request.user)
    messages.success(request, "Timsatsen är borttagen.")
    return redirect("financing:rates")


def _rate_form(request, form, heading, rate=None):
    context = {"form": form, "heading": heading, "rate": rate}
    status = 422 if form.is_bound else None
    return render(request, "reports/financing_rate_form.html", context, status=status)


@requires(Permission.MANAGE_RATES)
@require_http_methods(["GET", "POST"])
@municipal
@with_participant()
def benefits(request, participant):
    """Show what the person has lived on, and record a new benefit."""
    form = BenefitForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid() and do(
        form, actions.record_benefit, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Ersättningen är sparad.", TAB, participant.pk)
    found = participant.benefits.select_related("recorded_by").order_by("-starts_on", "-pk")
    return render_person(
        request,
        participant,
        "reports/financing_benefits.html",
        {"form": form, "benefits": found},
        tab=TAB,
        status=422 if form.is_bound else None,
    )


@requires(Permission.MANAGE_RATES)
@require_http_methods(["GET", "POST"])
@municipal
@with_participant()
def benefit_end(request, participant, benefit_pk):
    """Note the last day somebody had a benefit."""
    benefit = get_object_or_404(participant.benefits, pk=benefit_pk)
    form = EndBenefitForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if form.is_valid() and do(
        form, actions.end_benefit, benefit=benefit, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Ersättningen är avslutad.", TAB, participant.pk)
    return ask(
        request,
        participant,
        form,
        f"Avsluta: {benefit.get_kind_display()}",
        {"benefit": benefit},
        template="reports/financing_benefit_end.html",
        tab=TAB,
    )


@requires(Permission.MANAGE_RATES)
@require_POST
@municipal
@with_participant()
def benefit_remove(request, participant, benefit_pk):
    """Take away a benefit that was recorded by mistake."""
    benefit = get_object_or_404(participant.benefits, pk=benefit_pk)
    actions.remove_benefit(benefit=benefit, by=request.user)
    return saved(request, "Ersättningen är borttagen.", TAB, participant.pk)
