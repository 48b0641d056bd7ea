"""A participant's measures: what goes on, what has ended; begun, changed and ended here."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.activities.views.helpers import do_newest
from casework.interventions import actions
from casework.interventions.forms import EndForm, InterventionForm
from casework.models import Intervention
from core.swedish import iso_date
from participants.enums import Category
from participants.errors import StaleEdit
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import do, saved

TAB = "interventions:list"
FORM = "casework/intervention_form.html"


@requires(Permission.VIEW_PLAN)
@require_GET
@with_participant(Category.PLAN)
def of_person(request, participant):
    """Show what goes on and what has ended. One query more than the page about a person."""
    rows = list(_of(request.user, participant))
    context = {
        "going_on": [row for row in rows if not row.outcome],
        "ended": [row for row in rows if row.outcome],
        "may_edit": request.user.may(Permission.EDIT_PLAN),
        "today": timezone.localdate(),
    }
    return render_person(request, participant, "casework/intervention_list.html", context, tab=TAB)


def _of(user, participant):
    rows = Intervention.objects.visible_to(user).filter(participant=participant)
    return rows.select_related("staff", "created_by")


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def new(request, participant):
    """Begin a measure."""
    form = InterventionForm(
        request.POST or None,
        user=request.user,
        enrolment=participant.current_enrolment,
        cancel_url=_address(participant),
    )
    if form.is_valid() and do(
        form,
        actions.add_intervention,
        participant=participant,
        by=request.user,
        **form.facts(),
    ):
        return saved(request, "Insatsen är tillagd.", TAB, participant.pk)
    return _ask(request, participant, form, "Ny insats")


def with_intervention(view):
    """Hand the view its measure, one of the person's that the user may read; else 404."""

    @wraps(view)
    def found(request, participant, row):
        row = get_object_or_404(_of(request.user, participant), pk=row)
        return view(request, participant, row)

    return found


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
@with_intervention
def change(request, participant, row):
    """Change a measure; a stale save shows what stands now and keeps what was written."""
    form = InterventionForm(
        request.POST or None,
        user=request.user,
        enrolment=participant.current_enrolment,
        current=row,
        cancel_url=_address(participant),
    )
    if form.is_valid() and do_newest(
        form,
        _words,
        actions.change_intervention,
        intervention=row,
        by=request.user,
        version=form.cleaned_data["version"],
        **form.facts(),
    ):
        return saved(request, "Insatsen är ändrad.", TAB, participant.pk)
    return _ask(request, participant, form, "Ändra insats")


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
@with_intervention
def end(request, participant, row):
    """End a measure with how it went, or correct that."""
    start = {
        "ends_on": row.ends_on if row.outcome else min(row.ends_on or _today(), _today()),
        "outcome": row.outcome,
        "outcome_note": row.outcome_note,
        "version": row.version,
    }
    form = EndForm(request.POST or None, initial=start, cancel_url=_address(participant))
    if form.is_valid() and do_newest(
        form,
        _words,
        actions.end_intervention,
        intervention=row,
        by=request.user,
        **form.cleaned_data,
    ):
        return saved(request, "Insatsen är avslutad.", TAB, participant.pk)
    return _ask(request, participant, form, f"Avsluta: {row.name}")


@requires(Permission.EDIT_PLAN)
@require_POST
@with_participant(Category.PLAN)
@with_intervention
def resume(request, participant, row):
    """Let a measure that was ended by mistake go on."""
    version = request.POST.get("version", "")
    try:
        actions.resume_intervention(
            intervention=row, by=request.user, version=int(version) if version.isdecimal() else 0
        )
    except StaleEdit as stale:
        messages.warning(request, str(stale))
    else:
        messages.success(request, "Insatsen pågår igen.")
    return redirect(TAB, participant.pk)


def _ask(request, participant, form, heading):
    context = {"form": form, "heading": heading}
    status = 422 if form.is_bound else None
    return render_person(request, participant, FORM, context, status=status)


def _words(row: Intervention) -> list[tuple[str, str]]:
    """What stands now, for somebody whose save was stale."""
    return [
        ("Insats", row.name),
        ("Hos vem", row.organisation or (row.staff.name if row.staff else "")),
        ("Från", iso_date(row.starts_on)),
        ("Till", iso_date(row.ends_on)),
        ("Hur det gick", row.get_outcome_display() if row.outcome else "Pågår"),
        ("Med egna ord", row.outcome_note),
        ("Vem får läsa", row.get_audience_display()),
    ]


def _today():
    return timezone.localdate()


def _address(participant) -> str:
    return reverse(TAB, args=[participant.pk])
