#!/usr/bin/env python
"""Measure the ESF months on a large made-up register, and against asking the database anew for each month.

    .venv/bin/python -m benchmarks.esf_months [--participants 1000] [--attendance 200000] [--months 34]

On a SQLite database of its own, thrown away afterwards; with DATABASE_URL on that server, inside a
transaction that is rolled back. Prints JSON: seconds and queries for the calendar with every month locked,
for finding what a corrected start date moves, for the files of one month, and for the plain way of seeing
what must be sent again. Trust ratios within one run.
"""

import argparse
import json
import random
from collections import deque
from datetime import timedelta
from decimal import Decimal

from benchmarks.database import own_database, vendor
from benchmarks.key_figures import FIRST_DAY, enrol, make_people, measured

MOST_A_DAY = 4


def make_register(participants: int, attendance: int, months: int) -> None:
    """Fill the database: people with numbers, one in ten returns, a third of the hours are not signed."""
    draw, days = random.Random(538), months * 30
    people = make_people(draw, participants)
    number_them(people)
    enrol(draw, people, participants * 11 // 10, days)
    attend(draw, people, attendance, days)


def number_them(people: list) -> None:
    """Give everybody a number of the series kept for tests; nobody is born the same day."""
    from core.identity_numbers import parse
    from participants.models import NumberRecord, Participant
    from tests.cast import next_number

    numbers = [parse(next_number(female=each.legal_gender == "F")) for each in people]
    for each, number in zip(people, numbers, strict=True):
        each.birth_date = number.birth_date
    Participant.objects.bulk_update(people, ["birth_date"], batch_size=500)
    NumberRecord.objects.bulk_create(
        NumberRecord(participant=each, number=number.value)
        for each, number in zip(people, numbers, strict=True)
    )


def attend(draw, people: list, count: int, days: int) -> None:
    """Draw who came when, several times a day; two thirds is signed, on one paper a person and month.

    Only within their enrolments, so that every month passes the checks.
    """
    from casework.models import Activity, Attendance, Attestation, Session
    from core.periods import Month

    activities = Activity.objects.bulk_create(
        Activity(name=f"Prov {number}", kind="group") for number in range(MOST_A_DAY)
    )
    sessions = Session.objects.bulk_create(
        Session(activity=activity, held_on=FIRST_DAY + timedelta(days=day))
        for day in range(days)
        for activity in activities
    )
    by_day = {}
    for session in sessions:
        by_day.setdefault(session.held_on, []).append(session)
    places = [(person, day) for person, day in days_enrolled() if day in by_day]
    each_day, more = divmod(count, len(places))
    picks = [
        (person, session)
        for place, (person, day) in enumerate(places)
        for session in by_day[day][: each_day + (place < more)]
    ]
    keys = sorted({(person, Month.of(session.held_on)) for person, session in picks})
    papers = Attestation.objects.bulk_create(
        Attestation(participant_id=person, method="paper") for person, _ in keys
    )
    paper_of = dict(zip(keys, papers, strict=True))
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=session,
                participant_id=person,
                held_on=session.held_on,
                hours=Decimal(draw.randrange(1, 5)) / 4,
                attestation=paper_of[person, Month.of(session.held_on)]
                if draw.random() < 0.67
                else None,
            )
            for person, session in picks
        ),
        batch_size=5000,
    )


def days_enrolled() -> list[tuple]:
    """Return (person, day) for every day that somebody was enrolled."""
    from participants.models import Enrolment

    rows = Enrolment.objects.order_by("pk").values_list("participant_id", "starts_on", "ended_on")
    return [
        (person, start + timedelta(days=step))
        for person, start, end in rows
        for step in range((end - start).days + 1)
    ]


def lock_every_month(today) -> None:
    """Lock all months with their rows, and one small file in place of the three."""
    from django.utils import timezone

    from accounts.models import User
    from reports.esf import making
    from reports.esf.calendar import load_calendar
    from reports.esf.report import load_report

    by = User.objects.create_user(
        "prov@exempel.se", first_name="Prov", last_name="Ek", authority="kommun"
    )
    calendar = load_calendar(today)
    made = [
        making.Made(each, load_report(calendar, each.month), {"json": b"{}"}, 1, None)
        for each in calendar.to_lock
    ]
    making.keep(made, by=by, at=timezone.now())


def measure(today) -> dict:
    """Measure the calendar and one month's files; the plain way must find the same."""
    from django.db import connection

    from participants.models import Enrolment
    from reports.esf import making
    from reports.esf.calendar import load_calendar
    from reports.esf.report import load_report

    # The plain way asks more often than Django's log of queries is long.
    connection.queries_log = deque(maxlen=200_000)
    result = {}
    with measured(result, "calendar"):
        calendar = load_calendar(today)
    assert not calendar.chain
    first = Enrolment.objects.order_by("starts_on", "pk")[0]
    Enrolment.objects.filter(pk=first.pk).update(starts_on=first.starts_on - timedelta(days=1))
    with measured(result, "after_a_correction"):
        calendar = load_calendar(today)
    month = max(calendar.months, key=lambda each: each.now.participants.total).month
    with measured(result, "checks_of_a_month"):
        report = load_report(calendar, month)
    with measured(result, "files_of_a_month"):
        files = making.files_of(report, None, "Prov")
    result["rows_of_the_month"] = len(report.now.rows)
    result["bytes"] = {format: len(content) for format, content in files.items()}
    with measured(result, "asking_each_month"):
        plain = [each for each in calendar.months if each.version and has_moved(each.version)]
    assert [each.month for each in plain] == [each.month for each in calendar.chain if each.changes]
    result["ratio"] = round(
        result["asking_each_month"]["seconds"] / result["after_a_correction"]["seconds"], 1
    )
    return result


def has_moved(version) -> bool:
    """Say the plain way whether a month differs from its rows: person by person, with a sum for each."""
    from django.db.models import Sum

    from casework.models import Attendance, EsfProject
    from participants.models import Participant
    from reports.esf.facts import HUNDREDTH, NOTHING

    month, projects = version.period, list(EsfProject.objects.all())
    found = {}
    for person in Participant.objects.prefetch_related(
        "number_records", "enrolments", "protections"
    ):
        stays = sorted(person.enrolments.all(), key=lambda each: each.starts_on)
        begun = [each for each in stays if each.starts_on <= month.last]
        is_open = any(each.ended_on is None or each.ended_on > month.last for each in begun)
        end = None if is_open or not begun else max(each.ended_on for each in begun)
        rows = Attendance.objects.counting(projects).filter(
            participant=person, held_on__range=(month.first, month.last)
        )
        hours = (rows.aggregate(sum=Sum("hours"))["sum"] or NOTHING).quantize(HUNDREDTH)
        starts = stays and stays[0].starts_on in month.period
        if starts or hours or (end and end in month.period):
            found[person.pk] = (person.formatted_number, stays[0].starts_on, end, hours)
    frozen = {
        row.participant_id: (row.number, row.starts_on, row.ended_on, row.hours)
        for row in version.rows.all()
    }
    return found != frozen


def main() -> None:
    """Read the arguments, make the register, print the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--participants", type=int, default=1_000)
    words.add_argument("--attendance", type=int, default=200_000)
    words.add_argument("--months", type=int, default=34)
    given = words.parse_args()
    today = FIRST_DAY + timedelta(days=given.months * 31)
    with own_database() as made:
        make_register(given.participants, given.attendance, given.months)
        lock_every_month(today)
        made()
        result = {"database": vendor(), **vars(given), **measure(today)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
