"""One timeline of a person, merged from what every app knows, and what this app knows."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Authority
from core import registry
from core.registry import Event
from participants.enums import Category, CountsAs
from participants.models import Extension

# How many events the page shows before one asks for older ones.
PAGE = 20


@dataclass(frozen=True, slots=True)
class Timeline:
    """A part of a timeline: newest first, the kinds one can narrow it to, and how many there are."""

    events: list[Event]
    kinds: list[str]
    kind: str
    total: int

    @property
    def more(self) -> int:
        """How many to ask for to see older ones; 0 when all are shown."""
        return len(self.events) + PAGE if self.total > len(self.events) else 0


def collect(participant, user, *, kind: str = "", show: int = PAGE) -> Timeline:
    """Return the newest events the user may see. Costs the queries of the sources."""
    by_kind: dict[str, list[Event]] = {}
    for source in registry.timeline:
        if found := source.collect(participant, user):
            by_kind.setdefault(source.label, []).extend(found)
    kind = kind if kind in by_kind else ""
    events = by_kind[kind] if kind else [event for found in by_kind.values() for event in found]
    events.sort(key=lambda event: event.on, reverse=True)
    return Timeline(events[:show], sorted(by_kind), kind, len(events))


def enrolment_events(participant, user) -> list[Event]:
    """Starts, exits, extensions and who took over. Needs the plan's consent; four queries."""
    if not participant.consent_covers(user, Category.PLAN):
        return []
    url = reverse("participants:enrolments", args=[participant.pk])
    events = []
    enrolments = participant.enrolments.select_related("track", "created_by", "exited_by")
    for enrolment in enrolments.prefetch_related("assignments__user"):
        events += _course(enrolment, url) + _handovers(enrolment)
    extensions = Extension.objects.filter(enrolment__participant=participant)
    for extension in extensions.select_related("asked_by", "decided_by"):
        events += _extension(extension)
    return events


def _course(enrolment, url) -> list[Event]:
    track = enrolment.track.name if enrolment.track else ""
    start = Event(
        enrolment.starts_on, "Inskriven", track, "flag", "info", url, _name(enrolment.created_by)
    )
    if not enrolment.ended_on:
        return [start]
    tone = "neutral" if enrolment.counts_as == CountsAs.OTHER else "good"
    text = "\n".join(filter(None, [enrolment.get_exit_reason_display(), enrolment.exit_note]))
    end = Event(
        enrolment.ended_on, "Avslutad", text, "check", tone, url, _name(enrolment.exited_by)
    )
    return [end, start]


def _handovers(enrolment) -> list[Event]:
    """Those who took a function over after the start; the first ones belong to the enrolment."""
    return [
        Event(each.starts_on, f"Ny {each.get_function_display().lower()}", each.user.name, "person")
        for each in enrolment.assignments.all()
        if enrolment.starts_on < each.starts_on <= timezone.localdate()
    ]


def _extension(extension) -> list[Event]:
    asked = Event(
        timezone.localdate(extension.asked_at),
        f"Förlängning begärd till {extension.new_end_on}",
        extension.reason,
        "hourglass",
        by=extension.asked_by.name,
    )
    if not extension.decided_at:
        return [asked]
    granted = extension.outcome == Extension.Outcome.GRANTED
    decided = Event(
        timezone.localdate(extension.decided_at),
        f"Förlängning {extension.get_outcome_display().lower()}",
        extension.decision_reason,
        "check" if granted else "cross",
        "good" if granted else "warn",
        by=_name(extension.decided_by),
    )
    return [decided, asked]


def consent_events(participant, user) -> list[Event]:
    """Consents given and withdrawn; staff of another authority see their own authority's. One query."""
    consents = participant.consents.select_related("recorded_by", "withdrawn_by")
    if user.authority != Authority.MUNICIPALITY:
        consents = consents.filter(authority=user.authority)
    given, withdrawn = defaultdict(list), defaultdict(list)
    for consent in consents:
        receiver = consent.get_authority_display()
        label = consent.get_category_display()
        given[consent.given_on, receiver, _name(consent.recorded_by)].append(label)
        if consent.withdrawn_at:
            day = timezone.localdate(consent.withdrawn_at)
            withdrawn[day, receiver, _name(consent.withdrawn_by)].append(label)
    return [
        *_consents(given, "Samtycke lämnat till", "key", "good"),
        *_consents(withdrawn, "Samtycke återkallat för", "lock", "warn"),
    ]


def _consents(grouped: dict, words: str, icon: str, tone: str) -> list[Event]:
    """One event for all the categories of a day, a receiver and the one who recorded them."""
    return [
        Event(day, f"{words} {receiver}", ", ".join(sorted(labels)), icon, tone, by=by)
        for (day, receiver, by), labels in grouped.items()
    ]


def register_events(participant, user) -> list[Event]:
    """Registration, moves and new numbers. Needs the plan's consent; three queries."""
    if not participant.consent_covers(user, Category.PLAN):
        return []
    day = timezone.localdate(participant.created_at)
    events = [Event(day, "Registrerad", "", "plus", by=_name(participant.created_by))]
    for period in list(participant.area_periods.all())[1:]:
        events.append(Event(period.starts_on, "Ny kommundel", period.get_area_display(), "pin"))
    for record in sorted(participant.number_records.all(), key=lambda each: each.recorded_at)[1:]:
        events.append(
            Event(timezone.localdate(record.recorded_at), "Nytt personnummer", "", "person")
        )
    return events


def _name(user) -> str:
    return user.name if user else ""
