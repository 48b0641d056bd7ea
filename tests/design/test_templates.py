"""What the Content-Security-Policy would refuse, and what would break silently, found in the files."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.icons import SHAPES

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
COMPONENTS = sorted((FOLDER / "_components").glob("*.html"))
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style|\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=|javascript:", re.IGNORECASE)
OTHER_HOST = re.compile(
    r"""(src|srcset|href|action|url\()\s*=?\s*["']?(https?:)?//""", re.IGNORECASE
)
ICON = re.compile(r"{% icon \"([\w-]+)\"|icon=\"([\w-]+)\"")


def named(template):
    return str(template.relative_to(FOLDER))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_template_has_nothing_inline_and_nothing_from_another_host(template):
    source = template.read_text()
    for forbidden in (INLINE_SCRIPT, INLINE_STYLE, INLINE_HANDLER, OTHER_HOST):
        assert not forbidden.search(source)


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_every_icon_that_is_asked_for_is_drawn(template):
    asked = {first or second for first, second in ICON.findall(template.read_text())}
    assert asked <= set(SHAPES)


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_component_fits_on_a_screen(component):
    assert len(component.read_text().splitlines()) <= 40


@pytest.mark.parametrize(
    "sheet", sorted((FOLDER.parent / "static/css").glob("*.css")), ids=lambda each: each.name
)
def test_stylesheet_loads_nothing_from_another_host(sheet):
    assert not re.search(r"https?:|//[a-z]|@import", sheet.read_text())
