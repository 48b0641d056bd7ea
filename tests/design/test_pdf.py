import builtins
from io import BytesIO

import page
import pytest
from django.template import engines
from django.utils import timezone
from pypdf import PdfReader

from core import charts, pdf

CHART = charts.grouped_bars("In och ut", ["jan", "feb"], {"In": [10, 20], "Ut": [5, 0]})
REPORT = """{% extends "pdf/base.html" %}
{% block subtitle %}Oktober 2026{% endblock %}
{% block content %}<h2>I korthet</h2><p>Försörjningsstödsärendena <a href="https://example.org">minskar</a>.</p>
<ul><li>Ett</li></ul>{% chart chart printed=True %}{% endblock %}"""
LETTER = """{% extends "pdf/letter.html" %}
{% block addressee %}Arbetsförmedlingen<br>145 01 Norsborg{% endblock %}
{% block reference %}Remiss 2026-118{% endblock %}
{% block text %}<p>Tack för remissen.</p>{% endblock %}
{% block signature %}<p class="signature-line">Ines Handledare</p>{% endblock %}"""


def printed(source):
    words = {"title": "Nyckeltal", "made_at": timezone.now(), "made_by": "Disa", "chart": CHART}
    return pdf.pdf_from_html(engines["django"].from_string(source).render(words))


@pytest.mark.parametrize("source", [REPORT, LETTER], ids=["report", "letter"])
def test_pdf_is_tagged_as_pdf_ua(source):
    report = page.validate_pdf_bytes(printed(source), profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_pdf_has_language_title_and_page_numbers():
    reader = PdfReader(BytesIO(printed(REPORT)))
    assert reader.metadata.title == "Nyckeltal"
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    text = reader.pages[0].extract_text()
    assert "Sida 1 av 1" in text
    assert "Ej för spridning" in text


def test_pdf_is_set_in_our_own_type():
    fonts = PdfReader(BytesIO(printed(LETTER))).pages[0]["/Resources"]["/Font"].values()
    assert all("Source-Sans-3" in font.get_object()["/BaseFont"] for font in fonts)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "http://127.0.0.1/halsa/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        pdf.OUR_FILES + "finns-inte.css",
        pdf.OUR_FILES + "../basun/settings/base.py",
        pdf.OUR_FILES + "%2e%2e/manage.py",
    ],
)
def test_pdf_reads_nothing_but_its_own_files(url):
    with pytest.raises(Exception, match="may not read|outside"):
        pdf._fetcher().fetch(url)


def test_pdf_reads_own_static_files_and_data():
    assert b"@page" in pdf._fetcher().fetch(pdf.OUR_FILES + "css/pdf.css").read()
    assert pdf._fetcher().fetch("data:text/plain,hej").read() == b"hej"


def test_missing_pango_is_explained_in_swedish(monkeypatch):
    def without_pango(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return importer(name, *args, **kwargs)

    importer = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(pdf.PdfUnavailable, match="Pango saknas"):
        pdf._weasyprint.__wrapped__()


def test_parts_are_joined_in_order():
    joined = pdf.join_pdfs([printed(REPORT), printed(LETTER)])
    texts = [each.extract_text() for each in PdfReader(BytesIO(joined)).pages]
    assert "I korthet" in texts[0]
    assert "Tack för remissen" in texts[1]


@pytest.mark.parametrize("demo", [True, False])
def test_document_of_a_demo_says_so(settings, demo):
    settings.DEMO = demo
    made = pdf.render_pdf("pdf/letter.html", {}, title="Svar på remiss", made_by="Ines Handledare")
    text = PdfReader(BytesIO(made)).pages[0].extract_text()
    assert ("Påhittade uppgifter: demo" in text) is demo
    assert "av Ines Handledare" in text
