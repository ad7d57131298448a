"""HTML: the text of a page without what surrounds it, and title, publisher, date and address from its metadata."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import Any

import lxml.etree
import lxml.html
import trafilatura

from communique.errors import InputError
from communique.readers.encoding import UNICODE, decode
from communique.readers.source import Source, with_line_feeds

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says its encoding; browsers look at 1,024."""
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2200-01-01"}
"""From the page's metadata alone, and whatever the clock says."""
_ROWS = ("- ", "|")
"""How a list's items and a table's rows begin in what trafilatura gives."""
_SHORT = 250
"""Characters of main text below which trafilatura takes words in bold or in links for paragraphs of their own."""
_DEPTH = 100
"""Elements in elements above which the main text is not looked for: its cost grows with the square of the depth."""
_DECLARATIONS = re.compile(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset(
    {"head", "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "textarea"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre",
        "section", "table", "ul",
    }
)  # fmt: skip
_LINES = frozenset({"br", "li", "tr"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(data: bytes, path: str, sha256: str, media_type: str) -> Source:
    """The main text of a page; all that stands in it where no main text can be told."""
    page, encoding, guessed = _decode(data, path)
    tree = _tree(page, path)
    found = _extract(tree) if _depth(tree) <= _DEPTH else None
    text = _paragraphs(found.text) if found is not None and found.text else ""
    if not text or (len(text) < _SHORT and "\n" in text):
        text = _everything(_tree(page, path))
    return Source(
        with_line_feeds(text),
        sha256,
        media_type,
        encoding,
        title=_words(found and found.title),
        publisher=_words(found and found.sitename),
        published=found.date if found and found.date and _DAY.fullmatch(found.date) else None,
        url=_words(found and found.url),
        guessed=guessed,
    )


def _decode(data: bytes, path: str) -> tuple[str, str, bool]:
    """By a byte order mark, by what the page says, as UTF-8, by a guess."""
    told = _CHARSET.search(data[:_HEAD])
    if told and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Browsers take "latin-1" for what is written by that name.
        name = told[1].decode().lower()
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            codec = codecs.lookup(name)
            if b"\0" not in data and codec.name not in UNICODE:
                return data.decode(name), codec.name, False
        except (LookupError, UnicodeDecodeError):
            pass
    text, encoding = decode(data, path)
    return text, encoding, encoding not in UNICODE


def _tree(page: str, path: str) -> Any:
    # What a page declares of its encoding is about bytes, and no longer true of characters; entities are its own.
    page = _DECLARATIONS.sub("", page.removeprefix("\ufeff"), count=2)
    parser = lxml.html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        raise InputError(path, "holds no text") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise InputError(path, "nested too deeply")
    return tree


def _extract(tree: Any) -> Any:
    return trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
    )


def _paragraphs(text: str) -> str:
    """Paragraphs parted by an empty line; items of a list and rows of a table on lines one under the other."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    parts = lines[:1]
    for before, line in pairwise(lines):
        close = before.startswith(_ROWS) and line.startswith(_ROWS)
        parts += ["\n" if close else "\n\n", line]
    return "".join(parts)


def _everything(tree: Any) -> str:
    """All text that a reader of the page sees, a block a paragraph."""
    parts: list[str] = []
    walk = lxml.etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            parts += [_breaks(element.tag), _SPACE.sub(" ", element.text or "")]
        if event == "end":
            parts += [_breaks(element.tag), _SPACE.sub(" ", element.tail or "")]
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _breaks(tag: object) -> str:
    return "\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else ""


def _depth(tree: Any) -> int:
    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _words(text: str | None) -> str | None:
    folded = _SPACE.sub(" ", text or "").strip()
    return folded or None
