"""Where a document's name ends: numbers and years, the subject phrase in capitals, the subject in small letters."""

from __future__ import annotations

import re

from communique.components.document_reading import Reading
from communique.tokens import LOWER, TITLE, UPPER

_LONGEST = 70
_LONGEST_QUOTE = 45
_ROMAN = re.compile(r"[IVXL]{1,7}")
_YEAR = re.compile(r"(19|20)\d\d")
_OCCASIONS = frozenset(
    {("in", "connection", "with"), ("on", "the", "occasion"), ("for", "holders", "of")}
    | {("in", "the", noun) for noun in ("field", "fields", "sphere", "spheres", "area", "areas")}
)
_TERMS = frozenset({"period", "years", "biennium", "triennium", "quinquennium", "quadrennium"})
"""Spans of years for which a programme is made."""
_NO_ORDER = frozenset(
    {"including", "following", "being", "having"}
    | {"consisting", "comprising", "containing", "covering", "totalling", "totaling"}
)
"""Words in -ing behind a document that tell no subject: links, and those that tell what is in it."""
_SPEAKERS = ("i", "we", "he", "she", "they", "it", "you")
"""Subjects of a new clause."""
_SIGNS = frozenset({"$", "€", "£", "¥"})
_TERM_LEADS = frozenset({"by", "before"})
_OWNERS = frozenset({"its", "their", "his", "her", "our"})
_WORKS = frozenset(
    {
        "project",
        "projects",
        "programme",
        "program",
        "river",
        "basin",
        "corridor",
        "port",
        "railway",
        "highway",
        "pipeline",
    }
    | {
        "line",
        "road",
        "bridge",
        "dam",
        "region",
        "area",
        "border",
        "plant",
        "field",
        "station",
        "canal",
        "site",
        "route",
    }
)
"""Nouns in small letters that close a name inside a title: "for the Chamkhar project"."""
_LOWER_SUBJECT = frozenset({"on", "concerning", "regarding", "relating"})


class Ends:
    """Reads the ends of names in one text."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.tables = reading.tables

    def number(self, end: int) -> int:
        """The end of a document's number: "Resolution 2254 (2015)", "Order 14257 of April 2, 2025", "No. 4 of 2025"."""
        r = self.r
        k = end
        if r.is_(k, "numbering"):
            k += 2 if r.words[k + 1 : k + 2] == ["."] else 1
        if (symbol := self._symbol(k)) > k:
            return self._day(symbol)
        if not r.digit(k) or not r.near(k):
            return end
        m = r.dates.get(k)
        dated = m is not None and (m.end - m.start > 1 or len(str(m.data)) > 4)
        if k == end and (dated or self._as_year(k)):
            return end
        k = self._after_number(k + 1)
        while r.low(k) in ("and", ",") and r.digit(k + 1) and self._numbers(k + 1):
            k = self._after_number(k + 2)
        if (day := self._day(k)) > k:
            k = day
        elif r.low(k) == "for" and (m := r.dates.get(k + 1)) is not None and self._year(k + 1):
            k = m.end  # "Law No. 71 for 2016"
        if r.lower[k : k + 2] == ["of", "the"] and (body := r.bodies.get(k + 2)) is not None:
            k = body.end
        return k

    def _day(self, k: int) -> int:
        """Over the day behind a number: "Order 14257 of April 2, 2025", "Decree No. 7 dated 4 May 2031"."""
        date = self.r.dates.get(k + 1) if self.r.low(k) in ("of", "dated") else None
        return date.end if date is not None else k

    def _numbers(self, k: int) -> bool:
        """Whether the number at word `k` is a further number of a list, not the day of a date."""
        date = self.r.dates.get(k)
        return date is None or date.end - date.start == 1

    def _symbol(self, k: int) -> int:
        """The end of a document symbol: "A/RES/77/248", "ES-11/1"."""
        r = self.r
        if k < r.size and r.flags[k] & UPPER and any(map(str.isdigit, r.words[k])):
            return k + 1
        if k >= r.size or not r.flags[k] & UPPER or r.words[k + 1 : k + 2] not in (["/"], ["-"]) or not r.glued(k + 1):
            return k
        last = k + 1
        while r.words[last : last + 1] in (["/"], ["-"]) and r.glued(last) and r.glued(last + 1):
            last += 2
        return last if any(c.isdigit() for word in r.words[k:last] for c in word) else k

    def _as_year(self, k: int) -> bool:
        """Whether a bare number behind a kind word is a year: UN resolutions of today have four digits as well."""
        hit = next((h for h in self.r.kinds if h.end == k), None)
        return len(self.r.words[k]) == 4 and (hit is None or not hit.value.numbered)

    def _after_number(self, k: int) -> int:
        r = self.r
        while k + 1 < r.size and r.words[k] in ("/", "-") and r.glued(k) and r.glued(k + 1):
            k += 2
        if (
            r.words[k : k + 1] == ["("]
            and r.words[k + 2 : k + 3] == [")"]
            and (r.digit(k + 1) or _ROMAN.fullmatch(r.words[k + 1]))
        ):
            k += 3
        return k

    def quoted(self, end: int) -> int:
        """The end of a name in quotation marks behind a kind word: Programme "Clean Lake"."""
        r = self.r
        if r.low(end - 1) in ("order", "medal"):
            return end  # the Order "For Merit"
        if r.words[end : end + 1] != ['"'] or not r.near(end) or not r.capital(end + 1) or r.glued(end):
            return end
        return self._closed(end, '"') or end

    def subtitle(self, end: int) -> int:
        """The end of a title in brackets behind a number: "Order 14257 (Regulating Imports of Timber)"."""
        r = self.r
        if r.words[end : end + 1] != ["("] or not r.near(end) or not r.capital(end + 1):
            return end
        after = self._closed(end, ")")
        return after if after > end + 4 else end

    def _closed(self, opening: int, mark: str) -> int:
        """The end of what the mark at word `opening` opens, if the sentence closes it soon, else 0."""
        _, limit = self.r.sentence(opening)
        reach = range(opening + 1, min(opening + _LONGEST_QUOTE, limit))
        return next((k + 1 for k in reach if self.r.words[k] == mark), 0)

    # to the right

    def right(self, end: int, known: bool, bare: bool = False) -> int:
        """The end of the subject phrase behind a capitalised kind word or a known name, with its term of years."""
        return self._term(self._right(end, known, bare))

    def _term(self, end: int) -> int:
        """Over a term of years behind a title: "for the period from 2019 to 2023", ", 1988-1992"."""
        r = self.r
        k = end
        if r.low(k) == "," and r.near(k):
            k += 1
        elif r.low(k) == "for" and r.low(k + 1) == "the" and r.low(k + 2) in _TERMS:
            k += 3
            k += r.low(k) in ("from", "of", "between")
        else:
            return end
        date = r.dates.get(k)
        spans = date is not None and isinstance(date.data, str) and len(date.data) == 9 and date.data[4] == "/"
        return date.end if date is not None and spans else end

    def _right(self, end: int, known: bool, bare: bool = False) -> int:
        r = self.r
        head, end = end, self._annexed(end)
        if r.words[end - 1] == ")" and self._small_subject(end, bare):
            return self.subject(end)
        if r.words[end - 1] == ")" and r.words[end - 3] == "(" and not r.capital(end + 1) and not self._occasion(end):
            end = head
        if end in r.states and not known:
            return self._pair_title(end)
        if not r.near(end) or not (r.is_(end, "subject") or r.low(end) in ("until", "amending")):
            return end
        if self._occasion(end) or (not known and self._small_subject(end, bare)):
            return self.subject(end)
        k = last = end
        between = False
        while k < r.size and r.near(k) and k - end < _LONGEST:
            low = r.lower[k]
            if k > end and (self._occasion(k) or (not known and low == "concerning" and self._small_subject(k))):
                return self.subject(k)
            if low == "(" and (after := self._annexed(k)) > k:
                if not (r.is_(after, "subject") or self._occasion(after)):
                    return after if r.digit(after - 1) or r.digit(after - 2) else last
                k = after
                continue
            if k in r.dates:
                if not self._date_belongs(k):
                    break
                k = last = r.dates[k].end
                continue
            if (low == "and" and self._new_phrase(k, between) and not self._second_half(k, end)) or (
                low == "," and not self._comma_goes_on(k)
            ):
                break
            if (r.capital(k) and k in r.kind_at and r.low(k - 1) == "and") or r.is_(k, "numbering"):
                break
            between |= low in ("between", "among")
            if r.capital(k) or r.digit(k) or (r.words[k - 1] == "-" and r.glued(k)):
                k += 1
                last = k
            elif low in ("'s", "'"):
                k += 1
                last = k if low == "'s" or r.is_(k - 2, "possessor") else last
            elif r.is_(k, "link") or low in ("-", "–", ",", "&", "/") or (low == "at" and r.capital(k + 1)):
                k += 1
            else:
                break
        return self._trimmed(end, last, known)

    def _pair_title(self, end: int) -> int:
        """Over a pair of states and a motto: "Joint Statement Kenya – Uganda: Partners on the Lake"."""
        r = self.r
        k = r.states[end].end
        if r.words[k : k + 1] not in (["–"], ["-"]) or k + 1 not in r.states:
            return end
        last = k = r.states[k + 1].end
        if r.words[k : k + 1] == [":"] and r.capital(k + 1):
            k += 1
            while r.near(k) and (r.capital(k) or r.is_(k, "link") or r.words[k] == ","):
                k += 1
                last = k if r.capital(k - 1) else last
        return last

    def _trimmed(self, end: int, last: int, known: bool) -> int:
        r = self.r
        if last > end and r.near(last) and r.low(last) in _WORKS and r.flags[last] & LOWER and r.low(last - 2) == "the":
            return last + 1
        while last > end and (r.words[last - 1] in ("'s", "'", "-", "–") or r.is_(last - 1, "link")):
            last -= 1
        # "the Charter of Kenya" names its owner; of a known name only a subject is taken, no mere place or body
        if known and last > end and r.low(end) in ("in", "to", "with", "of", "against", "among"):
            return end
        return last

    def _occasion(self, k: int) -> bool:
        return tuple(self.r.lower[k : k + 3]) in _OCCASIONS

    def _small_subject(self, end: int, bare: bool = False) -> bool:
        """Whether the subject begins in small letters: "Agreement on cooperation in …"."""
        r = self.r
        if r.low(end) not in _LOWER_SUBJECT or end + 1 in r.dates:
            return False
        first = end + 1
        while r.low(first) in ("the", "a", "an", "their", "its"):
            first += 1
        return first < r.size and bool(r.flags[first] & LOWER) and (bare or first == end + 1)

    def _annexed(self, end: int) -> int:
        """Over what stands right behind a title: a Roman numeral, years, years in brackets, an acronym with years."""
        r = self.r
        k = end
        if k < r.size and r.flags[k] & UPPER and _ROMAN.fullmatch(r.words[k]) and r.near(k):
            k += 1
        if r.near(k) and (years := self._years(k)) > k:
            return years
        if r.near(k) and _YEAR.fullmatch(r.words[k]) and not r.is_(k - 1, "link"):
            return k + 1
        if r.words[k : k + 1] == ["("] and r.near(k):
            years = self._years(k + 1)
            if years > k + 1 and r.words[years : years + 1] == [")"]:
                return years + 1
            if k + 2 < r.size and r.words[k + 2] == ")" and r.flags[k + 1] & UPPER and r.near(k + 3):
                return self._after_acronym(k + 3, end if end == k else k)
        return k

    def _after_acronym(self, after: int, end: int) -> int:
        """Over a bracketed acronym if the title goes on behind it: "(MPX) 2030", "(TOR) on the …"."""
        r = self.r
        if (years := self._years(after)) > after:
            return years
        if after in r.dates and self._year(after):
            return r.dates[after].end
        goes_on = r.is_(after, "subject") and (r.low(after) not in ("to", "in", "with") or r.capital(after + 1))
        return after if goes_on or self._occasion(after) else end

    def _years(self, k: int) -> int:
        """The end of a span of years at word `k` ("2021-2030"), else `k`."""
        words = self.r.words[k : k + 3]
        if len(words) == 3 and words[1] in ("-", "–") and _YEAR.fullmatch(words[0]) and _YEAR.fullmatch(words[2]):
            return k + 3
        return k

    def _year(self, k: int) -> bool:
        value = self.r.dates[k].data
        return isinstance(value, str) and len(value) == 4

    def _date_belongs(self, k: int) -> bool:
        """Whether a date inside a subject phrase is part of the title: "of 5 December 1994", "the 1998 Convention"."""
        r = self.r
        after = r.dates[k].end
        if after in r.kind_at and r.capital(after):
            return True
        if r.low(k - 1) in ("of", "for", "until", "to", "from", "-", "–"):
            return True
        years = self._years(k) > k  # "Plan of Action on Energy 2016-2025"
        return r.capital(k - 1) and (years or (self._year(k) and r.words[k].isdigit()))

    def _new_phrase(self, k: int, between: bool) -> bool:
        """Whether "and" begins something else: another document, a person, a new noun phrase outside "between"."""
        r = self.r
        n = k + 1
        if n >= r.size:
            return True
        if r.low(n) in ("the", "a", "an", "its", "their", "our", "other"):
            return not between
        if n in r.kind_at or r.is_(n, "office"):
            return True
        if not between and r.capital(n) and self.left_runs_into_kind(n):
            return True
        return not (r.capital(n) or r.digit(n)) and not r.is_(n, "subject")

    def _second_half(self, k: int, head: int) -> bool:
        """Whether "and the" at word `k` goes on with a title: "on the Avoidance of … and the Prevention of …"."""
        r = self.r
        if r.lower[k + 1 : k + 2] != ["the"] or r.low(head + 1) != "the" or not r.capital(k + 2):
            return False
        closed = k + 2 in r.states or k + 2 in r.body_at or r.is_(k + 2, "office", "government")
        run = k + 2
        while r.capital(run) and r.near(run) and run not in r.kind_at:
            run += 1
        return not closed and run not in r.kind_at and r.low(run) == "of"

    def left_runs_into_kind(self, n: int) -> bool:
        """Whether a capitalised run from word `n` ends in a kind word, and so is a name of its own."""
        r = self.r
        k = n
        while k < r.size and k - n < 8 and r.capital(k) and r.near(k):
            if k in r.kind_at and not r.kind_at[k].value.weak:
                return True
            k += 1
        return False

    def _comma_goes_on(self, k: int) -> bool:
        """Whether a comma inside a title parts a list that "and" closes: "on Trade, Transport and Transit"."""
        r = self.r
        n = k + 1
        if self._dated_before(k):
            return True
        if r.low(n) == "and":
            return bool(r.capital(n + 1) and r.flags[n + 1] & TITLE and n + 1 not in r.states)
        if not r.capital(n) or r.is_(n, "function"):
            return False
        for j in range(n, min(n + 9, r.size)):
            if r.low(j) in ("and", "&"):
                return r.capital(j + 1) and not self.left_runs_into_kind(j + 1)
            if j in r.kind_at or not (r.capital(j) or r.words[j] in (",", "-", "–") or r.low(j) in ("of", "the")):
                return False
        return False

    def _dated_before(self, k: int) -> bool:
        """Whether a comma only closes a date inside a title: "the Agreement of 5 August 2030, on Plants"."""
        return k - 1 in self.r.dated and self.r.low(k + 1) in _LOWER_SUBJECT

    def subject(self, end: int) -> int:
        """The end of a subject told in small letters: over its "on …", "for …", "between … and …" phrases."""
        r = self.r
        if r.words[end : end + 1] == ["("] and r.words[end + 2 : end + 3] == [")"] and r.near(end + 3):
            after = self.subject(end + 3)
            return after if after > end + 3 else end
        if end >= r.size or not r.near(end):
            return end
        _, limit = r.sentence(end - 1)
        if r.low(end) == "by" and ":" in r.words[end : min(end + 12, limit)]:
            return self._to_stop(r.words.index(":", end) + 1, limit)
        orders = r.low(end).endswith("ing") and r.low(end) not in _NO_ORDER
        if not (orders or r.is_(end, "subject") or self._occasion(end)) or not self._is_subject(end):
            return end
        k = end
        while k < limit and not self._subject_ends(k, end):
            k = r.dates[k].end if k in r.dates else k + 1
        while k > end and (r.is_(k - 1, "link") or r.words[k - 1] in (",", ".", ";")):
            k -= 1
        return k

    def _is_subject(self, end: int) -> bool:
        """Whether a phrase tells what the document is about, not when or where something was done with it."""
        r = self.r
        if (end + 1 in r.dates and r.low(end) in ("in", "on", "to")) or r.low(end + 1) == "be":
            return False
        if r.low(end) == "of" and end + 1 not in r.dates and (r.digit(end + 1) or r.words[end + 1] in _SIGNS):
            return False  # "an agreement of 9 billion francs"
        if r.low(end) == "of" and r.low(end + 1) in _OWNERS and r.low(end + 2) == "own":
            return False
        if r.low(end) in ("in", "with") and (
            end + 1 in r.states or end + 1 in r.bodies or r.low(end + 1) == "principle"
        ):
            return r.low(end) == "with"
        return True

    def _to_stop(self, k: int, limit: int) -> int:
        while k < limit and self.r.words[k] not in (".", ";"):
            k += 1
        return k

    def _subject_ends(self, k: int, begin: int) -> bool:
        r = self.r
        low = r.low(k)
        noun = low.endswith("ing") and r.low(k - 1) in ("on", "the", "of", "for")  # "on the setting up of a fund"
        if low in (";", ".", ":", '"') or (r.is_(k, "clause") and k > begin and not noun):
            return True
        if low == "(" and k > begin + 1 and not (r.capital(k - 1) or r.glued(k)):
            return True
        if low == "," and not self._small_comma(k):
            return True
        if k > begin and ((low in ("late", "early") and k + 1 in r.dates) or (k in r.dates and self._told_when(k))):
            return True
        if k > begin and (low in _TERM_LEADS or low in ("in", "on", "at")) and self._done_when(k):
            return True
        if low == "of" and r.low(k + 1) in _OWNERS and r.low(k + 2) == "own":
            return True
        if low in ("at", "within") and r.low(k + 1) in ("the", "an", "a", "our", "their", "its", "this") and k > begin:
            return True
        if low == "within" and k + 1 in r.dates and k > begin:
            return True  # "an agreement on visas within two months"
        if low in ("and", "but") and r.low(k + 1) in _SPEAKERS:
            return True
        return low == "and" and self._small_and(k)

    def _done_when(self, k: int) -> bool:
        """Whether a preposition leads to the time of an act: "in November", "by the summer of 2021", not "in 2021"."""
        r = self.r
        date = r.dates.get(k + 1 + (r.low(k + 1) == "the"))
        if date is None:
            return False
        value = str(date.data)
        return r.low(k) in _TERM_LEADS or (len(value) > 6 and not (len(value) == 9 and "/" in value))

    def _told_when(self, k: int) -> bool:
        """Whether a date tells when it was done: "a protocol on ferries Thursday", "today"."""
        date = self.r.dates[k]
        if self.r.low(date.end) == "'s":
            return False  # "on the results of today's talks"
        return date.end == k + 1 and self.r.words[k].isalpha() and len(str(date.data)) > 9

    def _small_comma(self, k: int) -> bool:
        r = self.r
        low = r.low(k + 1)
        if low == "and" and r.low(k + 2) in ("on", "of", "for"):
            return True
        if self._dated_before(k):
            return True
        if low in ("and", "as", "but", "in") or r.is_(k + 1, "clause") or low in self.tables.verbs:
            return False
        if low in ("a", "an", "the", "with", "which", "while", "including", "its") or low.endswith("ing"):
            return False
        return "and" in r.lower[k + 1 : k + 8]

    def _small_and(self, k: int) -> bool:
        """Whether "and" begins another document or clause."""
        r = self.r
        n = k + 1
        low = r.low(n)
        if low in ("a", "an", "other", "also", "several", "to", "will", "has", "have"):
            return True
        while r.is_(n, "before", "adjective") or (low == "the" and n < k + 4 and n not in r.kind_at):
            n += 1
        verb = self.tables.verbs.get(low)
        if (verb is not None and verb.form != "nominal") or (low.endswith("ed") and len(low) > 4):
            return True
        return n in r.kind_at and (not r.capital(n) or n > k + 1)
