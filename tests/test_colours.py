"""Colours of the kinds: readable, told apart, and those that displaCy shows."""

from __future__ import annotations

from itertools import combinations

import pytest
from spacy import displacy

import communique
from communique.view.colours import COLOURS, Colour, displacy_options

BLACK, WHITE = "#1c1b19", "#e6e4df"
# What red and green cones lack, on linear RGB: Viénot, Brettel & Mollon, Color Res. Appl. 24 (1999).
PROTANOPE = ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0))
DEUTERANOPE = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Triple) -> Triple:
    """CIE L*a*b* under D65."""
    r, g, b = (max(c, 0.0) for c in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, eye: tuple[Triple, Triple, Triple]) -> Triple:
    rgb = linear(colour)
    r, g, b = (sum(k * c for k, c in zip(row, rgb, strict=True)) for row in eye)
    return lab((r, g, b))


@pytest.mark.parametrize("colour", COLOURS.values(), ids=COLOURS)
def test_words_are_readable(colour: Colour) -> None:
    for words, ground in (
        (BLACK, colour.tint),
        (colour.ink, "#ffffff"),
        (colour.ink, colour.tint),
        (WHITE, colour.dark_tint),
        (colour.dark_ink, "#16171a"),
        (colour.dark_ink, colour.dark_tint),
    ):
        assert contrast(words, ground) >= 4.5, (words, ground)


@pytest.mark.parametrize("eye", [NORMAL, PROTANOPE, DEUTERANOPE], ids=["normal", "protanope", "deuteranope"])
def test_kinds_are_told_apart(eye: tuple[Triple, Triple, Triple]) -> None:
    hues = {kind: seen(colour.hue, eye) for kind, colour in COLOURS.items()}
    for one, other in combinations(hues, 2):
        distance = sum((a - b) ** 2 for a, b in zip(hues[one], hues[other], strict=True)) ** 0.5
        assert distance > 10, (one, other)


def test_displacy_shows_our_colours() -> None:
    doc = communique.load()("Namibia and Palau signed the Protocol on Seed Banks on 12 March 2019.")
    mentions = displacy.render(doc, style="ent", options=displacy_options(), jupyter=False)
    for kind in ("state", "document", "date"):
        assert COLOURS[kind].tint in mentions
    options = {**displacy_options(), "spans_key": "decisions"}
    assert COLOURS["decision"].hue in displacy.render(doc, style="span", options=options, jupyter=False)
