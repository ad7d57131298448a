"""Documents: known instruments, names built around a kind word, and lower-case ones that the text says were acted on.

A name runs from its first capitalised word over its kind word to the end of its subject phrase: parties, years and
period included. A kind word alone ("the Agreement") takes up a document named before and is no mention; nor is the
text's name for itself ("this Joint Statement").
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.components.document_acts import Acts, Told
from communique.components.document_links import Parties, acronyms, linked
from communique.components.document_names import Names
from communique.components.document_reading import (
    DocumentRule,
    DocumentVerbRule,
    DocumentWordsRule,
    Found,
    KindRule,
    Reading,
    Tables,
    flat,
)
from communique.components.patterns import named_by_pattern
from communique.matching import longest
from communique.tokens import Mention, Tokens
from communique.values.periods import period_of, year_of_name

__all__ = ["Document", "DocumentRule", "DocumentVerbRule", "DocumentWordsRule", "Documents", "KindRule"]

_ORDERS = frozenset({"law", "decision", "resolution"})
"""Types of which a single year in the name is that of their number or subject."""
_WANTED = frozenset({"treaty", "agreement", "convention", "protocol", "memorandum", "declaration", "charter"})
"""Types that a text may name in small letters when they are only to come: a plan to be made is a mere plan."""


class Document(NamedTuple):
    """What the text says of a document. `parties` are codes of states and keys of organizations."""

    type: str
    status: str
    date: str | None
    period: str | None
    parties: tuple[str, ...]


class Documents(Component):
    """Finds the documents of a text."""

    models = (KindRule, DocumentRule, DocumentVerbRule, DocumentWordsRule)

    def build(self) -> None:
        self.tables = Tables(
            self.nlp,
            self.read(KindRule),
            self.read(DocumentRule),
            self.read(DocumentVerbRule),
            self.read(DocumentWordsRule),
        )

    def find(self, tokens: Tokens) -> None:
        tokens.found["document"] = _Search(Reading(self.tables, tokens)).mentions()


class _Search:
    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.names = Names(reading)
        self.parties = Parties(reading)

    def mentions(self) -> list[Mention]:
        known = self._known()
        inside = {i for f in known for i in range(f.start, f.end)}
        self.names.closed = frozenset(inside)
        named, small = list(known), []
        for hit in self.r.kinds:
            capital = self.r.capital(hit.start)
            read = self.names.capitalised if capital else self.names.half_named
            if hit.start in inside:
                continue
            if (one := read(hit)) is not None:
                named.append(one)
            elif (one := self.names.small(hit)) is not None:
                small.append(one)
        named = flat(named)
        acts = Acts(self.r, {f.end: f.start for f in (*named, *flat([*named, *small]))})
        found = flat([*named, *(f for f in small if self._acted_on(f, acts.told(f)))])
        found = flat([*found, *acronyms(self.r, found)])
        return self._told(linked(self.r, found), acts)

    def _known(self) -> list[Found]:
        """Known instruments and what patterns found; no acronyms that the text uses for a body or among capitals."""
        r = self.r
        found = []
        for hit in longest(r.tables.known(r.tokens)):
            rule, kind, acronym = hit.value
            body = r.body_at.get(hit.start)
            if (body is not None and body.end >= hit.end) or (acronym and r.shouted(hit.start)):
                continue
            start, end = self.names.known(hit.start, hit.end, acronym)
            found.append(Found(start, end, rule, kind, rule))
        for m in named_by_pattern(r.tokens, "DOCUMENT"):
            start = next((h.start for h in r.kinds if h.end == m.start), m.start)
            found.append(Found(start, m.end, m.rule, m.data or "other", " ".join(r.lower[m.start : m.end])))
        return flat(found)

    def _acted_on(self, f: Found, told: Told) -> bool:
        if told.draft and f.type not in _WANTED:
            return False
        # a participle alone ("the contracts signed") tells nothing of a kind word without a subject
        return told.act and (told.status != "mentioned" or any(self.r.is_(k, "subject") for k in range(f.start, f.end)))

    def _told(self, found: list[Found], acts: Acts) -> list[Mention]:
        """The mentions with what the text says of each document, taken from all its mentions."""
        entries: dict[str, Document] = {}
        for f in found:
            one = self._document(f, acts.told(f))
            known = entries.get(f.key)
            entries[f.key] = one if known is None else _merged(known, one)
        return [Mention(f.start, f.end, f.rule, f.key, entries[f.key]) for f in found]

    def _document(self, f: Found, told: Told) -> Document:
        r = self.r
        inner = [(m.start - f.start, m.data) for start, m in r.dates.items() if f.start <= start < f.end]
        words = r.lower[f.start : f.end]
        own = self._own(f)
        name_date = year_of_name(r.words[f.start : own], [d for d in inner if d[0] < own - f.start])
        return Document(
            f.type,
            told.status,
            name_date or told.date,
            period if (period := period_of(words, inner)) and (f.type not in _ORDERS or "/" in period) else None,
            self.parties.of(f, told.status in ("signed", "adopted")),
        )

    def _own(self, f: Found) -> int:
        """The end of what a name says of the document itself: before another document, whose date would be its own.

        "Protocol amending the Convention of 1990" is not of 1990, but "1990 Protocol amending the Convention" is.
        """
        first = next((k for k in range(f.start, f.end) if k in self.r.kind_at), f.end)
        if first == f.end:
            return f.end
        behind = self.r.kind_at[first].end
        while behind in self.r.kind_at and behind < f.end:
            behind = self.r.kind_at[behind].end  # "Framework Agreement"
        return next((k for k in range(behind, f.end) if k in self.r.kind_at), f.end)


def _merged(known: Document, one: Document) -> Document:
    """Two mentions of one document: the first that tells an act gives the status."""
    status = known.status if known.status != "mentioned" else one.status
    return known._replace(
        status=status,
        date=known.date or one.date,
        period=known.period or one.period,
        parties=known.parties or one.parties,
    )


@Language.factory("communique_documents", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Documents:
    """The factory of `communique_documents`."""
    return Documents(nlp, rules)
