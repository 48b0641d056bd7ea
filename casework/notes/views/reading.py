"""Reading notes: a person's, one with its versions, and a search in all."""

from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import Task
from casework.notes import drafts, listing, people, versions
from casework.notes.access import with_note
from casework.notes.forms import NoteFilter
from core import search_words
from core.htmx import render_page
from participants import access_log, search
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
@with_participant()
def person_list(request, participant):
    """Show a person's notes, the latest first, under the user's own drafts. Queries alike for any number."""
    if request.method == "POST":
        return search_words.redirect(request, "q", NoteFilter.ADDRESSED)
    user, given = request.user, request.GET.copy()
    given["q"] = search_words.words(request)
    filters = NoteFilter(given, authors=listing.authors_of(user, participant))
    chosen = filters.chosen()
    printed = "utskrift" in request.GET
    page = listing.page_of(
        listing.of_person(user, participant, chosen),
        user,
        request.GET.get("sida"),
        listing.ALL if printed else listing.PER_PAGE,
    )
    context = {
        "filters": filters,
        "page": page,
        "narrowed": bool(chosen),
        "printed": printed,
        "drafts": drafts.own_of(user, participant).select_related("corrects"),
        "sees_all": participant.consent_covers(user, Category.NOTES),
        "contact": _contact(participant),
        "print_url": f"{request.path}?utskrift=1",
    }
    return render_person(
        request,
        participant,
        "casework/note_list.html",
        context,
        tab="notes:list",
        partial="results",
    )


def _contact(participant):
    enrolment = participant.current_enrolment
    return enrolment.main_contact if enrolment else None


@requires(Permission.WRITE_NOTES)
@require_GET
@with_note
def detail(request, note):
    """Show one note, its tasks and what each correction changed; a restricted one only that it is there."""
    context = {
        "heading": "Anteckning",
        "note": note,
        "when": versions.when(note),
        "contact": _contact(note.participant),
    }
    if note.is_open:
        every = list(note.versions.select_related("signed_by"))
        context |= {
            "facts": versions.facts_of(note),
            "steps": versions.steps(every),
            "first": every[0],
            "tasks": Task.objects.visible_to(request.user)
            .filter(note=note)
            .select_related("assigned_to"),
            "mine": note.author_id == request.user.pk,
            "today": timezone.localdate(),
        }
    return render_person(request, note.participant, "casework/note_detail.html", context)


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def find(request):
    """Search in everything the user may read; logs those on the page of hits that is shown."""
    if request.method == "POST":
        return search_words.redirect(request, "q", [])
    text = search_words.words(request)[:200]
    page = listing.hits(request.user, text, request.GET.get("sida")) if text else None
    if page:
        found = [hit.note.participant_id for hit in page]
        access_log.shown(request, found, access_log.Action.FOUND)
    context = {"text": text, "page": page, "own": _latest_own(request) if not text else None}
    return render_page(request, "casework/note_search.html", context, partial="results")


def _latest_own(request):
    """The user's own unsigned notes, where there is nothing else to show; logs those shown."""
    found = list(
        drafts.own_visible(request.user)
        .select_related("participant")
        .prefetch_related("participant__protections")[:20]
    )
    shown = [draft.participant_id for draft in found]
    access_log.shown(request, shown, access_log.Action.LISTED)
    return found


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def start(request):
    """Choose whom to write about: those noted lately, the user's own, or by name. Logs those shown."""
    if request.method == "POST":
        return search_words.redirect(request, "q", [])
    text = search_words.words(request)[:200]
    context = {"text": text}
    if text:
        context["hits"] = search.find(request.user, text)
        shown = [hit.participant for hit in context["hits"]]
        access_log.shown(request, shown, access_log.Action.FOUND)
    else:
        lately = people.lately(request.user)
        own = [each for each in people.own(request.user) if each not in lately]
        context |= {"lately": lately, "own": own}
        access_log.shown(request, [*lately, *own], access_log.Action.LISTED)
    return render_page(request, "casework/note_start.html", context, partial="results")
