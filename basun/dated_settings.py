"""The programme's settings that hold from a day to a day, changed on screen by the system administrator.

None of them holds a person. A row that no longer holds gets a last day; rows are never removed, since
what was decided by them stands.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib import messages
from django.db.models import Q
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import EsfProject
from core.forms import BaseModelForm
from core.swedish import number
from participants.models import ConsentText, ProgrammeLength, Track
from referrals.models import Criterion, ReferringBody
from reports.models import Goal

VALIDITY = ("valid_from", "valid_until")
ESF_HELP = {
    "name": "Så som det står i beslutet. Namnet står i filnamnet till SCB.",
    "diary_number": "ESF-rådets diarienummer. Står på varje intyg.",
    "owner": "Kommunen eller förvaltningen som äger projektet.",
    "paper_counts": "Deltagaren skriver under med penna på ett utskrivet intyg eller en närvarolista.",
    "drawn_counts": "Deltagaren ritar sin underskrift på skärmen.",
    "link_counts": "Deltagaren skriver under på sin egen telefon.",
    "needs_countersignature": "En digital underskrift räknas först när någon ansvarig har skrivit under"
    " bredvid. Papper bär redan båda.",
    "code_female": "Står i stället för personnumrets fyra sista tecken i filen till SCB.",
    "code_male": "Bekräfta koden med SCB innan den används.",
    "source": "Vilket besked från ESF-rådet reglerna bygger på, med datum.",
    "valid_from": "Det är dagen då deltagaren skrev under som avgör vilka regler som gäller.",
}


ESF_SHORT = {
    "name": "Projekt",
    "paper_counts": "Papper",
    "drawn_counts": "Ritad",
    "link_counts": "Engångslänk",
    "needs_countersignature": "Kontrasigneras",
}


@dataclass(frozen=True)
class Kind:
    """A kind of setting: what it decides, and the fields that are asked for."""

    slug: str
    title: str
    sentence: str
    model: type
    fields: tuple[str, ...]
    order: tuple[str, ...]
    # Words beside a field that its name doesn't say.
    help_texts: dict[str, str] = field(default_factory=dict)
    # Fields the list leaves out, when there are more than a row holds.
    unlisted: tuple[str, ...] = ()
    # Shorter headings for the list, where a field's name is a sentence.
    short: dict[str, str] = field(default_factory=dict)
    # Whether only one may hold on a day.
    alone: bool = False

    @property
    def listed(self) -> list[str]:
        """The fields the list shows."""
        return [name for name in self.fields if name not in self.unlisted]

    @property
    def headings(self) -> list[str]:
        """The listed fields' names as headings."""
        return [
            self.short.get(name) or _first_up(self._field(name).verbose_name)
            for name in self.listed
        ]

    def rows(self) -> list[tuple]:
        """Return (setting, [(heading, words) of each field]), in order. One query."""
        settings = self.model.objects.order_by(*self.order, "pk")
        return [
            (
                each,
                [
                    *zip(
                        self.headings, (self.words(each, name) for name in self.listed), strict=True
                    )
                ],
            )
            for each in settings
        ]

    def words(self, setting, name: str) -> str:
        """Return a field as people read it."""
        if self._field(name).choices:
            return getattr(setting, f"get_{name}_display")()
        value = getattr(setting, name)
        if isinstance(value, bool):
            return "Ja" if value else "Nej"
        if isinstance(value, Decimal):
            return number(value.normalize())
        return "–" if value in (None, "") else str(value)

    def _field(self, name):
        return self.model._meta.get_field(name)


KINDS = [
    Kind("spar", "Spår", "Vilka åldrar som tas emot, och när.", Track,
         ("name", "code", "min_age", "max_age", "needs_kaa", *VALIDITY), ("valid_from", "min_age")),
    Kind("programlangd", "Programlängd", "Hur många månader en inskrivning planeras för.",
         ProgrammeLength, ("months", *VALIDITY), ("valid_from",)),
    Kind("villkor", "Målgruppens villkor", "Vad en remiss kan hänvisa till.", Criterion,
         ("number", "text", "needs_reason", *VALIDITY), ("number", "valid_from")),
    Kind("remittenter", "Remitterande instanser", "Vilka som remitterar, och vad de räknas som.",
         ReferringBody, ("name", "source", "address", "is_active"), ("name",)),
    Kind("mal", "Mål", "Vad nyckeltalen hålls mot.", Goal,
         ("measure", "target", "is_monthly", *VALIDITY), ("measure", "valid_from")),
    Kind("samtyckestexter", "Samtyckestexter", "Vad en deltagare går med på.", ConsentText,
         ("authority", "text", *VALIDITY), ("authority", "valid_from")),
    Kind("esf-projekt", "ESF-projekt", "Vilka underskrifter som räknas, och vad som står på intygen.",
         EsfProject,
         ("name", "diary_number", "owner", "paper_counts", "drawn_counts", "link_counts",
          "needs_countersignature", "code_female", "code_male", "source", *VALIDITY),
         ("valid_from",), ESF_HELP, ("owner", "code_female", "code_male", "source"),
         ESF_SHORT, alone=True),
]  # fmt: skip
BY_SLUG = {kind.slug: kind for kind in KINDS}


@requires(Permission.MANAGE_SETTINGS)
@require_GET
def settings_list(request):
    """Show every kind of setting with its rows. One query a kind."""
    return render(request, "basun/settings_list.html", {"kinds": KINDS})


@requires(Permission.MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def setting_new(request, slug):
    """Add a setting that holds from a day on."""
    return _edit(request, _kind(slug), None)


@requires(Permission.MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def setting_edit(request, slug, pk):
    """Change a setting, or give it its last day."""
    kind = _kind(slug)
    return _edit(request, kind, get_object_or_404(kind.model, pk=pk))


def _shares_days(kind, form) -> bool:
    """Whether another one holds some of the days where only one may; the form then says which."""
    if not kind.alone:
        return False
    new = form.instance
    others = kind.model.objects.exclude(pk=new.pk).filter(
        Q(valid_until=None) | Q(valid_until__gte=new.valid_from)
    )
    if new.valid_until:
        others = others.filter(valid_from__lte=new.valid_until)
    if other := others.first():
        form.add_error(
            "valid_from",
            f"En annan gäller redan från {other.valid_from}. Ge den en sista dag före den här.",
        )
    return bool(form.errors)


def _first_up(words: str) -> str:
    """Begin with a capital, and leave the rest: ESF stays ESF."""
    return words[:1].upper() + words[1:]


def _kind(slug) -> Kind:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _edit(request, kind, setting):
    form_class = modelform_factory(kind.model, form=BaseModelForm, fields=kind.fields)
    form = form_class(request.POST or None, instance=setting, cancel_url=reverse("settings_list"))
    for name, words in kind.help_texts.items():
        form.fields[name].help_text = words
    if form.is_valid() and not _shares_days(kind, form):
        form.save()
        messages.success(request, f"{kind.title}: sparat.")
        return redirect("settings_list")
    context = {"form": form, "kind": kind, "is_new": setting is None}
    status = 422 if form.is_bound else None
    return render(request, "basun/settings_form.html", context, status=status)
