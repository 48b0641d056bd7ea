"""Everybody agrees to the plan, each in their own way: signed in, drawn on the screen, by a link, on paper."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.languages import language, languages
from casework.models import AgreementMethod, Channel, Party, PlanStatus, SigningLink
from casework.plans import content, papers, parties, reading, versions
from casework.plans.forms import PaperForm
from casework.plans.looks import agreements_of
from casework.plans.words import party_words
from casework.rollcall import strokes
from casework.signing import links
from casework.signing.forms import LanguageForm, SendForm
from casework.signing.qr import as_data_url
from casework.signing.views.person import line_of
from core.errors import Refused
from core.gateway import is_mobile
from core.swedish import listed
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do

HEADING = "Godkänn planen"
MOST_LINKS = 10
ON_ITS_WAY = "Meddelandet skickas nu. Nedan står om det kom fram, och om det har öppnats."
ALL_AGREED = "Alla har godkänt planen. Den gäller från och med nu."
WAITS_ON = "Tack! Planen väntar nu på {words}."
NO_CONSENT_NOW = (
    "Samtycket till Arbetsförmedlingen gäller inte längre, så arbetsförmedlaren kan inte godkänna. Dra"
    " tillbaka förslaget och lägg fram det igen."
)
DEMAND = "Sidan var gammal: det finns inget förslag som väntar. Det här är planen som den är nu."


def with_proposal(view):
    """Hand the view the version that waits; where none does, lead to the plan and say so."""

    @wraps(view)
    def found(request, participant, *args, **kwargs):
        version = reading.proposed(reading.plan_of(participant))
        if version is None:
            if request.method != "GET":
                messages.info(request, DEMAND)
            return redirect("plans:plan", participant.pk)
        return view(request, participant, version, *args, **kwargs)

    return found


@requires(Permission.EDIT_PLAN)
@require_GET
@with_participant(Category.PLAN)
@with_proposal
def proposal(request, participant, version):
    """Show what is put to the parties, who has agreed, and the ways to agree."""
    return _page(request, participant, version)


def _page(request, participant, version, *, error="", status=None):
    enrolment = version.plan.enrolment
    who = parties.of(enrolment, timezone.localdate())
    waiting = versions.waiting_for(version)
    spoken = links.languages_of([participant])[participant.pk]
    mine = who.party_of(request.user)
    context = {
        "heading": HEADING,
        "version": version,
        "own_words": reading.own_words(version.content),
        "goals": content.goals_in_words(version.content),
        "lines": agreements_of(version),
        "waiting": waiting,
        "is_participant_waiting": Party.PARTICIPANT in waiting,
        "mine": mine if mine in waiting else "",
        "others": [(each, party_words(each)) for each in waiting if each != Party.PARTICIPANT],
        "officer_shut_out": Party.OFFICER in waiting and who.officer is None,
        "why_without": NO_CONSENT_NOW,
        "without_officer": who.why_without_officer if Party.OFFICER not in version.parties else "",
        "form": LanguageForm(initial={"sprak": spoken}),
        "has_mobile": is_mobile(participant.phone),
        "history": _history(version),
        "code": content.short_code(version.sha256),
        "error": error,
    }
    template = "casework/plan_proposal.html"
    return render_person(request, participant, template, context, status=status)


def _history(version):
    found = SigningLink.objects.filter(plan_version=version).select_related("created_by")
    now = timezone.now()
    return [line_of(link, now) for link in found[:MOST_LINKS]]


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
@with_proposal
def by_account(request, participant, version):
    """Agree as the one who is signed in, with one click."""
    who = parties.of(version.plan.enrolment, timezone.localdate())
    party = who.party_of(request.user)
    if not party:
        return _page(request, participant, version, error=versions.NOT_YOURS, status=422)
    return _agree(
        request,
        participant,
        version,
        party=party,
        method=AgreementMethod.ACCOUNT,
    )


def _agree(request, participant, version, **facts):
    try:
        versions.agree(
            version=version, shown_sha256=request.POST.get("shown", ""), by=request.user, **facts
        )
    except Refused as refusal:
        return _page(request, participant, version, error=str(refusal), status=409)
    return _lead_on(request, participant, version)


def _lead_on(request, participant, version):
    """Say what the agreement led to: the plan holds, or it waits for the rest."""
    version.refresh_from_db()
    if version.status == PlanStatus.AGREED:
        messages.success(request, ALL_AGREED)
        return redirect("plans:plan", participant.pk)
    messages.success(request, WAITS_ON.format(words=_waiting_words(version)))
    return redirect("plans:proposal", participant.pk)


def _waiting_words(version) -> str:
    fresh = type(version).objects.prefetch_related("agreements").get(pk=version.pk)
    return listed([party_words(each) for each in versions.waiting_for(fresh)])


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
@with_proposal
def drawn(request, participant, version, party):
    """Let a party read the plan and draw a signature on this screen, in a language of theirs."""
    if party not in versions.waiting_for(version):
        return redirect("plans:proposal", participant.pk)
    spoken = language(request.GET.get("sprak", "sv") if party == Party.PARTICIPANT else "sv")
    words = spoken["sign"] | spoken["public"] | spoken["plan_public"]
    error, status = "", None
    if request.method == "POST":
        try:
            versions.agree(
                version=version,
                shown_sha256=request.POST.get("shown", ""),
                party=party,
                method=AgreementMethod.DRAWN,
                by=request.user,
                text=words["text"],
                language=spoken.code,
                strokes=strokes.read(request.POST.get("strokes", "")),
            )
        except versions.ProposalChanged:
            error, status = words["changed"], 409
        except Refused as refused:
            little = str(refused) == strokes.TOO_LITTLE
            error, status = spoken["sign"]["too_little"] if little else str(refused), 422
        else:
            thanks_page = reverse("plans:thanks", args=[participant.pk, party])
            return redirect(f"{thanks_page}?sprak={spoken.code}")
    context = {
        "participant": participant,
        "version": version,
        "own_words": reading.own_words(version.content),
        "goals": content.goals_in_words(version.content),
        "words": words | {"submit": words["submit"]},
        "language": spoken,
        "languages": languages().values() if party == Party.PARTICIPANT else (),
        "who": party_words(party),
        "name": _name_of(version, party, participant),
        "error": error,
        "back": reverse("plans:proposal", args=[participant.pk]),
    }
    return render(request, "casework/plan_sign.html", context, status=status)


@requires(Permission.EDIT_PLAN)
@require_GET
@with_participant(Category.PLAN)
def thanks(request, participant, party):
    """Thank, in the language that was signed in, and lead back to who is still waited for."""
    if party not in Party.values:
        raise Http404
    spoken = language(request.GET.get("sprak", "sv"))
    waits = reading.proposed(reading.plan_of(participant))
    name = "plans:proposal" if waits else "plans:plan"
    context = {
        "participant": participant,
        "words": spoken["public"] | spoken["plan_public"],
        "language": spoken,
        "back": reverse(name, args=[participant.pk]),
        "waits": listed([party_words(each) for each in versions.waiting_for(waits)]) if waits else "",
    }  # fmt: skip
    return render(request, "casework/plan_thanks.html", context)


def _name_of(version, party, participant) -> str:
    enrolment = version.plan.enrolment
    user = {Party.PEDAGOGUE: enrolment.main_contact, Party.OFFICER: enrolment.employment_officer}
    return user[party].name if user.get(party) else participant.list_name


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
@with_proposal
def qr(request, participant, version):
    """Make a QR code to the plan and show it big; the code stands in this answer and nowhere else."""
    form = LanguageForm(request.POST)
    spoken = form.cleaned_data["sprak"] if form.is_valid() else "sv"
    made = links.make_qr(
        participant=participant, by=request.user, language=spoken, plan_version=version
    )
    context = {
        "heading": "QR-kod",
        "line": line_of(made.link, timezone.now()),
        "picture": as_data_url(made.url),
        "until": timezone.localtime(made.link.expires_at),
        "language": spoken,
    }
    return render_person(request, participant, "casework/plan_qr.html", context)


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
@with_proposal
def send(request, participant, version):
    """Send a link to the plan by SMS or e-mail."""
    form = SendForm(request.POST)
    if not form.is_valid():
        error = "Välj sätt och språk igen."
        return _page(request, participant, version, error=error, status=422)
    try:
        links.send_link(
            participant=participant,
            channel=Channel(form.cleaned_data["satt"]),
            language=form.cleaned_data["sprak"],
            by=request.user,
            plan_version=version,
        )
    except Refused as refusal:
        return _page(request, participant, version, error=str(refusal), status=422)
    messages.success(request, ON_ITS_WAY)
    return redirect("plans:proposal", participant.pk)


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
@with_proposal
def paper(request, participant, version):
    """Take in the plan signed on paper; a person says who has signed it."""
    waiting = versions.waiting_for(version)
    choices = [(each, Party(each).label) for each in waiting]
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    back = reverse("plans:proposal", args=[participant.pk])
    form = PaperForm(
        *sent,
        parties=choices,
        initial={"shown": version.sha256, "signed": waiting},
        cancel_url=back,
    )
    if form.is_valid() and do(
        form, _register, data=form.cleaned_data, version=version, by=request.user
    ):
        return _lead_on(request, participant, version)
    context = {"version": version, "code": content.short_code(version.sha256)}
    template = "casework/plan_paper.html"
    return ask(request, participant, form, "Signerat papper", context, template=template)


def _register(*, data, version, by):
    return papers.register(
        version=version,
        pages=papers.pages_in(data["files"]),
        signed=data["signed"],
        shown_sha256=data["shown"],
        by=by,
    )


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
@with_proposal
def withdraw(request, participant, version):
    """Take the proposal back and lead to the page where it is written on."""
    try:
        versions.withdraw(version=version, by=request.user)
        messages.success(
            request, "Förslaget är tillbakadraget. Skriv vidare och lägg fram det igen."
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:plan", participant.pk)
    return redirect("plans:edit", participant.pk)
