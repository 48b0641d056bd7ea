"""What other parts read of measures."""

from datetime import date

from casework.models import Intervention


def going_on(participants, user, day: date) -> dict[int, list[Intervention]]:
    """The measures that go on for each person, those the user may read, the newest first. One query."""
    ids = [getattr(each, "pk", each) for each in participants]
    rows = Intervention.objects.visible_to(user).going_on(day).filter(participant__in=ids)
    found: dict[int, list[Intervention]] = {}
    for row in rows.select_related("staff"):
        found.setdefault(row.participant_id, []).append(row)
    return found
