#!/usr/bin/env python
"""Measure the import of a large register and its attendance: rows a second, and peak memory.

    .venv/bin/python -m benchmarks.imports [--people 10000] [--attendance 200000]
    scripts/services.sh .venv/bin/python -m benchmarks.imports      # the same on PostgreSQL

Everybody is made up: there are two numbers of the test series for each day of birth, so the days are
spread. Each measurement is a process of its own on a database of its own. It is made at a tenth of the
size too, so that growing memory shows, and against the naive way (one row after the other through
`save`, on a part of the rows) in the same run. Trust ratios within one run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
FIRST_BIRTH, FIRST_START = date(1988, 1, 1), date(2016, 10, 3)
AREAS = "Alby Fittja Hallunda Norsborg Tumba Storvreten Tullinge".split()
ACTIVITIES = "CV-verkstad;Studiebesök;Föreläsning;Arbetsgivarträff;Individuellt samtal".split(";")
REGISTER = (
    "Personnummer;Förnamn;Efternamn;Kommundel;Remitterande instans;Remissdatum;Målgruppskriterier;"
    "Inskriven;Planerat slut;Utskriven;Utskrivningsorsak;Kodad funktionsnedsättning;SIUS;"
    "Försörjningsstöd;Skyddade personuppgifter"
)
NAIVE_ROWS = 1000


def numbers(count: int) -> list[str]:
    """Return so many numbers of the test series."""
    from basun.demo.shift import test_number

    return [
        test_number(FIRST_BIRTH + timedelta(days=index // 2), ("238", "239")[index % 2])
        for index in range(count)
    ]


def start_of(index: int) -> date:
    return FIRST_START + timedelta(days=index % 900)


def write_register(path: Path, people: list[str]) -> None:
    """Write one enrolment for each person, most of them ended."""
    with path.open("w", encoding="utf-8-sig") as file:
        print(REGISTER, file=file)
        for index, number in enumerate(people):
            start = start_of(index)
            end = f"{start + timedelta(days=120)};Studier" if index % 10 else ";"
            area, flag = AREAS[index % len(AREAS)], "ja" if index % 4 == 0 else "nej"
            print(
                f"{number};Förnamn{index};Efternamn{index};{area};Arbetsförmedlingen;{start};1,4;"
                f"{start};{start + timedelta(days=182)};{end};{flag};nej;{flag};nej",
                file=file,
            )


def write_attendance(path: Path, people: list[str], rows: int) -> None:
    """Write rows in order of day, two of three signed, no two alike."""
    random, each = Random(7120), -(-rows // len(people))
    lines = []
    for index, number in enumerate(people):
        for day in random.sample(range(100), each):
            held_on = start_of(index) + timedelta(days=day)
            activity, signed = ACTIVITIES[day % len(ACTIVITIES)], "nej" if day % 3 == 0 else "ja"
            lines.append(f"{held_on};{number};{activity};2,5;{signed}")
    lines = sorted(lines)[:rows]
    with path.open("w", encoding="utf-8-sig") as file:
        print("Datum;Personnummer;Aktivitet;Timmar;Signerad", file=file)
        file.writelines(f"{line}\n" for line in lines)


# In the measured process


def import_file(kind: str, path: str) -> dict:
    """Import one file as the command does; seconds and rows."""
    from django.db import transaction

    from core import imports

    started = time.perf_counter()
    outcome = imports.check(resource_for(kind), path, by=None)
    checked = time.perf_counter()
    assert not outcome.faults, outcome.faults[:5]
    with transaction.atomic():
        imports.save(resource_for(kind), path, by=None)
    saved = time.perf_counter()
    return {"rows": outcome.rows, "check": checked - started, "save": saved - checked}


def resource_for(kind: str):
    """Return the resource that reads the file."""
    from casework.imports.attendance import AttendanceResource
    from referrals.imports.register import RegisterResource

    return {"register": RegisterResource, "attendance": AttendanceResource}[kind]


def import_naively(kind: str, path: str) -> dict:
    """Save the first rows one after the other, each as its objects, and nothing checked."""
    from itertools import islice

    from django.db import transaction

    from core.sheets import open_sheet

    save_row = {"register": save_enrolment, "attendance": save_attendance}[kind]
    started = time.perf_counter()
    with open_sheet(path, resource_for(kind).columns()) as sheet, transaction.atomic():
        for _, row in islice(sheet.rows(), NAIVE_ROWS):
            save_row(row)
        transaction.set_rollback(True)
    return {"rows": NAIVE_ROWS, "check": 0, "save": time.perf_counter() - started}


def save_enrolment(row: dict) -> None:
    """Save one row of the register, object by object."""
    from django.utils import timezone

    from core.identity_numbers import parse
    from participants.models import AreaPeriod, Enrolment, NumberRecord, Participant
    from referrals.models import Criterion, Referral, ReferringBody

    number = parse(row["Personnummer"])
    person = Participant.objects.create(
        first_name=row["Förnamn"], last_name=row["Efternamn"], birth_date=number.birth_date,
        legal_gender="F" if number.is_female else "M",
    )  # fmt: skip
    NumberRecord.objects.create(participant=person, number=number.value)
    start = row["Inskriven"]
    AreaPeriod.objects.create(participant=person, area=row["Kommundel"].lower(), starts_on=start)
    enrolment = Enrolment.objects.create(
        participant=person, starts_on=start, planned_end_on=row["Planerat slut"]
    )
    referral = Referral.objects.create(
        participant=person, body=ReferringBody.objects.get(name=row["Remitterande instans"]),
        referred_on=row["Remissdatum"], status="accepted", decided_at=timezone.now(),
        enrolment=enrolment,
    )  # fmt: skip
    referral.criteria.add(
        *Criterion.objects.filter(number__in=row["Målgruppskriterier"].split(","))
    )


def save_attendance(row: dict) -> None:
    """Save one row of attendance, object by object."""
    from casework.models import Activity, Attendance, Attestation, Session
    from core.identity_numbers import parse
    from participants.models import NumberRecord

    number = parse(row["Personnummer"]).value
    person = NumberRecord.objects.select_related("participant").get(number=number).participant
    activity, _ = Activity.objects.get_or_create(name=row["Aktivitet"], defaults={"kind": "group"})
    session, _ = Session.objects.get_or_create(activity=activity, held_on=row["Datum"])
    attestation = None
    if row["Signerad"] == "ja":
        attestation = Attestation.objects.create(participant=person, method="paper", source="x")
    Attendance.objects.create(
        session=session, participant=person, held_on=row["Datum"],
        hours=row["Timmar"].replace(",", "."), attestation=attestation,
    )  # fmt: skip


def child(way: str, kind: str, path: str) -> None:
    """Measure in this process and print JSON."""
    import django

    django.setup()
    resource_for(kind)
    before = peak_memory(reset=True)
    result = {"whole": import_file, "naive": import_naively}[way](kind, path)
    print(json.dumps(result | {"before": before, "peak": peak_memory()}))


def peak_memory(*, reset: bool = False) -> float:
    """Return this process's peak resident memory in MB; `reset` starts from what it has now."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


# In the process that was started


def measure(environment: dict, *arguments: str) -> dict:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", "--child", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def fresh_database(folder: Path, name: str) -> dict:
    """Make an empty database and return the environment that points at it."""
    url = os.environ.get("DATABASE_URL", "")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "basun.settings.local"}
    environment |= {"BASUN_VAR": str(folder), "BASUN_DEMO": "0"}
    if url.startswith("postgres"):
        on_server(url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
        environment["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
    else:
        environment["DATABASE_URL"] = f"sqlite:///{folder / name}.sqlite3"
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    return environment


def on_server(url: str, *statements: str) -> None:
    """Run statements that PostgreSQL wants outside a transaction."""
    import psycopg2

    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)


def report(label: str, found: dict) -> None:
    """Print one line."""
    seconds = found["check"] + found["save"]
    print(
        f"{label:<28} {found['rows']:>8} rows  {seconds:>7.1f} s  {found['rows'] / seconds:>7.0f} rows/s"
        f"  (check {found['check']:.1f} s, save {found['save']:.1f} s)"
        f"  memory {found['before']:.0f} -> {found['peak']:.0f} MB",
        flush=True,
    )


def run(people: int, rows: int) -> None:
    """Measure at a tenth and at full size, and the naive way."""
    with tempfile.TemporaryDirectory(prefix="basun-benchmark-") as name:
        folder = Path(name)
        for size, label in ((10, "a tenth"), (1, "whole")):
            some = numbers(people // size)
            write_register(folder / "register.csv", some)
            write_attendance(folder / "attendance.csv", some, rows // size)
            environment = fresh_database(folder, f"basun_benchmark_{size}")
            for kind in ("register", "attendance"):
                path = str(folder / f"{kind}.csv")
                naive = measure(environment, "naive", kind, path)
                whole = measure(environment, "whole", kind, path)
                report(f"{kind}, {label}", whole)
                report("  naive, on a part", naive)
                speeds = [each["rows"] / each["save"] for each in (whole, naive)]
                print(f"  saving is {speeds[0] / speeds[1]:.1f} times as fast as the naive way")
            if environment["DATABASE_URL"].startswith("postgres"):
                on_server(os.environ["DATABASE_URL"], f'DROP DATABASE "basun_benchmark_{size}"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--attendance", type=int, default=200_000)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
    else:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")
        django.setup()
        run(options.people, options.attendance)


if __name__ == "__main__":
    main()
