"""What the tests of reports share."""

import pytest

from reports import kinds


@pytest.fixture
def quick_pdf(monkeypatch):
    """Leave the printing out where a test is about something else; it takes a second each time."""
    monkeypatch.setattr(kinds.figures_pdf, "render", lambda *_: b"%PDF-1.7 not printed here")
