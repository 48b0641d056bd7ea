"""Links and unsigned hours, so that the pages about signing have somebody to show."""

from datetime import timedelta

from django.utils import timezone

from casework.models import Activity, Attendance, Channel, Session, SigningLink

# The participant's own page shows nobody by name, and logs the one whose rows they are:
# tests/casework/test_signing_public.py.
ELSEWHERE = {"signing:public"}


def build(world):
    """Give everybody old hours to sign, and two of them a link with an objection."""
    day = timezone.localdate() - timedelta(days=10)
    activity = Activity.objects.create(name="Studiebesök", kind="group")
    session = Session.objects.create(activity=activity, held_on=day)
    people = [world.mine, world.other, world.hidden, world.protected, world.closed, world.left]
    for person in people:
        Attendance.objects.create(session=session, participant=person, held_on=day, hours=3)
    world.signing_links = [_link(person) for person in (world.mine, world.hidden, world.protected)]


def _link(person):
    now = timezone.now()
    return SigningLink.objects.create(
        participant=person,
        channel=Channel.SMS,
        expires_at=now + timedelta(hours=1),
        sent_at=now,
        disputed_at=now,
        dispute="Jag var inte där.",
    )


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    links = [{"pk": link.pk} for link in world.signing_links]
    return {
        "signing:link_status": links,
        "signing:cancel": links,
        "signing:objection_seen": links,
    }
