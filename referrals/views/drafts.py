"""A new referral in three short steps: who, by whom and why, which target group."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from core.htmx import render_page, wants_fragment
from participants import access_log
from participants.access_log import Action
from participants.errors import NumberTaken, Refused
from participants.models import Participant
from participants.search import Hit, explain_taken, find_person
from referrals import actions, drafts
from referrals.drafts import TARGET, WHO, WHY
from referrals.forms import FactsForm, NewPersonForm, SearchForm, TargetGroupForm
from referrals.models import ReferralDraft

PAGES = {WHO: "referrals:draft_who", WHY: "referrals:draft_why", TARGET: "referrals:draft_target"}
SEARCHED = ("number", "first_name", "last_name", "birth_date")


def with_draft(view):
    """Hand the view the user's own draft; one that is saved leads to what it became.

    A draft about somebody the user may no longer see does not exist (404).
    """

    @wraps(view)
    def found(request, draft, *args, **kwargs):
        draft = get_object_or_404(ReferralDraft, pk=draft, user=request.user)
        if draft.referral_id:
            return redirect("referrals:detail", draft.referral_id)
        if draft.participant_id:
            people = Participant.objects.visible_to(request.user).for_list()
            draft.participant = get_object_or_404(people, pk=draft.participant_id)
        return view(request, draft, *args, **kwargs)

    return found


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
def new(request):
    """Step 1 of a referral that nothing is kept of yet."""
    return _who(request, None)


@requires(Permission.EDIT_REFERRALS)
@require_POST
def new_for(request, pk):
    """Begin a referral of somebody in the register, from their page."""
    person = get_object_or_404(Participant.objects.visible_to(request.user), pk=pk)
    try:
        actions.refuse_second(person)
    except actions.OpenReferralExists as error:
        messages.info(request, str(error))
        return redirect(error.referral)
    except Refused as error:
        messages.info(request, str(error))
        return redirect("referrals:participant", person.pk)
    return redirect(PAGES[WHY], drafts.begin(by=request.user, participant=person).pk)


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_draft
def draft_who(request, draft):
    """Step 1 again: what was typed is still there."""
    return _who(request, draft)


def _who(request, draft):
    if request.method == "GET":
        return _show_who(request, draft)
    if "choose" in request.POST:
        return _choose(request, draft)
    if "register" in request.POST:
        return _register(request, draft)
    return _search(request, draft)


def _search(request, draft):
    search = SearchForm(request.POST)
    if not search.is_valid():
        return _show_who(request, draft, search=search)
    given = search.cleaned_data
    number = given["number"].value if given["number"] else ""
    hits = find_person(
        request.user, number=number, name=search.name(), birth_date=given["birth_date"]
    )
    typed = {name: request.POST.get(name, "") for name in SEARCHED}
    taken = explain_taken(request.user, number)[0] if number and not hits else ""
    new_person = _person_form(request, initial=typed | {"seen": _keys(hits)})
    return _show_who(request, draft, search=search, new_person=new_person, hits=hits, taken=taken)


def _choose(request, draft):
    people = Participant.objects.visible_to(request.user)
    person = get_object_or_404(people, pk=_whole_number(request.POST["choose"]))
    try:
        actions.refuse_second(person)
    except Refused as error:
        hits = [Hit(people.for_list().get(pk=person.pk), str(error))]
        return _show_who(request, draft, hits=hits)
    draft = draft or drafts.begin(by=request.user)
    drafts.choose(draft, person)
    return redirect(PAGES[WHY], draft.pk)


def _register(request, draft):
    form = _person_form(request, request.POST)
    hits = []
    if form.is_valid():
        hits = _hits_before(request, form)
        number = form.cleaned_data["number"]
        taken = explain_taken(request.user, number.value)[0] if number else ""
        if taken:
            form.add_error("number", taken)
        elif _keys(hits) == form.cleaned_data["seen"]:
            draft = draft or drafts.begin(by=request.user)
            draft.participant = None
            drafts.keep(draft, WHO, form, request.POST)
            return redirect(PAGES[WHY], draft.pk)
        # Somebody new was found: they are shown first, and the next attempt knows of them.
        form.data = form.data.copy()
        form.data["seen"] = _keys(hits)
    return _show_who(request, draft, new_person=form, hits=hits)


def _hits_before(request, form):
    given = form.cleaned_data
    number = given["number"]
    return find_person(
        request.user,
        number=number.value if number else "",
        name=f"{given['first_name']} {given['last_name']}",
        birth_date=number.birth_date if number else given["birth_date"],
    )


def _show_who(request, draft, *, search=None, new_person=None, hits=(), taken=""):
    typed = draft.words(WHO) if draft else {}
    if typed and new_person is None:
        new_person = _person_form(request, initial=typed)
    chosen = draft.participant if draft else None
    found = drafts.found(list(hits))
    shown = [each.person for each in found if each.person != chosen]
    access_log.shown(request, shown, Action.FOUND, what="referrals:draft_who")
    if chosen:
        access_log.shown(request, [chosen], what="referrals:draft_who")
    context = {
        "draft": draft,
        "step": 1,
        "subject": drafts.subject(draft) if chosen else None,
        "search": search or SearchForm(initial=typed),
        "new_person": new_person,
        "found": found,
        "searched": search is not None and search.is_valid(),
        "taken": taken,
    }
    return render(request, "referrals/draft_who.html", context)


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_draft
def draft_why(request, draft):
    """Step 2: by whom and why."""
    if request.method == "POST":
        form = FactsForm(request.POST)
        drafts.keep(draft, WHY, form, request.POST)
        if "back" in request.POST:
            return redirect(PAGES[WHO], draft.pk)
        if form.is_valid():
            return redirect(PAGES[TARGET], draft.pk)
    else:
        today = timezone.localdate().isoformat()
        form = FactsForm(initial={"referred_on": today} | draft.words(WHY))
    return render(request, "referrals/draft_why.html", _context(request, draft, form, step=2))


@requires(Permission.EDIT_REFERRALS)
@require_http_methods(["GET", "POST"])
@with_draft
def draft_target(request, draft):
    """Step 3: the target group, with the check beside it; then save."""
    why = FactsForm(draft.words(WHY))
    if not why.is_valid():
        return redirect(PAGES[WHY], draft.pk)
    day = why.cleaned_data["referred_on"]
    form = TargetGroupForm(request.POST or None, day=day, initial=draft.words(TARGET))
    if request.method == "POST":
        drafts.keep(draft, TARGET, form, request.POST)
        if "back" in request.POST:
            return redirect(PAGES[WHY], draft.pk)
        if (
            not wants_fragment(request)
            and form.is_valid()
            and (saved := _save(request, draft, form))
        ):
            return saved
    context = _context(request, draft, form, step=3)
    context |= {"day": day, "why": why, "check": drafts.check_draft(draft, form, day)}
    return render_page(request, "referrals/draft_target.html", context, partial="check")


def _save(request, draft, form):
    """Save and lead on; None, with the reason on the form, when a rule says no."""
    try:
        referral = drafts.finish(draft, by=request.user)
    except drafts.Unfinished as error:
        messages.warning(
            request, "Något saknas i ett tidigare steg. Det du har skrivit finns kvar."
        )
        return redirect(PAGES[error.step], draft.pk)
    except NumberTaken:
        messages.warning(request, explain_taken_again(request, draft))
        return redirect(PAGES[WHO], draft.pk)
    except actions.OpenReferralExists as error:
        form.add_error(None, str(error))
        form.standing = error.referral
        return None
    except Refused as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "Remissen är sparad. Nu kan du skriva ut en kvittens.")
    return redirect(referral)


def explain_taken_again(request, draft) -> str:
    """Say kindly that the number was registered in the meantime, without telling whose it is."""
    person = drafts.new_person(draft, request.user)
    return explain_taken(request.user, person["number"].value)[0]


@requires(Permission.EDIT_REFERRALS)
@require_POST
def draft_discard(request, draft):
    """Throw the user's own draft away."""
    ReferralDraft.objects.unfinished_of(request.user).filter(pk=draft).delete()
    messages.info(request, "Den påbörjade remissen är borttagen.")
    return redirect("referrals:list")


def _context(request, draft, form, step):
    """What steps 2 and 3 show; logs the person when they are in the register."""
    if draft.participant:
        access_log.shown(request, [draft.participant])
    return {"draft": draft, "form": form, "step": step, "subject": drafts.subject(draft)}


def _person_form(request, data=None, **kwargs):
    may_protect = request.user.may(Permission.MARK_PROTECTED)
    return NewPersonForm(data, may_protect=may_protect, **kwargs)


def _keys(hits) -> str:
    return ",".join(str(hit.participant.pk) for hit in hits)


def _whole_number(text) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)
