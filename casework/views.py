"""Pages about the work with a participant: planning meetings and attendance."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework import left_unsigned as unsigned_exits
from casework import sums
from casework.forms import MeetingForm
from casework.plans import bookings
from casework.ways import certificate_of, ways_to_sign
from participants import access_log
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved


@requires(Permission.RECORD_MEETING)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def meeting_record(request, participant):
    """Record a planning meeting (trepartssamtal) that was held."""
    enrolment = participant.current_enrolment
    if enrolment is None:
        raise Http404
    form = MeetingForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if form.is_valid() and do(
        form, bookings.hold_by_hand, enrolment=enrolment, by=request.user, **form.cleaned_data
    ):
        return saved(
            request, "Trepartssamtalet är sparat. Skriv planen här.", "plans:plan", participant.pk
        )
    context = {"held": enrolment.planning_meetings.order_by("-held_on", "-pk")}
    template = "casework/meeting_form.html"
    return ask(request, participant, form, "Trepartssamtal", context, template=template)


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
@with_participant(Category.ATTENDANCE)
def attendance(request, participant):
    """Show the person's attendance month by month, each signature's state, and what is to come."""
    today = timezone.localdate()
    months = sums.by_month(participant, today)
    total = sums.total(months)
    context = {
        "months": [(each, _certificate(request.user, participant, each)) for each in months],
        "coming": sums.coming(participant, today),
        "ways": ways_to_sign(participant.pk, request.user) if total.unattested else (),
        "total": total,
        "attested": sums.hours(total.attested),
        "unattested": sums.hours(total.unattested),
    }
    return render_person(
        request, participant, "casework/attendance.html", context, tab="casework:attendance"
    )


def _certificate(user, participant, month) -> str:
    """Return the address of the month's certificate, where there is one to print."""
    return certificate_of(participant.pk, user, month.month) if month.has_hours else ""


@requires(Permission.VIEW_LEFT_UNSIGNED)
@require_GET
def left_unsigned(request):
    """Show who left with hours unsigned: what is missing now, why, and who let it be."""
    rows = unsigned_exits.still_open(request.user)
    people = [row.participant for row in rows]
    access_log.shown(request, people, access_log.Action.LISTED)
    return render(request, "casework/left_unsigned.html", {"rows": rows})
