"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import Attestation, AttestationMethod, ScanPage
from casework.sums import hours
from core import registry
from core.registry import Event
from participants.enums import Category


def register() -> None:
    """Register everything."""
    from casework.sheets import tasks  # noqa: F401  (registers its job handlers)

    registry.navigation.register(
        registry.NavItem("Underlag", "sheets:scan_list", "file", 45, Permission.REGISTER_SHEETS)
    )
    registry.timeline.register(registry.TimelineSource(papers, label="Underskrivna papper"))


def papers(participant, user) -> list[Event]:
    """Papers that came back and were registered. Needs the attendance's consent; two queries."""
    if not participant.consent_covers(user, Category.ATTENDANCE):
        return []
    found = Attestation.objects.filter(
        participant=participant, method=AttestationMethod.PAPER, scan_page__isnull=False
    )
    found = list(found.select_related("recorded_by").order_by("-pk"))
    opened = set()
    if user.may(Permission.REGISTER_SHEETS):
        pages = ScanPage.objects.visible_to(user).filter(attestations__in=found)
        opened = set(pages.values_list("pk", flat=True))
    return [_event(each, each.scan_page_id in opened) for each in found]


def _event(attestation: Attestation, may_open: bool) -> Event:
    total = hours(sum(Decimal(row["hours"]) for row in attestation.covers))
    return Event(
        timezone.localdate(attestation.recorded_at),
        "Underskrivet papper registrerat",
        text=f"{total} timmar, {attestation.source}",
        icon="file",
        tone="good",
        url=reverse("sheets:page_review", args=[attestation.scan_page_id]) if may_open else "",
        by=attestation.recorded_by.name if attestation.recorded_by else "",
        at=attestation.recorded_at,
    )
