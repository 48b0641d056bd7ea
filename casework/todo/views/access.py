"""Which task a page is about, whether the user may open it now, and where the page leads back to."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.permissions import Permission
from casework.todo import holders
from casework.todo.lists import for_list
from participants import access_log
from participants.permissions import is_closed_to

BACK = "tillbaka"


def with_task(view):
    """Hand the view its task instead of a key, and log the person it is about.

    Not visible: 404. About somebody whose file is closed: the page that asks why, or 403.
    """

    @wraps(view)
    def found(request, pk, *args, **kwargs):
        task = get_object_or_404(for_list(holders.reachable(request.user)), pk=pk)
        person = task.participant
        if person and is_closed_to(request.user, person):
            if not request.user.may(Permission.OPEN_CLOSED_FILES):
                raise PermissionDenied
            return redirect("participants:open", person.pk)
        response = view(request, task, *args, **kwargs)
        if person and not 300 <= response.status_code < 400:
            access_log.shown(request, [person])
        return response

    return found


def way_back(request, otherwise: str = "") -> str:
    """The address of this house that the page was reached from, or another one; the list by default."""
    asked = request.POST.get(BACK) or request.GET.get(BACK) or ""
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise or reverse("todo:list")
