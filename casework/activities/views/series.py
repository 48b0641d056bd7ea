"""Many sessions at once: when they fall is asked by GET and shown; what is kept is sent by POST."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from casework.activities import actions, calendar
from casework.activities.forms import (
    SeriesForm,
    SeriesWordsForm,
    TemplateWhatForm,
    TemplateWhenForm,
)
from casework.activities.views.helpers import activity_of, ask
from casework.models import Activity, ActivityTemplate
from participants.views.helpers import do, saved

THERE = "det finns redan ett tillfälle då"


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def series(request, pk):
    """Plan a series: weekdays between two days, without holidays; each day can be left out."""
    activity = activity_of(pk)
    when = SeriesForm(request.GET or None, cancel_url=activity.get_absolute_url())
    occasions = _without_taken(activity, when.occasions()) if when.is_valid() else []
    words = SeriesWordsForm(request.POST or None)
    kept = _kept(request, occasions)
    if occasions and words.is_valid():
        chosen = [replace(each, **words.cleaned_data) for each in occasions if each.key in kept]
        made = do(words, actions.make_series, activity=activity, occasions=chosen, by=request.user)
        if made:
            sentence = f"{len(made)} tillfällen är planerade."
            return saved(request, sentence, "activities:detail", pk)
    return _show(request, "Planera en serie", activity, when, words, occasions, kept)


def _without_taken(activity, occasions):
    days = [each.held_on for each in occasions]
    there = activity.sessions.filter(held_on__in=days, starts_at__isnull=False)
    taken = set(there.values_list("held_on", "starts_at"))
    return [
        replace(each, skipped=each.skipped or THERE)
        if (each.held_on, each.starts_at) in taken
        else each
        for each in occasions
    ]


def _kept(request, occasions) -> set[str]:
    """The occasions that are ticked: those sent in, or all that are not skipped."""
    if request.method == "POST":
        return set(request.POST.getlist("keep"))
    return {each.key for each in occasions if not each.skipped}


def _show(request, heading, activity, when, words, occasions, kept, **context):
    return ask(
        request,
        when,
        heading,
        activity=activity,
        template="casework/activity_series.html",
        words=words,
        occasions=[(each, each.key in kept) for each in occasions],
        count=sum(not each.skipped for each in occasions),
        **context,
    )


@requires(Permission.PLAN_ACTIVITIES)
@require_http_methods(["GET", "POST"])
def from_template(request, pk):
    """Make a course from a template: when it begins, then what it is called and which days it keeps."""
    template = get_object_or_404(ActivityTemplate, pk=pk, is_active=True)
    most = template.sessions.aggregate(most=Max("week"))["most"] or 1
    next_monday = calendar.monday_of(timezone.localdate()) + timedelta(weeks=1)
    when = TemplateWhenForm(
        request.GET or None,
        most=most,
        initial={"first_monday": next_monday, "weeks": most},
        cancel_url="/aktiviteter/",
    )
    asked = when.is_valid()
    occasions = _occasions(template, when.cleaned_data) if asked else []
    initial = _suggestion(request, template, when.cleaned_data) if asked else {}
    what = TemplateWhatForm(request.POST or None, initial=initial)
    kept = _kept(request, occasions)
    if occasions and what.is_valid():
        facts = what.facts() | when.cleaned_data | {"keep": kept}
        made = do(what, actions.make_from_template, template=template, by=request.user, **facts)
        if made:
            sentence = "Kursen är planerad. Anmäl nu deltagare."
            return saved(request, sentence, "activities:detail", made.pk)
    heading = f"Ny {template.name}"
    return _show(request, heading, None, when, what, occasions, kept, source=template)


def _occasions(template, when):
    return actions.occasions_of(template, when["first_monday"], when["weeks"], when["without"])


def _suggestion(request, template, when) -> dict:
    name = calendar.template_name(template.name, when["first_monday"])
    same = Activity.objects.filter(name__startswith=name).count()
    return {
        "name": f"{name} ({same + 1})" if same else name,
        "place": template.place,
        "capacity": template.capacity,
        "leaders": [request.user.pk],
    }
