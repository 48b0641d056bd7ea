"""The weekly letter to each main contact: how many have not signed, and how soon. No names.

Ordered on Monday morning, or at the first full hour when the machine is on. A row in Digest means
that the week is done for the user: told, or nothing to tell.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from casework.models import Digest
from casework.signing.missing import contact_of, rows_for
from casework.signing.when import left_in_words, monday_of
from casework.sums import hours as in_words
from core import gateway, jobs
from core.swedish import counted
from participants.enums import Function
from participants.models import Assignment

SEND = "casework.send_digest"
SUBJECT = "BASUN: underskrifter som saknas"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the digest says: figures, never who."""

    people: int
    hours: Decimal
    days_left: int

    @property
    def text(self) -> str:
        """The mail."""
        who = counted(self.people, "deltagare", "deltagare")
        page = gateway.public_url(reverse("signing:missing"))
        return (
            f"Hej!\n\nDu är huvudkontakt för {who} som inte har skrivit under all sin närvaro."
            f" Det gäller sammanlagt {in_words(self.hours)} timmar."
            f"\n\nNärmaste sista dag: {left_in_words(self.days_left)}."
            f"\n\nHär ser du vilka det är och kan påminna dem: {page}\n"
        )


def order_all(day: date) -> int:
    """Order this week's digest for each main contact who has not had it; returns how many."""
    monday = monday_of(day)
    contacts = Assignment.objects.current_on(day).filter(function=Function.MAIN_CONTACT)
    told = Digest.objects.filter(monday=monday).values("user")
    users = User.objects.filter(is_active=True, pk__in=contacts.values("user")).exclude(pk__in=told)
    ids = list(users.order_by("pk").values_list("pk", flat=True))
    for user in ids:
        params = {"user": user, "monday": monday.isoformat()}
        jobs.enqueue(SEND, params=params, by=None, key=f"{SEND}:{user}:{monday}")
    return len(ids)


def send(user_id: int, monday: str) -> bool:
    """Send one user's digest; says whether there was anything to send.

    The week is claimed first, so that nobody is written to twice; when the mail is refused the claim
    is given back and the next hour tries again.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not _claim(user, monday):
        return False
    letter = letter_for(user, timezone.localdate())
    if letter is None:
        return False
    try:
        gateway.send_mail(user.email, SUBJECT, letter.text)
    except gateway.GatewayError:
        Digest.objects.filter(user=user, monday=monday).delete()
        raise
    return True


def letter_for(user, day: date) -> Letter | None:
    """Return what there is to tell a main contact, or None."""
    if not user.may(Permission.TAKE_ATTENDANCE):
        return None
    rows = [row for row in rows_for(user, day, people=contact_of(user, day)) if row.hours]
    if not rows:
        return None
    ahead = [row.days_to_next for row in rows if row.days_to_next is not None]
    return Letter(len(rows), sum(row.hours for row in rows), min(ahead, default=-1))


@transaction.atomic
def _claim(user, monday: str) -> bool:
    _, is_new = Digest.objects.get_or_create(user=user, monday=date.fromisoformat(monday))
    return is_new
