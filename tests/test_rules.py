"""The shipped rules: every one has examples it matches; files that can't be used are told with file and line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language

from communique import language, rules
from communique.components.documents import DocumentRule
from communique.components.organization_rules import OrganizationRule
from communique.components.states import RegionRule, StateRule
from communique.rules import Rule, RuleError
from communique.tokens import tokens_of

rules.load_models()
BRACKETED = re.compile(r"\[([^\]]+)\]")
FILES = sorted(rules.REGISTRY)


def shipped(model: type[Rule]) -> tuple[Rule, ...]:
    return rules.read(model, (rules.shipped(),))


def folded(text: str) -> str:
    return re.sub(r"[^\w$€£¥%°&+/#']+", " ", text.casefold()).strip()


@cache
def pipeline() -> Language:
    return language.load()


@pytest.mark.parametrize("name", FILES)
def test_every_rule_has_examples_with_its_words_in_brackets(name: str) -> None:
    for rule in shipped(rules.REGISTRY[name]):
        words = [folded(w) for w in rule.phrases()]
        for example in rule.examples:
            marked = BRACKETED.findall(example)
            assert marked, f"{rule.id}: {example!r} marks nothing"
            parts = [part for w in words for part in (w, *(x[:6] for x in w.split()[:1]))]
            assert any(part in folded(m) for m in marked for part in parts), (
                f"{rule.id}: {example!r} has none of its words"
            )


@pytest.mark.parametrize("name", FILES)
def test_ids_begin_alike_and_files_are_sorted(name: str) -> None:
    ids = [rule.id for rule in shipped(rules.REGISTRY[name])]
    assert ids == sorted(ids)
    assert len({i.split(".")[0] for i in ids}) <= 2


@pytest.mark.parametrize(("model", "kind"), [(StateRule, "state"), (OrganizationRule, "organization")])
def test_examples_of_names_are_found_by_their_rule(model: type[Rule], kind: str) -> None:
    missed = [m for rule in shipped(model) for m in missed_examples(rule, kind)]
    assert missed == []


def test_examples_of_documents_are_found_by_their_rule() -> None:
    missed = [m for rule in shipped(DocumentRule) for m in missed_examples(rule, "document")]
    assert len(missed) <= len(shipped(DocumentRule)) * 0.05, missed


def missed_examples(rule: Rule, kind: str) -> list[str]:
    missed = []
    for example in rule.examples:
        text = f"They spoke of {example.replace('[', '').replace(']', '')}."
        tokens = tokens_of(pipeline()(text))
        found = {tokens.join(m.start, m.end) for m in tokens.found[kind] if m.rule == rule.id}
        missed += [f"{rule.id}: {m}" for m in BRACKETED.findall(example) if m not in found]
    return missed


def test_what_only_looks_like_a_state_is_none() -> None:
    for rule in shipped(RegionRule):
        for example in rule.examples:
            for marked in BRACKETED.findall(example):
                tokens = tokens_of(pipeline()(f"They spoke of the {marked} at length."))
                assert tokens.found["state"] == [], rule.id


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x"', "not a JSON object"),
        ('{"id": "x", "examples": ["[x]"], "names": ["x"], "nmaes": []}', "nmaes"),
        ('{"id": "x", "examples": [], "names": ["x"]}', "examples"),
    ],
)
def test_a_rule_that_cant_be_used_is_told_with_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "regions.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=rf"regions\.jsonl:1: .*{reason}"):
        rules.read(RegionRule, (tmp_path,))


def test_an_id_used_twice_is_an_error(tmp_path: Path) -> None:
    row = '{"id": "region.x", "examples": ["[X]"], "names": ["X"]}\n'
    (tmp_path / "regions.jsonl").write_text(row * 2, encoding="utf-8")
    with pytest.raises(RuleError, match=r"regions\.jsonl:2: id 'region\.x' is already used"):
        rules.read(RegionRule, (tmp_path,))


def test_a_folder_of_rules_adds_to_the_shipped_ones(tmp_path: Path) -> None:
    row = '{"id": "region.land-of-kenya", "examples": ["the [Land of Kenya]"], "names": ["Land of Kenya"]}\n'
    (tmp_path / "regions.jsonl").write_text(row, encoding="utf-8")
    nlp = language.load(rules=tmp_path)
    assert tokens_of(nlp("Talks in the Land of Kenya and in Kenya.")).found["state"][0].start == 8
