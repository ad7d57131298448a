"""What a text says happened to a document: read from the clause around its mention."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from communique.components.document_reading import Found, Reading, Verb

_PAST_DAYS = 60
"""Days before the text's own date from which an act with a date is told as history."""
_MARK = re.compile(r"[a-h]|[ivx]{1,4}|\d{1,2}")
_BE = frozenset({"was", "were", "been", "be", "being", "is", "are"})
_FUTURE = frozenset({"will", "shall", "to", "would", "should", "must", "may", "can", "could"})
_BETWEEN_ITEMS = frozenset({"and", ",", ";", "as", "well", "of", "(", ")", '"', "'"})
_PARTICLES = frozenset({"on", "upon", "to", "from", "of", "for", "into"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "our", "this", "'s"})
_DONE_BY = frozenset({"by", "after", "following", "upon", ",", "with"})


class Told(NamedTuple):
    """The status and the date that a clause gives.

    `act` tells whether it tells an act at all, be it history; `draft` whether that act is but work on a draft.
    """

    status: str
    date: str | None = None
    act: bool = True
    draft: bool = False


_NOTHING = Told("mentioned", None, False)


class Acts:
    """Reads what is said of the documents of one text. `spans` are all that may be documents, by their ends."""

    def __init__(self, reading: Reading, spans: dict[int, int]) -> None:
        self.r = reading
        self.verbs = reading.tables.verbs
        self.spans = spans
        self.starts = {start: end for end, start in spans.items()}

    def told(self, found: Found) -> Told:
        """What the text says happened to a document at this mention."""
        r = self.r
        begin, limit = r.sentence(found.start)
        k = self._back(found.start, begin)
        behind = found.end
        while behind < limit and (r.words[behind] in (")", '"', "'") or self._bracketed(behind)):
            behind += 3 if r.words[behind] == "(" else 1
        if not self._inside_phrase(k, begin) and (told := self._passive(behind, limit)) is not None:
            return told
        told = self._governed(k, begin)
        if told.act:
            return told
        return self._reduced(behind, limit) or self._introduced(found.start, k) or told

    def _bracketed(self, k: int) -> bool:
        return self.r.words[k] == "(" and self.r.words[k + 2 : k + 3] == [")"]

    def _inside_phrase(self, k: int, begin: int) -> bool:
        """Whether the mention hangs on a preposition, so that the verb behind it has another subject."""
        return k > begin and self.r.low(k - 1) in (
            "of", "in", "under", "to", "with", "by", "from", "on", "for", "within", "against", "through", "into", "as"
        )  # fmt: skip

    # to the left

    def _back(self, start: int, begin: int) -> int:
        """Back over determiners, "a number of", adverbs and dates, and the documents listed before this one."""
        r = self.r
        k = start
        while k > begin:
            low = r.low(k - 1)
            if low == ")" and (mark := self._mark(k, begin)) < k:
                k = mark
            elif r.is_(k - 1, "before") or low in ('"', "'") or (r.digit(k - 1) and k - 1 not in r.dated):
                k -= 1
            elif low == "of" and r.is_(k - 2, "group"):
                k -= 2
            elif r.is_(k - 1, "adjective") and not (low in self.verbs and r.low(k - 2) == "to"):
                k -= 1
            elif (owner := self._owner_before(k)) is not None:
                k = owner
            elif (item := self._item_before(k, begin)) is not None:
                k = item
            elif low in self.verbs and self.verbs[low].form == "past" and r.low(k - 2) in _DETERMINERS:
                k -= 1
            else:
                break
        return k

    def _mark(self, k: int, begin: int) -> int:
        """Where the mark of a list inside a sentence begins that ends before word `k`: "a)", "(ii)"."""
        r = self.r
        if k - 2 <= begin or not _MARK.fullmatch(r.low(k - 2)):
            return k
        first = k - 3 if r.words[k - 3] == "(" else k - 2
        return first if r.low(first - 1) in (":", ";", ",", "and") else k

    def _owner_before(self, k: int) -> int | None:
        """The start of a state or body that stands before a document: "a UN Security Council resolution on …"."""
        r = self.r
        owner = r.state_ends.get(k)
        if owner is not None:
            return owner.start - (r.words[owner.start - 1] in ("-", "–"))
        body = r.body_at.get(k - 1)
        return body.start if body is not None and body.end == k else None

    def _item_before(self, k: int, begin: int) -> int | None:
        """The start of the document that a comma, "and" or "as well as" parts from this one."""
        r = self.r
        j = k
        while j > begin and r.low(j - 1) in ("and", ",", ";", "as", "well", "or"):
            j -= 1
        if j == k:
            return None
        if j in self.spans and self.spans[j] >= begin:
            return self.spans[j]
        while j > begin and r.words[j - 1] == ")" and r.words[j - 3 : j - 2] == ["("]:
            j -= 3
        if r.words[j - 1 : j] == ['"']:
            j -= 1
        start = self.spans.get(j)
        return start if start is not None and start >= begin else None

    def _over_adjunct(self, k: int, begin: int) -> int:
        """Back over when and where between a verb and its object: "signed today in Lusaka a treaty"."""
        r = self.r
        for m in r.dates.values():
            if m.end == k and m.start > begin:
                return m.start - 1 if r.low(m.start - 1) in ("on", "in") else m.start
        if r.capital(k - 1) and r.low(k - 2) in ("in", "at"):
            return k - 2
        return k - 1 if r.low(k - 1) in ("today", "here", "jointly", "also", "recently", "formally", "hereby") else k

    def _governed(self, k: int, begin: int) -> Told:
        r = self.r
        if r.low(k - 1) == ":" and k - 1 > begin:
            return self._listed(begin, k - 1)
        k = self._over_adjunct(k, begin) if r.low(k - 1) not in self.verbs else k
        if k <= begin:
            return _NOTHING
        word = r.low(k - 1)
        if word in _PARTICLES and k - 2 >= begin:
            if (told := self._through_particle(k - 1, begin)) is not None:
                return told
        listing = r.is_(k - 1, "listing") or (word == "as" and r.low(k - 2) == "such")
        if listing and (listed := self._listed(begin, k - 1)).act:
            return listed
        verb = self.verbs.get(word)
        return self._active(k - 1, begin, verb) if verb is not None and verb.form != "nominal" else _NOTHING

    def _through_particle(self, at: int, begin: int) -> Told | None:
        """Reads "the signing of", "agreed on", "withdrew from" before a document."""
        r = self.r
        v = self._over_adjunct(at, begin) - 1 if r.low(at) == "of" else at - 1
        if r.low(v) in ("ceremony", "ceremonies"):
            v -= 1
        verb = self.verbs.get(r.low(v))
        if verb is None or v < begin:
            return None
        if (verb.form == "nominal" and r.low(at) != "from") or (verb.form == "gerund" and r.low(at) == "of"):
            return self._nominal(v, begin, verb)
        agreed = r.low(at) in ("on", "upon") and r.low(v) == "agreed"
        if agreed or (r.low(at) == "from" and verb.status == "terminated") or r.low(at) == "into":
            return self._active(v, begin, verb)
        return None

    def _nominal(self, v: int, begin: int, verb: Verb) -> Told:
        """A noun that tells an act is news after "witnessed" or at the head of its clause, a wish after "call for"."""
        r = self.r
        if r.is_(v - 1, "negation"):
            return _NOTHING
        k = v - 1
        while k > begin and (r.is_(k, "before", "adjective") or r.digit(k)):
            k -= 1
        for i in (k, k - 1, k - 2):
            if i >= begin and (r.is_(i, "wish") or r.is_(i, "condition")):
                return Told("proposed", draft=verb.status == "proposed")
            if i >= begin and r.is_(i, "fact"):
                return self._dated(verb.status, v, begin)
        if verb.status == "proposed":
            return Told("proposed", draft=True)
        return self._dated(verb.status, v, begin) if v - begin < 3 else _NOTHING

    def _active(self, v: int, begin: int, verb: Verb) -> Told:
        """The status that a verb before the document gives, by its form and what governs it."""
        r = self.r
        before = [r.low(k) for k in range(max(begin, v - 4), v)]
        if any(w in r.tables.words("negation") for w in before[-3:]):
            return _NOTHING
        if verb.form == "past":
            if "had" in before[-2:]:
                return Told("mentioned")
            if before[-1:] == ["be"]:
                return Told("proposed")
            return self._dated(verb.status, v, begin)
        if verb.form == "third":
            return Told(verb.status)
        return self._gerund(v, begin, verb) if verb.form == "gerund" else self._base(v, before, verb)

    def _base(self, v: int, before: list[str], verb: Verb) -> Told:
        r = self.r
        if any(w in ("need", "should", "must", "importance", "can", "could") for w in before[-2:]):
            return _NOTHING if verb.status != "proposed" else Told("proposed", draft=True)
        if before[-1:] == ["to"] or any(w in ("will", "shall", "would", "to") for w in before[-2:]):
            firm = any(w in r.tables.words("undertaking") for w in before)
            changed = firm and verb.status in ("amended", "terminated")
            return Told(verb.status if changed else "proposed", draft=verb.status == "proposed")
        return Told(verb.status, draft=verb.status == "proposed")

    def _gerund(self, v: int, begin: int, verb: Verb) -> Told:
        r = self.r
        if verb.status == "proposed":
            return Told("proposed", draft=True)
        of_document = r.low(v - 1) in ("document", "documents") or any(h.end == v for h in r.kinds)
        if verb.status in ("amended", "terminated") and of_document:
            return Told(verb.status)
        if r.low(v - 1) in _DONE_BY:
            return self._dated(verb.status, v, begin)
        near = range(max(begin, v - 4), v)
        if any(r.low(k) in _BE or r.is_(k, "wish", "condition") for k in near):
            return Told("proposed")
        return _NOTHING

    def _dated(self, status: str, v: int, begin: int) -> Told:
        """An act told as done; one whose clause gives a day long past is history."""
        _, limit = self.r.sentence(v)
        day = self._day(begin, limit)
        if day is not None and self._past(day):
            return Told("mentioned", day)
        return Told(status, day, draft=status == "proposed")

    def _day(self, begin: int, limit: int) -> str | None:
        """The day that the clause gives for its act, outside the names of documents."""
        r = self.r
        k = begin
        while k < limit:
            if k in self.starts and self.starts[k] > k:
                k = self.starts[k]
                continue
            m = r.dates.get(k)
            if m is not None and (k == begin or r.low(k - 1) in ("on", "in", "since", "of", "dated")):
                if _is_day(m.data):
                    return str(m.data)
            k += 1
        return None

    def _past(self, day: str) -> bool:
        """Whether a day is well before the text's own date."""
        reference = self.r.tokens.reference
        if not reference or len(reference) < 10 or not day[:4].isdigit():
            return False
        if len(day) == 10:
            return (date.fromisoformat(reference) - date.fromisoformat(day)).days > _PAST_DAYS
        return day[:4] < reference[:4]

    def _listed(self, begin: int, k: int) -> Told:
        """Reads "The documents signed include …", "They include …" after a sentence that tells the act."""
        r = self.r
        if (told := self._done_in(begin, k)) is not None:
            return told
        if r.low(begin) in ("they", "these", "among", "it") and (n := r.tokens.sentence_of[begin]):
            return self._done_in(*r.tokens.sentences[n - 1]) or _NOTHING
        return _NOTHING

    def _done_in(self, begin: int, end: int) -> Told | None:
        """What the last verb in the past, or noun of an act, of a stretch says; a future before it makes it a plan."""
        for j in range(end - 1, begin - 1, -1):
            verb = self.verbs.get(self.r.low(j))
            if verb is None or (self.r.low(j) == "agreed" and self.r.low(j + 1) in ("to", "that")):
                continue
            if verb.form == "nominal" or (verb.form == "gerund" and self.r.low(j + 1) == "of"):
                if self.r.low(j + 1) == "of" and (told := self._nominal(j, begin, verb)).act:
                    return told
                continue
            before = [self.r.low(i) for i in range(max(begin, j - 4), j)]
            if any(w in _FUTURE for w in before):
                return Told("proposed")
            if verb.form == "past":
                return Told(verb.status)
        return None

    def _introduced(self, start: int, k: int) -> Told | None:
        """A document that opens a list item has the act of the words that introduce the list."""
        r = self.r
        block = r.tokens.blocks[r.tokens.block_of[start]]
        if block.kind != "item" or block.chapeau < 0 or k - block.text > 2:
            return None
        chapeau = r.tokens.blocks[block.chapeau]
        begin, _ = r.sentence(max(chapeau.start, chapeau.end - 1))
        return self._done_in(max(begin, chapeau.start), chapeau.end)

    # to the right

    def _passive(self, k: int, limit: int) -> Told | None:
        """Reads "… was signed", "… will be signed" behind the mention, over the documents listed after it."""
        r = self.r
        future = seen = False
        j = k
        while j < min(k + 40, limit):
            low = r.low(j)
            if low in ("not", "never", "n't"):
                return None
            if low in _BE:
                seen = True
            elif low in _FUTURE and low != "to" and not seen:
                future = True
            elif low in ("has", "have", "had", "also") or (low.endswith("ly") and r.near(j)):
                pass
            elif seen and r.is_(j, "expected"):
                future, seen = True, False
                j += r.low(j + 1) == "to"
            elif seen:
                return self._participle(j, k, limit, future)
            elif future or not self._other_document(j):
                return None
            j = self.starts[j] if j in self.starts and self.starts[j] > j else j + 1
        return None

    def _participle(self, j: int, k: int, limit: int, future: bool) -> Told | None:
        verb = self.verbs.get(self.r.low(j))
        if verb is None or verb.form != "past":
            return None
        if future:
            return Told("proposed")
        day = self._day(k, min(limit, j + 14)) or self._day(*self._head(k))
        if "had" in self.r.lower[k:j]:
            return Told("mentioned", day)
        return Told("mentioned", day) if day and self._past(day) else Told(verb.status, day)

    def _head(self, k: int) -> tuple[int, int]:
        """The first words of the sentence, where a day may stand: "On 5 May …"."""
        begin, limit = self.r.sentence(max(0, k - 1))
        return begin, min(begin + 5, limit)

    def _other_document(self, j: int) -> bool:
        r = self.r
        listed = j in self.starts or j in r.kind_at or r.is_(j, "before", "adjective", "group")
        return listed or r.low(j) in _BETWEEN_ITEMS or r.words[j - 1] == "("

    def _reduced(self, k: int, limit: int) -> Told | None:
        """Reads the clause behind a name: "signed on 1 February 2031", "adopted by the ministers", "of 9 May 2030"."""
        r = self.r
        if r.low(k) == ",":
            k += 1
        while r.low(k).endswith("ly") and k < limit:
            k += 1
        verb = self.verbs.get(r.low(k)) if k < limit else None
        if verb is None or verb.form != "past":
            day = self._behind(k, limit)
            return Told("mentioned", day, act=False) if day else None
        end = min(k + 16, limit)
        stop = next((j for j in range(k, end) if r.words[j] in (";", ".")), end)
        day = next((str(m.data) for j in range(k, stop) if (m := r.dates.get(j)) and _is_day(m.data)), None)
        if day is not None and not self._past(day):
            return Told(verb.status, day)
        return Told("mentioned", day)

    def _behind(self, k: int, limit: int) -> str | None:
        """A bare date right behind a name ("the Treaty of Peace in 1787")."""
        m = self.r.dates.get(k + 1)
        if self.r.low(k) not in ("in", "of") or m is None or k + 1 >= limit:
            return None
        return str(m.data) if _is_day(m.data) and self._past(str(m.data)) else None


def _is_day(value: object) -> bool:
    return isinstance(value, str) and value[:1].isdigit() and "/" not in value
