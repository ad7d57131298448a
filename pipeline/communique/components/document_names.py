"""What names a document: capitalised runs around a kind word, and lower-case kind words with their subject."""

from __future__ import annotations

from communique.components.document_ends import Ends
from communique.components.document_reading import Found, Kind, Reading, while_
from communique.matching import Hit
from communique.tokens import ALPHA, LOWER

_LONG_HEADING = 400
"""Words that no heading has."""
_HEADLINE = 30
"""Words in a block, above which text in capitals is no headline but a text in which capitals tell nothing."""
_LONGEST_LEFT = 14
_LONGEST_NOUNS = 5
_SELF = frozenset({"statement", "communique", "declaration"})
_ORDERS = frozenset({"law", "decision", "resolution"})
_CEREMONIES = frozenset({"Signing", "Announcement", "Ceremony", "Negotiations", "Talks", "Ratification", "Adoption"})
"""What is done with a document: "the Lake Charter Signing Ceremony"."""
_PACTS = frozenset({"agreement", "treaty", "protocol", "convention"})
_SMALL_NAMED = frozenset({"agreement", "treaty", "protocol", "convention", "programme", "plan", "law"})
_BEFORE_VERB = frozenset(
    {"to", "will", "shall", "would", "should", "must", "can", "could", "may", "we", "they", "who", "not"}
)


class Names:
    """Reads the extents of names in one text."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.tables = reading.tables
        self.ends = Ends(reading)
        self.closed: frozenset[int] = frozenset()
        """The words of known instruments, which no other name takes in from the right."""

    # capitalised names

    def capitalised(self, hit: Hit[Kind]) -> Found | None:
        """The name around a capitalised kind word, if it is one."""
        r = self.r
        if hit.start in r.body_at and r.body_at[hit.start].end >= hit.end:
            return None
        if r.words[hit.start - 1 : hit.start] == ["-"] and r.glued(hit.start) and r.glued(hit.start - 1):
            return None  # "Birgitta Holm-Law"
        block = r.tokens.blocks[r.tokens.block_of[hit.start]]
        if block.end - block.start > _HEADLINE and r.words[hit.start].isupper() and r.shouted(hit.start):
            return None
        start = self.left(hit.start)
        number = self.ends.number(hit.end)
        end = number if number > hit.end else self.ends.right(hit.end, known=False, bare=start == hit.start)
        if number > hit.end and hit.value.type in _ORDERS and r.low(end) == "on" and end + 1 not in r.dates:
            end = self.ends.right(end, known=False, bare=True)
        if end == max(number, hit.end) or hit.value.type == "programme":
            end = self.ends.quoted(end)
        if end > hit.end == number:
            end = self.ends.number(end)
        if number > hit.end and hit.value.type in _ORDERS:
            end = self.ends.subtitle(end)
        if not self._is_name(start, hit, end, numbered=number > hit.end):
            return None
        return self._found(start, end, hit)

    def known(self, start: int, end: int, acronym: bool) -> tuple[int, int]:
        """The extent of a known instrument's name with the year, the parties and the subject that stand around it."""
        r = self.r
        if acronym:
            year = start - 1
            dated = r.digit(year) and len(r.words[year]) == 4 and r.low(year - 1) == "the"
            return (year if dated else start), end
        return self._known_left(start), self.ends.right(end, known=True)

    def _known_left(self, start: int) -> int:
        """Back over a year and a pair of states ("the 2008 U.S.-Iraq …"); other words are not part of a fixed title."""
        r = self.r
        k = start
        if k in r.state_ends and (first := r.state_ends[k].start) > 1 and r.words[first - 1] in ("-", "–"):
            if first - 1 in r.state_ends:
                k = r.state_ends[first - 1].start
        if r.digit(k - 1) and len(r.words[k - 1]) == 4 and r.words[k - 1].isdigit() and r.near(k):
            k -= 1
        return k

    def _found(self, start: int, end: int, hit: Hit[Kind], lower: bool = False) -> Found:
        return Found(start, end, hit.value.rule, hit.value.type, self._key(start, end, hit), lower)

    def _key(self, start: int, end: int, hit: Hit[Kind]) -> str:
        """The same for all forms of one name; what is numbered is known by its number, whoever is named before it."""
        if hit.value.numbered and self.r.digit(hit.end) and hit.end < end:
            return f"{hit.value.type} {self.r.words[hit.end]}"
        return " ".join(self.r.lower[start:end])

    def _is_name(self, start: int, hit: Hit[Kind], end: int, numbered: bool) -> bool:
        r, kind = self.r, hit.value
        if start == hit.start and end == hit.end:
            return end - start > 1 and self._done_to(start)
        if self._names_itself(start, end, hit):
            return False
        if kind.type in _SELF and r.is_(start - 1, "own"):
            return False
        if r.low(end) in ("degree", "class") and r.low(hit.start) == "order":
            return False  # a decoration
        if kind.numbered and not numbered and r.low(end - 1).isalpha() and not any(map(r.digit, range(hit.end, end))):
            return False
        if end > hit.end:
            return self._title_or_modified(start, hit, end)
        # "Pledge Drive", "Charter Committee": the kind word only modifies another name
        follows = r.capital(end) and r.near(end) and r.flags[end] & ALPHA and r.words[end] not in _CEREMONIES
        if follows and not r.is_(end, "function", "office"):
            if not r.opens(end) and not r.tokens.gap[end]:
                return False
        return self._modified(start, hit)

    def _done_to(self, start: int) -> bool:
        """Whether a capitalised kind alone is what was signed or adopted: "adopted a Joint Declaration"."""
        r = self.r
        verb = self.tables.verbs.get(r.low(start - 2)) if r.low(start - 1) in ("a", "an") else None
        return verb is not None and verb.status in ("signed", "adopted")

    def _title_or_modified(self, start: int, hit: Hit[Kind], end: int) -> bool:
        """Whether a weak word with a subject has what makes it a title: a capitalised subject, a number."""
        r = self.r
        if not hit.value.weak or start < hit.start:
            return True
        named = sum(r.capital(k) or r.digit(k) for k in range(hit.end, end))
        return named > 1 or (named == 1 and not r.opens(start))

    def _modified(self, start: int, hit: Hit[Kind]) -> bool:
        """Whether what stands before a kind word names the document, and is more than "joint" or "draft"."""
        r = self.r
        before = [k for k in range(start, hit.start) if r.flags[k] & ALPHA or r.digit(k) or "." in r.words[k]]
        telling = [k for k in before if not r.is_(k, "plain", "office")]
        if not telling:
            return False
        if hit.value.type in _SELF:
            return not all(k in r.states or self._inside_state(k) for k in telling)
        if not hit.value.weak:
            return True
        if len(telling) > 1 or r.digit(telling[0]):
            return True
        return (r.is_(start - 1, "before", "possessor") and not r.opens(start)) or r.low(start - 1) == "'s"

    def _inside_state(self, k: int) -> bool:
        return any(m.start <= k < m.end for m in self.r.states.values())

    def _names_itself(self, start: int, end: int, hit: Hit[Kind]) -> bool:
        """Whether a heading gives the text its own name: "Joint Statement of …"."""
        r = self.r
        number = r.tokens.block_of[start]
        block = r.tokens.blocks[number]
        title = r.tokens.title
        heading = block.kind == "heading" or (title is not None and title[0] <= start < title[1])
        if block.end - block.start > _LONG_HEADING:
            return False
        heading |= number == 0 and r.words[block.end - 1] not in (".", '"', ")")
        if not heading or number > 4 or any(r.low(k) in self.tables.verbs for k in range(block.start, start)):
            return False
        if r.low(end) in ("was", "were", "is", "has", "have", "will"):
            return False
        if any(h.value.type in _SELF for k, h in r.kind_at.items() if block.start <= k < hit.start):
            return True
        opening = all(not r.flags[k] & ALPHA or r.is_(k, "plain") for k in range(block.start, start))
        whole = end - start >= 0.6 * sum(1 for k in range(block.start, block.end) if r.flags[k] & ALPHA)
        return (hit.value.type in _SELF and (opening or number <= 2)) or (opening and whole and number <= 1)

    def left(self, at: int) -> int:
        """The first word of the capitalised run before a kind word."""
        body = self.r.body_at.get(at - 1)
        first = body.start if body is not None and body.end == at and self.r.near(at) else at
        k = while_(lambda k: self._step_left(k, at), first)
        while k < at and (self.r.is_(k, "function") or self.r.words[k] in ("-", "–", "'s", "'", "/", "&")):
            k += 1
        return k

    def _step_left(self, k: int, at: int) -> int:
        r = self.r
        if k < 1 or at - k >= _LONGEST_LEFT or not r.near(k) or k - 1 in self.closed:
            return k
        word = r.words[k - 1]
        if word in ("-", "–", "/") and k > 1:
            joined = r.glued(k) and r.glued(k - 1)
            states = k - 1 in r.state_ends and k in r.states
            return k - 2 if joined or states else k
        if word in ("'s", "'"):
            return k - 2 if r.capital(k - 2) and r.is_(k - 2, "possessor") and k - 1 not in r.state_ends else k
        if word == ")" and r.words[k - 3 : k - 2] == ["("] and r.capital(k - 2) and r.capital(k - 4):
            return k - 3
        if k - 2 in self.closed:
            return k if word in ("and", "&", ",") or not r.capital(k - 1) else k - 1
        if word in ("and", "&") or (word == "," and self._listed_left(k)):
            return k - 2 if self._joins(k) else k
        if word == "of" and k == at - 1 and self._subject_led(k):
            return k - 2
        if word.isdigit() and len(word) == 4 and not self._in_long_date(k - 1):
            return k - 1
        if not r.capital(k - 1) or not (r.flags[k - 1] & ALPHA or "." in word or any(map(str.isdigit, word))):
            return k
        if r.is_(k - 1, "function") or self._office(k - 1) or self._heading_verb(k - 1):
            return k
        if r.opens(k - 1) and r.low(k - 1).endswith("ing"):
            return k  # "Recalling Security Council Resolution 1234, they …"
        return k - 1

    def _subject_led(self, k: int) -> bool:
        """Whether "of" before word `k` stands inside a name: "a Status of Forces Agreement"."""
        r = self.r
        led = r.low(k - 3) in ("the", "a", "an", "'s", "its", "their", "our")
        return (
            led and r.capital(k - 2) and k - 2 not in r.kind_at and k - 2 not in r.body_at and not self._office(k - 2)
        )

    def _office(self, k: int) -> bool:
        return self.r.is_(k, "office") and not (self.r.low(k + 1) in ("'s", "'") and self.r.is_(k, "possessor"))

    def _heading_verb(self, k: int) -> bool:
        """Whether a capitalised word is the verb of a headline: "Leaders Sign Joint Plan"."""
        verb = self.tables.verbs.get(self.r.low(k))
        return (
            verb is not None
            and verb.form in ("base", "third")
            and (self.r.capital(k - 1) or self.r.words[k - 1] == ",")
        )

    def _in_long_date(self, k: int) -> bool:
        return any(m.start <= k < m.end and m.end - m.start > 1 for m in self.r.dates.values())

    def _listed_left(self, k: int) -> bool:
        """Whether the comma before word `k` parts a list inside one title: "Trade, Transport and Transit Agreement"."""
        return any(self.r.low(j) == "and" for j in range(k, min(k + 4, self.r.size)) if j not in self.r.kind_at)

    def _joins(self, k: int) -> bool:
        """Whether "and" before word `k` joins two parts of one title, with a determiner or a state before the first."""
        r = self.r
        if not r.capital(k - 2) or k - 1 in r.state_ends or self._office(k - 2):
            return False
        if k - 2 in r.body_at and k in r.body_at and r.body_at[k - 2] is not r.body_at[k]:
            return False  # "of the League and Security Council Resolution 2254"
        j = k - 2
        while j > 0 and r.near(j) and (r.capital(j - 1) or r.words[j - 1] == ",") and not r.is_(j - 1, "function"):
            j -= 1
        if any(x in r.kind_at for x in range(j, k - 1)):
            return False
        return r.low(j - 1) in ("the", "a", "an", "'s", "-", "its", "their", "our") or j in r.states or j in r.bodies

    # lower-case documents

    def half_named(self, hit: Hit[Kind]) -> Found | None:
        """Reads "Minsk agreements", the "Clean Lake" programme, resolutions by number: names with a small kind word."""
        r = self.r
        if hit.value.numbered and self.ends.number(hit.end) > hit.end:
            return self.capitalised(hit)
        if (quoted := self._quoted_before(hit.start)) < hit.start:
            return self._found(quoted, hit.end, hit)
        if (run := self._led_run(hit)) < hit.start - 1:
            return self._found(run, hit.end, hit)
        if hit.value.type in _PACTS and (dated := self._dated_start(hit.start)) < hit.start:
            return self._found(dated, hit.end, hit)
        k = hit.start - 1
        if k < 1 or hit.value.type not in _SMALL_NAMED or r.low(k - 1) != "the" or not r.words[k].isalpha():
            return None
        if not any(map(str.isupper, r.words[k])) or k in r.body_at or self._inside_state(k) or r.opens(k):
            return None
        return self._found(k, hit.end, hit)

    def _led_run(self, hit: Hit[Kind]) -> int:
        """The first of several capitalised words between "the" and a small kind word: "the Oil for Ports programme"."""
        r = self.r
        k = hit.start
        if hit.value.type not in ("programme", "plan", "law") or not r.capital(k - 1):
            return k
        while k > 1 and r.near(k) and hit.start - k < _LONGEST_NOUNS:
            name = r.capital(k - 1) and r.flags[k - 1] & ALPHA and k - 1 not in r.body_at
            linked = r.low(k - 1) in ("for", "of", "and") and r.capital(k - 2)
            if not linked and (not name or self._inside_state(k - 1)):
                break
            k -= 1
        led = r.low(k - 1) == "the" and not self._office(k) and not any(x in r.dated for x in range(k, hit.start))
        return k if led and r.words[k].isalpha() and not r.words[k].isupper() else hit.start

    def _quoted_before(self, at: int) -> int:
        """The opening quotation mark of a capitalised name that ends right before word `at`."""
        r = self.r
        if r.words[at - 1 : at] != ['"'] or not r.near(at):
            return at
        for k in range(at - 2, max(-1, at - 10), -1):
            if r.words[k] == '"':
                return k if r.capital(k + 1) and k < at - 2 else at
        return at

    def small(self, hit: Hit[Kind]) -> Found | None:
        """A lower-case kind word with its subject, whether or not anything was done to it."""
        r = self.r
        if hit.value.named and not r.capital(hit.start):
            return None
        start = self._adjectives(hit.start)
        if hit.value.type in _PACTS:
            start = self._led_nouns(start)
        if start == hit.start and not hit.value.plural and r.low(start - 1) in _BEFORE_VERB:
            return None
        end = self.ends.number(hit.end)
        if end == hit.end:
            end = self.ends.subject(hit.end)
        specific = any(not self.r.is_(k, "plain") and self.r.words[k] != "-" for k in range(start, hit.start))
        if end == hit.end and not specific:
            return None
        return self._found(start, end, hit, lower=True)

    def _dated_start(self, at: int) -> int:
        """Where a full date before a pact begins, which names it: "the 23 October 2030 ceasefire agreement"."""
        r = self.r
        k = at
        while k > at - 3 and r.near(k) and r.flags[k - 1] & LOWER and k - 1 not in r.dated:
            k -= 1
        day = next((m for m in r.dates.values() if m.end == k), None)
        full = day is not None and isinstance(day.data, str) and len(day.data) == 10
        return day.start if day is not None and full and r.low(day.start - 1) == "the" else at

    def _led_nouns(self, at: int) -> int:
        """Back over nouns in small letters to an article: "a cessation of hostilities agreement"."""
        r = self.r
        k = at
        while r.near(k) and at - k < _LONGEST_NOUNS and r.words[k - 1].isalpha() and r.flags[k - 1] & LOWER:
            if r.low(k - 1) in ("a", "an"):
                while k < at and (r.is_(k, "plain", "before") or r.low(k).endswith(("ed", "ing", "ly"))):
                    k += 1
                return k if at - k > 1 else at
            if r.is_(k - 1, "group") or (r.is_(k - 1, "function") and r.low(k - 1) != "of"):
                break
            k -= 1
        return at

    def _adjectives(self, at: int) -> int:
        """Back over the adjectives that belong to the kind: "double taxation agreement"."""
        r = self.r
        k = at
        while r.near(k) and at - k < 6:
            if r.words[k - 1] == "-" and r.glued(k) and r.glued(k - 1):
                k -= 2
            elif r.is_(k - 1, "adjective") and (r.flags[k - 1] & LOWER or r.opens(k - 1)):
                k -= 1
            else:
                break
        while k < at and (r.low(k) == "new" or r.words[k] == "-"):
            k += 1
        if k == at and r.digit(k - 1) and len(r.words[k - 1]) == 4 and not self._in_long_date(k - 1):
            k -= 1  # "the 1998 agreement on …"
        return k
