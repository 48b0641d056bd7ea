"""Who must still sign: the list, its sums, reminders one by one or all at once, and objections."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.models import Channel, SigningLink
from casework.sheets import bundles
from casework.signing import links, missing
from casework.signing.forms import ALL, MINE, MissingFilter
from casework.signing.looks import is_waiting, look_of
from casework.signing.when import Look, ago
from core.errors import Refused
from core.htmx import render_page, wants_fragment
from core.swedish import counted
from participants import access_log
from participants.enums import Category
from participants.lists import has_caseload
from participants.models import Participant
from participants.pages import TabLink

PER_PAGE = 50
# Reminding more than this at once asks whether that is meant.
FEW = 25
TEMPLATE = "casework/signing_missing.html"
BY_CONTACT = "kontakt"


@dataclass(slots=True)
class Shown:
    """A row of the page, with the person and their last reminder."""

    row: missing.Row
    person: Participant
    reminder: SigningLink | None
    refusal: str = ""

    @property
    def look(self) -> Look | None:
        """What became of the last reminder."""
        return look_of(self.reminder, timezone.now()) if self.reminder else None

    @property
    def reminded(self) -> str:
        """When it was ordered."""
        return ago(self.reminder.created_at, timezone.now()) if self.reminder else ""

    @property
    def may_remind(self) -> bool:
        """Whether a reminder may be ordered now: there is a way, and none is under way."""
        return bool(self.row.hours and self.way) and not links.is_recent(self.reminder)

    @property
    def is_waiting(self) -> bool:
        """Whether the last reminder is on its way."""
        return bool(self.reminder) and is_waiting(self.reminder, timezone.now())

    @property
    def link(self) -> SigningLink | None:
        """The last reminder, as the fragment of a link calls it."""
        return self.reminder

    @property
    def way(self) -> Channel | None:
        """How the person would be reminded."""
        return links.channel_for(self.person)


@dataclass(slots=True)
class Selection:
    """What the filters leave, and the filters."""

    filters: MissingFilter
    rows: list
    mine: bool
    day: object
    own: set

    @property
    def chosen(self) -> dict[str, str]:
        """The filters as a form or an address holds them."""
        chosen = {"urval": MINE if self.mine else ALL}
        for name in ("huvudkontakt", "manad"):
            value = self.filters.chosen().get(name)
            if value:
                chosen[name] = str(getattr(value, "pk", value))
        return chosen

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        return urlencode(self.chosen)


def select(user, given) -> Selection:
    """Return the rows that the filters leave. Eight queries, whatever the number of rows."""
    day = timezone.localdate()
    rows, own = missing.rows_for(user, day), missing.own_ids(user, day)
    given = given.dict()
    given.setdefault("urval", MINE if has_caseload(user) else ALL)
    months = sorted({each.month for row in rows for each in row.months})
    contacts = {row.contact.pk for row in rows if row.contact}
    filters = MissingFilter(given, months=months, contacts=contacts)
    chosen = filters.chosen()
    mine = chosen.get("urval") == MINE
    if mine:
        rows = [row for row in rows if row.participant_id in own]
    if contact := chosen.get("huvudkontakt"):
        rows = [row for row in rows if row.contact == contact]
    if month := chosen.get("manad"):
        rows = missing.of_month(rows, month)
    return Selection(filters, rows, mine, day, own)


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
def missing_list(request):
    """Show who must still sign, or the same by main contact; log exactly those who are shown."""
    chosen = select(request.user, request.GET)
    grouped = request.GET.get("vy") == BY_CONTACT
    page = Paginator(chosen.rows, PER_PAGE).get_page(request.GET.get("sida"))
    shown = [] if grouped else _with_people(request.user, list(page))
    objections = _objections(request.user, chosen)
    people = [each.person for each in shown] + [each.participant for each in objections]
    access_log.shown(request, people, access_log.Action.LISTED)
    totals = missing.totals(chosen.rows, chosen.day)
    context = {
        "page": page,
        "shown": shown,
        "groups": missing.by_contact(chosen.rows) if grouped else [],
        "filters": chosen.filters,
        "chosen": chosen.chosen.items(),
        "narrowed": chosen.mine or len(chosen.chosen) > 1,
        "all_url": f"{reverse('signing:missing')}?urval={ALL}",
        "views": _views(chosen.query, grouped),
        "grouped": grouped,
        "totals": [each for each in totals if not each.has_passed],
        "passed": [each for each in totals if each.has_passed],
        "passed_hours": missing.in_words(
            sum((t.hours for t in totals if t.has_passed), missing.NOTHING)
        ),
        "few": FEW,
        "to_remind": sum(1 for row in chosen.rows if row.hours),
        "to_countersign": any(each.to_countersign for row in chosen.rows for each in row.months),
        "countersign_url": reverse("rollcall:countersign"),
        "objections": objections,
        "mine": chosen.mine,
    }
    return render_page(request, TEMPLATE, context, partial="results")


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def remind(request, pk):
    """Remind one person in the way that suits them; htmx gets the row as it stands now."""
    visible = Participant.objects.visible_to(request.user, Category.ATTENDANCE)
    person = get_object_or_404(visible, pk=pk)
    refusal = _remind(person, request.user)
    if not wants_fragment(request):
        if refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, "Påminnelsen skickas nu.")
        return redirect(_back(request))
    chosen = select(request.user, request.POST)
    row = next((row for row in chosen.rows if row.participant_id == pk), None)
    if row is None:
        raise Http404
    each = _with_people(request.user, [row])[0]
    each.refusal = refusal
    access_log.shown(request, [each.person], access_log.Action.LISTED)
    context = {"each": each, "is_swapped": True, "chosen": chosen.chosen.items()}
    context["mine"] = chosen.mine
    return render_page(request, TEMPLATE, context, partial="row")


def _remind(person, user) -> str:
    """Order a reminder; returns why not, or nothing."""
    way = links.channel_for(person)
    if way is None:
        return "Deltagaren har varken mobilnummer eller e-post. Välj QR-kod, skärm eller papper."
    spoken = links.languages_of([person])[person.pk]
    try:
        links.send_link(participant=person, channel=way, by=user, language=spoken)
    except Refused as refusal:
        return str(refusal)
    return ""


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def remind_all(request):
    """Remind everybody that the filters leave, and say how many that was."""
    chosen = select(request.user, request.POST)
    ids = [row.participant_id for row in chosen.rows if row.hours]
    visible = Participant.objects.visible_to(request.user, Category.ATTENDANCE)
    result = links.send_links(participants=visible.filter(pk__in=ids), by=request.user)
    tell = messages.success if result.ordered else messages.info
    tell(request, _in_words(result))
    return redirect(f"{reverse('signing:missing')}?{chosen.query}")


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def print_bundle(request):
    """Order the papers of everybody that the filters leave; leads on to the job that makes them."""
    chosen = select(request.user, request.POST)
    ids = [row.participant_id for row in chosen.rows if row.hours]
    try:
        return redirect(bundles.order_missing(ids, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('signing:missing')}?{chosen.query}")


def _in_words(result: links.Reminded) -> str:
    sentences = [
        f"{counted(result.ordered, 'påminnelse', 'påminnelser')} skickas nu."
        if result.ordered
        else "Ingen ny påminnelse skickas."
    ]
    if result.too_soon:
        sentences.append(f"{result.too_soon} fick en påminnelse nyss och får ingen ny.")
    if result.without_address:
        sentences.append(
            f"{result.without_address} har varken mobilnummer eller e-post och är märkta i listan."
        )
    return " ".join(sentences)


def _back(request) -> str:
    """The list with the filters that the form came from."""
    return f"{reverse('signing:missing')}?{select(request.user, request.POST).query}"


def _with_people(user, rows) -> list[Shown]:
    """Return the rows with what the page tells of each person. A fixed number of queries."""
    ids = [row.participant_id for row in rows]
    visible = Participant.objects.visible_to(user, Category.ATTENDANCE)
    people = visible.filter(pk__in=ids).prefetch_related("protections").in_bulk()
    sent = SigningLink.objects.to_hours().filter(participant__in=ids).exclude(channel=Channel.QR)
    last = {link.participant_id: link for link in sent.order_by("created_at", "pk")}
    return [
        Shown(row, people[row.participant_id], last.get(row.participant_id))
        for row in rows
        if row.participant_id in people
    ]


def _objections(user, chosen) -> list[SigningLink]:
    """What participants have said is wrong and nobody has read, the oldest first."""
    unread = SigningLink.objects.visible_to(user).to_hours().filter(dispute_seen_at=None)
    unread = unread.exclude(disputed_at=None)
    if chosen.mine:
        unread = unread.filter(participant__in=chosen.own)
    unread = unread.select_related("participant").prefetch_related("participant__protections")
    return list(unread.order_by("disputed_at", "pk"))


def _views(query: str, grouped: bool) -> list[TabLink]:
    url = f"{reverse('signing:missing')}?{query}"
    return [
        TabLink("Deltagare", url, not grouped),
        TabLink("Per huvudkontakt", f"{url}&vy={BY_CONTACT}", grouped),
    ]
