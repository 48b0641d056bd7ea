"""The frame of a participant's page: header, tabs, actions. Upper apps draw their tabs inside it too.

    @requires(Permission.VIEW_ATTENDANCE)
    @require_GET
    @with_participant(Category.ATTENDANCE)
    def attendance(request, participant):
        return render_person(request, participant, "casework/attendance.html", {...}, tab="casework:attendance")

The template extends "participants/person.html" and fills the block `person`.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from accounts.roles import Authority
from core import registry
from core.htmx import render_page
from core.swedish import counted, iso_date, listed
from participants.enums import Category
from participants.models import Consent
from participants.permissions import categories_for, opening_for


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its tone and icon, for `{% status_tag %}`."""

    label: str
    tone: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as the page draws it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Header:
    """Who the page is about, as far as the user may know."""

    name: str
    note: str
    protected: bool
    tags: list[Look]
    facts: list[tuple[str, str]]


def render_person(request, participant, template, context=None, *, tab="", partial="", status=None):
    """Render a page about a person: `template` inside the frame, with `tab` (a URL name) marked."""
    seen = categories_for(request.user, participant)
    frame = {
        "participant": participant,
        "page_name": participant.list_name,
        "header": header(request.user, participant, seen),
        "tabs": tabs_for(request.user, participant, seen, tab),
    }
    return render_page(request, template, frame | (context or {}), partial=partial, status=status)


def tabs_for(user, participant, seen: set[Category], current: str) -> list[TabLink]:
    """Return the tabs that the user's permissions and the person's consent open. No query."""
    return [
        TabLink(tab.label, reverse(tab.url_name, args=[participant.pk]), tab.url_name == current)
        for tab in registry.participant_tabs.for_user(user)
        if tab.category is None or Category(tab.category) in seen
    ]


def links_for(user, participant) -> list[TabLink]:
    """Return what other apps offer to do with somebody enrolled. One query for another authority's staff."""
    if participant.current_enrolment is None:
        return []
    seen = categories_for(user, participant)
    return [
        TabLink(link.label, reverse(link.url_name, args=[participant.pk]), False)
        for link in registry.participant_links.for_user(user)
        if link.category is None or Category(link.category) in seen
    ]


def cards_for(request, participant) -> list[tuple[str, dict]]:
    """Return the cards other rooms have registered, as (template, context). Costs what each one costs."""
    seen = categories_for(request.user, participant)
    cards = [
        (card.template, card.context(request, participant))
        for card in registry.person_cards.for_user(request.user)
        if card.category is None or Category(card.category) in seen
    ]
    return [(template, context) for template, context in cards if context is not None]


def header(user, participant, seen: set[Category]) -> Header:
    """Return the header. Enrolment and staff only where the plan may be seen.

    Two queries, and those of the rules that other rooms have registered for the weekly review.
    """
    protected = participant.is_protected
    today = timezone.localdate()
    facts = [("Ålder", f"{participant.age_on(today)} år")]
    if Category.PLAN in seen:
        facts += enrolment_facts(participant, today)
    facts.append(("Samtycke till AF", consent_summary(participant, today)))
    return Header(
        name="Skyddade personuppgifter" if protected else participant.full_name,
        note=participant.code,
        protected=protected,
        tags=_tags(user, participant, seen, today),
        facts=facts,
    )


def enrolment_facts(participant, today) -> list[tuple[str, str]]:
    """Return what the header tells of the current enrolment, if there is one. No query in `for_list`."""
    enrolment = participant.current_enrolment
    if enrolment is None:
        return []
    contact, officer = enrolment.main_contact, enrolment.employment_officer
    weeks = counted(enrolment.weeks_on(today), "vecka", "veckor")
    return [
        ("Spår", enrolment.track.name if enrolment.track else ""),
        ("Inskriven", f"{iso_date(enrolment.starts_on)} ({weeks})"),
        ("Planerat slut", iso_date(enrolment.planned_end_on)),
        ("Huvudkontakt", contact.name if contact else "Saknas"),
        ("Arbetsförmedlare", officer.name if officer else "Saknas"),
    ]


def consent_summary(participant, today) -> str:
    """Return what the consent toward Arbetsförmedlingen covers now, in words. One query."""
    valid = Consent.objects.valid_on(today).filter(
        participant=participant, authority=Authority.EMPLOYMENT_SERVICE
    )
    given = set(valid.values_list("category", flat=True))
    if not given:
        return "Inget"
    if given == set(Category.values):
        return "Allt"
    return listed([each.label for each in Category if each in given])


def phase(participant, today) -> Look:
    """Return where in the course the person is, from the enrolments. No query in `for_list`."""
    enrolment = participant.current_enrolment
    if enrolment and enrolment.starts_on > today:
        return Look(f"Börjar {enrolment.starts_on}", "info", "calendar")
    if enrolment:
        return Look("Inskriven", "good", "check-circle")
    if list(participant.enrolments.all()):
        return Look("Avslutad", "neutral", "pause")
    return Look("Inte inskriven", "info", "circle")


def _tags(user, participant, seen, today) -> list[Look]:
    tags = [phase(participant, today)] if Category.PLAN in seen else []
    if participant.is_protected:
        tags.append(Look("Skyddade personuppgifter", "bad", "shield"))
    if user.may(Permission.OPEN_CLOSED_FILES) and (opening := opening_for(user, participant)):
        until = timezone.localtime(opening.open_until)
        tags.append(Look(f"Akten är öppnad till {until:%H:%M}", "warn", "key"))
    return tags + _signals(user, participant, today)


def _signals(user, participant, today) -> list[Look]:
    """Return what other rooms find worth talking about. Costs the queries of their rules."""
    return [
        Look(signal.text, signal.tone, signal.icon)
        for rule in registry.review_signals
        if rule.in_header
        for signal in rule.find([participant], user, today).get(participant.pk, [])
    ]
