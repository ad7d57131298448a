"""The shipped rules: every one has examples it matches; files that can't be used are told with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique import language, rules
from communique.components.states import RegionRule
from communique.rules import Rule, RuleError
from communique.tokens import tokens_of

rules.load_models()
BRACKETED = re.compile(r"\[([^\]]+)\]")
FILES = sorted(rules.REGISTRY)


def shipped(model: type[Rule]) -> tuple[Rule, ...]:
    return rules.read(model, (rules.shipped(),))


@pytest.mark.parametrize("name", FILES)
def test_ids_begin_alike_and_files_are_sorted(name: str) -> None:
    ids = [rule.id for rule in shipped(rules.REGISTRY[name])]
    assert ids == sorted(ids)
    assert len({i.split(".")[0] for i in ids}) <= 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x"', "not JSON"),
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
