"""The list of activities, the page of one, and making, changing and putting one away."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.activities import actions, overview
from casework.activities.calendar import monday_of
from casework.activities.forms import ActivityFilters, ActivityForm
from casework.activities.views.helpers import activity_of, ask, do_newest
from casework.models import Activity, ActivityKind, ActivityTemplate, SignUp
from core.htmx import render_page
from core.swedish import listed
from participants import access_log
from participants.access_log import Action
from participants.errors import Refused
from participants.views.helpers import do, saved


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
def activity_list(request):
    """List activities, the next one first. Shows nobody: counts only, of those the user may see."""
    filters = ActivityFilters(request.GET)
    found = filters.narrow(Activity.objects.prefetch_related("leaders__user"), request.user)
    found = overview.in_order(found, timezone.localdate())
    page = Paginator(found, overview.PER_PAGE).get_page(request.GET.get("sida"))
    may_plan = request.user.may(Permission.PLAN_ACTIVITIES)
    context = {
        "page": page,
        "rows": overview.rows(page, request.user),
        "filters": filters,
        "may_plan": may_plan,
        "templates": ActivityTemplate.objects.filter(is_active=True) if may_plan else [],
    }
    return render_page(request, "casework/activity_list.html", context, partial="results")


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
def detail(request, pk):
    """Show an activity: what it is, its sessions by week, and who is signed up."""
    activity = activity_of(pk)
    roll = overview.roll_of(activity, request.user)
    earlier = request.GET.get("visa") == "tidigare"
    page = _sessions(activity, earlier, request.GET.get("sida"))
    individual = activity.kind == ActivityKind.INDIVIDUAL
    lines = overview.lines(page, request.user, named=individual)
    expected = [person.pk for line in lines for person in line.participants]
    access_log.shown(request, [*roll.people, *expected], Action.LISTED)
    context = {
        "activity": activity,
        "leaders": _leaders(activity),
        "roll": roll,
        "page": page,
        "weeks": overview.weeks(lines),
        "earlier": earlier,
        "individual": individual,
        "may_plan": request.user.may(Permission.PLAN_ACTIVITIES),
    }
    return render_page(request, "casework/activity_detail.html", context)


def _sessions(activity, earlier: bool, page):
    """Those from this week on, the first first; or those before it, the last first."""
    monday = monday_of(timezone.localdate())
    if earlier:
        sessions = activity.sessions.filter(held_on__lt=monday)
        sessions = sessions.order_by("-held_on", "-starts_at", "-pk")
    else:
        sessions = activity.sessions.filter(held_on__gte=monday)
    return Paginator(sessions.select_related("activity"), 50).get_page(page)


def _leaders(activity) -> str:
    """The leaders in words: Anna Berg och Kim Ek (Ungdomsföreningen). No query when prefetched."""
    return listed(
        f"{each} ({each.organisation})" if each.organisation else str(each)
        for each in activity.leaders.all()
    )


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def new(request):
    """Make an activity."""
    form = ActivityForm(
        request.POST or None,
        initial={"kind": ActivityKind.GROUP, "leaders": [request.user.pk]},
        cancel_url="/aktiviteter/",
    )
    if form.is_valid():
        facts = {name: value for name, value in form.facts().items() if name != "version"}
        activity = do(form, actions.make_activity, by=request.user, **facts)
        if activity:
            sentence = "Aktiviteten är sparad. Planera nu när den är."
            return saved(request, sentence, "activities:detail", activity.pk)
    return ask(request, form, "Ny aktivitet")


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change an activity. Saved by somebody else meanwhile: both versions are shown."""
    activity = activity_of(pk)
    form = ActivityForm(
        request.POST or None, instance=activity_of(pk), cancel_url=activity.get_absolute_url()
    )
    if form.is_valid():
        facts = form.facts() | {"version": form.cleaned_data["version"] or 0}
        lucky = do_newest(
            form, _words, actions.change_activity, activity=activity, by=request.user, **facts
        )
        if lucky is not None:
            say_who_got_in(request, lucky)
            return saved(request, "Aktiviteten är sparad.", "activities:detail", pk)
    return ask(request, form, "Ändra aktiviteten", activity=activity)


def _words(activity) -> list[tuple[str, str]]:
    return [
        ("Namn", activity.name),
        ("Slag", activity.get_kind_display()),
        ("Typ", activity.get_type_display()),
        ("Plats", activity.place),
        ("Antal platser", activity.capacity),
        ("Beskrivning", activity.description),
        ("Ledare", _leaders(activity)),
    ]


def say_who_got_in(request, lucky) -> None:
    """Tell who got a place from the queue, of those the user may see. They stand on the next page too."""
    if not lucky:
        return
    visible = SignUp.objects.visible_to(request.user).filter(pk__in=[each.pk for each in lucky])
    visible = visible.select_related("participant").prefetch_related("participant__protections")
    if names := [each.participant.list_name for each in visible]:
        messages.info(
            request, f"{listed(names)} fick plats från väntelistan. Hör av dig och berätta."
        )


@requires(Permission.PLAN_ACTIVITIES)
@require_POST
def archive(request, pk):
    """Put an activity away, or take it out again."""
    activity = activity_of(pk)
    back = activity.archived_at is not None
    try:
        (actions.bring_back if back else actions.archive)(activity=activity, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(activity)
    sentence = "Aktiviteten är framme igen." if back else "Aktiviteten är undanlagd."
    return saved(request, sentence, "activities:detail", pk)
