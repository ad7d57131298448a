"""The colours of the kinds, the same wherever records are shown: the page, the terminal, displaCy.

The hues are Paul Tol's "bright" qualitative scheme (P. Tol, *Colour Schemes*, SRON/EPS/TN/09-002, issue 3.2, 2021),
seven colours that people with the common colour deficiencies tell apart. What is written on or in them keeps a
contrast of 4.5 to 1 (WCAG 2.2, criterion 1.4.3). On the page the underline of each kind differs too, so that nothing
is told by colour alone.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, get_args

from communique.records import Act


class Colour(NamedTuple):
    """How a kind looks; each is `#rrggbb`."""

    label: str
    """The label of its spans in spaCy; a decision's spans have the act instead."""
    hue: str
    """A mark, a line or a bar, on white or on black."""
    ink: str
    """Its words, and its underline, on white."""
    tint: str
    """What lies under black words."""
    dark_ink: str
    """Its words, and its underline, on black."""
    dark_tint: str
    """What lies under white words."""


COLOURS: Final[dict[str, Colour]] = {
    "decision": Colour("DECISION", "#ee6677", "#b32440", "#fbdfe2", "#ff9aa6", "#5a2630"),
    "document": Colour("DOCUMENT", "#66ccee", "#0e6a8c", "#d8f1fa", "#84d6f2", "#173f4e"),
    "person": Colour("PERSON", "#4477aa", "#2f5f93", "#d9e6f4", "#9fc3e8", "#20394f"),
    "state": Colour("STATE", "#228833", "#1c6f2a", "#daf0de", "#86d394", "#1d4025"),
    "organization": Colour("ORG", "#aa3377", "#93296a", "#f6dcec", "#ee9fcb", "#4f2140"),
    "figure": Colour("FIGURE", "#ccbb44", "#6d6010", "#f6f0c8", "#dccb5c", "#474012"),
    "date": Colour("DATE", "#bbbbbb", "#5c5c5c", "#e9e9e9", "#c4c4c4", "#3d3d3d"),
}
"""By kind, in the order in which kinds are shown."""

ACTS: Final[tuple[str, ...]] = get_args(Act)


def displacy_options() -> dict[str, Any]:
    """Options for `spacy.displacy`: a colour for every label, those of mentions and the acts that label decisions.

    They work for `style="ent"` and, with `"spans_key": "mentions"` or `"decisions"` added, for `style="span"`.
    """
    colours = {colour.label: colour.tint for colour in COLOURS.values()}
    colours |= dict.fromkeys(ACTS, COLOURS["decision"].hue)
    return {"colors": colours}
