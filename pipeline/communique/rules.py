"""Rule files: lists and phrases as data, one JSON object a line, validated before use.

Every kind of rule is a model registered for a file name by `rule_file`. A rule has an `id` and `examples`: made-up
fragments in which the words it must match stand in [brackets]; in `counterexamples` it must match nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.errors import InputError
from communique.jsonl import read_lines

LANGUAGE = "en"
REGISTRY: dict[str, type[Rule]] = {}


class RuleError(ValueError):
    """A rule file that can't be used; the message names file and line."""


class Rule(BaseModel):
    """What every rule has. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = ()
    note: str | None = None

    def phrases(self) -> tuple[str, ...]:
        """The words that the rule matches, whatever the field that holds them."""
        told = self.model_dump(exclude={"id", "examples", "counterexamples", "note"})
        single = (v for k, v in told.items() if isinstance(v, str) and k in _PHRASE_FIELDS)
        many = (w for v in told.values() if isinstance(v, tuple) for w in v if isinstance(w, str))
        return (*single, *many)

    def proper_names(self) -> tuple[str, ...]:
        """The words that name one thing alone, so that no other rule of its file can have them."""
        shared = getattr(self, "shared", ())
        return tuple(w for field in _PROPER for w in getattr(self, field, ()) if w not in shared)


_PHRASE_FIELDS = frozenset(
    {"base", "third", "past", "participle", "gerund", "title", "plural", "head", "word", "term", "prefix", "name"}
)
_PROPER = ("names", "acronyms", "abbreviations", "adjectives", "demonyms")
NAMING = frozenset({"states", "regions", "organizations", "documents", "cities"})
"""Files whose rules stand for one thing each."""
R = TypeVar("R", bound=Rule)


def rule_file(name: str) -> Callable[[type[R]], type[R]]:
    """Register a model for the rule file of that name (without folder and suffix)."""

    def register(model: type[R]) -> type[R]:
        REGISTRY[name] = model
        return model

    return register


def file_of(model: type[Rule]) -> str:
    """The name of the file a model is registered for."""
    return next(name for name, known in REGISTRY.items() if known is model)


@cache
def shipped() -> Path:
    """The folder of the shipped rules: in the checkout, else in the installed package."""
    here = Path(__file__).resolve().parent
    checkout = here.parents[1] / "rules"
    return (checkout if checkout.is_dir() else here / "_rules") / LANGUAGE


def read(model: type[R], folders: Sequence[Path]) -> tuple[R, ...]:
    """All rules of one model from the folders, in order; a folder without the file adds none.

    Raises `RuleError` for a line that is not JSON or does not fit the model, for an id used twice, and for a name that
    a folder gives to something else than a folder before it does.
    """
    return _read(model, tuple(folders))


class Placed(NamedTuple, Generic[R]):
    """A rule and where it stands."""

    rule: R
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@cache
def _read(model: type[R], folders: tuple[Path, ...]) -> tuple[R, ...]:
    return tuple(placed.rule for placed in read_placed(model, folders))


def read_placed(model: type[R], folders: Sequence[Path]) -> list[Placed[R]]:
    """The same with the file and line of each rule."""
    seen: dict[str, Placed[R]] = {}
    for number, folder in enumerate(folders):
        path = folder / f"{file_of(model)}.jsonl"
        if not path.exists():
            continue
        earlier = list(seen.values()) if number else []
        for placed in _lines(model, path):
            if (first := seen.get(placed.rule.id)) is not None:
                raise RuleError(f"{placed}: id {placed.rule.id!r} is already used in {first}")
            seen[placed.rule.id] = placed
        if earlier and path.stem in NAMING:
            _must_not_conflict(earlier, list(seen.values())[len(earlier) :])
    return list(seen.values())


def _must_not_conflict(earlier: Iterable[Placed[R]], added: Iterable[Placed[R]]) -> None:
    names = {name: placed for placed in earlier for name in placed.rule.proper_names()}
    for placed in added:
        for name in placed.rule.proper_names():
            if (first := names.get(name)) is not None:
                raise RuleError(f"{placed}: {name!r} is already a name of {first.rule.id!r} ({first})")


def _lines(model: type[R], path: Path) -> Iterator[Placed[R]]:
    try:
        for number, row, error in read_lines(path):
            if error is not None:
                raise RuleError(f"{path}:{number}: {error}")
            try:
                yield Placed(model.model_validate(row), path, number)
            except ValidationError as e:
                raise RuleError(f"{path}:{number}: {_problem(model, e)}") from None
    except InputError as e:
        raise RuleError(str(e)) from None


def _problem(model: type[Rule], error: ValidationError) -> str:
    """What is wrong with a rule; of an unknown key, which was meant."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))
    if first["type"] != "extra_forbidden":
        return f"{where}: {first['msg']}"
    known = list(model.model_fields)
    close = get_close_matches(where, known, 1)
    return f"unknown key {where!r}{f' (did you mean {close[0]!r}?)' if close else ''}; known: {', '.join(known)}"


def check_folder(folder: Path) -> None:
    """Raise `RuleError` if a folder of rules is not there, or has a file that no component reads."""
    load_models()
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules")
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem not in REGISTRY:
            raise RuleError(_unknown_file(path))


def _unknown_file(path: Path) -> str:
    return f"{path}: no kind of rule has this file name (known: {', '.join(sorted(REGISTRY))})"


def canonical(rules: Sequence[Rule]) -> str:
    """The text of a rule file: sorted by id, keys in the model's order, defaults left out."""
    rows = sorted(rules, key=lambda r: r.id)
    return "".join(
        json.dumps(r.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) + "\n" for r in rows
    )


def check(folder: Path) -> list[str]:
    """What is wrong with the rule files of a folder, a line each; empty when all is well.

    A folder is read on top of the shipped rules, as `--rules` does, unless it has a file of every kind: then it is a
    set of its own.
    """
    load_models()
    whole = all((folder / f"{name}.jsonl").is_file() for name in REGISTRY)
    problems: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        model = REGISTRY.get(path.stem)
        if model is None:
            problems.append(_unknown_file(path))
            continue
        try:
            rules = read(model, (folder,))
            if not whole:
                read(model, (shipped(), folder))
        except RuleError as e:
            problems.append(str(e))
            continue
        if path.read_text(encoding="utf-8") != canonical(rules):
            problems.append(f"{path}: not in canonical form (run: communique rules format)")
    return problems


def format_files(folder: Path) -> list[Path]:
    """Bring the rule files of a folder into canonical form; returns those changed."""
    load_models()
    changed: list[Path] = []
    for path in sorted(folder.glob("*.jsonl")):
        model = REGISTRY.get(path.stem)
        if model is None:
            continue
        text = canonical(read(model, (folder,)))
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def load_models() -> None:
    """Import the components, which register the models of their rule files."""
    from communique import components
    from communique.linking import word_rules  # noqa: F401 - registers its model

    components.load()
