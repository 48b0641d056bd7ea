"""Consent: the words, what is given, and taking it back."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from accounts.roles import Authority
from participants import actions
from participants.actions.consents import text_on
from participants.enums import Category
from participants.forms import ConsentForm, WithdrawForm
from participants.models import Consent
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved

TAB = "participants:consent"
RECEIVER = Authority.EMPLOYMENT_SERVICE


@requires(Permission.VIEW_PARTICIPANTS)
@require_GET
@with_participant()
def consent(request, participant):
    """Show what the person has agreed to, by category, and everything that was before."""
    consents = participant.consents.select_related("recorded_by", "withdrawn_by")
    if request.user.needs_consent:
        consents = consents.filter(authority=request.user.authority)
    today = timezone.localdate()
    valid = list(consents.valid_on(today))
    current = {each.category: each for each in valid if each.authority == RECEIVER}
    context = {
        "receiver": RECEIVER.label,
        "categories": [(category.label, current.get(category)) for category in Category],
        "history": [each for each in consents if each not in valid],
        "missing": len(current) < len(Category),
        "text": text_on(RECEIVER, today),
        "may_manage": request.user.may(Permission.MANAGE_CONSENT),
    }
    return render_person(request, participant, "participants/consent.html", context, tab=TAB)


@requires(Permission.MANAGE_CONSENT)
@require_http_methods(["GET", "POST"])
@with_participant()
def consent_give(request, participant):
    """Record what the person has said yes to; the words they agree to stand above the form."""
    today = timezone.localdate()
    given = Consent.objects.valid_on(today).filter(participant=participant, authority=RECEIVER)
    categories = set(given.values_list("category", flat=True))
    if categories == set(Category.values):
        return saved(request, "Deltagaren har redan samtyckt till allt.", TAB, participant.pk)
    form = ConsentForm(request.POST or None, initial={"given_on": today}, given=categories)
    if form.is_valid() and do(
        form, actions.give_consent, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Samtycket är registrerat.", TAB, participant.pk)
    context = {"text": text_on(RECEIVER, today), "receiver": RECEIVER.label}
    template = "participants/consent_form.html"
    return ask(request, participant, form, "Nytt samtycke", context, template=template, tab=TAB)


@requires(Permission.MANAGE_CONSENT)
@require_http_methods(["GET", "POST"])
@with_participant()
def consent_withdraw(request, participant, consent_pk):
    """Take one consent back, at once, after a second thought."""
    given = get_object_or_404(participant.consents, pk=consent_pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and do(form, actions.withdraw_consent, consent=given, by=request.user):
        receiver = given.get_authority_display()
        sentence = f"Samtycket är återkallat. {receiver} ser inte längre uppgifterna."
        return saved(request, sentence, TAB, participant.pk)
    heading = f"Återkalla: {given.get_category_display()}"
    return ask(request, participant, form, heading, {"kind": "withdraw", "given": given}, tab=TAB)
