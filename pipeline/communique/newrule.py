"""A new rule made step by step: what each field is, what is already there, and whether its examples hold."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from spacy.language import Language

from communique.errors import InputError
from communique.jsonl import first_problem
from communique.language import load
from communique.rules import REGISTRY, Rule, RuleError, canonical, load_models, read, shipped
from communique.tracing import trace

_MARKED = re.compile(r"\[([^\]]+)\]")
TRIED = frozenset({"document_kinds", "documents", "organization_heads", "organizations", "patterns", "states"})
"""Kinds whose rules make mentions of their own, so that their examples can be tried one by one."""
_LAST = ("examples", "counterexamples", "note")


class Field(NamedTuple):
    """A field of a kind of rule, as a person fills it in."""

    name: str
    required: bool
    many: bool
    choices: tuple[str, ...]
    default: Any
    plain: bool
    """Whether it is text; else it is given as JSON."""

    def parse(self, given: str) -> Any:
        """The value that was meant: a list parted by `;`, a JSON value, or the text; `ValueError` if it is none."""
        if self.many and self.plain:
            return [part.strip() for part in given.split(";") if part.strip()]
        return given if self.plain else json.loads(given)


def kinds() -> list[str]:
    """The kinds of rules there are, by file name."""
    load_models()
    return sorted(REGISTRY)


def model_of(kind: str) -> type[Rule]:
    """The model of a kind; `InputError` that names the others if there is none."""
    if kind not in kinds():
        raise InputError(kind, f"no kind of rule; there are {', '.join(kinds())}")
    return REGISTRY[kind]


def fields(model: type[Rule]) -> Iterator[Field]:
    """The fields of a kind in the order in which they are asked for: what it is about, then examples."""
    names = [name for name in model.model_fields if name not in _LAST] + list(_LAST)
    for name in names:
        info = model.model_fields[name]
        choices, many, plain = _type(info.annotation)
        yield Field(name, info.is_required(), many, choices, info.get_default(), plain)


def _type(annotation: Any) -> tuple[tuple[str, ...], bool, bool]:
    """Choices, whether there can be several, and whether the value is text."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return tuple(str(arg) for arg in args), False, True
    if origin is tuple:
        choices, _, plain = _type(args[0])
        return choices, True, plain
    if args:  # something or None
        some = [_type(arg) for arg in args if arg is not type(None)]
        return some[0][0], some[0][1], all(plain for *_, plain in some)
    return (), False, annotation is str


def samples(kind: str, count: int = 2) -> list[str]:
    """Some of the shipped rules of a kind: short ones, as they stand in the file."""
    lines = canonical(read(REGISTRY[kind], (shipped(),))).splitlines()
    return sorted(lines, key=len)[len(lines) // 4 :][:count]


def make(kind: str, values: dict[str, Any]) -> Rule:
    """The rule; `InputError` for values that are none."""
    try:
        rule = REGISTRY[kind].model_validate(values)
    except ValidationError as e:
        raise InputError(kind, first_problem(e)) from None
    for example in rule.examples:
        if not _MARKED.search(example):
            raise InputError(kind, f"the example {example!r} has no [words] that the rule must match")
    return rule


def add(rule: Rule, kind: str, folder: Path) -> Path:
    """Write a rule into the folder's file of its kind, in canonical form; nothing is written if it can't be used."""
    path = folder / f"{kind}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else None
    except OSError as e:
        raise InputError.of(path, e) from None
    rules = read(REGISTRY[kind], (folder,)) if before is not None else ()
    if any(known.id == rule.id for known in rules):
        raise RuleError(f"{path}: id {rule.id!r} is already used")
    try:
        path.write_text(canonical([*rules, rule]), encoding="utf-8")
        forget()
        load(folder)
    except OSError as e:
        raise InputError.of(path, e) from None
    except BaseException:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
        forget()
        raise
    return path


def forget() -> None:
    """Read rule files anew: they have changed."""
    from communique import rules

    rules._read.cache_clear()


def check_examples(rule: Rule, nlp: Language) -> list[str]:
    """What does not hold of a rule's examples, a line each: whether the words in brackets are matched by it."""
    problems = []
    for wanted, lines in ((True, rule.examples), (False, rule.counterexamples)):
        for line in lines:
            if matches(rule.id, line, nlp) != wanted:
                problems.append(f"{'not matched' if wanted else 'matched all the same'}: {line}")
    return problems


def matches(id_: str, example: str, nlp: Language) -> bool:
    """Whether a rule matches the words in brackets, or any of a fragment without brackets."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]+\])", example):
        words = part[1:-1] if part.startswith("[") else part
        if words != part:
            spans.append((len(text), len(text) + len(words)))
        text += words
    [(_, found)] = trace(nlp, [(text + ("" if text[-1:] in ".!?" else "."), {"id": "example"})])
    mine = [outcome for outcome in found if outcome.match.rule == id_ and outcome.won]
    if not spans:
        return bool(mine)
    return all(any(o.match.start < end and start < o.match.end for o in mine) for start, end in spans)
