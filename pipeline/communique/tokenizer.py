"""spaCy's English tokenizer, with what the genre glues taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import spacy
from spacy.lang.char_classes import ALPHA_LOWER, ALPHA_UPPER
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from communique.lexemes import quicken

NAME = "communique_tokenizer"
"""What a pipeline's config calls it."""
_CACHED_MOST = 100_000
"""Chunks of text whose tokens are remembered; spaCy's 10,000 are filled by the rules' phrases alone."""

_DASH = "-‐‑‒–—―−~"
_INFIXES = (
    r"(?<=[a-z])[–—](?=[0-9])",  # June–2 July
    rf"(?<=[0-9])(?:%|bn|mn)(?=[{_DASH}][0-9$€£])",  # 10%-12%, $5bn-$7bn
    rf"(?<=[0-9]%)[{_DASH}](?=[0-9])",
    rf"(?<=[0-9](?:st|nd|rd|th|bn|mn))[{_DASH}](?=[0-9$€£])",
    r"(?<=[-–])[$€£](?=[0-9])",
    r"\*\*+",
    r"(?<=\w)[–—](?=[*\W])",
    r"\]\((?=http)",
    rf"(?<=[0-9])[{_DASH}](?=[0-9$€£¥])",  # 2026–2028, 5–7
    rf"(?<=[A-Za-z]\.)[{_DASH}/](?=[A-Za-z])",  # U.S.-ASEAN
    rf"(?<=[A-Z0-9])[{_DASH}](?=[A-Z][a-z])",  # C5-Japan
    r"(?<=[A-Za-z])[()\[\]](?=\w)",  # Corporation(CNPC
    r"(?<=[a-z0-9])[(\[]",
    r"(?<=[a-z]{2})[.!?](?=[A-Z“\"(])",  # a lost blank after the sentence
    r"(?<=[a-zA-Z0-9])[;:](?=[A-Za-z])",
    r"(?<=[a-z])[”\"](?=[A-Za-z])",
    rf"(?<=\b[{ALPHA_UPPER}]\.)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}]{{2}})",  # D.Okello
    rf"(?<=\b[{ALPHA_UPPER}][{ALPHA_LOWER}]\.)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}]{{2}})",  # Ts.Okello
)
_PREFIXES = (
    r"[A-Z]{1,3}\$",
    r"\$(?:A|US|NZ|HK)(?=[0-9])",
    r"(?:EUR|USD|GBP)(?=[0-9])",
    r"[₽₸₹₩₺₴₦₫₱₪₾₼]",
    r"R\$",
    rf"[{_DASH}•·▪●○◦■►*]+",
    r"\\",
    r"#+",
)
_SUFFIXES = (
    r"\*\*+",
    r"(?<=[0-9])(?:km2?|kms|m[23]?|cm|mm|ha|kg|t|[kMGT]W|[kMGT]Wh|bn|mn|mln|m|tn|trn|billion|million|trillion|pct|°C|GHz|MHz|kV)",
    rf"[{_DASH}]+",
    r"\\",
    r"(?<=[0-9])[%‰]",
)


class Searcher:
    """A regular expression, not tried where nothing can match: on words of ASCII letters, most of a text.

    Stands where spaCy expects the bound methods of a compiled pattern, and is saved by `pattern` as those are.
    """

    def __init__(self, regex: re.Pattern[str]) -> None:
        self._regex = regex
        self._search, self._finditer = regex.search, regex.finditer
        self.pattern = regex.pattern

    def __reduce__(self) -> tuple[type[Searcher], tuple[re.Pattern[str]]]:
        return Searcher, (self._regex,)

    def search(self, word: str) -> re.Match[str] | None:
        """The first match, as `re.Pattern.search` gives it."""
        return None if word.isalpha() and word.isascii() else self._search(word)

    def finditer(self, word: str) -> Iterable[re.Match[str]]:
        """All matches, as `re.Pattern.finditer` gives them."""
        return () if word.isalpha() and word.isascii() else self._finditer(word)


class Addresses(Searcher):
    """The expression for web addresses, not tried on words without a point, which every address has."""

    def __reduce__(self) -> tuple[type[Searcher], tuple[re.Pattern[str]]]:
        return Addresses, (self._regex,)

    def match(self, word: str) -> re.Match[str] | None:
        """The match at the start, as `re.Pattern.match` gives it."""
        return self._regex.match(word) if "." in word else None


def blank() -> Language:
    """An English pipeline with nothing but the tokenizer."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": NAME}}})
    quicken(nlp.vocab)
    return nlp


def make() -> Callable[[Language], Tokenizer]:
    """What spaCy calls for the tokenizer that a config names."""
    return _make


registry.tokenizers(NAME, func=make)


def _make(nlp: Language) -> Tokenizer:
    """The tokenizer of spaCy with the genre's prefixes, infixes and suffixes."""
    defaults = nlp.Defaults
    infixes = [*(_but_initials(str(i)) for i in defaults.infixes or ()), *_INFIXES]
    url_match: Any = defaults.url_match
    return Tokenizer(
        nlp.vocab,
        rules={k: v for k, v in (defaults.tokenizer_exceptions or {}).items() if k not in _NOT_SPECIAL},
        prefix_search=Searcher(compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or ())])).search,
        suffix_search=Searcher(compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES])).search,
        infix_finditer=Searcher(compile_infix_regex(infixes)).finditer,
        token_match=defaults.token_match,
        url_match=Addresses(url_match.__self__).match,
        max_cache_size=_CACHED_MOST,
    )


_NOT_SPECIAL = frozenset(" \t\n")
"""Exceptions of spaCy's that change nothing; behind the first of a text, it remembers no chunk's tokens any more."""
_SEARCHES = ("prefix_search", "suffix_search", "infix_finditer", "url_match")


def spares_words(tokenizer: Any) -> bool:
    """Whether a pipeline's tokenizer makes one token of each word of ASCII letters that is none of its `rules`."""
    return getattr(tokenizer, "token_match", True) is None and all(
        isinstance(getattr(getattr(tokenizer, name, None), "__self__", None), Searcher) for name in _SEARCHES
    )


def _but_initials(infix: str) -> str:
    """The infix; the one that parts "talks.The" at its point leaves "Ts.Okello" alone."""
    return rf"(?<!\b[{ALPHA_UPPER}][{ALPHA_LOWER}]){infix}" if _is_point(infix) else infix


def _is_point(infix: str) -> bool:
    return infix.startswith("(?<=[") and ")\\.(?=[" in infix
