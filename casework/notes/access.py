"""Which note or draft a page is about, and whether this user may see it."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import Permission
from casework.models import CaseNote, NoteDraft
from participants import access_log
from participants.models import Participant
from participants.permissions import is_closed_to


def with_note(view):
    """Hand the view a note the user may know of, with its person; log the person when the page is shown.

    404 for what the user may not know of. `note.is_open` says whether its words may be read.
    """

    @wraps(view)
    def found(request, note, *args, **kwargs):
        notes = CaseNote.objects.select_related("author").known_to(request.user)
        note = get_object_or_404(notes, pk=note)
        note.is_open = CaseNote.objects.filter(pk=note.pk).readable_by(request.user).exists()
        note.participant = person(request.user, note.participant_id)
        away = way_in(request.user, note.participant)
        return _logged(request, away or view(request, note, *args, **kwargs), note.participant)

    return found


def with_draft(view):
    """Hand the view the user's own draft, with its person; log the person when the page is shown.

    404 for others' drafts, and when the person may not be seen any more.
    """

    @wraps(view)
    def found(request, draft, *args, **kwargs):
        drafts = NoteDraft.objects.select_related("note", "corrects").filter(user=request.user)
        draft = get_object_or_404(drafts, pk=draft)
        draft.participant = person(request.user, draft.participant_id)
        away = way_in(request.user, draft.participant)
        return _logged(request, away or view(request, draft, *args, **kwargs), draft.participant)

    return found


def person(user, pk) -> Participant:
    """Return somebody the user may see, ready for a page about them; Http404 otherwise."""
    if not str(pk).isdigit():
        raise Http404
    return get_object_or_404(Participant.objects.visible_to(user).for_list(), pk=pk)


def way_in(user, participant):
    """Return the way to a closed file's reason, or None when the file is open to the user."""
    if not is_closed_to(user, participant):
        return None
    if not user.may(Permission.OPEN_CLOSED_FILES):
        raise PermissionDenied
    return redirect("participants:open", participant.pk)


def _logged(request, response, participant):
    if not 300 <= response.status_code < 400:
        access_log.shown(request, [participant])
    return response
