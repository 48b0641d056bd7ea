"""A day as people write it: fredag, i morgon, om två veckor, nästa vecka, v. 49, 12/12, 12 december, 2026-12-12. Pure.

A week means its Friday. A day never lies in the past; what may mean two days is asked about.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from core.swedish import MONTHS, WEEKDAYS, long_day
from core.text import fold

FRIDAY = 4
# Longer away than this is next to surely a slip of the finger.
FARTHEST = timedelta(days=730)
# A day without a year that has just been is not meant for the year to come.
HALF_A_YEAR = timedelta(days=183)
MOST_WORDS = 7
SHORT_DAYS = {"mån": 0, "tis": 1, "ons": 2, "tors": 3, "fre": 4, "lör": 5, "sön": 6}
DAYS = {name: number for number, name in enumerate(WEEKDAYS)} | SHORT_DAYS
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "en två tre fyra fem sex sju åtta nio tio elva tolv".split(), start=1
    )
} | {"ett": 1}
NEAR = {"i dag": 0, "idag": 0, "i morgon": 1, "imorgon": 1, "i övermorgon": 2, "övermorgon": 2}
THIS_WEEK = {"den här veckan", "denna vecka", "i veckan"}

BEFORE = re.compile(r"^(?:(före|innan)|senast|till|på|nu|den) ")
SPAN = re.compile(r"^om (\d{1,2}|[a-zåäö]+) (dag|dagar|vecka|veckor|månad|månader)$")
WEEK = re.compile(r"^(?:v\.?|vecka) ?(\d{1,2})(?: (\d{4}))?$")
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
SLASH = re.compile(r"^(\d{1,2})/(\d{1,2})(?:[ /-](\d{4}))?$")
MONTH = re.compile(r"^(\d{1,2})(?:[:.]?[ea])? ([a-zåäö]{3,9})\.?(?: (\d{4}))?$")
NEXT = re.compile(r"^nästa ([a-zåäö]+)$")


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask; each choice is (words, the whole line that says it plainly)."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()

    class Asked(Exception):  # noqa: N818  (no error: a question on its way out)
        """Raised inside, caught by whoever reads a whole line."""

        def __init__(self, text: str, choices=()):
            super().__init__(text)
            self.question = Question(text, tuple(choices))


class Unclear(Exception):  # noqa: N818  (as above)
    """A day that can't be, or may be one of several; `phrase` is how it was written."""

    def __init__(self, text: str, *choices: date):
        super().__init__(text)
        self.text, self.choices, self.phrase = text, choices, ""


@dataclass(frozen=True, slots=True)
class Found:
    """A day, and the words that said it."""

    on: date
    phrase: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and whether it stands for its whole week."""

    on: date
    is_week: bool = False


def split(text: str, today: date) -> tuple[str, Found | None, str]:
    """Return what stands before a day, the day, and what stands after it; a day stands last, else first.

    Raises Unclear for a day that can't be or may be several.
    """
    words = text.split(" ")
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if found := _found(words[-count:], today):
            return " ".join(words[:-count]), found, ""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if found := _found(words[:count], today):
            return "", found, " ".join(words[count:])
    return text, None, ""


def _found(words: list[str], today: date) -> Found | None:
    phrase = " ".join(words)
    try:
        day = _day(fold(phrase).rstrip(".,;:!"), today)
        if day is None:
            return None
        return Found(_possible(day.on, today), phrase)
    except Unclear as unclear:
        unclear.phrase = phrase
        raise


def _possible(day: date, today: date) -> date:
    if day < today:
        raise Unclear(f"{long_day(day).capitalize()} har redan varit. Skriv en dag från i dag.")
    if day > today + FARTHEST:
        raise Unclear(f"{day} ligger mer än två år bort. Skriv en närmare dag.")
    return day


def _day(words: str, today: date) -> Day | None:
    earlier = False
    while match := BEFORE.match(words):
        if words in THIS_WEEK:
            break
        words, earlier = words[match.end() :], earlier or bool(match.group(1))
    day = _plain(words, today) or _weekday_in(words, today)
    if day is None or not earlier or day.on <= today:
        return day
    return Day(day.on - timedelta(days=1))


def _plain(words: str, today: date) -> Day | None:
    if words in NEAR:
        return Day(today + timedelta(days=NEAR[words]))
    if words in DAYS:
        return Day(_coming(DAYS[words], today))
    if words in THIS_WEEK:
        return Day(_last_of_week(today, today), True)
    if words == "nästa vecka":
        return Day(_in_week(today + timedelta(weeks=1), FRIDAY), True)
    for pattern, read in READERS:
        if match := pattern.match(words):
            return read(match, today)
    return None


def _coming(weekday: int, today: date) -> date:
    """The next day of that name; on the day itself it is asked which."""
    ahead = (weekday - today.weekday()) % 7
    if ahead:
        return today + timedelta(days=ahead)
    raise Unclear(
        f"I dag är det {WEEKDAYS[weekday]}. Vilken dag menar du?", today, today + timedelta(weeks=1)
    )


def _in_week(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - day.weekday())


def _last_of_week(day: date, today: date) -> date:
    """The Friday of a day's week; once it has been, the Sunday."""
    friday = _in_week(day, FRIDAY)
    return friday if friday >= today else _in_week(day, 6)


def _weekday_in(words: str, today: date) -> Day | None:
    """Read "tisdag nästa vecka", "fredag v. 49", "fredag 27 november", and "nästa vecka tisdag"."""
    first, _, rest = words.partition(" ")
    if first not in DAYS:
        rest, _, first = words.rpartition(" ")
    if first not in DAYS or not rest:
        return None
    day = _plain(rest.removeprefix("den ").removeprefix("i "), today)
    if day is None:
        return None
    if day.is_week:
        return Day(_in_week(day.on, DAYS[first]))
    if day.on.weekday() != DAYS[first]:
        near = _in_week(day.on, DAYS[first])
        choices = {day.on, near} if near >= today else {day.on}
        raise Unclear(
            f"{long_day(day.on).capitalize()}: det är ingen {WEEKDAYS[DAYS[first]]}. Vilken dag menar du?",
            *sorted(choices),
        )
    return day


def _span(match, today: date) -> Day | None:
    number, unit = match.groups()
    count = int(number) if number.isdigit() else NUMBERS.get(number)
    if not count:
        return None
    if unit.startswith("dag"):
        return Day(today + timedelta(days=count))
    if unit.startswith("vecka") or unit == "veckor":
        return Day(today + timedelta(weeks=count), True)
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    return Day(date(year, month, min(today.day, monthrange(year, month)[1])))


def _week(match, today: date) -> Day:
    number, year = int(match.group(1)), match.group(2)
    years = [int(year)] if year else [today.isocalendar().year, today.isocalendar().year + 1]
    for each in years:
        friday = _friday(each, number)
        if friday is None:
            continue
        day = _last_of_week(friday, today)
        if day >= today and (year or each == years[0] or day - today <= HALF_A_YEAR):
            return Day(day, True)
    if all(_friday(each, number) is None for each in years):
        raise Unclear(f"Det finns ingen vecka {number}. Skriv en annan vecka eller ett datum.")
    raise Unclear(f"Vecka {number} har redan varit. Skriv en annan vecka eller ett datum.")


def _friday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, FRIDAY + 1)
    except ValueError:
        return None


def _iso(match, today: date) -> Day:
    year, month, day = map(int, match.groups())
    return Day(_exact(year, month, day, match.group()))


def _slash(match, today: date) -> Day | None:
    day, month, year = match.groups()
    if not 1 <= int(month) <= 12:
        return None
    return Day(_of_year(int(day), int(month), year, match.group(), today))


def _month(match, today: date) -> Day | None:
    day, name, year = match.groups()
    if name not in MONTH_NUMBERS:
        return None
    return Day(_of_year(int(day), MONTH_NUMBERS[name], year, match.group(), today))


def _of_year(day: int, month: int, year: str | None, words: str, today: date) -> date:
    """Return the day of that year; without one, this year's, or next year's when that is nearer."""
    if year:
        return _exact(int(year), month, day, words)
    if (month, day) == (2, 29):
        ahead = (_or_none(today.year + more, 2, 29) for more in range(9))
        found = next(each for each in ahead if each and each >= today)
    else:
        found = _exact(today.year, month, day, words)
        if found >= today:
            return found
        found = date(today.year + 1, month, day)
    if found - today <= HALF_A_YEAR:
        return found
    raise Unclear(f"{words} har redan varit i år. Menar du {found}?", found)


def _exact(year: int, month: int, day: int, words: str) -> date:
    found = _or_none(year, month, day)
    if found is None:
        raise Unclear(f"Dagen {words} finns inte. Kontrollera datumet.")
    return found


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next(match, today: date) -> Day | None:
    """Read "nästa fredag": people mean the coming one, or that of next week."""
    if match.group(1) not in DAYS:
        return None
    weekday = DAYS[match.group(1)]
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    of_next_week = _in_week(today + timedelta(weeks=1), weekday)
    if coming == of_next_week:
        return Day(coming)
    raise Unclear(f"Vilken {WEEKDAYS[weekday]} menar du?", coming, of_next_week)


READERS = (
    (SPAN, _span), (WEEK, _week), (ISO, _iso), (SLASH, _slash), (MONTH, _month), (NEXT, _next),
)  # fmt: skip
