"""The page that the three look at together: it saves by itself, shows what others write, and works without scripts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import Plan
from casework.plans import bookings, editing, parties, reading, table, versions
from casework.plans.forms import BookForm, ProposeForm
from casework.plans.views.booking import enrolment_or_404
from core.errors import Refused
from core.htmx import render_page
from participants.enums import Category
from participants.permissions import with_participant
from participants.views.helpers import ask, do

PAGE = "casework/plan_edit.html"
NOT_MODIFIED, CONFLICT = 304, 409


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def edit(request, participant):
    """Show the working table; without scripts the whole page is saved by its button."""
    enrolment = enrolment_or_404(participant)
    if request.method == "POST":
        saved = _save(request, enrolment)
        if not saved.refused:
            _structure(request, enrolment)
            return _lead_on(request, participant, saved)
        return _page(request, participant, enrolment, saved, status=422)
    return _page(request, participant, enrolment)


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
def save(request, participant):
    """Save what has changed in somebody's page, and answer with the table as it now stands.

    A page that was opened by somebody else, who is no longer signed in, saves nothing in our name.
    """
    enrolment = enrolment_or_404(participant)
    if request.POST.get("vem", str(request.user.pk)) != str(request.user.pk):
        return _fragment(request, participant, enrolment, editing.Saved(), status=CONFLICT)
    saved = _save(request, enrolment)
    _structure(request, enrolment)
    return _fragment(request, participant, enrolment, saved)


@requires(Permission.EDIT_PLAN)
@require_GET
@with_participant(Category.PLAN)
def news(request, participant):
    """Answer with the table when it is not the one the page knows of; asked by the page itself."""
    enrolment = enrolment_or_404(participant)
    found = _table(enrolment)
    if request.GET.get("sedan") == found.revision:
        return HttpResponse(status=NOT_MODIFIED)
    return _fragment(request, participant, enrolment, editing.Saved(), found)


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
def settle(request, participant):
    """Choose between the words of two who wrote at once."""
    enrolment = enrolment_or_404(participant)
    _save(request, enrolment)
    key = request.POST.get("krock", "")
    pk, _, choice = key.partition(":")
    seen = request.POST.get(f"sett:{pk}", "").replace("\r\n", "\n")
    refusal = ""
    try:
        editing.settle(
            enrolment=enrolment,
            clash_id=int(pk) if pk.isdecimal() else 0,
            choice=choice,
            seen=seen,
            by=request.user,
        )
    except Refused as error:
        refusal = str(error)
    if request.headers.get("X-Part"):
        saved = editing.Saved(refused={"": refusal} if refusal else {})
        return _fragment(request, participant, enrolment, saved)
    if refusal:
        messages.error(request, refusal)
    return redirect("plans:edit", participant.pk)


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def propose(request, participant):
    """Put the plan to its parties: when is it reviewed, and have the three met today?"""
    enrolment = enrolment_or_404(participant)
    plan = Plan.objects.filter(enrolment=enrolment).first()
    today = timezone.localdate()
    initial = {
        "review_on": (plan and plan.review_on) or versions.default_review_day(today),
        "met_today": True,
    }
    back = reverse("plans:edit", args=[participant.pk])
    form = ProposeForm(request.POST or None, initial=initial, cancel_url=back)
    if form.is_valid() and _propose(form, enrolment, plan, request.user):
        return redirect("plans:proposal", participant.pk)
    context = {"parties": parties.of(enrolment, today)}
    template = "casework/plan_propose.html"
    return ask(request, participant, form, "Är ni överens?", context, template=template)


def _propose(form, enrolment, plan, user):
    plan = plan or editing.plan_for(enrolment, user)
    return do(form, versions.propose, plan=plan, by=user, **form.cleaned_data)


def _save(request, enrolment) -> editing.Saved:
    return editing.save(
        enrolment=enrolment,
        wishes=editing.wishes_in(request.POST),
        goals=editing.goals_of_new_steps(request.POST),
        by=request.user,
    )


def _structure(request, enrolment) -> None:
    """Add, take away or put back a goal or step, whichever button was pressed."""
    posted, facts = request.POST, {"enrolment": enrolment, "by": request.user}
    if "nytt_mal" in posted:
        editing.add_goal(**facts)
    if "nytt_steg" in posted:
        editing.add_step(goal_id=posted["nytt_steg"], **facts)
    if "ta_bort" in posted:
        editing.remove(target=posted["ta_bort"], **facts)
    if "ta_tillbaka" in posted:
        editing.put_back(target=posted["ta_tillbaka"], **facts)


def _lead_on(request, participant, saved):
    if saved.clashed:
        messages.warning(request, "Någon annan skrev på samma ställe. Båda finns kvar: välj nedan.")
    else:
        messages.success(request, "Sparat.")
    name = "plans:propose" if "klar" in request.POST and not saved.clashed else "plans:edit"
    return redirect(name, participant.pk)


def _table(enrolment) -> table.Table:
    plan = Plan.objects.filter(enrolment=enrolment).first()
    day = versions.default_review_day(timezone.localdate())
    return table.of(plan, table.people_for(enrolment), day)


def _fragment(request, participant, enrolment, saved, found=None, status=None):
    """The table alone, for the page's own script to take what is new from."""
    context = _context(participant, enrolment, saved, found)
    return render_page(request, f"{PAGE}#table", context, status=status)


def _page(request, participant, enrolment, saved=None, status=None):
    saved = saved or editing.Saved()
    context = _context(participant, enrolment, saved)
    booked = bookings.booking_of(enrolment)
    now = timezone.now()
    context |= {
        "proposal": reading.proposed(Plan.objects.filter(enrolment=enrolment).first()),
        "next_booking": booked if booked and booked.starts_at > now else None,
        "todays_booking": booked
        if booked and timezone.localdate(booked.starts_at) <= timezone.localdate()
        else None,
        "book_form": BookForm(initial={"minutes": 60}),
        "parties": parties.of(enrolment, timezone.localdate()),
    }
    return render_page(request, PAGE, context, status=status)


def _context(participant, enrolment, saved, found=None) -> dict:
    found = found or _table(enrolment)
    return {"participant": participant, "table": found, "refused": saved.refused}
