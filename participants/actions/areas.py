"""Where in the municipality a person lives, period by period."""

from datetime import date, timedelta

from django.db import transaction

from participants import access_log
from participants.enums import Area
from participants.errors import Refused, refusing
from participants.models import AreaPeriod, Participant


@transaction.atomic
def move_area(*, participant: Participant, area: Area | str, from_day: date, by) -> AreaPeriod:
    """Let the person live in an area from a day on; the period before it ends the day before.

    From the same day as the present period it corrects that one.
    """
    current = participant.area_periods.select_for_update().filter(ends_on=None).first()
    if current and current.starts_on > from_day:
        raise Refused(
            f"Den nuvarande kommundelen gäller från {current.starts_on}. Ange den dagen eller en senare."
        )
    if current and current.starts_on == from_day:
        current.area = area
        current.save(update_fields=["area"])
        access_log.changed(participant, by=by, what="correct_area")
        return current
    if current:
        current.ends_on = from_day - timedelta(days=1)
        current.save(update_fields=["ends_on"])
    overlap = Refused("Det finns redan en kommundel för den dagen. Välj en senare dag.")
    with refusing(overlap, "area_no_overlap"):
        period = AreaPeriod.objects.create(participant=participant, area=area, starts_on=from_day)
    access_log.changed(participant, by=by, what="move_area")
    return period
