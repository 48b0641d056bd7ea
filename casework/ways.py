"""The ways a participant can sign for their hours, as links for whoever may help them."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.permissions import Permission
from core.periods import Month


def ways_to_sign(participant_id: int, user, months: Iterable[Month] = ()) -> tuple:
    """Return (words, address) of each way the user may take, with each month's certificate."""
    if user is None:
        return ()
    ways = []
    if user.may(Permission.TAKE_ATTENDANCE):
        ways += [
            ("Skriv under på skärmen", reverse("rollcall:sign_person", args=[participant_id])),
            ("Visa QR eller skicka länk", reverse("signing:person", args=[participant_id])),
        ]
    ways += [
        (f"Skriv ut intyg för {month.label}", certificate_of(participant_id, user, month))
        for month in months
    ]
    return tuple(each for each in ways if each[1])


def certificate_of(participant_id: int, user, month: Month) -> str:
    """Return the address of a month's certificate; "" for whom it is not."""
    if not user.may(Permission.REGISTER_SHEETS):
        return ""
    return reverse("sheets:certificate", args=[participant_id, str(month)])
