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
import os
import random
import tempfile
from datetime import timedelta
from decimal import Decimal

from benchmarks.key_figures import FIRST_DAY, enrol, make_people, measured


def make_register(participants: int, attendance: int, months: int) -> None:
    """Fill the database: people with numbers, one stay in ten a return, a third of the hours unsigned."""
    draw, days = random.Random(538), months * 30
    people = make_people(draw, participants)
    number_them(people)
    enrol(draw, people, participants * 11 // 10, days)
    attend(draw, people, attendance, days)


def number_them(people) -> None:
    """Give everybody a number of the test series."""
    from participants.models import NumberRecord, Participant
    from tests.cast import next_number

    for each in people:
        number = next_number(female=each.legal_gender == "F")
        each.birth_date = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
    Participant.objects.bulk_update(people, ["birth_date"], batch_size=500)
    NumberRecord.objects.bulk_create(
        NumberRecord(participant=each, number=_number_of(each)) for each in people
    )


def _number_of(person) -> str:
    from datetime import date

    from tests.cast import next_number

    return next_number(date.fromisoformat(person.birth_date), female=person.legal_gender == "F")


def attend(draw, people, count: int, days: int) -> None:
    """Draw who came when, several times a day; two thirds is attested, a paper for each month."""
    from casework.models import Activity, Attendance, Attestation, Session
    from core.periods import Month

    activity = Activity.objects.create(name="Prov", kind="group")
    a_day = count // (len(people) * days) + 1
    sessions = Session.objects.bulk_create(
        Session(activity=activity, held_on=FIRST_DAY + timedelta(days=place // a_day))
        for place in range(days * a_day)
    )
    picks = [
        divmod(pick, len(sessions)) for pick in draw.sample(range(len(people) * len(sessions)), count)
    ]
    months = {(person, Month.of(sessions[place].held_on)) for person, place in picks}
    keys = sorted(months)
    words = dict(
        zip(
            keys,
            Attestation.objects.bulk_create(
                Attestation(participant=people[person], method="paper") for person, _ in keys
            ),
            strict=True,
        )
    )
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=sessions[place],
                participant=people[person],
                held_on=sessions[place].held_on,
                hours=Decimal(draw.randrange(1, 9)) / 4,
                attestation=words[person, Month.of(sessions[place].held_on)]
                if draw.random() < 0.67
                else None,
            )
            for person, place in picks
        ),
        batch_size=5000,
    )
