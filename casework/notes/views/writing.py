"""The page that writes: begin, keep, sign, throw away, correct."""

from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import CaseNote, NoteDraft, NoteTemplate
from casework.notes import agreed, cautions, drafts, signing
from casework.notes.access import person, way_in, with_draft, with_note
from casework.notes.agreed import WrongLine
from casework.notes.forms import CorrectionForm, NoteForm
from casework.notes.page import Writing, show
from casework.notes.words import as_data, is_blank, typed_in, words_of
from participants import access_log
from participants.models import Participant
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import do

SIGNED = "Anteckningen är signerad."
CORRECTED = "Rättelsen är signerad. Den första versionen går fortfarande att läsa."
LEFT = "Utkastet ligger kvar osignerat tills du signerar eller slänger det."


@requires(Permission.WRITE_NOTES)
@require_GET
@with_participant()
def new(request, participant):
    """Show an empty page about a person. Nothing is kept until something is written."""
    return show(request, Writing(participant))


@requires(Permission.WRITE_NOTES)
@require_GET
@with_note
def correct(request, note):
    """Show the author's own note to correct it; a correction that is begun already goes on."""
    if note.author_id != request.user.pk:
        return render_person(
            request,
            note.participant,
            "casework/note_not_yours.html",
            {"heading": "Rätta anteckningen", "note": note},
            status=403,
        )
    if begun := drafts.own_of(request.user, note.participant).filter(corrects=note).first():
        return redirect(begun)
    return show(request, Writing(note.participant, typed=words_of(note), corrects=note))


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def write(request, draft):
    """Show a draft as it was left; or keep what was written and sign it, or do what the button says."""
    if request.method == "GET":
        return _open(request, draft)
    subject = _subject(request, draft)
    if away := way_in(request.user, subject.participant):
        return away
    typed, action = typed_in(request.POST), request.POST.get("action", "sign")
    if action == "leave" and is_blank(typed) and not subject.is_kept:
        return redirect("notes:list", subject.participant.pk)
    kept = _keep(request, draft, typed, subject)
    if kept.signed:
        messages.info(request, SIGNED)
        return redirect(kept.signed)
    kept.draft.participant = subject.participant
    response = _act(request, kept, action)
    if not 300 <= response.status_code < 400:
        access_log.shown(request, [subject.participant])
    return response


@with_draft
def _open(request, draft):
    if draft.note_id:
        return redirect(draft.note)
    return show(request, Writing.of(draft))


def _act(request, kept, action):
    if action == "leave":
        messages.success(request, LEFT)
        return redirect("notes:list", kept.draft.participant_id)
    if action == "save":
        return redirect(kept.draft)
    if template := request.POST.get("template"):
        _fill_in(kept.draft, template)
        return redirect(kept.draft)
    if kept.forked:
        return show(request, Writing.of(kept.draft, forked=True), status=409)
    return _sign(request, kept.draft)


def _fill_in(draft, key):
    """Add a template's headings after what is written. With JavaScript the page does it itself."""
    template = get_object_or_404(NoteTemplate.objects.filter(is_active=True), pk=key)
    before = draft.typed.get("text", "").rstrip()
    draft.typed["text"] = f"{before}\n\n{template.text}" if before else template.text
    if draft.typed.get("kind") == "other":
        draft.typed["kind"] = template.kind
    draft.revision += 1
    draft.save(update_fields=["typed", "revision"])


def _sign(request, draft):
    by, typed = request.user, draft.typed
    form = (CorrectionForm if draft.corrects_id else NoteForm)(as_data(typed))
    lines = _lines(form, typed, by, draft) if form.is_valid() else None
    if lines is None or not form.is_valid():
        return show(request, Writing.of(draft, form=form), status=422)
    if unseen := _unseen(request, draft):
        return show(request, Writing.of(draft, cautions=unseen), status=422)
    if draft.corrects_id:
        facts, content = form.cleaned_data, signing.Content.of(form.cleaned_data)
        base = facts["base"] or 0
        note = do(
            form, signing.correct, draft=draft, by=by, content=content, why=facts["why"], base=base
        )
    else:
        content = signing.Content.of(form.cleaned_data, lines)
        note = do(form, signing.sign, draft=draft, by=by, content=content, lines=lines)
    if note is None:
        return show(request, Writing.of(draft, form=form), status=422)
    messages.success(request, CORRECTED if draft.corrects_id else SIGNED)
    return redirect(f"{reverse('notes:list', args=[note.participant_id])}#anteckning-{note.pk}")


def _lines(form, typed, by, draft):
    try:
        return agreed.read(typed, by=by, participant=draft.participant)
    except WrongLine as wrong:
        form.add_error(None, str(wrong))
        return None


def _unseen(request, draft):
    """The warnings the page has not shown yet: they are shown once, and the next press signs."""
    found = cautions.find(request.user, draft.participant, draft.typed)
    told = set(request.POST.get("told", "").split())
    if not {each.key for each in found} - told:
        return []
    names = [each.participant for each in found if each.participant]
    access_log.shown(request, names, access_log.Action.LISTED)
    return found


@requires(Permission.WRITE_NOTES)
@require_POST
def keep(request, draft):
    """Keep what is being written; answers with where it is kept and what to warn of, as JSON."""
    subject = _subject(request, draft, must_see=False)
    kept = _keep(request, draft, typed_in(request.POST), subject)
    if kept.signed:
        return JsonResponse({"signed": kept.signed.get_absolute_url()})
    told = set(request.POST.get("told", "").split())
    found = []
    if subject.participant:
        found = cautions.find(request.user, subject.participant, kept.draft.typed)
    fresh = [each for each in found if each.key not in told]
    names = [each.participant for each in fresh if each.participant]
    access_log.shown(request, names, access_log.Action.LISTED)
    return JsonResponse(_answer(kept) | _warned(found, fresh))


def _answer(kept) -> dict:
    draft = kept.draft
    return {
        "saved": f"{timezone.localtime():%H:%M:%S}",
        "revision": draft.revision,
        "forked": kept.forked,
        "write": draft.get_absolute_url(),
        "keep": reverse("notes:keep", args=[draft.pk]),
        "discard": reverse("notes:discard", args=[draft.pk]),
    }


def _warned(found, fresh) -> dict:
    return {
        "cautions": [each.key for each in found],
        "fresh": [{"key": each.key, "text": each.text} for each in fresh],
    }


class Subject:
    """Who a draft is about: known from the draft, or for a new one from the page that sends it."""

    def __init__(self, participant, corrects, is_kept):
        self.participant, self.corrects, self.is_kept = participant, corrects, is_kept


def _subject(request, key, *, must_see=True) -> Subject:
    """Return who the draft is about; Http404 for a person, or a note to correct, that is not the user's to see.

    A draft that is kept already goes on being kept though the person may not be seen any more: what was
    typed is not lost, and the answer shows nobody.
    """
    begun = NoteDraft.objects.filter(pk=key, user=request.user).first()
    if begun:
        if must_see:
            return Subject(person(request.user, begun.participant_id), None, True)
        people = person_or_none(request.user, begun.participant_id)
        return Subject(people, None, True)
    corrects = None
    if request.POST.get("corrects", "").isdigit():
        own = CaseNote.objects.readable_by(request.user).filter(author=request.user)
        corrects = get_object_or_404(own, pk=request.POST["corrects"])
    pk = corrects.participant_id if corrects else request.POST.get("participant", "")
    return Subject(person(request.user, pk), corrects, False)


def person_or_none(user, pk):
    """Return somebody the user may see, or None."""
    return Participant.objects.visible_to(user).filter(pk=pk).first()


def _keep(request, key, typed, subject):
    revision = request.POST.get("revision", "")
    return drafts.keep(
        draft_id=key,
        by=request.user,
        typed=typed,
        revision=int(revision) if revision.isdigit() else 0,
        participant=subject.participant,
        corrects=subject.corrects,
    )


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
@with_draft
def discard(request, draft):
    """Ask whether a draft is to be thrown away, and throw it away."""
    if draft.note_id:
        return redirect(draft.note)
    if request.method == "POST":
        pk = draft.participant_id
        drafts.discard(draft=draft, by=request.user)
        messages.success(request, "Utkastet är slängt.")
        return redirect("notes:list", pk)
    context = {"heading": "Släng utkastet", "draft": draft}
    return render_person(request, draft.participant, "casework/note_discard.html", context)


@requires(Permission.WRITE_NOTES)
@require_GET
def token(request):
    """Give a page that was left open the token of the session there is now, and whose it is."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})
