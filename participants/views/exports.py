"""The list of current participants as a file."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, requires
from participants import access_log, lists
from participants.resources import About, ParticipantResource, to_csv, to_xlsx

WRITERS = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv; charset=utf-8"),
}


@requires(Permission.EXPORT_PARTICIPANTS)
@require_GET
def export(request):
    """Send the list as the page shows it, every page of it; each row is a line in the access log."""
    filters = lists.filters_of(request, mine=False)
    people = lists.narrow(lists.current_people(request.user), filters.chosen())
    people = list(lists.with_row_facts(people).order_by("sort_name", "pk"))
    form = request.GET.get("format", "xlsx")
    write, content_type = WRITERS.get(form, WRITERS["xlsx"])
    about = About(request.user.name, timezone.now(), filters.words(), len(people))
    content = write(ParticipantResource().export(people), about)
    access_log.shown(request, people, access_log.Action.EXPORTED)
    name = f"deltagare-{timezone.localdate()}.{form if form in WRITERS else 'xlsx'}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
