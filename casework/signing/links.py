"""One-time links: made for a QR code, or ordered to be sent as a reminder. Keyword-only, atomic, logged.

    send_link(participant=..., channel=Channel.SMS, by=user, language="so")
    made = make_qr(participant=..., by=user, language="sv")     # made.token is shown, never kept

A link covers the person's unsigned rows up to today, or those of them with the keys in `row_ids`; or, with
`plan_version`, the plan that is put to the person to agree to.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.languages import DEFAULT
from casework.models import Attendance, Channel, SigningLink
from casework.signing.when import ago
from core import gateway, jobs
from core.errors import Refused
from participants import access_log
from participants.models import Participant

SEND = "casework.send_link"
QR_LASTS = timedelta(minutes=10)
SENT_LASTS = timedelta(hours=72)
# The same person is not reminded twice in the same way within so long.
AGAIN_AFTER = timedelta(hours=1)

NOTHING = "Det finns inga timmar att skriva under."
NO_MOBILE = "Deltagaren har inget svenskt mobilnummer. Lägg till det under Personuppgifter, eller välj ett annat sätt."
NO_EMAIL = "Deltagaren har ingen e-postadress. Lägg till den under Personuppgifter, eller välj ett annat sätt."
REMINDED = "Påmind {when}. Vänta en timme, eller ring i stället."
USED = "Länken är redan använd."


@dataclass(frozen=True, slots=True)
class Made:
    """A link and its token, which stands nowhere else."""

    link: SigningLink
    token: str

    @property
    def url(self) -> str:
        """The whole address, as a phone opens it."""
        return url_of(self.token)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    """Return what is kept of a token. Pure."""
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(token: str) -> str:
    """Return the address that a token opens."""
    return gateway.public_url(reverse("signing:public", args=[token]))


def channel_for(participant: Participant) -> Channel | None:
    """Return how a person is best reached: by SMS, else by e-mail, else not at all. Pure."""
    if gateway.is_mobile(participant.phone):
        return Channel.SMS
    return Channel.EMAIL if participant.email else None


@transaction.atomic
def make_qr(
    *, participant: Participant, by, language: str = DEFAULT, row_ids=None, plan_version=None
) -> Made:
    """Make a link that is shown as a QR code for ten minutes; an earlier code stops working."""
    rows = _covered(participant, row_ids, plan_version)[participant.pk]
    now, token = timezone.now(), new_token()
    earlier = SigningLink.objects.usable(now).filter(
        participant=participant, channel=Channel.QR, plan_version=plan_version
    )
    earlier.update(cancelled_at=now)
    link = SigningLink.objects.create(
        participant=participant,
        plan_version=plan_version,
        channel=Channel.QR,
        language=language,
        token_sha256=hash_of(token),
        created_by=by,
        expires_at=now + QR_LASTS,
    )
    link.rows.set(rows)
    access_log.changed(participant, by=by, what="make_link:qr")
    return Made(link, token)


@transaction.atomic
def send_link(
    *,
    participant: Participant,
    channel: Channel,
    by,
    language: str = DEFAULT,
    row_ids=None,
    plan_version=None,
) -> SigningLink:
    """Order a link to be sent; the job makes its token. Refused without an address, or too soon."""
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    _must_have_address(participant, channel)
    now = timezone.now()
    recent = _recent([participant], now, plan_version).filter(channel=channel).first()
    if recent:
        raise Refused(REMINDED.format(when=ago(recent.created_at, now)))
    rows = _covered(participant, row_ids, plan_version)
    return _order([(participant, channel, language)], rows, by, plan_version)[0]


@dataclass(frozen=True, slots=True)
class Reminded:
    """How reminding many went: how many each."""

    ordered: int
    without_address: int
    too_soon: int


@transaction.atomic
def send_links(*, participants, by) -> Reminded:
    """Remind many at once, each in the way and language that suits them; skips those who can't be.

    A fixed number of queries and four for each who is reminded.
    """
    people = list(participants)
    list(
        Participant.objects.select_for_update(of=("self",))
        .filter(pk__in=[each.pk for each in people])
        .order_by("pk")
    )
    ways = {each.pk: channel_for(each) for each in people}
    recent = set(_recent(people, timezone.now()).values_list("participant", "channel"))
    rows = _rows(people)
    reachable = [each for each in people if ways[each.pk] and rows.get(each.pk)]
    due = [each for each in reachable if (each.pk, ways[each.pk]) not in recent]
    spoken = languages_of(due)
    ordered = _order([(each, ways[each.pk], spoken[each.pk]) for each in due], rows, by)
    return Reminded(
        ordered=len(ordered),
        without_address=sum(ways[each.pk] is None for each in people),
        too_soon=len(reachable) - len(due),
    )


@transaction.atomic
def cancel(*, link: SigningLink, by) -> None:
    """Call a link back: from now on it opens nothing."""
    link = SigningLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.used_at:
        raise Refused(USED)
    if link.cancelled_at is None:
        link.cancelled_at = timezone.now()
        link.save(update_fields=["cancelled_at"])
        access_log.changed(link.participant, by=by, what="cancel_link")


@transaction.atomic
def objection_seen(*, link: SigningLink, by) -> None:
    """Note that somebody has read what the participant says is wrong."""
    unread = SigningLink.objects.filter(pk=link.pk, dispute_seen_at=None).exclude(disputed_at=None)
    if unread.update(dispute_seen_at=timezone.now(), dispute_seen_by=by):
        access_log.changed(link.participant, by=by, what="objection_seen")


def languages_of(people) -> dict[int, str]:
    """Return the language each person last read a link in; Swedish for those who never did. One query."""
    links = SigningLink.objects.filter(participant__in=people).order_by("created_at", "pk")
    found = dict(links.values_list("participant", "language"))
    return {each.pk: found.get(each.pk, DEFAULT) for each in people}


def is_recent(link: SigningLink | None) -> bool:
    """Say whether a reminder is so new, and so whole, that another must wait. Pure but for the clock."""
    if link is None or link.failed_at or link.disputed_at or link.used_at or link.cancelled_at:
        return False
    return link.created_at > timezone.now() - AGAIN_AFTER


def _must_have_address(participant, channel) -> None:
    if channel == Channel.SMS and not gateway.is_mobile(participant.phone):
        raise Refused(NO_MOBILE)
    if channel == Channel.EMAIL and not participant.email:
        raise Refused(NO_EMAIL)


def _recent(people, now, plan_version=None):
    """Links to the same that were ordered within the hour, did not fail and still wait for their answer."""
    links = SigningLink.objects.usable(now).filter(
        participant__in=people,
        plan_version=plan_version,
        created_at__gt=now - AGAIN_AFTER,
        failed_at=None,
        disputed_at=None,
    )
    return links.exclude(channel=Channel.QR)


def _covered(participant, row_ids, plan_version) -> dict[int, list[int]]:
    """Return the rows that a link is to; none for one to a plan. Refused when there is nothing to sign."""
    if plan_version is not None:
        return {participant.pk: []}
    found = _rows([participant], row_ids)
    if not found:
        raise Refused(NOTHING)
    return found


def _rows(people, row_ids=None) -> dict[int, list[int]]:
    """Return the keys of each person's rows to sign, those who have none left out. One query."""
    rows = Attendance.objects.unattested().filter(
        participant__in=people, held_on__lte=timezone.localdate()
    )
    if row_ids is not None:
        rows = rows.filter(pk__in=row_ids)
    found: dict[int, list[int]] = {}
    for person, pk in rows.values_list("participant", "pk"):
        found.setdefault(person, []).append(pk)
    return found


def _order(wanted, rows: dict[int, list[int]], by, plan_version=None) -> list[SigningLink]:
    """Create the links (participant, channel, language) and a job for each, and log it."""
    expires_at = timezone.now() + SENT_LASTS
    links = SigningLink.objects.bulk_create(
        SigningLink(
            participant=person,
            plan_version=plan_version,
            channel=channel,
            language=language,
            created_by=by,
            expires_at=expires_at,
        )
        for person, channel, language in wanted
    )
    covers = SigningLink.rows.through
    covers.objects.bulk_create(
        covers(signinglink_id=link.pk, attendance_id=row)
        for link in links
        for row in rows[link.participant_id]
    )
    for link in links:
        link.job = jobs.enqueue(SEND, params={"link": str(link.pk)}, by=by, key=f"{SEND}:{link.pk}")
    SigningLink.objects.bulk_update(links, ["job"])
    people = [link.participant_id for link in links]
    access_log.shown_to(by, people, access_log.Action.CHANGED, what="send_link")
    return links
