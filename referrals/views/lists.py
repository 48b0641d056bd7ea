"""The waiting list, and the referrals that are answered."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from core import search_words
from core.htmx import render_page
from participants import access_log
from participants.access_log import Action
from referrals.enums import OPEN, ReferralStatus
from referrals.forms import ReferralFilters
from referrals.models import Referral, ReferralDraft
from referrals.presenters import rows

PER_PAGE = 25
WAITING = "waiting"
TABS = {
    WAITING: ("Väntar", OPEN),
    "accepted": ("Godtagna", (ReferralStatus.ACCEPTED,)),
    "declined": ("Avböjda", (ReferralStatus.DECLINED,)),
    "withdrawn": ("Återtagna", (ReferralStatus.WITHDRAWN,)),
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """One of the lists, as a tab."""

    label: str
    url: str
    current: bool
    count: int | None = None


@requires(Permission.VIEW_REFERRALS)
@require_http_methods(["GET", "POST"])
def referral_list(request, tab=WAITING):
    """List referrals the user may see; a search comes by POST and leads to an address without it."""
    if request.method == "POST":
        return search_words.redirect(request, "ord", ["instans", "kalla", "hand"])
    words = search_words.words(request)
    filters = ReferralFilters(request.GET.dict() | {"ord": words})
    visible = Referral.objects.visible_to(request.user)
    found = filters.narrow(visible.filter(status__in=TABS[tab][1])).for_list()
    if tab != WAITING:
        found = found.order_by("-decided_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    shown = [referral.participant_id for referral in page]
    access_log.shown(request, shown, Action.FOUND if words else Action.LISTED)
    context = {
        "page": page,
        "rows": rows(page, request.user, timezone.localdate()),
        "filters": filters,
        "tabs": _tabs(tab, visible),
        "tab": tab,
        "title": TABS[tab][0],
        "may_edit": request.user.may(Permission.EDIT_REFERRALS),
        "drafts": ReferralDraft.objects.unfinished_of(request.user),
    }
    return render_page(request, "referrals/referral_list.html", context, partial="results")


def _tabs(current, visible):
    waiting = visible.open().count()
    return [
        TabLink(
            label,
            reverse("referrals:list" if name == WAITING else f"referrals:{name}"),
            name == current,
            waiting if name == WAITING else None,
        )
        for name, (label, _) in TABS.items()
    ]
