#!/usr/bin/env python
"""Measure background jobs on the folder broker, and on Redis in the same run when REDIS_URL answers.

    .venv/bin/python -m benchmarks.jobs [--jobs 1000] [--kills 4]

For each broker, on a database and in folders of its own: how long from ordering an empty job until
it is done (p50 of 40), how many empty jobs a second, what an idle worker costs, and then the hard
part: jobs of 50 ms while whole workers are killed with `kill -9` and replaced. *Lost* are jobs that
are not done at the end, *twice* those with more than one effect. Trust ratios within one run.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CELERY = [str(Path(sys.executable).parent / "celery"), "--quiet", "-A", "basun"]
WORKERS = 2
GIVE_UP_AFTER = 600


def start_worker() -> subprocess.Popen:
    """Start a worker with two processes, in a session of its own."""
    options = ["--include", "benchmarks.job_handlers", "--concurrency", "2", "--loglevel", "ERROR"]
    name = ["--hostname", f"bench{time.monotonic_ns()}@%h"]
    return subprocess.Popen([*CELERY, "worker", *options, *name], cwd=ROOT, start_new_session=True)


def start_beat(folder: Path) -> subprocess.Popen:
    """Start the clock, which sweeps every half minute."""
    options = ["--pidfile", "", "--schedule", str(folder / "beat"), "--loglevel", "ERROR"]
    return subprocess.Popen([*CELERY, "beat", *options], cwd=ROOT, start_new_session=True)


def kill(process: subprocess.Popen) -> None:
    """Kill a process and its children, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def cpu_seconds(group: int) -> float:
    """Return the processor time used so far by all processes of a session."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Bench:
    """One broker, one database; made inside the process that has their environment."""

    def __init__(self):
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from benchmarks import job_handlers
        from core import jobs
        from core.models import Job

        self.connection, self.jobs, self.Job = connection, jobs, Job
        self.kind = job_handlers.KIND
        call_command("migrate", verbosity=0)
        self.sql("CREATE TABLE benchmark_effect (job varchar(40))")

    def sql(self, text: str) -> list:
        """Run a statement and return its rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall() if cursor.description else []

    def order(self, seconds: float):
        """Order one job."""
        return self.jobs.enqueue(self.kind, by=None, params={"seconds": seconds})

    def wait(self) -> float:
        """Wait until no job is open, or for ten minutes; returns the seconds it took."""
        start = time.monotonic()
        while self.Job.objects.open().exists() and time.monotonic() - start < GIVE_UP_AFTER:
            time.sleep(0.005)
        return time.monotonic() - start

    def latency(self) -> float:
        """Return the median milliseconds from ordering to done, one job at a time."""
        times = []
        for number in range(40):
            self.order(0)
            times.append(self.wait() * 1000)
            time.sleep(0.037 * (number % 7))  # so that the poll is met at every phase
        return statistics.median(times)

    def throughput(self, count: int) -> float:
        """Return empty jobs a second, from ordering the first to the last one done."""
        start = time.monotonic()
        for _ in range(count):
            self.order(0)
        self.wait()
        return count / (time.monotonic() - start)

    def idle(self, workers, seconds: int = 20) -> float:
        """Return per cent of a core that all workers use while there is nothing to do."""
        before = sum(cpu_seconds(worker.pid) for worker in workers)
        time.sleep(seconds)
        return (sum(cpu_seconds(worker.pid) for worker in workers) - before) / seconds * 100

    def kills(self, workers: list, count: int, kills: int) -> dict:
        """Order jobs of 50 ms, kill whole workers meanwhile, and count what came of it."""
        self.sql("DELETE FROM benchmark_effect")
        self.Job.objects.all().delete()
        for _ in range(count):
            self.order(0.05)
        start = time.monotonic()
        for number in range(kills):
            goal = count * (number + 1) // (kills + 2)
            while self.Job.objects.filter(state="done").count() < goal:
                time.sleep(0.05)
            kill(workers.pop(0))
            workers.append(start_worker())
        last_kill = time.monotonic()
        self.wait()
        twice = "SELECT count(*) FROM (SELECT job FROM benchmark_effect GROUP BY job HAVING count(*) > 1) AS t"
        return {
            "lost": count - self.Job.objects.filter(state="done").count(),
            "twice": self.sql(twice)[0][0],
            "effects": self.sql("SELECT count(*) FROM benchmark_effect")[0][0],
            "begun again": self.Job.objects.filter(attempts__gt=1).count(),
            "seconds in all": round(time.monotonic() - start, 1),
            "seconds after the last kill": round(time.monotonic() - last_kill, 1),
        }


def measure(count: int, kills: int) -> dict:
    """Run all measurements in this process's environment."""
    bench = Bench()
    workers = [start_worker() for _ in range(WORKERS)]
    beat = start_beat(Path(os.environ["BASUN_VAR"]))
    try:
        bench.order(0)
        bench.wait()  # the first job of a process takes seconds
        time.sleep(5)
        return {
            "p50 ms": round(bench.latency(), 1),
            "empty jobs/s": round(bench.throughput(200), 1),
            "idle CPU %": round(bench.idle(workers), 2),
        } | bench.kills(workers, count, kills)
    finally:
        for process in [*workers, beat]:
            kill(process)


def measure_broker(name: str, redis_url: str, options) -> dict:
    """Run this script again with the environment of one broker, and read its result."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "basun.settings.local",
            "BASUN_VAR": folder,
            "DATABASE_URL": os.environ.get(
                "BENCHMARK_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"
            ),
            "REDIS_URL": redis_url,
            "PYTHONWARNINGS": "ignore",
        }
        command = [sys.executable, "-m", "benchmarks.jobs", "--here"]
        command += ["--jobs", str(options.jobs), "--kills", str(options.kills)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
        )
        return {"broker": name} | json.loads(done.stdout.decode().splitlines()[-1])


def redis_answers(url: str) -> bool:
    """Whether there is a Redis to compare with."""
    import redis

    try:
        return bool(url) and redis.Redis.from_url(url, socket_connect_timeout=1).ping()
    except redis.RedisError:
        return False


def main() -> None:
    """Measure each broker and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--here", action="store_true", help="used by the script itself")
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.jobs, options.kills)))
        return
    rows = [measure_broker("folder", "", options)]
    url = os.environ.get("REDIS_URL", "")
    if redis_answers(url):
        rows.append(measure_broker("redis", url, options))
    for row in rows:
        print("  ".join(f"{key}: {value}" for key, value in row.items()))
    if len(rows) == 2:
        print(f"p50, folder to redis: {rows[0]['p50 ms'] / rows[1]['p50 ms']:.1f}x")


if __name__ == "__main__":
    main()
