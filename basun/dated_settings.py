"""The programme's settings that hold from a day to a day, changed on screen by the system administrator.

None of them holds a person. A row that no longer holds gets a last day; rows are never removed, since
what was decided by them stands.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from core.forms import BaseModelForm
from core.swedish import number
from participants.models import ConsentText, ProgrammeLength, Track
from referrals.models import Criterion, ReferringBody
from reports.models import Goal

VALIDITY = ("valid_from", "valid_until")


@dataclass(frozen=True)
class Kind:
    """A kind of setting: what it decides, and the fields that are asked for."""

    slug: str
    title: str
    sentence: str
    model: type
    fields: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        """The fields' names as headings."""
        return [self._field(name).verbose_name.capitalize() for name in self.fields]

    def rows(self) -> list[tuple]:
        """Return (setting, [(heading, words) of each field]), in order. One query."""
        settings = self.model.objects.order_by(*self.order, "pk")
        return [
            (
                each,
                [
                    *zip(
                        self.headings, (self.words(each, name) for name in self.fields), strict=True
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


def _kind(slug) -> Kind:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _edit(request, kind, setting):
    form_class = modelform_factory(kind.model, form=BaseModelForm, fields=kind.fields)
    form = form_class(request.POST or None, instance=setting, cancel_url=reverse("settings_list"))
    if form.is_valid():
        form.save()
        messages.success(request, f"{kind.title}: sparat.")
        return redirect("settings_list")
    context = {"form": form, "kind": kind, "is_new": setting is None}
    status = 422 if form.is_bound else None
    return render(request, "basun/settings_form.html", context, status=status)
