"""Other forms of a body's name that a text sets up: acronyms in parentheses, "the Council" after the full name."""

from __future__ import annotations

from communique.components.organization_rules import Body, Lexicon
from communique.tokens import TITLE, Mention, Tokens

_OF_MEMBERS = (
    ["leaders"], ["members"], ["heads"], ["governments"], ["countries"], ["states"], ["delegation"], ["ministers"],
    ["secretariat"], ["chair"], ["chairman"], ["officials"], ["allies"], ["partners"],
)  # fmt: skip
"""What a short form without an article stands before: "Forum leaders"."""
_ASIDE = 14
"""How many words an aside with the acronyms of a name may have."""
_DEFINITE = frozenset({"the", "this", "our", "its", "their", "'s", "that"})


class Forms:
    """Finds acronyms and short forms of the bodies found in one text."""

    def __init__(self, rules: Lexicon, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self._inner: list[tuple[int, str, list[str]]] = []

    def acronyms(self, found: list[Mention]) -> list[Mention]:
        """Reads "Lake States Council (LSC)", "LSC (Lake States Council)", and the acronym wherever it comes again."""
        by_end = {m.end: m for m in found}
        named: dict[str, tuple[str, str]] = {}
        for k in [k for k, word in enumerate(self.words) if word == "("]:
            if not 0 < k < self.size - 2:
                continue
            stop = k + 1
            while stop < min(k + _ASIDE, self.size) and self.words[stop] != ")":
                stop += 1
            m = by_end.get(k)
            if m is None or stop >= self.size or self.words[stop] != ")":
                continue
            for acronym, alone in self._given(k + 1, stop):
                whose = self._whose(acronym, m) or ((m.key, "") if alone else None)
                if whose is not None:
                    named.setdefault(acronym, whose)
        self._by_initials(found, named)
        if not named:
            return []
        longer = {acronym.split("-")[0]: acronym for acronym in named if "-" in acronym}
        extra = []
        sought = {*longer, *named}
        for i in [i for i, word in enumerate(self.words) if word in sought]:
            word = self.words[i]
            whole = longer.get(word)
            if whole is not None and "".join(self.words[i : i + 2 * whole.count("-") + 1]) == whole:
                end = i + 2 * whole.count("-") + 1
                extra.append(Mention(i, end, "organization.acronym", named[whole][0], Body(acronym=True)))
            elif (known := named.get(word)) is not None:
                extra.append(Mention(i, i + 1, "organization.acronym", known[0], Body(acronym=True, name=known[1])))
        return extra

    def _by_initials(self, found: list[Mention], named: dict[str, tuple[str, str]]) -> None:
        """Acronyms that no parentheses tell: "NLC President" beside "the Nigeria Labour Congress"."""
        capitals = {w for w in set(self.words) if w.isupper() and 2 < len(w) < 7 and w.isalpha()}
        for m in found if capitals else ():
            words = [w for w in self.words[m.start : m.end] if w[:1].isupper()]
            initials = "".join(w[0] for w in words)
            if len(words) > 2 and not m.data.acronym and initials in capitals:
                named.setdefault(initials, (m.key, ""))

    def _given(self, start: int, stop: int) -> list[tuple[str, bool]]:
        """The acronyms between parentheses, and whether each can only be one.

        One may be of the name in another language: "(SSU / USS)", "(hereinafter LSC or the Council)", "(BOAIR)".
        """
        inside = self.words[start:stop]
        whole = "".join(inside)
        if len(inside) < 5 and not {"/", ",", ";", "or"} & set(inside):
            return [(whole, len(inside) == 1 and self._capitals(start))]
        if self.lower[start] in ("hereinafter", "hereafter", "henceforth") or {"/", ",", ";", "or"} & set(inside):
            return [(w, True) for i, w in enumerate(inside, start) if self._capitals(i)]
        return []

    def _capitals(self, i: int) -> bool:
        """Whether a word is an acronym by its letters, and nobody else's."""
        word = self.words[i]
        if not (word.isupper() and word.isalpha() and 2 < len(word) < 9):
            return False
        return not any(m.start == i for kind in ("state", "date") for m in self.tokens.found.get(kind, ()))

    def _whose(self, acronym: str, m: Mention) -> tuple[str, str] | None:
        """The key and, for a body inside the name of another, the name of the body that an acronym is of."""
        words = self._span_words(m)
        if _is_acronym(acronym, words):
            return m.key, ""
        for k in range(len(words) - 2, 0, -1):  # "Peace Council of the Union of Coast States (UCS)"
            if words[k - 1] in ("of", "the") and words[k][0].isupper() and _is_acronym(acronym, words[k:]):
                key = " ".join(words[k:]).lower()
                self._inner.append((m.start, key, words[k:]))
                return key, self.tokens.join(m.start + k, m.end)
        return None

    def _span_words(self, m: Mention) -> list[str]:
        return self.words[m.start : m.end]

    def short_forms(self, found: list[Mention]) -> list[Mention]:
        """Reads "the Council" after "Lake States Council": the capitalised end of a name given before."""
        taken = {i for m in found for i in range(m.start, m.end)}
        endings: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for m in found:
            for short in self.rules.short.get(m.key, ()):
                endings.setdefault(tuple(short.split()), []).append((m.start, m.key))
            if m.data.acronym:
                continue
            words = self.words[m.start : m.end]
            if all(w.isupper() for w in words if w.isalpha() and len(w) > 3):
                words = [w.title() if len(w) > 3 else w for w in words]  # a name in a heading
            for form in self._endings(words):
                endings.setdefault(form, []).append((m.start, m.key))
        for start, key, words in self._inner:
            for form in self._endings(words):
                endings.setdefault(form, []).append((start, key))
        if not endings:
            return []
        firsts = {form[0] for form in endings}
        longest_form = max(map(len, endings))
        extra = []
        for i in range(1, self.size):
            if self.words[i] not in firsts or i in taken:
                continue
            if self.lower[i - 1] not in _DEFINITE and self.lower[i + 1 : i + 2] not in _OF_MEMBERS:
                continue
            for length in range(min(longest_form, self.size - i), 0, -1):
                form = tuple(self.words[i : i + length])
                places = [p for p in endings.get(form, ()) if p[0] < i]
                if places and not (
                    i + length < self.size and self.flags[i + length] & TITLE and not self.tokens.gap[i + length]
                ):
                    if not (i + length < self.size and self.lower[i + length] == "of"):
                        extra.append(Mention(i, i + length, "organization.short-form", places[-1][1], Body()))
                    break
        return extra

    def bare(self, found: list[Mention]) -> list[Mention]:
        """Reads "the Senate" where no full name has set it up: of its kind there is one that can be meant."""
        taken = {i for m in found for i in range(m.start, m.end)}
        extra = []
        for i in range(1, self.size - 1):
            word = self.words[i]
            if word not in self.rules.stops["bare"] or i in taken or self.lower[i - 1] != "the":
                continue
            goes_on = self.flags[i + 1] & TITLE and not self.tokens.gap[i + 1]
            if not goes_on and self.lower[i + 1] not in ("of", "-"):
                extra.append(Mention(i, i + 1, "organization.bare", word, Body()))
        return extra

    def _endings(self, words: list[str]) -> list[tuple[str, ...]]:
        """The forms by which a name is taken up: its last words from a head on, or its head before "of"."""
        forms: list[tuple[str, ...]] = []
        upto = next((k for k, w in enumerate(words) if w.lower() in ("of", "for", "on")), len(words))
        core = words[:upto]
        for k in range(len(core) - 1, -1, -1):
            if not core[k][:1].isupper():
                break
            forms.append(tuple(core[k:]))
        head = forms[0][0] if forms else ""
        if head not in self.rules.alone:
            forms = [f for f in forms if f[-1] in self.rules.alone and len(f) < len(words)]
        return [f for f in forms if f != tuple(words)]


def _is_acronym(text: str, name: list[str]) -> bool:
    """Whether the letters of an acronym come in order as initials (or early letters) of the name's words."""
    letters = [c for c in text if c.isalpha()]
    if not 2 <= len(letters) <= 12 or sum(c.isupper() for c in letters) < 2:
        return False
    joined = "".join(name).lower()
    at = 0
    for c in letters:
        at = joined.find(c.lower(), at) + 1
        if not at:
            return False
    return joined[:1] == letters[0].lower() or any(w[:1].lower() == letters[0].lower() for w in name[:3])
