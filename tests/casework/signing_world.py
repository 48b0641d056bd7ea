"""What the tests of signing have in common: hours to sign, a link in hand, a job that is run."""

from datetime import timedelta

from django.utils import timezone

from casework.attest import attest, offer_for, rows_to_sign
from casework.models import Activity, Attendance, AttestationMethod, Session
from casework.signing import links
from casework.signing.when import last_sunday
from core import jobs

PHONE = "070-174 06 05"


def today():
    return timezone.localdate()


def came(person, days_ago=0, hours=3, activity="CV-verkstad"):
    """Let a person have been there, so many days before the end of last week."""
    day = last_sunday(today()) - timedelta(days=days_ago)
    found, _ = Activity.objects.get_or_create(name=activity, kind="group")
    session, _ = Session.objects.get_or_create(activity=found, held_on=day)
    return Attendance.objects.create(session=session, participant=person, held_on=day, hours=hours)


def sign_on_screen(person, by):
    """Sign everything on the tablet."""
    offer = offer_for(rows_to_sign(person))
    return attest(
        participant=person,
        row_ids=offer.row_ids,
        shown_sha256=offer.sha256,
        method=AttestationMethod.DRAWN,
        by=by,
        strokes=[[[0.1, 0.1], [0.5, 0.2]]],
    )


def sent(link):
    """Run the link's job and return the link as it then is."""
    jobs.run(link.job_id)
    link.refresh_from_db()
    return link


def qr(person, by, language="sv"):
    """Return a QR link's address path, as a phone opens it."""
    made = links.make_qr(participant=person, by=by, language=language)
    return made, f"/u/{made.token}/"
