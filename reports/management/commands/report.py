"""A report from the shell: figures on standard output, alone; messages on standard error."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from core.pdf import PdfUnavailable
from core.periods import Month, Period
from participants import access_log
from reports.about import About
from reports.documents import Document
from reports.kinds import KINDS, Kind
from reports.models import ReportFile


class Command(BaseCommand):
    help = (
        "Tar fram en rapport: python manage.py report key-figures --from 2016-10 --to 2019-07, eller"
        " python manage.py report esf-participants --month 2019-03"
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=list(KINDS), help="vilken rapport")
        parser.add_argument("--from", dest="start", metavar="ÅÅÅÅ-MM")
        parser.add_argument("--to", dest="end", metavar="ÅÅÅÅ-MM")
        parser.add_argument("--month", metavar="ÅÅÅÅ-MM", help="för rapporter om en månad")
        parser.add_argument("--format", choices=ReportFile.Format.values, default="json")
        parser.add_argument("--by-month", action="store_true", help="lägg till varje månad för sig")
        parser.add_argument("--output", type=Path, metavar="FIL", help="annars: standard ut")

    def handle(self, *, kind, start, end, month, format, by_month, output, **options):
        period = _period(KINDS[kind], start, end, month)
        try:
            document = KINDS[kind].compute(period, by_month=by_month, about=About.now())
            content = document.formats[format]()
        except (Refused, PdfUnavailable) as refusal:
            raise CommandError(str(refusal)) from refusal
        _log(document, kind)
        for remark in document.remarks:
            self.stderr.write(f"Obs: {remark}")
        if output:
            _write(output, content)
            self.stderr.write(f"Sparad: {output} (SHA-256 för siffrorna: {document.sha256})")
        elif format == "json":
            self.stdout.write(content.decode(), ending="")
        else:
            _pour(content)


def _period(kind: Kind, start: str | None, end: str | None, month: str | None) -> Period:
    if kind.is_monthly and (not month or start or end):
        raise CommandError("Ange månaden med --month, till exempel --month 2019-03.")
    if not kind.is_monthly and (month or not (start and end)):
        raise CommandError(
            "Ange perioden med --from och --to, till exempel --from 2019-01 --to 2019-03."
        )
    try:
        return Month.parse(month).period if kind.is_monthly else Period.parse(start, end)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _log(document: Document, kind: str) -> None:
    access_log.shown_to(None, document.people, access_log.Action.EXPORTED, what=f"report {kind}")


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
