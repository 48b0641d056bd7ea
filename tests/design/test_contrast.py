"""WCAG 2.2 AA, computed from the palette itself: text 4.5, large text and parts of controls 3."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
PALETTE = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
TONES = ["good", "warn", "bad", "info", "accent", "neutral"]
SURFACES = ["paper", "surface", "sunken"]
TEXT = [(text, ground) for ground in SURFACES for text in ("ink", "ink-soft", "link", "bad")]
TEXT += [(tone, f"{tone}-soft") for tone in TONES] + [("ink", f"{tone}-soft") for tone in TONES]
TEXT += [("good", "surface"), ("warn", "surface"), ("ink", "raised")]
TEXT += [("pine-ink", "pine"), ("pine-ink", "pine-lift"), ("pine-soft", "pine")]
TEXT += [("action-ink", "action"), ("action-ink", "action-lift"), ("ink", "action-soft")]
TEXT += [("apricot-ink", "apricot-soft"), ("apricot-ink", "surface"), ("ink", "apricot-soft")]
PARTS = [("line-strong", ground) for ground in SURFACES] + [
    ("focus", ground) for ground in SURFACES
]
PARTS += [("action", "surface"), ("action", "sunken"), ("apricot", "pine"), ("chart-1", "surface")]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted([luminance(first), luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text, ground, theme):
    assert contrast(PALETTE[text][theme], PALETTE[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_edges_and_focus_can_be_seen(part, ground, theme):
    assert contrast(PALETTE[part][theme], PALETTE[ground][theme]) >= 3


def test_words_on_apricot_can_be_read():
    for colour in PALETTE["apricot"]:
        assert contrast("#2a1a06", colour) >= 4.5
