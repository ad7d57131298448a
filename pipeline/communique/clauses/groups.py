"""Verb groups: a main verb with its auxiliaries, told by forms and neighbours alone."""

from __future__ import annotations

import re

from communique.clauses.subjects import clause_start, subject_in
from communique.clauses.units import Group, Sentence, Unit, VerbForm, forms, skip_back

_NO_VERB = (
    "ing", "ed", "s", "ic", "al", "ous", "ive", "able", "ible", "ful", "ary", "ory", "ant", "ity", "tion", "sion",
    "ness", "ism", "ance", "ence", "ship", "dom", "ial", "ency", "ancy", "ology",
)  # fmt: skip
"""Endings of words behind "to" that are no verbs, unless a rule knows them as such: "to democratic principles"."""
_ASIDE = 16
"""How many units an aside between an auxiliary and its verb may have."""
_FLOATING = frozenset({"each", "both", "all"})
"""Words that may stand between an auxiliary and its verb: "will each contribute"."""
_WITHOUT_OBJECT = frozenset({"work", "cooperate", "collaborate", "act", "engage", "invest"})
"""Verbs that go on with a preposition: "… and work towards a treaty"."""
_PARTICLES = frozenset({"in", "up", "out", "off", "back", "down", "forward", "over"})
"""Words that belong to a verb before them: "to step in"."""
_GROUNDS = frozenset({"pursuant", "under", "within", "through", "by", "in", "during"})
"""Words behind a participle that tell how or where something was set up."""
_ADJECTIVAL = frozenset({"newly", "previously", "democratically", "duly", "freely", "internationally", "mutually"})
"""Adverbs before a participle that modifies a noun: "newly established links"."""
_MANNERS = frozenset({"acclamation", "consensus", "unanimity", "vote", "ballot", "decree", "order"})
"""What a verb's "by" tells of how it was done, not by whom."""
_LIMITING = frozenset({"just", "only", "merely", "simply"})
"""Words behind "not" that deny nothing: "do not just intend to"."""
_OBJECTS = frozenset({"him", "her", "them", "us", "it", "all"})


_VERBAL = re.compile("[WMBHOTVGL]")
"""Tags at which a verb group can begin."""


def group(sentence: Sentence, headed: str) -> None:
    """Find the verb groups of a sentence; `headed` says what a line above gives: a "subject", "we", "to" or "will"."""
    units, groups = sentence.units, sentence.groups
    i = 0
    if headed and (group := _opening(units, headed)) is not None:
        groups.append(group)
        i = group.main + 1
    tags = sentence.tags()
    while (start := _VERBAL.search(tags, i)) is not None:
        i = start.start()
        tag = tags[i]
        group = None
        if tag in "WMBHO":
            group = _with_auxiliary(units, i)
        elif tag == "T":
            group = _infinitive(units, i)
        elif tag == "L":
            group = _unknown_past(units, i) if units[i].low.endswith("ed") else None
        elif units[i].verbs:
            group = _bare(units, i, groups)
        if group is None:
            i += 1
            continue
        groups.append(group)
        i = group.main + 1


def _opening(units: list[Unit], headed: str) -> Group | None:
    """The verb with which a listed item begins: "Decides to …", "Strongly urges …", "agreed to …", "keep …"."""
    i = 0
    while i < len(units) - 1 and units[i].tag == "A":
        i += 1
    if headed == "infinitive":
        return _listed_base(units, 0, i)
    if headed == "we" and (told := _listed_base(units, 0, i)) is not None:
        return Group(0, i, "finite", "", False, False, told.verbs)  # "We, the ministers: 1. Agree to …"
    verbs = forms(units[i], "third") or forms(units[i], "past") if units else ()
    return Group(0, i, "finite", "", False, verbs[0].form == "past", verbs) if verbs else None


def _listed_base(units: list[Unit], first: int, i: int) -> Group | None:
    """The verb that "to" or "will" before a colon governs: "We have decided to: (i) keep …; (ii) open …"."""
    bases = forms(units[i], "base") if i < len(units) else ()
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if not bases or after in ".,;:CB" or (bases[0].noun and after not in "DEKFTPG"):
        return None
    return Group(first, i, "infinitive", "", False, False, bases)


def _in_list(units: list[Unit], i: int, groups: list[Group]) -> Group | None:
    """A verb of a list inside the sentence, each item behind a semicolon: "decided to: open …; and close …"."""
    first = i
    while first and units[first - 1].tag in "CA":
        first -= 1
    if not first or units[first - 1].tag not in ":;":
        return None
    colon = next((k for k in range(first - 1, 0, -1) if units[k].tag == ":"), 0)
    if (
        not colon
        and any(g.form == "infinitive" for g in groups)
        and any(g.role("frame", "intend", "propose") for g in groups if g.finite)
    ):
        return _listed_base(units, first, i)  # "agrees to open …; close …; and build …"
    if not colon or units[colon - 1].tag != "T":
        return None
    return _listed_base(units, colon - 1 if colon == first - 1 else first, i)


def _floats(units: list[Unit], i: int) -> bool:
    """Whether a word or a date stands between the parts of a verb: "have today agreed"."""
    dated = units[i].tag == "Y" and i + 1 < len(units) and bool(units[i + 1].verbs)
    return dated or units[i].low in _FLOATING


def _set_off_adverb(units: list[Unit], i: int) -> bool:
    """Whether an adverb between commas stands at unit `i`."""
    return units[i].tag == "," and "".join(u.tag for u in units[i + 1 : i + 3]) in ("A,", "S,")


def _aside_end(units: list[Unit], i: int) -> int:
    """The unit behind a phrase between commas that a preposition begins and a verb follows, else `i`."""
    if units[i].tag != "," or i + 2 >= len(units) or units[i + 1].tag not in "PS":
        return i
    for k in range(i + 2, min(i + _ASIDE, len(units) - 1)):
        if units[k].tag in '.;:("RNWMBH':
            return i
        if units[k].tag == "," and forms(units[k + 1], "base", "participle"):
            return k + 1
    return i


def _with_auxiliary(units: list[Unit], i: int) -> Group | None:
    """Reads "will be signed", "has agreed", "did not sign", "are committed", "is to meet"."""
    first, modal, negated, tags = i, "", False, ""
    past = units[i].low in ("was", "were", "had", "did")
    while i < len(units) and (units[i].tag in "WMBHOAXN,S" or (tags and _floats(units, i))):
        unit = units[i]
        if unit.low == "all" and tags.endswith("O"):
            break  # "will do all it can"
        if unit.tag in ",S":
            if _set_off_adverb(units, i):
                i += 3  # "will, therefore, work"
            elif tags and (end := _aside_end(units, i)) > i:
                i = end  # "shall, by the end of the year, establish"
            else:
                break
            continue
        if unit.tag == "N" and (unit.low == "i" or tags[-1:] not in "WMBHO" or len(tags) > 1):
            break
        if unit.tag == "W":
            modal = "will"
        elif unit.tag == "M":
            modal = "weak"
        negated = negated or (unit.tag == "X" and units[i + 1 : i + 2] != [] and units[i + 1].low not in _LIMITING)
        tags += "A" if unit.low in _FLOATING or unit.tag == "Y" else unit.tag  # "have today agreed"
        i += 1
    if i >= len(units):
        return Group(first, i - 1, "copula", modal, negated, past)
    unit, aux = units[i], tags.replace("A", "").replace("X", "").replace("N", "")
    if aux.endswith("B"):
        if participles := forms(unit, "participle"):
            return Group(first, i, "passive", modal, negated, past, participles)
        if gerunds := forms(unit, "gerund"):
            return Group(first, i, "progressive", modal, negated, past, gerunds)
        if unit.tag == "L" and unit.low.endswith("ed"):
            return Group(first, i, "passive", modal, negated, past)
        if unit.tag == "L" and unit.low.endswith("ing"):
            return Group(first, i, "progressive", modal, negated, past)
        return Group(first, i - 1, "copula", modal, negated, past)
    if aux.endswith("H"):
        if units[first].low == "having":
            return Group(first, i, "participle", "", True, True)  # "the delegation having asked for time": no act
        if participles := forms(unit, "participle"):
            return Group(first, i, "finite", modal, negated, True, participles)
        if unit.tag == "L" and unit.low.endswith("ed"):
            return Group(first, i, "finite", modal, negated, True)
        return Group(first, i - 1, "copula", modal, negated, past)
    if bases := forms(unit, "base"):
        return Group(first, i, "finite", modal, negated, past, bases)
    if aux[-2:] in ("WO", "MO") and unit.tag in "LD":
        return Group(first, i - 1, "finite", modal, negated, past)  # "will do everything to help"
    if unit.tag in "LV" and aux[-1:] in ("W", "M", "O"):
        return Group(first, i, "finite", modal, negated, past)
    return Group(first, i - 1, "copula", modal, negated, past)


def _infinitive(units: list[Unit], i: int) -> Group | None:
    j, negated = i + 1, units[i - 1].tag == "X" if i else False
    while j < len(units) and units[j].tag in "AX":
        negated = negated or units[j].tag == "X"
        j += 1
    if j >= len(units):
        return None
    if units[j].tag == "O":
        return Group(i, j, "infinitive", "", negated)  # "to do more"
    if units[j].tag == "H" and j + 2 < len(units) and units[j + 1].low == "been" and units[j + 2].verbs:
        return Group(i, j + 2, "infinitive", "", True)  # "was to have been hosted": it was not
    if units[j].tag == "B" and j + 1 < len(units):
        k = j + 1
        while k < len(units) and units[k].tag == "A":
            k += 1
        if k < len(units) and (participles := forms(units[k], "participle")):
            return Group(i, k, "infinitive", "", negated, False, participles)
        return Group(i, j, "infinitive", "", negated)
    bases = forms(units[j], "base")
    if bases or (units[j].tag == "L" and not units[j].low.endswith(_NO_VERB)):
        if not bases and not _goes_on(units, j + 1):
            return None
        return Group(i, j, "infinitive", "", negated, False, bases)
    return None


def _goes_on(units: list[Unit], k: int) -> bool:
    """Whether an unknown word behind "to" can be a verb by what follows it: an object, a particle, an aside."""
    if k >= len(units) or units[k].tag in ".;)":
        return False
    if units[k].tag == "P":
        return units[k].low in _PARTICLES
    return units[k].tag != "," or (k + 1 < len(units) and units[k + 1].tag == "P")


def _bare(units: list[Unit], i: int, groups: list[Group]) -> Group | None:
    """A verb form without an auxiliary: finite, reduced participle or gerund, or no verb at all."""
    unit = units[i]
    if _hyphened(units, i):
        return None
    if unit.verbs and (group := _in_list(units, i, groups)) is not None:
        return group
    before = skip_back(units, i - 1, "A")
    prev = units[before].tag if before >= 0 else ""
    first = before + 1
    negated = prev == "X"
    if negated:
        before -= 1
        prev = units[before].tag if before >= 0 else ""
    if gerunds := forms(unit, "gerund"):
        if prev in ("D", "Q"):
            return None
        return Group(first, i, "gerund", "", negated, False, gerunds)
    if pasts := forms(unit, "past"):
        if prev in ("C", ",") and (group := _second_passive(units, i, groups)) is not None:
            return group
        if prev == "," and any(v.form == "participle" for v in unit.verbs) and _reduced(units, i, groups):
            return Group(first, i, "participle", "", negated, True, pasts)
        return _past(units, i, first, before, prev, negated, pasts)
    if participles := forms(unit, "participle"):
        return None if prev in ("D", "P") else Group(first, i, "participle", "", negated, True, participles)
    return _present(units, i, first, before, prev, negated, groups)


def _hyphened(units: list[Unit], i: int) -> bool:
    """Whether a word is part of a compound: "results-oriented"."""
    after = i + 1 < len(units) and units[i + 1].low == "-" and units[i + 1].start == units[i].end
    return after or (i > 0 and units[i - 1].low == "-")


def _second_passive(units: list[Unit], i: int, groups: list[Group]) -> Group | None:
    """Reads "was amended and extended until 2035": the second participle, where no object follows it."""
    last = groups[-1] if groups else None
    participles = forms(units[i], "participle")
    if last is None or last.form != "passive" or not participles or last.main < i - 6:
        return None
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if after in "DEKGULF" or (after == "T" and participles[0].role in ("frame", "intend")):
        return None
    perfect = any(u.tag == "H" for u in units[last.first : last.main])
    return Group(i, i, "passive", last.modal, False, last.past or perfect, participles)


def _past(
    units: list[Unit], i: int, first: int, before: int, prev: str, negated: bool, verbs: tuple[VerbForm, ...]
) -> Group | None:
    after = units[i + 1] if i + 1 < len(units) else None
    if prev == "P" and units[before].low == "as":
        return Group(first, i, "participle", "", negated, True, verbs)  # "as set out in the annex"
    if units[i].low == "concerned" and prev in ("G", "E", "D", "L"):
        return None  # "the governments concerned"
    if i and units[i - 1].low in _ADJECTIVAL and after is not None and after.tag in "LU":
        return None  # "newly established links"
    if prev in ("D", "P", "Q", "T", "B") or _modifies(units, i, before, verbs):
        return None
    frames = any(v.role in ("frame", "urge", "propose", "announce") for v in verbs)
    if frames and prev in ("L", "Y", "F", "U") and subject_in(units, clause_start(units, before), first) is not None:
        return Group(first, i, "finite", "", negated, True, verbs)
    if prev == "," and _dated(units, i + 1) and any(v.form == "participle" for v in units[i].verbs):
        return Group(first, i, "participle", "", negated, True, verbs)  # "the Council, established in 2017, …"
    told = after is not None and after.tag in "DKEFUQ" and after.low != "by"
    if prev == "Y" and told and subject_in(units, clause_start(units, before), first) is not None:
        return Group(first, i, "finite", "", negated, True, verbs)
    manner = i + 2 < len(units) and units[i + 2].low in _MANNERS
    if prev in ("L", "K", "F", "Y", "V") or (after is not None and after.low == "by" and not manner):
        return Group(first, i, "participle", "", negated, True, verbs)
    if prev in ("G", "E") and after is not None and after.low in _GROUNDS and _led(units, before):
        return Group(first, i, "participle", "", negated, True, verbs)  # "report to the Committee established under"
    if prev == "U" and after is not None and after.tag == "P":
        return Group(first, i, "participle", "", negated, True, verbs)
    if prev in ("", ".") and after is not None and after.tag in "LUG" and i + 2 < len(units):
        return Group(first, i, "participle", "", negated, True, verbs)
    return Group(first, i, "finite", "", negated, True, verbs)


def _modifies(units: list[Unit], i: int, before: int, verbs: tuple[VerbForm, ...]) -> bool:
    """Whether a participle stands before its noun in a series: "a strong and united Council", ", shared norms, …"."""
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if before > 1 and units[before].tag == "C" and units[before - 1].tag == "P":
        return True  # "partners invested in and committed to the lake"
    if after not in "LUEGV" or before < 2:
        return False
    if units[before].tag == "C":
        return units[before - 1].tag == "L" and units[before - 2].tag == "D" and not units[before - 1].low.endswith("s")
    if units[i].low == "invited" and units[before].tag in ",C" and after in "LG":
        return True  # "members, invited states and bodies"
    listed = units[before].tag == "," and i + 2 < len(units) and units[i + 2].tag in ",C"
    return listed and after == "L" and all(v.role in ("position", "action", "stative") for v in verbs)


def _led(units: list[Unit], k: int) -> bool:
    """Whether a preposition other than "of" governs the phrase that ends at unit `k`."""
    while k > 0 and units[k].tag in "GELUDV":
        k -= 1
    return units[k].tag in "PT" and units[k].low != "of"


def _dated(units: list[Unit], k: int) -> bool:
    """Whether a date and a comma follow: "in 2017, …"."""
    return k + 2 < len(units) and units[k].tag == "P" and units[k + 1].tag == "Y" and units[k + 2].tag == ","


def _present(
    units: list[Unit], i: int, first: int, before: int, prev: str, negated: bool, groups: list[Group]
) -> Group | None:
    unit = units[i]
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if prev == ";" and (thirds := forms(unit, "third")) and after in "DEKUFT":
        goes_on = any(_tells(units, g) for g in groups)
        return Group(first, i, "finite", "", negated, False, thirds) if goes_on else None  # "elects …; renews …"
    if prev not in ("N", "E", "G", "C", ",", "Y", ")") or after in ("Q",):
        return None
    if (
        prev == ","
        and units[clause_start(units, before)].tag == "N"
        and units[clause_start(units, before) + 1].tag == ","
    ):
        bases = forms(unit, "base")  # "We, the ministers of fisheries, resolve to …"
        return Group(first, i, "finite", "", negated, False, bases) if bases and after != "," else None
    if prev == "," and not groups_finite(groups) and _closes_relative(units, before):
        thirds = forms(unit, "third")  # "Kenya, which chairs the group, calls on …"
        return Group(first, i, "finite", "", negated, False, thirds) if thirds and after in "TDEPKF" else None
    if prev == "C" and _opened_by_third(units, groups) and (thirds := forms(unit, "third")) and after not in "C.,;":
        return Group(first, i, "finite", "", negated, False, thirds)
    if prev in ("C", ","):
        wanted_forms = ("finite",) if prev == "C" and units[before - 1].tag == ";" else ("finite", "infinitive")
        last = next((g for g in reversed(groups) if g.form in wanted_forms), None)
        if (thirds := forms(unit, "third")) and not forms(unit, "base"):
            if unit.tag == "G" or after not in "DEKUFTG" or not any(_tells(units, g) for g in groups):
                return None  # "calls on the Council …, and requests the Commission …"
            return Group(first, i, "finite", "", negated, False, thirds)
        if prev == "C" and (asked := _asks_too(units, i, first, before, groups)) is not None:
            return asked
        parallel = last is not None and last.main < before and last.form in ("finite", "infinitive") and not last.past
        base = forms(unit, "base", "third")
        works = after == "P" and any(v.base in _WITHOUT_OBJECT for v in base)
        if not parallel or not base or unit.tag == "G" or (after in ("P", ".", ",", "C", "B") and not works):
            return None
        modifies = before >= 2 and units[before - 2].tag == "D" and units[before - 1].tag in "LUV"
        if (modifies and after not in "DEK" and not works) or (after == "T" and any(v.role == "act" for v in base)):
            return None  # "a free and open sea", "informal and open to"
        if base[0].noun and after in "LUV" and units[i + 1].low not in _OBJECTS:
            if units[before - 1].tag in "LUV" or _in_series(units, last.main if last else 0, before):
                return None  # "market access and export issues", "ports, roads, and supply chains"
        if last is not None and last.form == "infinitive":
            return Group(first, i, "infinitive", "", negated, False, base)
        return Group(first, i, "finite", last.modal if last else "", negated, False, base)
    if prev == "Y":
        k = skip_back(units, before, "YAP,")
        if k < 0 or units[k].tag not in "NEG":
            return None
        before, prev = k, units[k].tag
    subject = units[before]
    wanted: tuple[str, ...]
    if prev == "N":
        wanted = ("third",) if subject.low in ("he", "she", "it") else ("base",)
    elif prev == "G":
        wanted = ("base",) if subject.noun is not None and _plural(subject) else ("third",)
    else:
        wanted = ("third", "base") if prev == ")" else ("third",)
        k = before - 1 if before and units[before - 1].tag != "D" else before - 2
        if prev == "E" and k > 0 and units[k].tag in "C,":
            wanted = ("third", "base")
    verbs = forms(unit, *wanted)
    if not verbs or (unit.tag == "G" and after not in ("D", "E", "K", "T")):
        return None
    if unit.tag == "G" and after == "T" and verbs[0].role == "position":
        return None  # "urges CIS states to …"
    if after in ("B", "H", "W", "M") or (after in ("C", ".") and prev != "N"):
        return None
    return Group(first, i, "finite", "", negated, False, verbs)


def groups_finite(groups: list[Group]) -> bool:
    """Whether one of the groups can head a clause."""
    return any(g.finite for g in groups)


def _closes_relative(units: list[Unit], comma: int) -> bool:
    """Whether a comma closes a relative clause that a comma opened: "Kenya, which chairs the group,"."""
    opening = next((k for k in range(comma - 1, 1, -1) if units[k].tag in ",;:R"), 0)
    return units[opening].tag == "R" and units[opening].low in ("who", "which") and units[opening - 1].tag == ","


def _reduced(units: list[Unit], i: int, groups: list[Group]) -> bool:
    """Whether a participle between commas stands before the verb of its subject: "The pact, signed at Harrow, is"."""
    if groups_finite(groups) or i + 1 >= len(units) or units[i + 1].tag != "P":
        return False
    close = next((k for k in range(i + 2, len(units) - 1) if units[k].tag in ",;."), 0)
    if not close or units[close].tag != ",":
        return False
    verb = units[close + 1]
    return verb.tag in "BHWM" or bool(forms(verb, "third")) or (verb.tag == "L" and verb.low.endswith("s"))


def _asks_too(units: list[Unit], i: int, first: int, before: int, groups: list[Group]) -> Group | None:
    """Reads "We support the talks, and call for …", "We look ahead and commit to …": what "we" say besides."""
    verbs = tuple(v for v in forms(units[i], "base") if v.role in ("urge", "propose", "instruct", "frame"))
    after = units[i + 1] if i + 1 < len(units) else None
    if not verbs or after is None or units[i].tag == "G" or after.tag in ".,;:CB":
        return None
    if after.tag == "P" and after.low not in ("on", "upon", "for", "that"):
        return None
    opening = next((u for u in units[:before] if u.tag not in "AYPDUL,SCV"), None)
    main = next((g for g in groups if g.finite), None)
    if opening is None or opening.low != "we" or (main is not None and (main.past or main.modal)):
        return None
    return Group(first, i, "finite", "", False, False, verbs)


def _in_series(units: list[Unit], main: int, before: int) -> bool:
    """Whether "and" closes a series of nouns that began after the verb at `main`."""
    return units[before - 1].tag == "," and sum(u.tag == "," for u in units[main:before]) > 1


def _opened_by_third(units: list[Unit], groups: list[Group]) -> bool:
    """Whether a listed paragraph opens with its verb, as resolutions do: "Appoints … and requests …"."""
    return bool(groups) and groups[0].first == 0 and _tells(units, groups[0])


def _tells(units: list[Unit], group: Group) -> bool:
    """Whether a group is a finite verb that may be in the third person."""
    return group.form == "finite" and bool(forms(units[group.main], "third"))


def _plural(unit: Unit) -> bool:
    return (unit.noun is not None and unit.noun.role == "participants") or unit.low.endswith("s")


def _unknown_past(units: list[Unit], i: int) -> Group | None:
    """The group of a word in -ed after a subject: it is a verb even when no rule knows it."""
    if len(units[i].low) < 5:
        return None
    before = skip_back(units, i - 1, "A")
    if before < 0 or units[before].tag not in "NEG":
        return None
    governed = before - 1 if before and units[before - 1].tag == "D" else before
    if governed and units[governed - 1].tag == "V" and units[i + 1 : i + 2] and units[i + 1].tag in "LG":
        return None  # "approved the Council unified visa"
    after = units[i + 1] if i + 1 < len(units) else None
    if after is not None and after.low == "by":
        return None
    return Group(before + 1, i, "finite", "", False, True)
