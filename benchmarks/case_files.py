#!/usr/bin/env python
"""Measure the case files of many people with many notes each, and that no page asks once for each person.

    .venv/bin/python -m benchmarks.case_files [--people 10000] [--notes 50] [--few 100] [--slow 3]

On a SQLite database of its own, thrown away afterwards; with DATABASE_URL on that server, inside a
transaction that is rolled back. Everybody is enrolled, with contact, officer, consents, a plan, two tasks
and some hours. Each page is opened twice and the second time counts: first with `--few` people, then with
all; the number of queries must be the same. Prints JSON; `--slow` tells the slowest queries of each with
their plans. On a busy machine
read `processor`, the seconds this program itself was at work. Trust ratios within one run.
"""

import argparse
import json
import random
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

from benchmarks.database import own_database, vendor
from benchmarks.key_figures import attend, make_people

PEDAGOGUES, OFFICERS, CASELOAD = 200, 100, 50
# The hours are of the first days of the register, long ago: everybody lacks signatures.
HOURS_EACH, DAYS = 5, 300
SAMPLE = 100
ATTEMPTS = 2
WORD, RARE = "provdagen", "giraffen"
SAID = (
    "Pratade om provdagen och vad som är lätt och svårt just nu.",
    "Ringde, fick svar direkt, vi bestämde en ny tid.",
    "Gick igenom planen steg för steg; två av fyra är gjorda.",
    "Kom inte i dag. Skickade sms och fick svar på kvällen.",
    "Möte med vården på egen begäran, ett bra samtal om kommande veckor.",
)


class World:
    """Staff, and the people that are there so far."""

    def __init__(self, notes: int):
        from django.utils import timezone

        from accounts.roles import Authority, Role

        self.notes, self.draw = notes, random.Random(490)
        self.today, self.now = timezone.localdate(), timezone.now()
        self.lead = make_user(0, Role.PROJECT_LEAD, Authority.MUNICIPALITY)
        self.pedagogues = [
            make_user(1000 + each, Role.PEDAGOGUE, Authority.MUNICIPALITY)
            for each in range(PEDAGOGUES)
        ]
        self.officers = [
            make_user(2000 + each, Role.EMPLOYMENT_OFFICER, Authority.EMPLOYMENT_SERVICE)
            for each in range(OFFICERS)
        ]
        self.people = []

    def grow(self, count: int) -> None:
        """Add people until there are so many."""
        from participants.models import Participant

        known = len(self.people)
        new = make_people(self.draw, count - known, first=known) if count > known else []
        self.people += new
        for person in new:
            person.set_derived()
        Participant.objects.bulk_update(new, ["search_name", "sort_name"], batch_size=500)
        enrolments = self._enrol(new)
        self._plan(enrolments)
        self._note(enrolments)
        self._give_tasks(new)
        attend(self.draw, new, HOURS_EACH * len(new), DAYS, name=f"Prov {count}")

    def contact(self, place: int):
        """Return whose person it is: fifty each, so that few or many are alike for the first."""
        return self.pedagogues[place // CASELOAD % PEDAGOGUES]

    def _enrol(self, people):
        from accounts.roles import Authority
        from participants.enums import Category, Function
        from participants.models import Assignment, Consent, Enrolment

        enrolments = Enrolment.objects.bulk_create(
            Enrolment(
                participant=person,
                starts_on=self.today - timedelta(days=self.draw.randrange(5, 300)),
                planned_end_on=self.today + timedelta(days=self.draw.randrange(5, 180)),
            )
            for person in people
        )
        places = {person.pk: place for place, person in enumerate(self.people)}
        Assignment.objects.bulk_create(
            Assignment(enrolment=each, function=function, user=user, starts_on=each.starts_on)
            for each in enrolments
            for function, user in (
                (Function.MAIN_CONTACT, self.contact(places[each.participant_id])),
                (Function.EMPLOYMENT_OFFICER, self.officers[each.participant_id % OFFICERS]),
            )
        )
        Consent.objects.bulk_create(
            Consent(
                participant=person,
                authority=Authority.EMPLOYMENT_SERVICE,
                category=category,
                text="Ja.",
                given_on=self.today,
                source="prov",
            )
            for person in people
            for category in Category
            if person.pk % 10
        )
        return enrolments

    def _plan(self, enrolments) -> None:
        from casework.models import PlanningMeeting, PlanStatus, PlanVersion
        from casework.models.plans import Plan
        from casework.plans.content import EMPTY, sha256_of

        met = [each for each in enrolments if each.participant_id % 8]
        PlanningMeeting.objects.bulk_create(
            PlanningMeeting(enrolment=each, held_on=each.starts_on + timedelta(days=4))
            for each in met
        )
        plans = Plan.objects.bulk_create(
            Plan(
                enrolment=each,
                created_by=self.lead,
                review_on=self.today + timedelta(days=self.draw.randrange(-20, 60)),
            )
            for each in met
        )
        PlanVersion.objects.bulk_create(
            PlanVersion(
                plan=each,
                number=1,
                status=PlanStatus.AGREED,
                content=EMPTY,
                sha256=sha256_of(EMPTY),
                parties=["participant"],
                review_on=each.review_on,
                proposed_by=self.lead,
                agreed_at=self.now - timedelta(days=1),
            )
            for each in plans
        )

    def _note(self, enrolments) -> None:
        """Notes from the first day to the latest; the first one of every fifth person holds the rare word."""
        from casework.models import CaseNote
        from core.text import fold

        batch = []
        first = len(self.people) - len(enrolments)
        for place, enrolment in enumerate(enrolments, start=first):
            by = self.contact(place)
            days = (self.today - enrolment.starts_on).days
            for number in range(self.notes):
                text = f"{self.draw.choice(SAID)} {self.draw.choice(SAID)} Nummer {number}."
                text += f" Såg {RARE}." if place % 5 == number == 0 else ""
                batch.append(
                    CaseNote(
                        participant_id=enrolment.participant_id,
                        enrolment=enrolment,
                        author=by,
                        author_authority=by.authority,
                        happened_at=self.now - timedelta(days=1 + days * number / self.notes),
                        channel="meeting",
                        kind="planning",
                        with_whom=["participant"],
                        with_participant=True,
                        text=text,
                        search_text=fold(text),
                    )
                )
            if len(batch) > 20_000:
                CaseNote.objects.bulk_create(batch, batch_size=2000)
                batch = []
        CaseNote.objects.bulk_create(batch, batch_size=2000)

    def _give_tasks(self, people) -> None:
        from casework.models import Task

        first = len(self.people) - len(people)
        Task.objects.bulk_create(
            Task(
                participant=person,
                text="Ring och fråga hur det gick",
                assigned_to=self.contact(first + place),
                due_on=self.today + timedelta(days=self.draw.randrange(-5, 20)),
                **(
                    {"status": "done", "closed_at": self.now, "closed_by": self.lead}
                    if done
                    else {}
                ),
            )
            for place, person in enumerate(people)
            for done in (False, True)
        )


def make_user(number: int, role, authority):
    """Create somebody who works here."""
    from accounts.models import User

    return User.objects.create_user(
        f"{number}@prov.se", None, roles=[role], first_name="Prov", last_name=str(number),
        authority=authority,
    )  # fmt: skip


class Measured:
    """Seconds, seconds of this processor, and queries by name; tells the slowest queries when asked to."""

    def __init__(self, slow: int):
        self.slow, self.result = slow, {}

    @contextmanager
    def __call__(self, name: str):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            start, processor = time.perf_counter(), time.process_time()
            yield
            seconds, processor = time.perf_counter() - start, time.process_time() - processor
        facts = {"seconds": round(seconds, 3), "processor": round(processor, 3)}
        self.result[name] = facts | {"queries": len(queries)}
        slowest = sorted(queries, key=lambda each: -float(each["time"]))[: self.slow]
        for each in slowest:
            print(f"{name}: {each['time']} s\n{each['sql'][:3000]}\n", file=sys.stderr)


def measure(world: World, slow: int, weeks: int) -> dict:
    """Open every page twice and make an agenda; `weeks` ahead, so that each size has a review of its own."""
    from django.test import Client

    from casework.models import Review
    from casework.review import agenda

    measured = Measured(slow)
    pedagogue, person = world.contact(0), world.people[0]
    review = Review.objects.create(held_on=world.today + timedelta(weeks=weeks), made_by=world.lead)
    with measured("agenda_made"):
        agenda.make(review=review, by=world.lead)
    clients = {}
    for user in (pedagogue, world.lead, world.officers[person.pk % OFFICERS]):
        clients[user] = Client(headers={"host": "localhost"})
        clients[user].force_login(user)
    pages = {
        "person": (pedagogue, f"/deltagare/{person.pk}/"),
        "notes_of_a_person": (pedagogue, f"/deltagare/{person.pk}/anteckningar/"),
        "notes_as_officer": (
            world.officers[person.pk % OFFICERS],
            f"/deltagare/{person.pk}/anteckningar/",
        ),
        "search_common_word": (pedagogue, WORD),
        "search_rare_word": (pedagogue, RARE),
        "search_as_officer": (world.officers[person.pk % OFFICERS], RARE),
        "tasks": (pedagogue, "/uppgifter/"),
        "home": (pedagogue, "/"),
        "home_of_lead": (world.lead, "/"),
        "agenda_shown": (world.lead, review.get_absolute_url()),
    }
    for name, (user, address) in pages.items():
        if not address.startswith("/"):
            address = clients[user].post("/anteckningar/", {"q": address})["Location"]
        for _ in range(ATTEMPTS):
            with measured(name):
                answer = clients[user].get(address)
            assert answer.status_code == 200, (name, answer.status_code)
    measured.result["on_the_agenda"] = review.items.count()
    return measured.result


def one_at_a_time(world: World, slow: int) -> dict:
    """Ask for the reasons of a sample together, and one person at a time; they must agree."""
    from casework.review import signals
    from participants.models import Participant

    def loaded(keys):
        people = Participant.objects.filter(pk__in=keys)
        return list(people.prefetch_related("enrolments__assignments__user", "protections"))

    keys, measured = [each.pk for each in world.people[:SAMPLE]], Measured(0)
    with measured("signals_together"):
        together = signals.collect(loaded(keys), world.lead, world.today)
    with measured("signals_one_by_one"):
        alone = {}
        for pk in keys:
            alone |= signals.collect(loaded([pk]), world.lead, world.today)
    assert together == alone
    result = measured.result
    ratio = result["signals_one_by_one"]["processor"] / result["signals_together"]["processor"]
    return result | {"ratio": round(ratio, 1)}


def not_flat(few: dict, many: dict) -> dict:
    """Return the pages whose number of queries grows with the number of people."""
    return {
        name: [few[name]["queries"], each["queries"]]
        for name, each in many.items()
        if isinstance(each, dict) and few[name]["queries"] != each["queries"]
    }


def main() -> None:
    """Read the arguments, make the people, print the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=10_000)
    words.add_argument("--notes", type=int, default=50)
    words.add_argument("--few", type=int, default=100)
    words.add_argument("--slow", type=int, default=0)
    given = words.parse_args()
    start = time.perf_counter()
    with own_database() as made:
        world = World(given.notes)
        world.grow(given.few)
        made()
        few = measure(world, 0, 1)
        world.grow(given.people)
        made()
        seconds = round(time.perf_counter() - start, 1)
        many = measure(world, given.slow, 2)
        result = {
            "database": vendor(),
            **vars(given),
            "seconds_to_make": seconds,
            "few": few,
            "many": many,
        }
        result |= one_at_a_time(world, given.slow) | {"not_flat": not_flat(few, many)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
