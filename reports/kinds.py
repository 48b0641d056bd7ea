"""The kinds of report: what each is called, what it asks for, and how it is made.

`manage.py report` and the archive read this table; a new kind is a new line.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.periods import Period
from reports import figures_json, figures_pdf, figures_xlsx
from reports.about import About
from reports.documents import Document
from reports.esf.shell import compute_participants
from reports.facts import everybody
from reports.models import ReportKind
from reports.overview import load_overview


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report. `compute(period, by_month, about)` reads the database and gives a Document.

    `is_monthly`: it tells of one month, and the shell asks for `--month` in place of `--from` and `--to`.
    """

    code: str
    title: str
    stem: str
    compute: Callable[..., Document]
    is_monthly: bool = False

    def file_name(self, period: Period, extension: str) -> str:
        """Return the name of a file: the kind, its months, no persons."""
        months = dict.fromkeys([str(period.start), str(period.end)])
        return f"{self.stem}-{'--'.join(months)}.{extension}"


def compute_key_figures(period: Period, *, by_month: bool, about: About) -> Document:
    """Compute the key figures of a period. Six queries; a file is made when its format is called."""
    overview = load_overview(everybody(), period)
    report = figures_json.report_json(overview, by_month=by_month)
    digest = figures_json.sha256(report)
    about = about.with_content(rows=len(overview.facts.spells), sha256=digest)
    return Document(
        report,
        digest,
        {
            "json": lambda: figures_json.as_text(report).encode(),
            "pdf": lambda: figures_pdf.render(overview, about),
            "xlsx": lambda: figures_xlsx.render(overview, about),
        },
    )


KINDS = {
    kind.code: kind
    for kind in [
        Kind(ReportKind.KEY_FIGURES.value, "Nyckeltal", "nyckeltal", compute_key_figures),
        Kind("esf-participants", "ESF, deltagare", "esf", compute_participants, is_monthly=True),
    ]
}
