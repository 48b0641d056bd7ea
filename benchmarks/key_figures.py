#!/usr/bin/env python
"""Measure the key figures on a large made-up register, and against asking anew for each month.

    .venv/bin/python -m benchmarks.key_figures [--enrolments 10000] [--attendance 200000] [--months 36]

On a SQLite database of its own, thrown away afterwards; with DATABASE_URL on that server, inside a
transaction that is rolled back. Prints JSON: seconds and queries for reading the facts, for the period
and its months, for a whole page, and for the plain way of reading the facts once for every month.
Trust ratios within one run.
"""

import argparse
import json
import random
import time
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.database import own_database, vendor

FIRST_DAY = date(2016, 10, 1)


def make_register(enrolments: int, attendance: int, months: int) -> None:
    """Fill the database: one person in ten returns once, a third of the hours are not attested."""
    draw, days = random.Random(489), months * 30
    people = make_people(draw, enrolments * 10 // 11)
    refer(draw, enrol(draw, people, enrolments, days))
    attend(draw, people, attendance, days)


def make_people(draw, count: int, first: int = 0) -> list:
    """Make people who live somewhere, numbered from `first`."""
    from participants.enums import Area
    from participants.models import AreaPeriod, Participant

    people = Participant.objects.bulk_create(
        Participant(
            code=f"X-{number:06d}",
            first_name="Prov",
            last_name=f"{number}",
            birth_date=date(2000, 1, 1),
            legal_gender=draw.choice("FM"),
        )
        for number in range(first, first + count)
    )
    AreaPeriod.objects.bulk_create(
        AreaPeriod(participant=each, area=draw.choice(list(Area)), starts_on=date(2010, 1, 1))
        for each in people
    )
    return people


def enrol(draw, people: list, count: int, days: int) -> list:
    """Enrol everybody once, and the first ones again after their first stay."""
    from django.utils import timezone

    from participants.enums import ExitReason
    from participants.models import Enrolment

    spells, ended = [], {}
    for place in range(count):
        person = people[place % len(people)]
        earliest = ended.get(person.pk, FIRST_DAY)
        start = earliest + timedelta(days=1 + draw.randrange(days // 2))
        ended[person.pk] = start + timedelta(days=draw.randrange(1, 180))
        spells.append(
            Enrolment(
                participant=person,
                starts_on=start,
                planned_end_on=start + timedelta(days=182),
                ended_on=ended[person.pk],
                exit_reason=draw.choice(list(ExitReason)),
                exited_at=timezone.now(),
            )
        )
    return Enrolment.objects.bulk_create(spells)


def refer(draw, spells: list) -> None:
    """Give every enrolment a referral and a planning meeting."""
    from django.utils import timezone

    from casework.models import PlanningMeeting
    from referrals.models import Referral, ReferringBody

    bodies = list(ReferringBody.objects.all())
    Referral.objects.bulk_create(
        Referral(
            participant=each.participant,
            body=draw.choice(bodies),
            referred_on=each.starts_on - timedelta(days=draw.randrange(60)),
            status="accepted",
            decided_at=timezone.now(),
            enrolment=each,
        )
        for each in spells
    )
    PlanningMeeting.objects.bulk_create(
        PlanningMeeting(enrolment=each, held_on=each.starts_on) for each in spells
    )


def attend(draw, people: list, count: int, days: int, name: str = "Prov") -> None:
    """Draw who came when; two thirds of it is attested."""
    from casework.models import Activity, Attendance, Attestation, Session

    activity = Activity.objects.create(name=name, kind="group")
    sessions = Session.objects.bulk_create(
        Session(activity=activity, held_on=FIRST_DAY + timedelta(days=day)) for day in range(days)
    )
    words = Attestation.objects.bulk_create(
        Attestation(participant=each, method="paper") for each in people
    )
    picks = (divmod(pick, days) for pick in draw.sample(range(len(people) * days), count))
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=sessions[day],
                participant=people[person],
                held_on=sessions[day].held_on,
                hours=Decimal(draw.randrange(1, 33)) / 4,
                attestation=words[person] if draw.random() < 0.67 else None,
            )
            for person, day in picks
        ),
        batch_size=5000,
    )


@contextmanager
def measured(result: dict, name: str):
    """Add the seconds and the queries of a block to the result."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        yield
        seconds = time.perf_counter() - start
    result[name] = {"seconds": round(seconds, 3), "queries": len(queries)}


def measure(months: int) -> dict:
    """Compute the figures the way the system does and the plain way; they must agree."""
    from core.periods import Month, Period
    from reports.facts import everybody, load_facts
    from reports.key_figures import key_figures, month_series
    from reports.overview import load_overview

    start = Month.of(FIRST_DAY)
    period, result = Period(start, start + (months - 1)), {}
    with measured(result, "facts"):
        facts = load_facts(everybody(), period)
    with measured(result, "period"):
        key_figures(facts, period)
    with measured(result, "months"):
        series = month_series(facts, period)
    with measured(result, "page"):
        load_overview(everybody(), period)
    with measured(result, "asking_each_month"):
        plain = tuple(
            key_figures(load_facts(everybody(), each.period), each.period)
            for each in period.months()
        )
    assert plain == series
    once = result["facts"]["seconds"] + result["months"]["seconds"]
    result["ratio"] = round(result["asking_each_month"]["seconds"] / once, 1)
    return result


def main() -> None:
    """Read the arguments, make the register, print the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--enrolments", type=int, default=10_000)
    words.add_argument("--attendance", type=int, default=200_000)
    words.add_argument("--months", type=int, default=36)
    given = words.parse_args()
    with own_database() as made:
        make_register(given.enrolments, given.attendance, given.months)
        made()
        result = {"database": vendor(), **vars(given), **measure(given.months)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
