"""A leader's own calendar: the page that gives the secret address, and the address itself."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, public, requires
from casework.activities import feed
from casework.models import CalendarFeed
from core.htmx import render_page
from participants.views.helpers import saved


@requires(Permission.VIEW_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def calendar_page(request):
    """Tell of the feed, and give or replace its address, which is shown this once."""
    address = ""
    if "end" in request.POST:
        feed.end_feed(by=request.user)
        return saved(request, "Adressen fungerar inte längre.", "activities:calendar")
    if request.method == "POST":
        token = feed.make_feed(by=request.user)
        address = request.build_absolute_uri(reverse("activities:feed", args=[token]))
    context = {
        "address": address,
        "there": CalendarFeed.objects.filter(user=request.user).first(),
    }
    return render_page(request, "casework/activity_calendar.html", context)


@public
@require_safe
def calendar_feed(request, token):
    """Answer a leader's own calendar. Unknown, replaced and deactivated are alike: 404."""
    user = feed.user_of(token)
    if user is None:
        raise Http404
    sessions = feed.sessions_of(user, timezone.localdate())
    content = feed.as_calendar(sessions, host=request.get_host(), now=timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
