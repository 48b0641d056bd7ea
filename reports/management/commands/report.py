"""A report from the shell: figures on standard output, alone; messages on standard error."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.periods import Period
from reports.about import About
from reports.kinds import KINDS
from reports.models import ReportFile


class Command(BaseCommand):
    help = "Tar fram en rapport: python manage.py report key-figures --from 2016-10 --to 2019-07"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=list(KINDS), help="vilken rapport")
        parser.add_argument("--from", dest="start", required=True, metavar="ÅÅÅÅ-MM")
        parser.add_argument("--to", dest="end", required=True, metavar="ÅÅÅÅ-MM")
        parser.add_argument("--format", choices=ReportFile.Format.values, default="json")
        parser.add_argument("--by-month", action="store_true", help="lägg till varje månad för sig")
        parser.add_argument("--output", type=Path, metavar="FIL", help="annars: standard ut")

    def handle(self, *, kind, start, end, format, by_month, output, **options):
        document = KINDS[kind].compute(_period(start, end), by_month=by_month, about=About.now())
        content = document.formats[format]()
        if output:
            _write(output, content)
            self.stderr.write(f"Sparad: {output} (SHA-256 för siffrorna: {document.sha256})")
        elif format == "json":
            self.stdout.write(content.decode(), ending="")
        else:
            _pour(content)


def _period(start: str, end: str) -> Period:
    try:
        return Period.parse(start, end)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"Det gick inte att spara {path}: {error.strerror}.") from error


def _pour(content: bytes) -> None:
    if sys.stdout.isatty():
        raise CommandError("Ange en fil med --output: innehållet går inte att visa i terminalen.")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
