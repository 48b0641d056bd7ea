"""The shell's way to an import: a bar while it goes on, every fault by row and column, exit status 1."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from core import imports, swedish
from core.sheets import SheetError

BAR = 30
# Without a terminal a line is written each time so much more is done.
EVERY_PERCENT = 10


def counted(count: int, one: str, many: str) -> str:
    """Write a number and its noun with a plain space, so that a terminal's search finds it."""
    return swedish.counted(count, one, many).replace(swedish.NBSP, " ")


class Bar:
    """Shows progress on a stream: a bar that grows on a terminal, a few plain lines elsewhere."""

    def __init__(self, stream, text: str):
        self._stream, self._text, self._said = stream, text, 0
        self._live = hasattr(stream, "isatty") and stream.isatty()

    def __call__(self, done: int = 0, total: int = 0, text: str = "") -> None:
        share = min(done / total, 1) if total else 0
        if self._live:
            filled = "█" * int(share * BAR)
            self._write(f"\r{self._text} {filled:░<{BAR}} {done} rader")
        elif int(share * 100) >= self._said + EVERY_PERCENT:
            self._said = int(share * 100) // EVERY_PERCENT * EVERY_PERCENT
            self._write(f"{self._text}: {self._said} %, {done} rader\n")

    def close(self) -> None:
        """End the line, so that what follows starts on its own."""
        if self._live:
            self._write("\n")

    def _write(self, words):
        self._stream.write(words, ending="")
        self._stream.flush()


class ImportCommand(BaseCommand):
    """Reads a file into the database. Subclasses name the `resource`."""

    resource = None

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="CSV or xlsx")
        parser.add_argument(
            "--dry-run", action="store_true", help="check and tell, but write nothing"
        )

    def options_for(self, options: dict) -> dict:
        """Return the resource's own options."""
        return {}

    def handle(self, *args, **options):
        chosen = self.options_for(options)
        try:
            outcome = self._go_through("Kontrollerar", imports.check, options["file"], chosen)
        except SheetError as error:
            raise CommandError(str(error)) from None
        self._tell(outcome)
        if outcome.faults:
            raise CommandError(f"{counted(len(outcome.faults), 'fel', 'fel')}. Inget har lästs in.")
        if not outcome.changes:
            rows = counted(outcome.rows, "rad", "rader")
            self.stdout.write(f"Filen är redan inläst: {rows}, inget ändrat.")
        elif options["dry_run"]:
            self.stdout.write("Provläst. Inget har sparats.")
        else:
            self._save(options["file"], chosen, outcome)

    def _go_through(self, text, function, file, chosen):
        bar = Bar(self.stderr, text)
        try:
            return function(self.resource, file, by=None, progress=bar, **chosen)
        finally:
            bar.close()

    def _tell(self, outcome):
        if outcome.unknown_columns:
            self.stderr.write(f"Kolumner som inte läses: {', '.join(outcome.unknown_columns)}.")
        for remark in outcome.remarks:
            self.stderr.write(f"Obs! {remark}")
        if (more := outcome.counts["remarks"] - len(outcome.remarks)) > 0:
            self.stderr.write(f"Obs! Och {more} till.")
        for fault in outcome.faults:
            self.stderr.write(str(fault))
        if not outcome.faults and outcome.changes:
            self.stdout.write(f"{counted(outcome.rows, 'rad', 'rader')} utan fel:")
            for line in self.resource.summary(outcome):
                self.stdout.write(f"  {line}".replace(swedish.NBSP, " "))

    def _save(self, file, chosen, outcome):
        try:
            with transaction.atomic():
                self._go_through("Sparar", imports.save, file, chosen)
        except (imports.Faulty, IntegrityError):
            # The database's own words would quote the row.
            raise CommandError(imports.CHANGED_MEANWHILE) from None
        self.stdout.write(self.style.SUCCESS("Inläst och sparat."))
