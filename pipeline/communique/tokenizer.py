"""spaCy's English tokenizer, with what the genre glues taken apart."""

from __future__ import annotations

from typing import Any

from spacy.lang.char_classes import ALPHA_LOWER, ALPHA_UPPER
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

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


def customize(nlp: Language) -> None:
    """Add the genre's prefixes, infixes and suffixes to the pipeline's tokenizer."""
    defaults = nlp.Defaults
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex(
        [*(_but_initials(str(i)) for i in defaults.infixes or ()), *_INFIXES]
    ).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES]).search


def _but_initials(infix: str) -> str:
    """The infix; the one that parts "talks.The" at its point leaves "Ts.Okello" alone."""
    return rf"(?<!\b[{ALPHA_UPPER}][{ALPHA_LOWER}]){infix}" if _is_point(infix) else infix


def _is_point(infix: str) -> bool:
    return infix.startswith("(?<=[") and ")\\.(?=[" in infix
