"""Rule files: lists and phrases as data, one JSON object a line, validated before use.

Every kind of rule is a model registered for a file name by `rule_file`. A rule has an `id` and `examples`: made-up
fragments in which the words it must match stand in [brackets]; in `counterexamples` it must match nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import jsonlines
from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


_PHRASE_FIELDS = frozenset(
    {"base", "third", "past", "participle", "gerund", "title", "plural", "head", "word", "term", "prefix", "name"}
)
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

    Raises `RuleError` for a line that is not JSON or does not fit the model, and for an id used twice.
    """
    return _read(model, tuple(folders))


@cache
def _read(model: type[R], folders: tuple[Path, ...]) -> tuple[R, ...]:
    seen: dict[str, Path] = {}
    rules: list[R] = []
    for folder in folders:
        path = folder / f"{file_of(model)}.jsonl"
        if not path.exists():
            continue
        for number, rule in _lines(model, path):
            if rule.id in seen:
                raise RuleError(f"{path}:{number}: id {rule.id!r} is already used in {seen[rule.id]}")
            seen[rule.id] = path
            rules.append(rule)
    return tuple(rules)


def _lines(model: type[R], path: Path) -> Iterator[tuple[int, R]]:
    with jsonlines.open(path) as reader:
        number = 0
        while True:
            number += 1
            try:
                yield number, model.model_validate(reader.read())
            except EOFError:
                return
            except jsonlines.InvalidLineError as e:
                raise RuleError(f"{path}:{e.lineno}: not a JSON object") from None
            except ValidationError as e:
                first = e.errors()[0]
                where = ".".join(map(str, first["loc"]))
                raise RuleError(f"{path}:{number}: {where}: {first['msg']}") from None


def canonical(rules: Sequence[Rule]) -> str:
    """The text of a rule file: sorted by id, keys in the model's order, defaults left out."""
    rows = sorted(rules, key=lambda r: r.id)
    return "".join(
        json.dumps(r.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) + "\n" for r in rows
    )


def check(folder: Path) -> list[str]:
    """What is wrong with the rule files of a folder, a line each; empty when all is well."""
    load_models()
    problems: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        model = REGISTRY.get(path.stem)
        if model is None:
            problems.append(f"{path}: no kind of rule has this file name (known: {', '.join(sorted(REGISTRY))})")
            continue
        try:
            rules = read(model, (folder,))
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

    components.load()
