"""A small project to report: people with hours, signed or not, and months locked without the printer."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from casework.models import Activity, Attendance, Attestation, AttestationMethod, Session
from core import jobs
from core.periods import Month
from reports.esf import actions, making, month_pdf
from reports.esf.calendar import load_calendar
from reports.esf.models import EsfVersion

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MARCH = Month(2017, 3)
# Of an age that nothing is to be said about, whoever else the tests have made.
BORN = date(1997, 5, 5)


def at_noon(text: str):
    """Travel to noon of a day."""
    return time_machine.travel(
        datetime.fromisoformat(text).replace(hour=12, tzinfo=STOCKHOLM), tick=False
    )


def attend(
    person, day: str, hours="3", *, signed: str | None = AttestationMethod.PAPER
) -> Attendance:
    """Put a person in a session of their own, for some hours; signed on paper unless told otherwise."""
    activity, _ = Activity.objects.get_or_create(name="Verkstad", kind="group")
    on = date.fromisoformat(day)
    session, _ = Session.objects.get_or_create(activity=activity, held_on=on)
    attestation = sign(person, signed) if signed else None
    return Attendance.objects.create(
        session=session,
        participant=person,
        held_on=on,
        hours=Decimal(hours),
        attestation=attestation,
    )


def sign(person, method=AttestationMethod.PAPER) -> Attestation:
    """Attest something, digitally with all that asks for."""
    facts = (
        {}
        if method == AttestationMethod.PAPER
        else {"text": "Jag intygar.", "rows_sha256": "0" * 64}
    )
    return Attestation.objects.create(participant=person, method=method, **facts)


def without_printing(monkeypatch) -> None:
    """Leave the PDF out where a test is about something else; it takes a second each time."""
    monkeypatch.setattr(month_pdf, "render", lambda *_, **__: b"%PDF-1.7 not printed here")


def lock_all(by) -> list[EsfVersion]:
    """Lock every open month at once, as the job does but without a job."""
    calendar = load_calendar(timezone.localdate())
    made = making.make(calendar, calendar.to_lock, None, made_by=by.name)
    return making.keep(made, by=by, at=timezone.now())


def done(job):
    """Run a job and return it as it became."""
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def again(by):
    """Make the chain anew, and return the job."""
    return done(actions.order_again(by=by))
