"""How a row stands with its signature, in a word: signed, missing, broken, waiting. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from casework.models import AttendanceStatus, AttestationMethod, EsfProject


@dataclass(frozen=True, slots=True)
class State:
    """A word with its tone and icon, for `{% status_tag %}`, and a sentence that explains it."""

    label: str
    tone: str
    icon: str = ""
    why: str = ""


MISSING = State("Saknas", "warn", "warning")
BROKEN = State("Gäller inte längre", "bad", "warning", "Raden ändrades efter underskriften.")


def state_of(row, projects: Iterable[EsfProject]) -> State | None:
    """Return the state of a row's signature; None where there is nothing to sign.

    No query when the row's `attestation` and `breaks` are loaded.
    """
    if row.status != AttendanceStatus.PRESENT:
        return None
    if row.attestation is None:
        return BROKEN if list(row.breaks.all()) else MISSING
    method = AttestationMethod(row.attestation.method)
    rules = _rules_for(row.attestation, projects)
    if rules and method not in rules.methods:
        return State(method.label, "warn", "check", "Sättet räknas inte för ESF.")
    if rules and _needs_another(row.attestation, rules):
        return State(method.label, "info", "hourglass", "Väntar på kontrasignering.")
    return State(method.label, "good", "check")


def _needs_another(attestation, rules) -> bool:
    digital = AttestationMethod(attestation.method).is_digital
    return digital and rules.needs_countersignature and attestation.countersignature_id is None


def _rules_for(attestation, projects) -> EsfProject | None:
    """The rules that held on the day of the signature."""
    day = timezone.localdate(attestation.recorded_at)
    return next(
        (
            each
            for each in projects
            if each.valid_from <= day and (each.valid_until is None or day <= each.valid_until)
        ),
        None,
    )
