"""Sessions: one or a whole series, moved, cancelled, removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from casework.activities import rosters
from casework.activities.actions.queue import locked
from casework.models import Activity, ActivityKind, Session, SessionStatus
from participants.errors import Refused, StaleEdit, refusing

TIMES = ("held_on", "starts_at", "ends_at", "planned_hours")
FIELDS = (*TIMES, "place", "theme")
# Constraints, and for SQLite the columns it names instead.
SAME_TIME = ("session_once_a_time", "casework_session.starts_at")
TAKEN = "Det finns redan ett tillfälle då. Välj en annan tid."
NOTED = "Närvaro är redan noterad på tillfället."


@dataclass(frozen=True, slots=True)
class Occasion:
    """One session to be: when, for how many hours, where and about what; and why not, if skipped."""

    held_on: date
    starts_at: time
    ends_at: time
    planned_hours: Decimal
    place: str = ""
    theme: str = ""
    skipped: str = ""

    @property
    def key(self) -> str:
        """What names the occasion on a form: 2027-01-18 09:00."""
        return f"{self.held_on} {self.starts_at:%H:%M}"


@transaction.atomic
def make_session(
    *,
    activity: Activity,
    held_on: date,
    starts_at: time,
    ends_at: time,
    planned_hours: Decimal,
    by,
    place: str = "",
    theme: str = "",
) -> Session:
    """Plan one session; those with a place in the activity are expected there."""
    occasion = Occasion(held_on, starts_at, ends_at, planned_hours, place, theme)
    (session,) = make_series(activity=activity, occasions=[occasion], by=by)
    return session


@transaction.atomic
def make_series(*, activity: Activity, occasions: Iterable[Occasion], by) -> list[Session]:
    """Plan several sessions at once, all or none; those with a place are expected in each."""
    activity = locked(activity)
    if activity.archived_at:
        raise Refused("Aktiviteten är undanlagd. Ta fram den igen för att planera tillfällen.")
    new = [_session(activity, each) for each in occasions if not each.skipped]
    if not new:
        raise Refused("Välj minst ett tillfälle.")
    _refuse_taken(activity, new)
    with refusing(Refused(TAKEN), *SAME_TIME):
        sessions = Session.objects.bulk_create(new)
    rosters.fill(sessions)
    return sessions


def _session(activity, occasion) -> Session:
    session = Session(
        activity=activity,
        status=SessionStatus.PLANNED,
        **{name: getattr(occasion, name) for name in FIELDS},
    )
    _refuse_unfit(session)
    return session


def _refuse_unfit(session) -> None:
    if session.ends_at <= session.starts_at:
        raise Refused("Sluttiden måste ligga efter starttiden.")
    if not 0 < session.planned_hours <= session.length:
        raise Refused("Timmarna ska vara mer än 0 och högst så många som tiden räcker till.")


def _refuse_taken(activity, new) -> None:
    days = [each.held_on for each in new]
    there = activity.sessions.filter(held_on__in=days, starts_at__isnull=False)
    taken = set(there.values_list("held_on", "starts_at"))
    for each in new:
        if (each.held_on, each.starts_at) in taken:
            at = f"{each.held_on} klockan {each.starts_at:%H:%M}"
            raise Refused(f"Det finns redan ett tillfälle {at}. Välj en annan tid.")
        taken.add((each.held_on, each.starts_at))


@transaction.atomic
def change_session(*, session: Session, version: int, by, **facts) -> Session:
    """Change a planned session, `facts` being those of FIELDS; its roster moves along.

    Raises StaleEdit when somebody has saved since. Once attendance is noted, day and times stay.
    """
    locked(session.activity)
    session = _locked(session)
    if session.version != version:
        raise StaleEdit(session)
    _must_be_planned(session)
    before = [getattr(session, name) for name in TIMES[:3]]
    for name in FIELDS:
        setattr(session, name, facts.get(name, getattr(session, name)))
    moved = before != [getattr(session, name) for name in TIMES[:3]]
    _refuse_unfit(session)
    if moved and rosters.has_been_taken(session):
        raise Refused(f"{NOTED} Därför kan dagen och tiden inte ändras.")
    session.version += 1
    with refusing(Refused(TAKEN), *SAME_TIME):
        session.save(update_fields=[*FIELDS, "version"])
    session.attendance.exclude(held_on=session.held_on).update(held_on=session.held_on)
    rosters.fill([session])
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by) -> Session:
    """Cancel a planned session: nobody is expected any more. Refused once attendance is noted.

    Those booked for a talk stay on its roster, since only that says whose talk it was.
    """
    locked(session.activity)
    session = _locked(session)
    _must_be_planned(session)
    if rosters.has_been_taken(session):
        raise Refused(f"{NOTED} Rätta den först, om tillfället verkligen ställdes in.")
    if not reason.strip():
        raise Refused("Skriv varför tillfället ställs in.")
    if session.activity.kind == ActivityKind.GROUP:
        rosters.expected().filter(session=session).delete()
    session.version += 1
    session.move_to(
        SessionStatus.CANCELLED,
        by=by,
        at=timezone.now(),
        note=reason.strip(),
        cancel_reason=reason.strip(),
        version=session.version,
    )
    return session


@transaction.atomic
def restore_session(*, session: Session, by) -> Session:
    """Plan a cancelled session again; those with a place are expected there again."""
    locked(session.activity)
    session = _locked(session)
    if session.status != SessionStatus.CANCELLED:
        raise Refused("Tillfället är inte inställt. Ladda om sidan för att se vad som gäller nu.")
    session.move_to(
        SessionStatus.PLANNED,
        by=by,
        at=timezone.now(),
        cancel_reason="",
        version=session.version + 1,
    )
    rosters.fill([session])
    return session


@transaction.atomic
def remove_session(*, session: Session, by) -> None:
    """Remove a session that should never have been planned. Refused once anything is noted or printed."""
    locked(session.activity)
    session = _locked(session)
    if session.status == SessionStatus.HELD or rosters.has_been_taken(session):
        raise Refused(f"{NOTED} Därför kan tillfället inte tas bort.")
    rosters.expected().filter(session=session).delete()
    try:
        session.delete()
    except ProtectedError:
        raise Refused("Det finns ett utskrivet underlag. Ställ in tillfället i stället.") from None


def _locked(session) -> Session:
    sessions = Session.objects.select_for_update(of=("self",)).select_related("activity")
    return sessions.get(pk=session.pk)


def _must_be_planned(session) -> None:
    if session.status == SessionStatus.HELD:
        raise Refused("Tillfället är stängt. Öppna det igen för att ändra det.")
    if session.status == SessionStatus.CANCELLED:
        raise Refused("Tillfället är inställt. Planera det igen för att ändra det.")
