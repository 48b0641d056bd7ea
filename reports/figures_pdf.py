"""The key figures on paper: a first page for the steering group, then the tables with their definitions."""

from core.pdf import render_pdf
from reports import definitions, pictures, tables
from reports.about import About
from reports.overview import Overview
from reports.tiles import headline


def render(overview: Overview, about: About) -> bytes:
    """Print the report as a tagged PDF; raises PdfUnavailable where Pango is missing."""
    return render_pdf(
        "reports/key_figures_pdf.html",
        context(overview, about),
        title=f"Nyckeltal {overview.period.label}",
        made_by=about.made_by,
    )


def context(overview: Overview, about: About) -> dict:
    """Return what the document's template shows."""
    return {
        "overview": overview,
        "about": about,
        "tiles": headline(overview),
        "in_and_out": pictures.in_and_out(overview.trend),
        "charts": [pictures.result(overview), pictures.girls(overview)],
        "tables": [tables.summary(overview), tables.main(overview.figures)]
        + tables.splits(overview.figures),
        "months": tables.by_month(overview),
        "definitions": [definitions.PERIOD, definitions.GENDER],
        "version": definitions.DEFINITION_VERSION,
        "why_not": definitions.NOT_FOR_SPREADING_WHY,
    }
