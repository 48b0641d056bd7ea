"""Book a planning meeting, move it, cancel it, fetch it for a calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import MeetingBooking
from casework.plans import bookings, calendar_file, parties
from casework.plans.forms import BookForm, CancelForm, MoveForm
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do

BUSY = "Tiden krockar. {words} Välj en annan tid, eller kryssa i Boka ändå."
EDIT = "redigera"


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def book(request, participant):
    """Show the meeting that is booked, or book one; from the plan's page it leads back there."""
    enrolment = enrolment_or_404(participant)
    booked = bookings.booking_of(enrolment)
    coming = booked and booked.starts_at > timezone.now() - bookings.GRACE
    back = request.POST.get("till", request.GET.get("till", ""))
    is_over = booked and timezone.localdate(booked.starts_at) <= timezone.localdate()
    if coming and not (is_over and back == EDIT):
        return _booked(request, participant, booked)
    form = BookForm(request.POST or None, initial={"place": _last_place(enrolment)})
    if (
        form.is_valid()
        and _may_book(form, enrolment)
        and do(form, bookings.book, enrolment=enrolment, by=request.user, **when_and_where(form))
    ):
        messages.success(request, "Samtalet är bokat. Kalenderfilen mejlas till er som är med.")
        return redirect("plans:edit" if back == EDIT else "plans:book", participant.pk)
    context = {
        "parties": parties.of(enrolment, timezone.localdate()),
        "back": back,
        "missed": booked,
    }
    template = "casework/meeting_book.html"
    return ask(request, participant, form, "Boka trepartssamtal", context, template=template)


def _booked(request, participant, booked):
    context = {
        "heading": "Trepartssamtal",
        "booked": booked,
        "at": timezone.localtime(booked.starts_at),
        "parties": parties.of(booked.enrolment, timezone.localdate()),
        "is_today": timezone.localdate(booked.starts_at) == timezone.localdate(),
    }
    return render_person(request, participant, "casework/meeting_booked.html", context)


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def move(request, participant):
    """Move the booked meeting to another time or place."""
    enrolment, booked = _booked_or_404(participant)
    at = timezone.localtime(booked.starts_at)
    initial = {
        "day": at.date(),
        "at": at.time(),
        "minutes": booked.minutes,
        "place": booked.place,
        "version": booked.version,
    }
    form = MoveForm(request.POST or None, initial=initial, cancel_url=_page(participant))
    if (
        form.is_valid()
        and _may_book(form, enrolment, but=booked)
        and do(
            form,
            bookings.move,
            booking=booked,
            version=form.cleaned_data["version"],
            by=request.user,
            **when_and_where(form),
        )
    ):
        messages.success(
            request, "Samtalet är flyttat. En ny kalenderfil mejlas till er som är med."
        )
        return redirect("plans:book", participant.pk)
    context = {"lead": f"Nu bokat: {bookings.words_of(booked)}."}
    template = "casework/meeting_change.html"
    return ask(request, participant, form, "Flytta samtalet", context, template=template)


@requires(Permission.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def cancel(request, participant):
    """Cancel the booked meeting, with a reason."""
    _, booked = _booked_or_404(participant)
    initial = {"version": booked.version}
    form = CancelForm(request.POST or None, initial=initial, cancel_url=_page(participant))
    if form.is_valid() and do(
        form, bookings.cancel, booking=booked, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Samtalet är inställt. De som skulle vara med får veta det.")
        return redirect("plans:plan", participant.pk)
    context = {"lead": f"Bokat: {bookings.words_of(booked)}. Säg det till deltagaren också."}
    template = "casework/meeting_change.html"
    return ask(request, participant, form, "Ställ in samtalet", context, template=template)


@requires(Permission.EDIT_PLAN)
@require_GET
@with_participant(Category.PLAN)
def calendar(request, participant):
    """Send the latest booking of the enrolment as a calendar file, which names nobody."""
    found = MeetingBooking.objects.filter(enrolment=enrolment_or_404(participant))
    latest = found.order_by("-booked_at", "-pk").first()
    if latest is None:
        raise Http404
    return HttpResponse(
        calendar_file.as_calendar(latest, now=timezone.now()),
        content_type=calendar_file.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{calendar_file.FILE_NAME}"'},
    )


def enrolment_or_404(participant):
    """Return the current enrolment; those who have left have no meetings to book."""
    if participant.current_enrolment is None:
        raise Http404
    return participant.current_enrolment


def when_and_where(form) -> dict:
    """Return what a booking form says, as the actions take it."""
    data = form.cleaned_data
    starts_at = bookings.begins_at(data["day"], data["at"])
    return {"starts_at": starts_at, "minutes": data["minutes"], "place": data["place"].strip()}


def _may_book(form, enrolment, but=None) -> bool:
    """Warn of what the staff already have then, unless the user has said that it is right anyway."""
    if form.cleaned_data["anyway"]:
        return True
    facts = when_and_where(form)
    found = bookings.clashes(
        enrolment=enrolment, starts_at=facts["starts_at"], minutes=facts["minutes"], but=but
    )
    if found:
        form.add_error(None, BUSY.format(words=" ".join(found)))
        form.ask_anyway()
    return not found


def _booked_or_404(participant):
    enrolment = enrolment_or_404(participant)
    booked = bookings.booking_of(enrolment)
    if booked is None:
        raise Http404
    return enrolment, booked


def _last_place(enrolment) -> str:
    return enrolment.meeting_bookings.order_by("-pk").values_list("place", flat=True).first() or ""


def _page(participant) -> str:
    return reverse("plans:book", args=[participant.pk])
