"""The subject of a verb group: its own, or that of the group it is coordinated with."""

from __future__ import annotations

from communique.clauses.units import Group, Sentence, Unit, skip_back

_NOMINAL = frozenset("EGKULFY")
_BOUNDARY = frozenset(';:RS–"')


def find_subject(sentence: Sentence, n: int) -> None:
    """Set the subject of group `n`, or the group it shares it with."""
    group = sentence.groups[n]
    if not group.finite:
        return
    units = sentence.units
    if group.first and units[group.first - 1].tag == "N":
        group.subject = (group.first - 1, group.first)
        return
    previous = next((k for k in range(n - 1, -1, -1) if sentence.groups[k].finite), -1)
    begin = sentence.groups[previous].main + 1 if previous >= 0 else 0
    end = skip_back(units, group.first - 1, "A") + 1
    if (subject := _past_relative(sentence, n, previous, end)) is not None:
        group.subject = subject
        return
    joint = end > begin and (units[end - 1].tag in "C," or units[end - 1].low == "but")
    joined = joint or (end == begin and previous >= 0)
    if joined and end > begin and previous >= 0 and _inside_clause(units, begin, end, group):
        return
    if joined and previous >= 0 and (end == begin or units[end - 1].tag == "C" or not _opens_clause(units, begin, end)):
        group.shared = _parallel_group(sentence, n, previous)
        return
    if end > begin and units[end - 1].tag == "–":
        opening = next((k for k in range(end - 2, begin, -1) if units[k].tag == "–"), -1)
        if opening > begin:  # "The ministers – A, B and C – signed"
            end = opening
    low = begin
    for k in range(end - 1, begin - 1, -1):
        if units[k].tag in _BOUNDARY and not (units[k].tag == "–" and k == end - 1):
            low = k + 1
            break
        if (
            units[k].tag == "C"
            and k + 1 < end
            and (units[k + 1].tag == "N" or _new_subject(sentence, n, begin, k, end))
        ):
            low = k + 1
            break
    low = _past_adverbial(units, low, end, previous >= 0)
    subject = subject_in(units, low, end) or _joined(units, low, end) or _unknown_name(units, low, end, group)
    if subject is not None:
        group.subject = subject
    elif previous >= 0 and (joined or (end > 0 and units[end - 1].tag == ";")):
        group.shared = previous


def _past_relative(sentence: Sentence, n: int, previous: int, end: int) -> tuple[int, int] | None:
    """The subject before a relative clause between commas: "The minister, who is a lawyer, asked …"."""
    units = sentence.units
    if end == 0 or units[end - 1].tag != "," or any(g.finite for g in sentence.groups[: max(previous, 0)]):
        return None
    if previous >= 0:
        relative = sentence.groups[previous].first - 1
    else:  # a clause in the present tense, of which no verb group is made
        relative = next((k for k in range(end - 2, 0, -1) if units[k].tag == "R"), 0)
    if relative < 2 or units[relative].low not in ("who", "which") or units[relative - 1].tag != ",":
        return None
    if sum(u.tag == "," for u in units[relative:end]) > 1:
        return None
    low = _past_adverbial(units, 0, relative - 1, False)
    return subject_in(units, low, relative - 1)


def _new_subject(sentence: Sentence, n: int, begin: int, k: int, end: int) -> bool:
    """Whether "and" at unit `k`, behind an infinitive, opens a clause: "invited her to come, and Kenya accepted"."""
    tags = "".join(u.tag for u in sentence.units[k + 1 : end]).rstrip("A")
    whole = tags[-1:] in ("E", "G") and not tags.strip("DEGULQ")
    return whole and any(g.form == "infinitive" and begin <= g.first and g.main < k - 1 for g in sentence.groups[:n])


def _past_adverbial(units: list[Unit], begin: int, end: int, later: bool) -> int:
    """Where the subject begins behind "On the margins of today's meeting in Harrow," or "As host of the summit,".

    What follows the last comma has to be a whole noun phrase up to the verb, and no part of a list. With `later`
    there is a verb before, the object of which ends at the comma: "… a road to Harrow, the minister said".
    """
    adverbial = begin < end and (units[begin].tag in "PY" or units[begin].low == "as")
    if begin >= end or not (adverbial or later):
        return begin
    comma = next((k for k in range(end - 2, begin, -1) if units[k].tag == ","), -1)
    tags = [u.tag for u in units[comma + 1 : end]]
    while tags and tags[-1] == "A":
        tags.pop()
    whole = bool(tags) and tags[-1] in ("E", "G") and not {"C", "P", "T", "V", "R", "S", ","} & set(tags)
    if comma < 0 or not whole or (units[comma - 1].tag == "E" and tags == ["E"] and _lists(units, begin, comma)):
        return begin
    return comma + 1


def _lists(units: list[Unit], begin: int, comma: int) -> bool:
    """Whether names before a comma are people in a row, of which the one behind it may be the last."""
    return sum(u.tag == "E" for u in units[begin:comma]) > 1 and "C" in (u.tag for u in units[begin:comma])


def _opens_clause(units: list[Unit], begin: int, end: int) -> bool:
    """Whether a new clause begins between two verbs of which the later stands behind a comma."""
    return any(
        u.tag in "CS;" and k + 1 < end and units[k + 1].tag in "DEGN" for k, u in enumerate(units[:end]) if k >= begin
    )


def _inside_clause(units: list[Unit], begin: int, end: int, group: Group) -> bool:
    """Whether a clause that "that" or "which" opens holds the verb: "a plan that supports ports and will help"."""
    for k in range(begin, end - 1):
        if units[k].tag != "R" or units[k].low not in ("that", "which", "who"):
            continue
        verbal = units[k + 1].tag in "VBHWMA"
        if group.past and not group.modal and any(v.form == "third" for v in units[k + 1].verbs):
            continue  # "signed a protocol which opens the port and agreed to meet"
        closed = any(u.tag in ",;" for u in units[k + 1 : end - 1]) and units[k - 1].tag == ","
        if (verbal or units[k].low == "that") and not closed:
            return True
    return False


def _parallel_group(sentence: Sentence, n: int, previous: int) -> int:
    """The earlier group to which group `n` is coordinated: the last of its tense, else the last."""
    group = sentence.groups[n]
    alike = [
        k
        for k in range(n - 1, -1, -1)
        if (other := sentence.groups[k]).finite
        and other.past == group.past
        and other.modal == group.modal
        and not in_relative(sentence.units, other)
    ]
    same = [k for k in alike if (sentence.groups[k].form == "progressive") == (group.form == "progressive")]
    if alike:
        return (same or alike)[0]
    return previous


def in_relative(units: list[Unit], group: Group) -> bool:
    """Whether a group is that of a relative clause set off by a comma: ", which has not met, …"."""
    k = group.first - 1
    return group.subject is None and k > 0 and units[k].tag == "R" and units[k - 1].tag == ","


def subject_in(units: list[Unit], begin: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that acts between two units: the first that no preposition governs."""
    i = begin
    while i < end:
        unit = units[i]
        if unit.tag == "(" and (close := next((k for k in range(i, end) if units[k].tag == ")"), -1)) > 0:
            i = close + 1
            continue
        if unit.tag == "N":
            return i, i + 1
        if unit.tag in "EG":
            if not _heads(units, i, end):
                i += 1
                continue
            start = _phrase_start(units, i, begin)
            if start - 2 >= begin and units[start - 1].low == "of" and units[start - 2].tag in "DF":
                start = _phrase_start(units, start - 2, begin)  # "each of our governments"
            before = units[start - 1].tag if start > begin else ""
            if before not in ("P", "T", "V") and not (
                before == "C" and start - 2 >= begin and _governed(units, start, begin)
            ):
                possessive = i + 1 < end and units[i + 1].tag == "Q"
                if not possessive:
                    return start, _trim(units, start, end)
        i += 1
    return None


def _joined(units: list[Unit], begin: int, end: int) -> tuple[int, int] | None:
    """The phrase before a verb that "and" joins to a clause: "Tea is on our agenda and the ministers will meet"."""
    if begin == 0 or end - 1 <= begin or units[end - 1].tag not in "EG":
        return None
    if any(u.low in ("between", "among", "both") for u in units[begin:end]):
        return None
    start = _phrase_start(units, end - 1, begin)
    return (start, end) if start > begin and units[start - 1].tag == "C" else None


def _unknown_name(units: list[Unit], begin: int, end: int, group: Group) -> tuple[int, int] | None:
    """A capitalised name that no rule knows, right before a verb that only somebody does: "Norfisk signed a deal"."""
    deed = group.past or group.form == "progressive"
    deed = deed and group.role("act", "propose", "urge", "frame", "instruct") is not None
    if not deed or group.form not in ("finite", "progressive") or not 0 < end - begin <= 3:
        return None
    return (begin, end) if all(u.tag == "U" for u in units[begin:end]) else None


def _heads(units: list[Unit], i: int, end: int) -> bool:
    """Whether a mention or noun is the head of its phrase, not a modifier of the noun behind it."""
    following = units[i + 1].tag if i + 1 < end else ""
    if units[i].low == "military" and following in ("C", "L"):
        return False  # "Australian military and civilian personnel"
    return following not in ("L", "U", "K", "V", "–") and not (following == "G" or following == "E")


def _governed(units: list[Unit], start: int, begin: int) -> bool:
    """Whether the phrase joined by "and" before `start` stands under a preposition."""
    k = start - 2
    while k >= begin and units[k].tag not in ",;:PCT":
        k -= 1
    return k >= begin and units[k].tag in "PT"


def _phrase_start(units: list[Unit], i: int, begin: int) -> int:
    """Where the noun phrase of the unit `i` begins: its determiner, or the words before it that modify it."""
    k = i
    while k > begin and (units[k - 1].tag in "ULFQVE" or units[k - 1].tag == "G" or units[k - 1].tag == "A"):
        k -= 1
    if k > begin and units[k - 1].tag == "C" and k - 2 >= begin and units[k - 2].tag in "LUV":
        j = k - 2  # "the relevant Turkish and Australian authorities"
        while j > begin and units[j - 1].tag in "ULE":
            j -= 1
        if j > begin and units[j - 1].tag == "D":
            k = j
    while k > begin and units[k - 1].tag == "D":
        k -= 1
    while k < i and units[k].tag == "A":
        k += 1
    return k


def _trim(units: list[Unit], start: int, end: int) -> int:
    """The end of a subject without the commas, adverbs and dates behind it."""
    while end > start + 1 and units[end - 1].tag in ",AY–CP":
        end -= 1
    if units[end - 1].tag == ")":
        opening = next((k for k in range(end - 2, start, -1) if units[k].tag == "("), -1)
        if opening > start and not any(u.tag in "EG" for u in units[opening:end]):
            end = opening  # a web address
    for k in range(start + 1, end - 1):
        if units[k].tag == "P" and units[k + 1].tag == "Y" and units[k].low == "on":
            return k  # "Kenya and the Congress on Thursday in Harrow"
    for k in range(start, end):
        if units[k].tag == ",":
            rest = "".join(u.tag for u in units[k + 1 : end])
            paired = rest == "E" and units[k - 1].tag == "E"  # "Kenya, Uganda sign"
            if "C" not in rest and not paired and not names_holder(units, start, k, end):
                return k
    return end


def names_holder(units: list[Unit], start: int, comma: int, end: int) -> bool:
    """Whether the phrase behind a comma names who holds the office before it: "the Minister, Admiral Okello"."""
    start = max((k + 1 for k in range(start, comma) if units[k].tag == "C"), default=start)
    rest = [u.tag for u in units[comma + 1 : end]]
    if not rest or rest[-1] != "E" or any(tag not in "EGULQ" for tag in rest) or rest.count("E") > 1:
        return False
    office = any(u.noun is not None and u.noun.role == "person" for u in units[start:comma])
    return office and not any(u.tag == "E" and _is_person(u) for u in units[start:comma]) and _is_person(units[end - 1])


def _is_person(unit: Unit) -> bool:
    return unit.mention is not None and unit.mention.rule.startswith("person")


def clause_start(units: list[Unit], i: int) -> int:
    """The unit at which the clause around unit `i` begins."""
    while i > 0 and units[i - 1].tag not in ";:RSVWBHMO":
        i -= 1
    return i
