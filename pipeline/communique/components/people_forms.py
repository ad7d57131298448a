"""One person under several forms of the name, and the offices that a person holds."""

from __future__ import annotations

from communique.components.people_names import Names, is_letter
from communique.components.people_rules import Name, Office, Role
from communique.tokens import CAPITAL, LOWER, TITLE, Mention

_SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii"})
_SMALL = frozenset({"of", "and", "for", "the", "affairs", "general", "co"})
_RANKS = frozenset(
    {
        "deputy",
        "vice",
        "first",
        "acting",
        "former",
        "prime",
        "assistant",
        "under",
        "honorary",
        "interim",
        "chief",
        "crown",
    }
)
_VAGUE = frozenset({"head", "chief", "member", "director", "leader", "commander", "expert"})


class Forms:
    """The people of one text: `mentions` in order, and `keys` by the first word of each."""

    def __init__(self, names: Names, found: list[Name]) -> None:
        self._names = names
        self._words = names.words
        self.keys: dict[int, str] = {}
        self._mentions: dict[int, Mention] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._short: dict[str, str] = {}
        self._taken: set[int] = set()
        for name in sorted(set(found), key=lambda n: (n.start - n.end, *n)):
            self._enter(name)
        self._repeat()
        self.mentions = sorted(self._mentions.values())

    def _enter(self, name: Name) -> None:
        if not self._taken.isdisjoint(range(name.start, name.end)):
            return
        parts = _parts(self._words[name.start : name.end])
        key = self._same(parts)
        if key is None:
            key = " ".join(parts)
            self._forms[key] = parts
        if len(parts) == 1:
            self._short.setdefault(parts[0], key)
        self._add(name.start, name.end, name.rule, key)

    def _add(self, start: int, end: int, rule: str, key: str) -> None:
        self._mentions[start] = Mention(start, end, rule, key)
        self.keys[start] = key
        self._taken.update(range(start, end))

    def _same(self, parts: tuple[str, ...]) -> str | None:
        """The person a form stands for: the same words, some of them with the surname, or family name first."""
        for fits in (_equal, _surname, _some):
            for key, known in self._forms.items():
                if fits(parts, known):
                    return key
        return None

    def _repeat(self) -> None:
        """The full names and short forms wherever they come again."""
        shorts = dict(self._short)
        for key, parts in self._forms.items():
            shorts.setdefault(_core(parts)[-1], key)
        firsts = self._firsts(shorts)
        fulls: dict[str, list[tuple[list[str], str]]] = {}
        for m in sorted(self._mentions.values()):
            words = self._words[m.start : m.end]
            if len(words) > 1:
                fulls.setdefault(words[0], []).append((words, m.key))
                if len(words) == 2:
                    fulls.setdefault(words[1], []).append((words[::-1], m.key))
        flags = self._names.flags
        waiting: list[tuple[int, str]] = []
        for i in [i for i, flag in enumerate(flags) if flag & CAPITAL]:
            if i in self._taken:
                continue
            word = self._words[i]
            low = word.lower()
            if word in fulls and (full := self._full_at(i, fulls[word])) is not None:
                self._add(i, i + len(full[0]), "person.full-name", full[1])
            elif (end := self._hyphened(i, shorts)) > i:
                self._add(i, end, "person.surname", shorts[_parts(self._words[i:end])[0]])
            elif low in shorts and self._alone(i):
                self._add(self._surname_start(i, shorts[low]), i + 1, "person.surname", shorts[low])
            elif low in firsts and self._alone(i) and (word in self._names.rules.given or self._acts(i)):
                self._add(i, i + 1, "person.first-of-name", firsts[low])
            elif low in firsts and self._alone(i) and not self._names.opens(i):
                waiting.append((i, firsts[low]))
        surnamed = {m.key for m in self._mentions.values() if m.rule == "person.surname"}
        for i, key in waiting:  # "invited Mochtar", where he is never called by the name behind it
            if key not in surnamed and flags[i - 1] & LOWER:
                self._add(i, i + 1, "person.first-of-name", key)

    def _firsts(self, shorts: dict[str, str]) -> dict[str, str]:
        """First words of names that stand for the person: family names first, and names without a family name."""
        names: dict[str, list[str]] = {}
        for key, parts in self._forms.items():
            core = _core(parts)
            if len(core) > 1 and len(core[0]) > 1 and not core[0].endswith("."):
                names.setdefault(core[0], []).append(key)
        return {w: keys[0] for w, keys in names.items() if len(keys) == 1 and w not in shorts}

    def _acts(self, i: int) -> bool:
        """Whether a verb, a possessive or an apposition stands behind a word: "Guo said", "Guo's", "Guo, who"."""
        names, n = self._names, i + 1
        if n >= names.size or names.tokens.gap[n] > 1:
            return False
        low = names.lower[n]
        if low in ("'s", "is", "was", "has", "had", "will", "also", "would") or names.lower[n : n + 2] == [",", "who"]:
            return True
        return low.capitalize() in names.rules.verbs and bool(names.flags[n] & LOWER)

    def _hyphened(self, i: int, shorts: dict[str, str]) -> int:
        """The end of a surname of several parts: "Okello-Haddad"; `i` where none stands."""
        words, end = self._words, i + 1
        while words[end : end + 1] == ["-"] and self._names.glued(end):
            end += 2
        if end == i + 1 or end > len(words) or not self._taken.isdisjoint(range(i, end)):
            return i
        return end if _parts(words[i:end])[0] in shorts else i

    def _surname_start(self, i: int, key: str) -> int:
        """Where a surname's mention begins: at more of the name ("Huanca de Ugarte") or at initials before it."""
        parts, start = self._forms.get(key, (key,)), i
        core = _core(parts)
        while start and i - start + 2 <= len(core) and self._words[start - 1].lower() == core[start - i - 2]:
            start -= 1
        while start < i and self._words[start].islower():
            start += 1  # "de Ugarte": a particle alone is left out, as it is after other words
        if start < i:
            return start if self._taken.isdisjoint(range(start, i)) else i
        while start and is_letter(self._words[start - 1]):
            start -= 1
        fits = start < i and self._words[start][0].lower() == parts[0][0]
        return start if fits and self._taken.isdisjoint(range(start, i)) else i

    def _full_at(self, i: int, fulls: list[tuple[list[str], str]]) -> tuple[list[str], str] | None:
        fits = [full for full in fulls if self._words[i : i + len(full[0])] == full[0]]
        return max(fits, key=lambda full: len(full[0])) if fits else None

    def _alone(self, i: int) -> bool:
        """Whether a surname stands by itself, not inside another name or a longer capitalised phrase."""
        names, words = self._names, self._words
        if i in names.taken or i in names.dated or words[i].capitalize() in names.rules.stops:
            return False
        if names.opens(i) and words[i].lower() in names.lowered:
            return False
        n = i + 1
        if n < names.size and names.flags[n] & TITLE and not names.tokens.gap[n] and words[n] not in names.rules.stops:
            if n not in names.taken and words[n] not in names.title_words:
                return False
        if n < names.size and words[n] == "-" and names.tokens.start[n] == names.tokens.end[i]:
            return False
        return not (i and words[i - 1] == "-" and names.tokens.end[i - 1] == names.tokens.start[i])


def _parts(words: list[str]) -> tuple[str, ...]:
    """The words of a name in lower case, hyphenated ones joined, for comparison."""
    parts: list[str] = []
    glue = False
    for word in words:
        if word in ("-", "'", ","):
            glue = word != ","
            continue
        if glue and parts:
            parts[-1] += "-" + word.lower()
        else:
            parts.append(word.lower())
        glue = False
    return tuple(parts)


def _core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A name without "Jr." and the like."""
    core = tuple(p for p in parts if p not in _SUFFIXES)
    return core or parts


def _equal(parts: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return parts == known or set(_core(parts)) == set(_core(known))


def _surname(parts: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a form is a part of the name with its surname, or has another form of the given name."""
    a, b = _core(parts), _core(known)
    if a[-1] != b[-1]:
        return False
    return len(a) == 1 or set(a) <= set(b) or (len(b) > 1 and _nick(a[0], b[0]))


def _some(parts: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a form is any part of the name: "Xi", "Lula", "Mohamed bin Zayed"."""
    a, b = _core(parts), _core(known)
    if len(a) == 1:
        return len(a[0]) > 1 and a[0] in b
    return len(a) < len(b) and set(a) <= set(b)


def _nick(a: str, b: str) -> bool:
    """Whether one given name is an initial or a short form of the other ("Joe", "Joseph")."""
    short, long = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    if len(short) == 1 or long.startswith(short):
        return long[0] == short[0]
    return len(short) == 3 and long[:2] == short[:2]


def roles_of(held: list[tuple[Name, Office]], keys: dict[int, str]) -> dict[str, list[Role]]:
    """The different offices of each person; the same told twice is one, with its state."""
    roles: dict[str, list[Role]] = {}
    for name, office in sorted(held, key=lambda row: (row[1].start, row[0].start)):
        key = keys.get(name.start)
        if key is None:
            continue
        role = Role(office.title, office.state, office.organization, (office.start, office.end))
        known = roles.setdefault(key, [])
        same = next((k for k, r in enumerate(known) if _one_office(r, role)), None)
        if same is None:
            known.append(role)
        else:
            known[same] = _fuller(known[same], role)
    return roles


def _one_office(a: Role, b: Role) -> bool:
    """Whether two titles say the same office: "Foreign Minister" and "Minister of Foreign Affairs of Kenya"."""
    if a.state and b.state and a.state != b.state:
        return False
    x, y = _words_of(a.title), _words_of(b.title)
    if x == y:
        return not ((a.organization and b.state) or (b.organization and a.state))
    if a.organization or b.organization or x & _RANKS != y & _RANKS:
        return False
    return (x <= y or y <= x) and not (x <= _VAGUE or y <= _VAGUE)


def _words_of(title: str) -> frozenset[str]:
    words = title.lower().replace("-", " ").replace(",", " ").split()
    return frozenset(w for w in words if w not in _SMALL) or frozenset(words)


def _fuller(a: Role, b: Role) -> Role:
    """The longer title of two, with what either says of its state or body."""
    longer = b if (len(_words_of(b.title)), a.title.isupper()) > (len(_words_of(a.title)), False) else a
    told = a if a.state or a.organization else b
    return longer._replace(state=told.state, organization=told.organization)


def holder(office: Office, roles: dict[str, list[Role]], heads: dict[str, str]) -> str | None:
    """The one person who holds such an office; `heads` tells of titles whether a head of state or government has it."""
    if office.plural:
        return None
    role = Role(office.title, office.state, office.organization, (office.start, office.end))
    title = office.title.lower()
    generic = heads.get(title) if title.startswith("head of ") else None
    exact: dict[str, None] = {}
    fits: dict[str, None] = {}
    for key, held in roles.items():
        for own in held:
            if office.state and own.state not in (None, office.state):
                continue
            if own.title.lower() == title:
                (exact if office.state and own.state else fits).setdefault(key)
            elif (generic is not None and heads.get(own.title.lower()) == generic) or _one_office(
                own._replace(organization=None), role._replace(organization=None)
            ):
                fits.setdefault(key)
    found = list(exact or fits)
    if len(found) > 1 and not office.state and not office.organization:
        # "the President" of a text that tells the state of every other president
        found = [k for k in found if any(r.title.lower() == title and not _owned(r) for r in roles[k])]
    return found[0] if len(found) == 1 else None


def _owned(role: Role) -> bool:
    return bool(role.state or role.organization)
