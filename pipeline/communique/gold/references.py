"""What a person writes for an entry: people and organizations by name, documents by title, states by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from communique.codes import STATE_CODES

Row = Mapping[str, Any]
KINDS = ("people", "states", "organizations", "documents")
PARTIES = ("people", "states", "organizations")
LETTER = {"people": "p", "organizations": "o", "documents": "d"}


class UnknownNameError(ValueError):
    """A name that no entry has, or several."""


class References:
    """Names to ids and back, within one record.

    `=p2` is the second of the list of people, whatever its name, and `=KEN` the state, whatever else is named so.
    """

    def __init__(self, entries: Mapping[str, Iterable[Row]]) -> None:
        self._ids: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        self._names: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        for kind in KINDS:
            for number, entry in enumerate(entries.get(kind, ()), 1):
                name = entry["id"] if kind == "states" else entry["title"] if kind == "documents" else entry["name"]
                self._ids[kind].setdefault(name, []).append(entry["id"])
                self._names[entry["id"]] = name
                if kind in LETTER:
                    self._numbers[f"={LETTER[kind]}{number}"] = entry["id"]

    def id_of(self, name: str, kinds: Iterable[str] = PARTIES, codes: bool = False) -> str:
        """The id that a name stands for; with `codes` any state's code stands for itself."""
        name = " ".join(name.split())
        if name in self._numbers:
            return self._numbers[name]
        code = name[1:] if name.startswith("=") else ""
        if code in self._ids["states"] or (codes and code in STATE_CODES):
            return code
        found = [id_ for kind in kinds for id_ in self._ids[kind].get(name, ())]
        if codes and name in STATE_CODES and not found:
            return name
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownNameError(f"{len(found)} entries are named {name!r}; give the number in its list, such as =p2")
        known = [known for kind in kinds for known in self._ids[kind]]
        close = get_close_matches(name, known, 1)
        raise UnknownNameError(f"no entry is named {name!r}{f'; did you mean {close[0]!r}?' if close else ''}")

    def name_of(self, id_: str, kinds: Iterable[str] = PARTIES, codes: bool = False) -> str:
        """What to write for an id, so that `id_of` gives it back."""
        name = self._names.get(id_, id_)
        try:
            if self.id_of(name, kinds, codes) == id_:
                return name
        except UnknownNameError:
            pass
        return next((number for number, known in self._numbers.items() if known == id_), f"={id_}")
