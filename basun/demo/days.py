"""Days of the demo: work is done on working days, and nothing has happened in the future."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def working_day(day: date) -> date:
    """Return the day, or the Friday before it at a weekend."""
    return day - ONE_DAY * max(day.weekday() - SATURDAY + 1, 0)


def working_days_from(day: date, number: int) -> date:
    """Return the working day so many ahead, or back when less than zero."""
    step, left = (ONE_DAY if number > 0 else -ONE_DAY), abs(number)
    while left:
        day += step
        left -= day.weekday() < SATURDAY
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def in_office_hours(day: date, random: Random) -> datetime:
    """Return some moment between eight and four, on a quarter."""
    return at(day, random.randrange(8, 16), random.choice((0, 15, 30, 45)))
