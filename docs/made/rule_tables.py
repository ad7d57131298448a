"""The rule files and their fields, as the models of the rules tell them."""

from __future__ import annotations

from inspect import cleandoc

from communique.rules import REGISTRY, Rule, load_models, shipped
from made.schemas import fields


def rule_files() -> str:
    """A section for each rule file: what a rule of it is, its own fields, and the first of the shipped rules."""
    load_models()
    return "\n\n".join(_section(name, model) for name, model in sorted(REGISTRY.items()))


def _section(name: str, model: type[Rule]) -> str:
    lines = (shipped() / f"{name}.jsonl").read_text("utf-8").splitlines()
    own = fields(model.model_json_schema(), without=Rule.model_fields, linked=False)
    about = cleandoc(model.__doc__ or "")
    return f"### {name}\n\n{about}\n\n{own}\n\n{len(lines)} are shipped; the first:\n\n```json\n{lines[0]}\n```"
