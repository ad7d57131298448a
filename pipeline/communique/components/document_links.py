"""What belongs to one document: its acronym, its short forms, and the parties its name or its clause gives."""

from __future__ import annotations

from collections.abc import Iterator

from communique.components.document_reading import Found, Reading
from communique.tokens import UPPER, Mention

_SPAN = 30
"""How many words behind "signed by" may name the signatories."""
_BE = frozenset({"was", "were", "is", "has", "have", "been"})


def acronyms(r: Reading, found: list[Found]) -> list[Found]:
    """Reads "National Reform Agenda (NRA)", and NRA wherever it comes again."""
    named: dict[str, Found] = {}
    for f in found:
        if f.lower or f.end + 2 >= r.size or r.words[f.end] != "(" or r.words[f.end + 2] != ")":
            continue
        word = r.words[f.end + 1]
        if r.flags[f.end + 1] & UPPER and len(word) > 1 and word.isalpha() and _shortens(word, r, f):
            named.setdefault(word, f)
    if not named:
        return []
    return [named[w]._replace(start=i, end=i + 1, rule="document.acronym") for i, w in enumerate(r.words) if w in named]


def _shortens(word: str, r: Reading, f: Found) -> bool:
    """Whether an acronym is the document's and not that of a body at the end of its name: it has the kind's initial.

    Of a name with a known rule, or one whose kind word the acronym leaves out, its initials from the first subject
    word on are enough ("Declaration on the Zone of Peace, Freedom and Neutrality (ZOPFAN)").
    """
    initials = [r.words[k][0].upper() for k in range(f.start, f.end) if r.capital(k)]
    kind = next((k for k in range(f.start, f.end) if k in r.kind_at), f.start)
    subject = [r.words[k][0].upper() for k in range(kind + 1, f.end) if r.capital(k)]
    has_kind = r.words[kind][0].upper() in word
    in_order = _in_order(word, initials)
    return (has_kind and in_order) or (len(word) > 3 and subject[:1] == [word[0]] and _in_order(word[:2], subject))


def _in_order(letters: str, initials: list[str]) -> bool:
    """Whether most letters are initials of the name, one behind the other."""
    at = hits = 0
    for letter in letters:
        if letter in initials[at:]:
            at = initials.index(letter, at) + 1
            hits += 1
    return hits * 3 >= len(letters) * 2


def linked(r: Reading, found: list[Found]) -> list[Found]:
    """Give the short forms the key of the one full title that they shorten."""
    titles = {f.key: frozenset(_content(r, f)) for f in found if f.rule != "document.acronym"}
    words = {f.key: tuple(_content(r, f)) for f in found if f.rule != "document.acronym"}
    lower = {f.key for f in found if f.lower}
    keys: dict[str, str] = {}
    for f in found:
        key = f.key
        if key in keys or key not in titles:
            continue
        short = words[key]
        longer = [
            k
            for k in titles
            if k != key and len(words[k]) >= len(short) > 1 and k not in lower and key not in lower
            and _shortened(short, words[k], titles[key] == titles[k])
        ]  # fmt: skip
        if len(longer) == 1 and keys.get(longer[0], longer[0]) != key:
            keys[key] = keys.get(longer[0], longer[0])
    return [f._replace(key=keys.get(f.key, f.key)) for f in found]


def _shortened(short: tuple[str, ...], full: tuple[str, ...], same: bool) -> bool:
    """Whether the words of a short form begin or end those of a full title, or are the same in another order."""
    return same or full[: len(short)] == short or full[-len(short) :] == short


def _content(r: Reading, f: Found) -> Iterator[str]:
    return (r.lower[k] for k in range(f.start, f.end) if r.lower[k].isalnum() and not r.is_(k, "function"))


class Parties:
    """Reads between whom a document is."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading

    def of(self, f: Found, done: bool) -> tuple[str, ...]:
        """The states and bodies behind "between" in its name, behind "signed by", or joined before its kind word.

        Of one that was signed or adopted (`done`) also the body whose it is: "Statement of the Lake States Council".
        """
        r = self.r
        where = next((k for k in range(f.start, f.end) if r.lower[k] in ("between", "among")), -1)
        if where >= 0:
            return self._named(where, f.end)
        k = f.end + (3 if r.words[f.end : f.end + 1] == ["("] else 0)
        k += r.low(k) == ","
        while k < f.end + 3 and r.low(k) in _BE:
            k += 1  # "was signed between Kenya and Uganda"
        verb = r.tables.verbs.get(r.low(k))
        if r.low(k) == "between" or (verb is not None and verb.form == "past" and r.low(k + 1) in ("by", "between")):
            _, limit = r.sentence(f.end - 1)
            return self._named(k, min(limit, k + _SPAN, self._stop(k, limit)))
        return self._compound(f) or (self._owner(f) if done else ())

    def _owner(self, f: Found) -> tuple[str, ...]:
        """The body behind the kind word: "Statement of the Lake States Council"."""
        r = self.r
        kind = next((k for k in range(f.start, f.end) if k in r.kind_at), f.end)
        if r.low(kind + 1) != "of":
            return ()
        body = r.bodies.get(kind + 3 if r.low(kind + 2) == "the" else kind + 2)
        return () if body is None or self._of_state(body) else (body.key,)

    def _stop(self, k: int, limit: int) -> int:
        r = self.r
        return next((j for j in range(k + 2, limit) if r.words[j] in (";", ".") or r.is_(j, "clause")), limit)

    def _compound(self, f: Found) -> tuple[str, ...]:
        """The states and bodies of "U.S.-Brazil Action Plan", "Kenyan-Ugandan treaty", "Kenya-EU Agreement"."""
        r = self.r
        joints = [k for k in range(f.start + 1, f.end - 1) if r.words[k] in ("-", "–")]
        keys = []
        for k in joints:
            body = r.body_at.get(k - 1)
            whole = body if body is not None and f.start <= body.start and body.end == k else None
            before, after = r.state_ends.get(k) or whole, r.states.get(k + 1) or r.bodies.get(k + 1)
            if before is not None and after is not None:
                keys += [before.key, after.key]
        return tuple(dict.fromkeys(keys))

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        """Each state and body in turn; a ministry stands for the state that it is said to be of."""
        r = self.r
        keys: dict[str, None] = {}
        k = start
        while k < end:
            body = r.bodies.get(k)
            if body is not None and not self._of_state(body):
                keys.setdefault(body.key)
                k = body.end
                continue
            if k in r.states and k not in self._closed(k):
                keys.setdefault(r.states[k].key)
            k += 1
        return tuple(keys)

    def _of_state(self, body: Mention) -> bool:
        """Whether a body is an organ of government, for which its state is party."""
        return any(self.r.is_(k, "government") for k in range(body.start, body.end))

    def _closed(self, k: int) -> range:
        """The words of the body around a state's name, if that body is a party itself."""
        body = self.r.body_at.get(k)
        if body is None or self._of_state(body):
            return range(0)
        return range(body.start, body.end)
