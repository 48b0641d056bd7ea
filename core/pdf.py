"""PDF: HTML that happens to be printed. Tagged (PDF/UA-1), in Swedish, with our own files only.

WeasyPrint needs Pango from the system and takes half a second to load, so it is loaded on first use.
Costs about 14 ms and 0.15 MB for each row of a table: long ones belong in a job, or in a workbook.
"""

from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PdfWriter

PANGO_MISSING = (
    "PDF kan inte göras här: programbiblioteket Pango saknas. Kör `make setup`, eller installera"
    " libpango-1.0-0, libpangoft2-1.0-0 och libharfbuzz-subset0."
)
# Where relative addresses in a document point: css/pdf.css is our static file of that name.
OUR_FILES = "https://static.invalid/"


class PdfUnavailable(Exception):
    """The system lacks what PDF needs; the message is Swedish and says what to install."""


class ForbiddenAddress(ValueError):
    """A document asked for something that is not ours to fetch."""


def render_pdf(template: str, context: dict, *, title: str, made_by: str = "") -> bytes:
    """Render a template to a tagged PDF.

    The template extends `pdf/base.html` or `pdf/letter.html` and also gets `title`, `made_at` and
    `made_by`. Only data: addresses and our static files are read; anything else is left out.
    Raises PdfUnavailable where Pango is missing.
    """
    words = {
        "title": title,
        "made_at": timezone.localtime(),
        "made_by": made_by,
        "demo": settings.DEMO,
    }
    return pdf_from_html(render_to_string(template, context | words))


def pdf_from_html(html: str) -> bytes:
    """Print finished HTML, which must name its language and title, as a tagged PDF."""
    document = _weasyprint().HTML(string=html, base_url=OUR_FILES, url_fetcher=_fetcher())
    return document.write_pdf(pdf_variant="pdf/ua-1")


def join_pdfs(parts: list[bytes]) -> bytes:
    """Join PDFs made in parts into one, in order. The joined file keeps its pages' tags only in part."""
    writer, joined = PdfWriter(), BytesIO()
    for part in parts:
        writer.append(BytesIO(part))
    writer.write(joined)
    return joined.getvalue()


def static_file(url: str) -> Path:
    """Return the static file behind an address under OUR_FILES; raises ForbiddenAddress for any other."""
    if url.startswith(OUR_FILES):
        found = finders.find(unquote(url.removeprefix(OUR_FILES)))
        if found:
            return Path(found)
    raise ForbiddenAddress(f"A PDF may not read {url[:80]}")


@cache
def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(PANGO_MISSING) from error
    return weasyprint


@cache
def _fetcher():
    """Return a fetcher that reads data: and our static files, never the network or the disk."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url)
            kind = guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnFilesFetcher(allowed_protocols=("data",))
