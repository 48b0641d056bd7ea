"""The gallery: every component in each of its states, by day and by night, with invented words."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, requires
from basun import gallery_samples as samples
from core.forms import BaseForm, CheckboxList, FilterForm, RadioCards, SearchInput
from core.htmx import render_page

SECTIONS = (
    ("type", "Text och färg"),
    ("buttons", "Knappar och märken"),
    ("cards", "Kort och meddelanden"),
    ("figures", "Siffror och diagram"),
    ("tables", "Listor"),
    ("people", "Person och tidslinje"),
    ("forms", "Formulär"),
)


class GalleryForm(BaseForm):
    """One of each kind of field."""

    name = forms.CharField(label="Vad heter du?", help_text="Både förnamn och efternamn.")
    start = forms.DateField(label="Första dagen", required=False)
    team = forms.ChoiceField(label="Arbetslag", choices=samples.TEAMS)
    way = forms.ChoiceField(
        label="Hur kom ni i kontakt?",
        choices=samples.WAYS,
        widget=RadioCards(hints=samples.WAY_HINTS),
    )
    wants = forms.MultipleChoiceField(
        label="Vad vill du prova?", choices=samples.WISHES, widget=CheckboxList, required=False
    )
    text = forms.CharField(label="Med egna ord", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Underlag", required=False)
    agrees = forms.BooleanField(
        label="Jag har läst och förstått", help_text="Du kan ändra dig senare."
    )
    cancel_url = "#forms"


class GalleryFilter(FilterForm):
    """The filters above a list."""

    sok = forms.CharField(label="Sök", widget=SearchInput)
    lag = forms.ChoiceField(label="Arbetslag", choices=samples.TEAMS)
    fran = forms.DateField(label="Från och med")


@requires(Permission.VIEW_GALLERY)
@require_GET
def gallery(request):
    """Show all components; touches no personal data."""
    today = timezone.localdate()
    context = {
        "sections": SECTIONS,
        "themes": (("light", "Ljust"), ("dark", "Mörkt")),
        "days": [today + timedelta(days=days) for days in (-400, -20, -1, 0, 1, 3, 30)],
        "page": Paginator(samples.ROWS, 4).get_page(request.GET.get("sida")),
        "sort": request.GET.get("sortera", "namn"),
        "filters": GalleryFilter(request.GET or None),
        "form": GalleryForm(auto_id="ny_%s"),
        "faulty_form": GalleryForm({"start": "i går"}, auto_id="fel_%s"),
    }
    return render_page(
        request, "core/gallery.html", context | samples.context(today), partial="results"
    )
