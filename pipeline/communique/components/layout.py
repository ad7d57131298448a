"""The shape of a text: blocks (paragraphs, list items, headings), sentences, title and dateline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from communique.components.base import Component
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, DIGIT, LOWER, POINTED, Block, Tokens, tokens_of

_LONGEST = 600
"""Words of a sentence; those of real communiqués stay below 200."""
_ENDERS = frozenset(".!?…")
_CLOSERS = frozenset("\"')]*")
_OPENERS = frozenset("\"'([")
_BULLETS = frozenset({"•", "*", "-", "–", "·", "▪", "●", "○", "◦", "■", "►", "o", "+", "**", "--", ">"})
_EMPHASIS = frozenset({"*", "**", "-", "–", "+", "--"})
_NUMBER = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4}|[A-Z]|[IVX]{1,4})", re.ASCII)
_RUN = re.compile(r"\S*")
_DANGLING = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "that",
        "their",
        "our",
    }
)
_LONG_LINE = 45
_HEADING_WORDS = 30


@rule_file("abbreviations")
class AbbreviationRule(Rule):
    """Words whose final point does not end a sentence, with the point ("Gen.")."""

    words: tuple[str, ...]


@rule_file("sentence_starters")
class StarterRule(Rule):
    """Capitalised words that, after an abbreviation, begin a new sentence ("in the U.S. The leaders")."""

    words: tuple[str, ...]


class Dateline(NamedTuple):
    """The place at the head of a report: words `start` to `end`, and where the report itself begins."""

    start: int
    end: int
    body: int


class Layout(Component):
    """Finds the blocks, sentences, title and dateline of a text, and marks sentence starts for spaCy."""

    models = (AbbreviationRule, StarterRule)

    def build(self) -> None:
        self._abbreviations = frozenset(w.lower() for r in self.read(AbbreviationRule) for w in r.words)
        self._starters = frozenset(w for r in self.read(StarterRule) for w in r.words)

    def __call__(self, doc: Doc) -> Doc:
        tokens = tokens_of(doc)
        self.find(tokens)
        _mark_sentences(doc, tokens)
        return doc

    def find(self, tokens: Tokens) -> None:
        tokens.blocks = _blocks(tokens)
        tokens.block_of = [n for n, b in enumerate(tokens.blocks) for _ in range(b.start, b.end)]
        tokens.sentences = self._sentences(tokens)
        tokens.sentence_of = [n for n, (s, e) in enumerate(tokens.sentences) for _ in range(s, e)]
        tokens.title = _given_title(tokens) or _title(tokens)
        tokens.dateline = _dateline(tokens)

    def _sentences(self, tokens: Tokens) -> list[tuple[int, int]]:
        sentences: list[tuple[int, int]] = []
        words, flags = tokens.words, tokens.flags
        for block in tokens.blocks:
            begin = block.start
            for i in range(block.text, block.end):
                if words[i] not in _ENDERS and not flags[i] & POINTED:
                    continue
                end = self._sentence_end(tokens, i, block.end)
                if begin < end < block.end:
                    sentences.append((begin, end))
                    begin = end
            if begin < block.end:
                sentences.append((begin, block.end))
        return [part for start, end in sentences for part in _in_parts(start, end)]

    def _sentence_end(self, tokens: Tokens, i: int, limit: int) -> int:
        """Where the sentence ends that the word `i` may close, or -1."""
        words, flags = tokens.words, tokens.flags
        j = i + 1
        while j < limit and words[j] in _CLOSERS and tokens.start[j] == tokens.end[j - 1]:
            j += 1
        if j >= limit:
            return j
        if flags[i] & POINTED:
            if tokens.lower[i] in self._abbreviations and words[j] not in self._starters:
                return -1
            return j if words[j] in self._starters else -1
        if words[i] == "." and i and tokens.end[i - 1] == tokens.start[i]:
            if tokens.lower[i - 1] + "." in self._abbreviations and words[j] not in self._starters:
                return -1
            if len(words[i - 1]) == 1 and flags[i - 1] & CAPITAL and words[j] not in self._starters:
                return -1
        k = j + 1 if words[j] in _OPENERS and j + 1 < limit else j
        return -1 if flags[k] & LOWER and tokens.gap[j] == 0 else j


def _in_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or what never ends in parts, since reading clauses costs the square of their length."""
    for begin in range(start, end, _LONGEST):
        yield begin, min(begin + _LONGEST, end)


def _mark_sentences(doc: Doc, tokens: Tokens) -> None:
    """Tell spaCy where sentences start, so that `doc.sents` works.

    At once from an array: setting a token's `is_sent_start` looks at all tokens each time.
    """
    if not len(doc):
        return
    starts = np.array([tokens.start[s] for s, _ in tokens.sentences], dtype=np.uint64)
    marks = np.where(np.isin(doc.to_array("IDX"), starts), 1, -1)
    marks[0] = 1
    column: Any = marks.astype(np.int64).astype(np.uint64).reshape(-1, 1)  # spaCy types it as thinc's arrays
    doc.from_array(["SENT_START"], column)


def _blocks(tokens: Tokens) -> list[Block]:
    spans = _split(tokens)
    blocks: list[Block] = []
    chapeau = -1
    nested: list[tuple[str, int]] = []
    for n, (start, end) in enumerate(spans):
        text = _after_mark(tokens, start, end)
        if text > start:
            style = _style(tokens, start, text)
            while any(style == known for known, _ in nested):
                nested.pop()
            blocks.append(Block("item", start, end, text, nested[-1][1] if nested else chapeau))
            if tokens.words[end - 1] == ":":
                nested.append((style, n))
            continue
        nested.clear()
        if chapeau >= 0 and _goes_on(tokens, blocks, chapeau, end):
            blocks.append(Block("item", start, end, start, chapeau))
            continue
        kind = "heading" if _is_heading(tokens, start, end, n == len(spans) - 1) else "text"
        blocks.append(Block(kind, start, end, start, -1))
        if tokens.words[end - 1] in (":", ",") or (end - start < 25 and tokens.words[end - 1] == "–"):
            if not (chapeau >= 0 and tokens.lower[start].endswith("ing")):
                chapeau = n
        elif not (chapeau >= 0 and tokens.words[end - 1] == ";"):
            chapeau = -1  # "The Council, / Recalling …; / 1. Decides …": the recitals change nothing
    return blocks


def _goes_on(tokens: Tokens, blocks: list[Block], chapeau: int, end: int) -> bool:
    """Whether an unmarked paragraph is an item under "The members of the Council:", as semicolons tell."""
    if tokens.words[blocks[chapeau].end - 1] != ":":
        return False
    last = blocks[-1]
    if last is blocks[chapeau]:
        return _half_closed(tokens, end)
    return last.kind == "item" and last.text == last.start and _half_closed(tokens, last.end)


def _half_closed(tokens: Tokens, end: int) -> bool:
    """Whether words end in ";" or "; and"."""
    final = tokens.words[end - 1]
    return final == ";" or (
        tokens.lower[end - 1] in ("and", "or") and tokens.words[end - 2 : end - 1] in ([";"], [","])
    )


def _style(tokens: Tokens, start: int, text: int) -> str:
    """The kind of a list mark: digits, letters, Roman numerals or a bullet, with what stands around them."""
    mark = "".join(tokens.lower[start:text])
    if any(c.isdigit() for c in mark):
        return "1" + mark.strip("0123456789")
    inner = mark.strip("().")
    if inner.isalpha():
        roman = len(inner) > 1 or (inner == "i" and not _follows_h(tokens, start))
        return ("i" if roman else "a") + mark.replace(inner, "")
    return mark


def _follows_h(tokens: Tokens, start: int) -> bool:
    """Whether an "(i)" comes behind an "(h)" and so is a letter."""
    return "h" in tokens.lower[max(0, start - 60) : start]


def _split(tokens: Tokens) -> list[tuple[int, int]]:
    """Blocks as word spans: cut at blank lines and at line ends that are no wraps."""
    gap, words = tokens.gap, tokens.words
    breaks = [i for i in range(1, len(words)) if gap[i]]
    lines = [0, *breaks, len(words)]
    width = _wrap_width(tokens, lines)
    starts = [0]
    for n in range(1, len(lines) - 1):
        i = lines[n]
        if not _is_wrap(tokens, lines[n - 1], i, lines[n + 1], width):
            starts.append(i)
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(words)], strict=True) if a < b]


def _wrap_width(tokens: Tokens, lines: list[int]) -> int:
    """The width at which the text's lines are wrapped, or 0 where they are not."""
    lengths = [tokens.end[b - 1] - tokens.start[a] for a, b in itertools.pairwise(lines) if a < b]
    wrapped = sorted(n for n in lengths if _LONG_LINE <= n <= 100)
    longer = sum(n > 100 for n in lengths)
    if len(wrapped) < 4 or len(wrapped) <= longer:
        return 0
    return wrapped[int(len(wrapped) * 0.95)]


def _is_wrap(tokens: Tokens, line: int, i: int, after: int, width: int) -> bool:
    """Whether the line end before word `i` only wraps a line that goes on."""
    if _after_mark(tokens, i, after) > i:
        return False
    if tokens.lower[i - 1] in _DANGLING:
        return True
    length = tokens.end[i - 1] - tokens.start[line]
    first = _run_length(tokens.text, tokens.start[i])
    closed = tokens.words[i - 1] in _ENDERS or tokens.words[i - 1] in (":", ";")
    if tokens.gap[i] > 1:
        # a blank line inside a sentence: double-spaced wraps, or markup between two halves
        return tokens.gap[i] == 2 and not closed and bool(tokens.flags[i] & LOWER) and length >= _LONG_LINE
    if width:
        return length + 1 + first > width - 6 or (length >= _LONG_LINE and bool(tokens.flags[i] & LOWER) and not closed)
    return bool(tokens.flags[i] & LOWER) and not closed


def _run_length(text: str, start: int) -> int:
    """How many characters from `start` no blank parts: what did not fit on the line before."""
    match = _RUN.match(text, start)
    return match.end() - start if match is not None else 0


def _after_mark(tokens: Tokens, start: int, end: int) -> int:
    """The word after a list mark ("•", "1.", "(a)", "iv)") at the start of a block; `start` if there is none."""
    words = tokens.words
    i = start
    while i < end - 1 and (words[i] == "\\" or (words[i] in _BULLETS and words[i] != "o")):
        if words[i] in _EMPHASIS and tokens.start[i + 1] == tokens.end[i]:
            break
        i += 1
    if i > start:
        return i
    if i < end - 1 and words[i] == "o" and tokens.start[i + 1] > tokens.end[i]:
        return i + 1
    if i < end - 3 and words[i] == "(" and _NUMBER.fullmatch(words[i + 1]) and words[i + 2] == ")":
        return i + 3
    if i < end - 2 and words[i + 1] in (".", ")") and _NUMBER.fullmatch(words[i]):
        return start if words[i + 1] == "." and _initials_a_name(tokens, i, words[i]) else i + 2
    if i < end - 1 and words[i][-1] == "." and _NUMBER.fullmatch(words[i][:-1]) and not tokens.flags[i + 1] & DIGIT:
        return start if _initials_a_name(tokens, i, words[i][:-1]) else i + 1
    return start


def _initials_a_name(tokens: Tokens, i: int, letter: str) -> bool:
    """Whether a capital with a point is no list mark: no line begins with the letter before it."""
    if letter in ("A", "I") or len(letter) > 1 or not letter.isupper() or not tokens.flags[min(i + 2, len(tokens) - 1)]:
        return False
    before = {chr(ord(letter) - 1) + ".", chr(ord(letter) - 1)}
    return not any(tokens.gap[k] and tokens.words[k] in before for k in range(i)) and tokens.words[0] not in before


def _is_heading(tokens: Tokens, start: int, end: int, last: bool) -> bool:
    if last or (end - start > _HEADING_WORDS and not all(w.isupper() for w in tokens.words[start:end] if w.isalpha())):
        return False
    if tokens.words[end - 1] in _ENDERS or tokens.words[end - 1] in (":", ";", ",") or tokens.flags[end - 1] & POINTED:
        return False
    return not tokens.flags[start] & LOWER


def _given_title(tokens: Tokens) -> tuple[int, int] | None:
    """The words of the title that the metadata give, where the text begins with it."""
    title = tokens.context.get("title")
    if not isinstance(title, str) or not title:
        return None
    at = tokens.text.find(title, 0, len(title) + 200)
    if at < 0:
        return None
    start, end = tokens.words_in(at, at + len(title))
    return (start, end) if start < end else None


def _title(tokens: Tokens) -> tuple[int, int] | None:
    """The first heading that is more than a date, a place or a sender's line."""
    headings = [b for b in tokens.blocks[:6] if b.kind == "heading"]
    if not headings:
        return None
    best = max(headings, key=lambda b: (_title_likeness(tokens, b), -b.start))
    start, end = best.start, best.end
    while start < end - 1 and tokens.words[start].strip("#*_|") == "":
        start += 1
    while end > start + 1 and tokens.words[end - 1].strip("#*_|") == "":
        end -= 1
    return start, end


def _title_likeness(tokens: Tokens, block: Block) -> int:
    words = tokens.words[block.start : block.end]
    letters = [w for w in words if w.isalpha()]
    if not letters or len(words) < 3:
        return -1
    dated = any(w.isdigit() and len(w) == 4 for w in words) and len(words) <= 24 and not letters[0].isupper()
    upper = all(w.isupper() for w in letters)
    return 0 if dated else 1 + upper + (len(letters) > 6)


def _dateline(tokens: Tokens) -> Dateline | None:
    """Reads "KAMPALA, 17 May – ", "ASTANA – " at the head of one of the first blocks."""
    for block in tokens.blocks[:5]:
        for i in range(block.start + 1, min(block.start + 12, block.end - 2)):
            if tokens.words[i] in ("–", "--", "-") and tokens.start[i] > tokens.end[i - 1]:
                if tokens.flags[block.start] & CAPITAL and tokens.words[block.start].isupper():
                    return Dateline(block.start, i, i + 1)
                break
    return None


@Language.factory("communique_layout", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Layout:
    """The factory of `communique_layout`."""
    return Layout(nlp, rules)
