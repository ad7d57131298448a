"""Titles of documents, compared: what is left of a title without the date, the number and the parties in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from communique.linking.folding import folded
from communique.linking.lexicon import Lexicon, phrases
from communique.records import Document

_DAY = r"(?:\d{1,2}\s+)?[A-Z][a-z]+\.?\s+(?:\d{1,2},?\s+)?"
_DATE = re.compile(rf",?\s*\b(?:of|dated|from)\s+(?:{_DAY})?(?:1[5-9]|20)\d\d\b,?")
_YEAR_FIRST = re.compile(r"^(?:1[5-9]|20)\d\d\s+(?=\w+)")
_ACRONYM = re.compile(r"\s*\([A-Z][A-Za-z]*[A-Z]\)")
_YEAR_BEHIND = re.compile(r"\s*\((?:1[5-9]|20)\d\d\)$")
_BETWEEN = re.compile(r",?\s*\bbetween\s+(.+?)\s+and\s+(.+?)(?=\s+(?:on|concerning|regarding|for|to|in|until)\b|,|$)")
_NUMBERED = re.compile(
    r"(?:\b(?:[Nn]os?\.?|[Nn]umber)|№|\b(?:[Rr]esolution|[Oo]rder|[Dd]ecree|RESOLUTION)(?=\s+\d))\s*(\d[\w/.-]*)"
)
# The Security Council's way to cite: "resolution 2254 (2015)" (United Nations Editorial Manual, "Resolutions").
_COUNCIL = re.compile(r"\b[Rr]esolution\s+\d{1,4}\s+\((?:1[5-9]|20)\d\d\)$")
COUNCIL = "org.united-nations-security-council"


class Title(NamedTuple):
    """A title taken apart."""

    rule: str | None
    """The rule of a document that is known by this name."""
    plain: str
    """The title without date, parties and an acronym in brackets."""
    base: tuple[str, ...]
    """The words of that in no order: "Collective Security Treaty" is "Treaty on Collective Security"."""
    number: str | None
    issuer: str | None
    """The rule of the body that a numbered document is of."""
    parties: tuple[str, ...]
    """States that the title names as its parties."""
    capital: bool
    """Whether it is written as a name."""
    telling: bool
    """Whether it holds a place or a body, so that another document of the name is not to be expected."""
    bare: bool
    """Whether it says the kind of document and no more."""


def read_title(document: Document, lexicon: Lexicon) -> Title:
    """A document's title taken apart."""
    title = _ACRONYM.sub("", document.title)
    plain, parties = _without_parties(_YEAR_FIRST.sub("", _DATE.sub("", title)), lexicon)
    forms = (document.title, title, plain, *(m.text for m in document.mentions if " " in m.text.strip()))
    rules = {rule for form in forms if (rule := lexicon.instrument_names.get(lexicon.key(form)))}
    number = _NUMBERED.search(document.title)
    base = lexicon.words(plain)
    return Title(
        rule=min(rules) if len(rules) == 1 else None,
        plain=_YEAR_BEHIND.sub("", plain).strip(" ,"),
        base=tuple(sorted(base)),
        number=number[1].rstrip(".") if number else None,
        issuer=_issuer(document.title, lexicon) if number else None,
        parties=parties,
        capital=sum(word[:1].isupper() for word in document.title.split()) > 1,
        telling=lexicon.names_something(plain),
        bare=lexicon.is_bare(base),
    )


def _without_parties(title: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The title without "between A and B", where both are states."""
    for found in _BETWEEN.finditer(title):
        states = [lexicon.state(found[1]), lexicon.state(found[2])]
        if all(states):
            rest = title[: found.start()] + title[found.end() :]
            return " ".join(rest.split()), tuple(state for state in states if state)
    return title, ()


def _issuer(title: str, lexicon: Lexicon) -> str | None:
    """The one known body in the title of a numbered document."""
    if _COUNCIL.fullmatch(title) or re.match(r"(UNSC|UN SC)\b", title):
        return COUNCIL
    found = [rule for phrase in phrases(folded(title)) if (rule := lexicon.body_names.get(lexicon.key(phrase)))]
    found += [rule for word in title.split() for rule in lexicon.readings(word.strip("(),"))]
    longest = sorted(set(found))
    return longest[0] if len(longest) == 1 else COUNCIL if COUNCIL in longest else None
