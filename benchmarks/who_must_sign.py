#!/usr/bin/env python
"""Measure who must still sign on a large made-up register, and against asking anew for each person.

    .venv/bin/python -m benchmarks.who_must_sign [--people 1000] [--attendance 200000] [--months 36]

On a SQLite database of its own, thrown away afterwards; with DATABASE_URL on that server, inside a
transaction that is rolled back. A third of the hours are not attested. Prints JSON: seconds and queries
for the rows, for the whole page as a project lead opens it, and for the plain way of asking once for
every person. Trust ratios within one run.
"""

import argparse
import json
import random
import time
from datetime import timedelta
from decimal import Decimal

from benchmarks.database import own_database, vendor
from benchmarks.key_figures import FIRST_DAY, attend, enrol, make_people, measured


def make_register(people: int, attendance: int, months: int):
    """Fill the database, give everybody who is enrolled a main contact, and return the project lead."""
    from accounts.models import User
    from accounts.roles import Authority, Role
    from participants.enums import Function
    from participants.models import Assignment

    draw, days = random.Random(489), months * 30
    lead, *pedagogues = (
        User.objects.create_user(
            f"{number}@prov.se", None, roles=[role], first_name="Prov", last_name=str(number),
            authority=Authority.MUNICIPALITY,
        )
        for number, role in enumerate([Role.PROJECT_LEAD] + [Role.PEDAGOGUE] * 20)
    )  # fmt: skip
    everybody = make_people(draw, people)
    Assignment.objects.bulk_create(
        Assignment(
            enrolment=each,
            function=Function.MAIN_CONTACT,
            user=draw.choice(pedagogues),
            starts_on=each.starts_on,
        )
        for each in enrol(draw, everybody, people, days)
    )
    attend(draw, everybody, attendance, days)
    return lead


def measure(lead, months: int) -> dict:
    """Ask the way the system does and the plain way; they must agree."""
    from django.test import Client

    from casework.signing import missing

    day, result = FIRST_DAY + timedelta(days=months * 30 + 40), {}
    missing.rows_for(lead, day)  # Python's own first time is not the system's.
    with measured(result, "rows"):
        rows = missing.rows_for(lead, day)
    with measured(result, "totals_and_groups"):
        missing.totals(rows, day), missing.by_contact(rows)
    client = Client(headers={"host": "localhost"})
    client.force_login(lead)
    client.get("/underskrifter/")
    with measured(result, "page"):
        answer = client.get("/underskrifter/")
    assert answer.status_code == 200
    with measured(result, "asking_for_each_person"):
        plain = ask_each(lead, day)
    assert plain == {row.participant_id: (row.hours, row.oldest) for row in rows}
    result["people_who_must_sign"] = len(rows)
    result["ratio"] = round(
        result["asking_for_each_person"]["seconds"] / result["rows"]["seconds"], 1
    )
    return result


def ask_each(lead, day) -> dict:
    """The plain way: every person's unsigned rows, person by person."""
    from casework.models import Attendance
    from casework.signing.when import last_sunday
    from participants.enums import Category
    from participants.models import Participant

    found = {}
    for person in Participant.objects.visible_to(lead, Category.ATTENDANCE).for_list():
        rows = Attendance.objects.unattested().filter(
            participant=person, held_on__lte=last_sunday(day)
        )
        if rows := list(rows.order_by("held_on")):
            found[person.pk] = sum((row.hours for row in rows), Decimal(0)), rows[0].held_on
    return found


def main() -> None:
    """Read the arguments, make the register, print the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=1000)
    words.add_argument("--attendance", type=int, default=200_000)
    words.add_argument("--months", type=int, default=36)
    given = words.parse_args()
    start = time.perf_counter()
    with own_database() as made:
        lead = make_register(given.people, given.attendance, given.months)
        made()
        seconds = round(time.perf_counter() - start, 1)
        result = {"database": vendor(), **vars(given), "seconds_to_make": seconds}
        result |= measure(lead, given.months)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
