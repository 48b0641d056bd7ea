"""Which session or row a page is about, and whether this user may see it."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import Permission
from casework.models import Attendance, Attestation, Session
from participants.permissions import is_closed_to


def with_session(view):
    """Hand the view its session instead of a key. One query."""

    @wraps(view)
    def found(request, pk, *args, **kwargs):
        sessions = Session.objects.select_related("activity", "closed_by")
        return view(request, get_object_or_404(sessions, pk=pk), *args, **kwargs)

    return found


def with_row(view):
    """Hand the view its line of a roster; 404 for a person the user may not see. The view logs."""

    @wraps(view)
    def found(request, pk, *args, **kwargs):
        rows = Attendance.objects.visible_to(request.user)
        rows = rows.select_related("session__activity", "participant")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return found


def with_attestation(view):
    """Hand the view its attestation; 404 for a person the user may not see. The view logs."""

    @wraps(view)
    def found(request, pk, *args, **kwargs):
        found = Attestation.objects.visible_to(request.user)
        found = found.select_related("participant", "recorded_by", "countersignature__signed_by")
        attestation = get_object_or_404(found, pk=pk)
        return closed(request, attestation.participant) or view(
            request, attestation, *args, **kwargs
        )

    return found


def closed(request, participant):
    """Return the way to a closed file's reason, or None when the file is open to the user."""
    if not is_closed_to(request.user, participant):
        return None
    if not request.user.may(Permission.OPEN_CLOSED_FILES):
        raise PermissionDenied
    return redirect("participants:open", participant.pk)
