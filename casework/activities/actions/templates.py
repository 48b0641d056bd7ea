"""A whole course from a template, such as the eight weeks of 7TJUGO."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from casework.activities.actions.activities import make_activity
from casework.activities.actions.sessions import Occasion, make_series
from casework.activities.calendar import NOTHING, Without, why_skipped
from casework.models import Activity, ActivityTemplate
from participants.errors import Refused


def occasions_of(
    template: ActivityTemplate, first_monday: date, weeks: int, without: Without = NOTHING
) -> list[Occasion]:
    """Return the template's sessions laid out from a Monday, those that are skipped too. One query."""
    return [
        _occasion(each, first_monday + timedelta(weeks=each.week - 1, days=each.weekday), without)
        for each in template.sessions.filter(week__lte=weeks)
    ]


def _occasion(planned, day, without) -> Occasion:
    return Occasion(
        held_on=day,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        planned_hours=planned.planned_hours,
        theme=planned.theme,
        skipped=why_skipped(day, without),
    )


@transaction.atomic
def make_from_template(
    *,
    template: ActivityTemplate,
    name: str,
    first_monday: date,
    weeks: int,
    leaders: Iterable,
    by,
    place: str = "",
    capacity: int | None = None,
    without: Without = NOTHING,
    keep: Collection[str] | None = None,
) -> Activity:
    """Make an activity with the template's sessions; `keep`, if given, names the occasions to make.

    Without a capacity the template's holds.
    """
    if first_monday.weekday():
        raise Refused("Kursen börjar på en måndag. Välj en måndag.")
    activity = make_activity(
        name=name,
        kind=template.kind,
        type=template.type,
        description=template.description,
        place=place or template.place,
        capacity=capacity or template.capacity,
        leaders=leaders,
        by=by,
    )
    occasions = occasions_of(template, first_monday, weeks, without)
    if keep is not None:
        occasions = [each for each in occasions if each.key in keep]
    make_series(activity=activity, occasions=occasions, by=by)
    return activity
