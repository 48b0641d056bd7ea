"""Who belongs to the target group: pure functions over settings that hold from a day to a day.

Ages and tracks are domain.md 3; they come in as rows of `participants.Track`, whatever their days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.swedish import counted, iso_date, listed

# The criterion that for a track under the municipality's activity responsibility (KAA) must be met.
KAA_CRITERION = 2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the check, and how much it should worry: good, info or warn."""

    text: str
    tone: str = "good"


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found: the age on the day, the tracks that take it in, and the sentences."""

    age: int
    tracks: tuple
    findings: tuple[Finding, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks against; a warning is never a refusal."""
        return all(finding.tone != "warn" for finding in self.findings)


def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years; somebody born on 29 February has their birthday on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def birthday(birth_date: date, years: int) -> date:
    """Return the day somebody turns so many years."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def tracks_on(tracks: Iterable, day: date) -> list:
    """Return the tracks that hold on the day."""
    return [
        track
        for track in tracks
        if track.valid_from <= day and (track.valid_until is None or day <= track.valid_until)
    ]


def check(
    birth_date: date, day: date, tracks: Iterable, criteria: Iterable, *, reason: str = ""
) -> Check:
    """Check a person against the target group as it held on the day of the referral.

    `criteria` are those said to be met, `reason` the written one. No query.
    """
    tracks, criteria = list(tracks), list(criteria)
    age = age_on(birth_date, day)
    taking = tuple(track for track in tracks_on(tracks, day) if track.takes(age))
    numbers = {criterion.number for criterion in criteria}
    findings = [_age_finding(birth_date, day, age, taking, tracks)]
    if KAA_CRITERION not in numbers:
        findings += [_kaa_finding(track) for track in taking if track.needs_kaa]
    findings += [_criteria_finding(criteria, reason.strip())]
    findings += [_past_age(each, age) for each in criteria if _is_past(each, age)]
    return Check(age, taking, tuple(findings))


def proposed_track(birth_date: date, day: date, tracks: Iterable):
    """Return the track that takes in somebody of that age on the day, or None."""
    age = age_on(birth_date, day)
    return next((track for track in tracks_on(tracks, day) if track.takes(age)), None)


def missing_reason(criteria: Iterable, reason: str) -> str:
    """Return the Swedish sentence that asks for a written reason, or "" when none is missing.

    A criterion may demand one (number 6 does), and so does a referral that meets none at all.
    """
    if reason.strip():
        return ""
    criteria = list(criteria)
    if not criteria:
        return "Inget villkor är ikryssat. Kryssa för ett, eller skriv varför personen ändå remitteras."
    demanding = [f"{criterion.number}" for criterion in criteria if criterion.needs_reason]
    if not demanding:
        return ""
    return f"Villkor {listed(demanding)} kräver en skriftlig motivering från den som remitterar."


def first_day_in(birth_date: date, day: date, tracks: Iterable):
    """Return (the first day from `day` on that a track takes the person in, that track), or None."""
    days = [(_first_day(birth_date, day, track), track) for track in tracks]
    return min(
        ((first, track) for first, track in days if first),
        key=lambda found: found[0],
        default=None,
    )


def _first_day(birth_date, day, track):
    first = max(day, track.valid_from, birthday(birth_date, track.min_age))
    return first if first <= _last_day(birth_date, track) else None


def _last_day(birth_date, track):
    """The last day the track takes the person in, by age or because the setting ends."""
    by_age = birthday(birth_date, track.max_age + 1) - ONE_DAY
    return min(by_age, track.valid_until) if track.valid_until else by_age


def _age_finding(birth_date, day, age, taking, tracks):
    years = counted(age, "år", "år")
    if taking:
        names = (f"{track}, kräver KAA" if track.needs_kaa else f"{track}" for track in taking)
        demand = f" (villkor {KAA_CRITERION})" if any(track.needs_kaa for track in taking) else ""
        return Finding(f"{years}: {listed(names)}{demand}")
    later = first_day_in(birth_date, day, tracks)
    if later is None:
        return Finding(f"{years}: {_too_old(birth_date, day, tracks)}", "warn")
    first, track = later
    if first == birthday(birth_date, track.min_age):
        return Finding(f"{years}: för ung till {iso_date(first)}", "warn")
    return Finding(f"{years}: utanför åldern, men {track} tar emot från {iso_date(first)}", "warn")


def _too_old(birth_date, day, tracks):
    turned = [
        birthday(birth_date, track.max_age + 1)
        for track in tracks_on(tracks, day)
        if birthday(birth_date, track.max_age + 1) <= day
    ]
    return f"för gammal sedan {iso_date(max(turned))}" if turned else "inget spår gäller den dagen"


def _kaa_finding(track):
    return Finding(
        f"{track} tar emot den som omfattas av KAA. Villkor {KAA_CRITERION} är inte ikryssat.",
        "warn",
    )


def _criteria_finding(criteria, reason):
    if not criteria:
        needed = "motiveringen får avgöra" if reason else "det behövs en motivering"
        return Finding(f"Inget villkor är ikryssat: {needed}.", "warn")
    numbers = listed(criterion.number for criterion in criteria)
    said = f"Villkor {numbers} uppges vara {'uppfyllt' if len(criteria) == 1 else 'uppfyllda'}"
    if not reason and any(criterion.needs_reason for criterion in criteria):
        return Finding(f"{said}; det behövs en skriftlig motivering.", "info")
    return Finding(f"{said}.")


def _is_past(criterion, age):
    return criterion.max_age is not None and age > criterion.max_age


def _past_age(criterion, age):
    return Finding(
        f"Villkor {criterion.number} gäller till och med {criterion.max_age} år, personen är {age}.",
        "warn",
    )
