"""Who the person is: name, contact, number, area, and what the register notes."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from participants import access_log, actions, search
from participants.actions.people import DETAILS
from participants.enums import Category
from participants.errors import NumberTaken, Refused, StaleEdit
from participants.forms import AreaForm, DetailsForm, EndFlagForm, FlagForm, NumberForm
from participants.pages import render_person
from participants.permissions import flags_for, with_participant
from participants.views.helpers import ask, do, saved

TAB = "participants:details"
FIELDS = [*DETAILS, "legal_gender"]


@requires(Permission.VIEW_PARTICIPANTS)
@require_GET
@with_participant(Category.PLAN)
def details(request, participant):
    """Show who the person is; the only page with number, contact and the register's notes."""
    today = timezone.localdate()
    context = {
        "area": participant.area_on(today),
        "areas": participant.area_periods.order_by("-starts_on", "-pk"),
        "numbers": participant.number_records.all(),
        "flags": flags_for(request.user, participant),
        "may_edit": request.user.may(Permission.EDIT_PARTICIPANTS),
    }
    return render_person(
        request, participant, "participants/participant_details.html", context, tab=TAB
    )


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def details_edit(request, participant):
    """Correct name and contact. Saved by somebody else meanwhile: both versions are shown."""
    initial = {name: getattr(participant, name) for name in [*FIELDS, "version"]}
    form = DetailsForm(request.POST or None, initial=initial)
    context = {}
    if form.is_valid():
        try:
            actions.correct_details(participant=participant, by=request.user, **form.cleaned_data)
            return saved(request, "Uppgifterna är sparade.", TAB, participant.pk)
        except StaleEdit as stale:
            form, context = _both_versions(request, form, stale)
    template = "participants/participant_edit.html"
    return ask(request, participant, form, "Ändra uppgifter", context, template=template, tab=TAB)


def _both_versions(request, form, stale):
    """Keep what was typed in the form, with the version that stands now beside it."""
    typed = request.POST.copy()
    typed["version"] = stale.current.version
    again = DetailsForm(typed)
    again.add_error(None, str(stale))
    differing = [
        {
            "label": form.fields[name].label,
            "saved": _in_words(form, name, getattr(stale.current, name)),
            "typed": _in_words(form, name, form.cleaned_data[name]),
        }
        for name in FIELDS
        if getattr(stale.current, name) != form.cleaned_data[name]
    ]
    return again, {"differing": differing}


def _in_words(form, name, value) -> str:
    return dict(getattr(form.fields[name], "choices", ())).get(value, value)


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def number(request, participant):
    """Give the person another number; the former one is kept."""
    form = NumberForm(request.POST or None)
    if form.is_valid():
        try:
            actions.change_number(participant=participant, by=request.user, **form.cleaned_data)
            return saved(request, "Numret är bytt. Det gamla finns kvar.", TAB, participant.pk)
        except NumberTaken:
            form.add_error("number", _taken(request, form.cleaned_data["number"].value))
        except Refused as refusal:
            form.add_error("number", str(refusal))
    return ask(request, participant, form, "Byt personnummer", {"kind": "number"}, tab=TAB)


def _taken(request, number: str) -> str:
    """Say that the number is another's, by name only if the user may see that person."""
    sentence, holder = search.explain_taken(request.user, number)
    if holder is None:
        return sentence
    access_log.shown(request, [holder], access_log.Action.FOUND)
    return f"Numret hör till {holder.list_name}. Kontrollera siffrorna."


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def area(request, participant):
    """Move the person to another part of the municipality from a day on."""
    form = AreaForm(request.POST or None, initial={"from_day": timezone.localdate()})
    if form.is_valid() and do(
        form, actions.move_area, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Kommundelen är ändrad.", TAB, participant.pk)
    return ask(request, participant, form, "Ändra kommundel", tab=TAB)


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def flag_add(request, participant):
    """Note something about the person, with day and source."""
    form = FlagForm(request.POST or None, initial={"noted_on": timezone.localdate()})
    if form.is_valid() and do(
        form, actions.note_flag, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Uppgiften är noterad.", TAB, participant.pk)
    return ask(request, participant, form, "Lägg till en uppgift", tab=TAB)


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def flag_end(request, participant, flag_pk):
    """Note the last day on which something held."""
    flag = get_object_or_404(participant.flags, pk=flag_pk)
    form = EndFlagForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid() and do(
        form, actions.end_flag, flag=flag, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Uppgiften är avslutad.", TAB, participant.pk)
    heading = f"Avsluta: {flag.get_flag_display()}"
    return ask(request, participant, form, heading, tab=TAB)
