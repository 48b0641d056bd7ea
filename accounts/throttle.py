"""Failed sign-ins, and wrong one-time links, make the next attempt wait longer, for that address only.

The wait doubles from the fifth failure at one account from one network address, and from the
fiftieth failure from one address at any account. A stranger elsewhere therefore never locks anybody
out. Only fingerprints are stored, not addresses or names.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import FailedSignIn

FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 50
# Wrong one-time links from one network address; whole youth centres share one.
FREE_LINKS = 20
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=12)


def _fingerprint(*parts: str) -> str:
    return salted_hmac("accounts.throttle", "\n".join(parts), algorithm="sha256").hexdigest()


def _keys(login: str, address: str) -> dict[str, int]:
    return {
        _fingerprint("account", login.strip().lower(), address): FREE_PER_ACCOUNT,
        _fingerprint("address", address): FREE_PER_ADDRESS,
    }


def wait_after(failures: int, free: int) -> timedelta:
    """Return how long to wait after that many failures; pure."""
    if failures < free:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)


def seconds_left(login: str, address: str, *, now: datetime | None = None) -> int:
    """Return the seconds until the next attempt is allowed, 0 when it is; one query."""
    return _seconds_left(_keys(login, address), now or timezone.now())


def seconds_left_for_link(address: str, *, now: datetime | None = None) -> int:
    """Return the seconds until a one-time link may be opened from the address; one query."""
    return _seconds_left(_link_key(address), now or timezone.now())


def _link_key(address: str) -> dict[str, int]:
    return {_fingerprint("link", address): FREE_LINKS}


def _seconds_left(keys: dict[str, int], now: datetime) -> int:
    rows = FailedSignIn.objects.filter(fingerprint__in=keys, last_at__gt=now - FORGOTTEN_AFTER)
    waits = [row.last_at + wait_after(row.failures, keys[row.fingerprint]) - now for row in rows]
    return max((int(wait.total_seconds()) + 1 for wait in waits if wait > timedelta(0)), default=0)


def note_failure(login: str, address: str, *, now: datetime | None = None) -> None:
    """Count a failed attempt; failures older than half a day are forgotten first."""
    _count(_keys(login, address), now or timezone.now())


def note_wrong_link(address: str, *, now: datetime | None = None) -> None:
    """Count a one-time link that does not exist."""
    _count(_link_key(address), now or timezone.now())


def _count(keys, now: datetime) -> None:
    FailedSignIn.objects.filter(last_at__lte=now - FORGOTTEN_AFTER).delete()
    for key in keys:
        row, _ = FailedSignIn.objects.get_or_create(fingerprint=key, defaults={"last_at": now})
        FailedSignIn.objects.filter(pk=row.pk).update(failures=F("failures") + 1, last_at=now)


def note_success(login: str, address: str) -> None:
    """Forget the failures at this account from this address."""
    key = next(iter(_keys(login, address)))
    FailedSignIn.objects.filter(fingerprint=key).delete()
