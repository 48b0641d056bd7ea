"""What the pages about activities have in common."""

from django.shortcuts import get_object_or_404

from casework.models import Activity, Session
from core.htmx import render_page
from participants.errors import Refused, StaleEdit


def activity_of(pk: int) -> Activity:
    """Return the activity with its leaders, or 404."""
    return get_object_or_404(Activity.objects.prefetch_related("leaders__user"), pk=pk)


def session_of(pk: int) -> Session:
    """Return the session with its activity, or 404."""
    return get_object_or_404(Session.objects.select_related("activity"), pk=pk)


def ask(request, form, heading: str, *, activity=None, template="", **context):
    """Show a form; 422 when what was sent in has to be corrected."""
    context |= {"form": form, "heading": heading, "activity": activity}
    status = 422 if request.method == "POST" else None
    return render_page(request, template or "casework/activity_form.html", context, status=status)


def do_newest(form, words, action, **facts):
    """Run an action that minds versions. A stale save leaves `form.newer`, what stands now in `words`.

    Returns what the action returns, or None; the next save of the same form then goes through.
    """
    try:
        return action(**facts)
    except StaleEdit as stale:
        form.add_error(None, str(stale))
        form.newer = words(stale.current)
        form.data = form.data.copy()
        form.data["version"] = stale.current.version
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None
