"""A rule that somebody breaks: `diff`, `evaluate --floor` and the pytest plugin all see it, and name it.

The rule is a user's own, in a folder on top of the shipped ones; the text is made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique import language  # noqa: F401 - pytester forgets what is imported behind it, and numpy can't be again
from communique.cli import main

pytest_plugins = ["pytester"]

RULE = {
    "id": "org.pierhands",
    "examples": ["the [Pierhands] met"],
    "name": "Pierhands",
    "names": ["Pierhands"],
    "kind": "grouping",
    "region": "africa",
}
TEXTS = {
    "harbours": "Entebbe, 17 May 2024. The delegates of Pierhands met. Kenya and Pierhands signed a protocol on piers.",
    "lakes": "Windhoek, 3 June 2019. Namibia and Palau signed the Protocol on Lake Patrols.",
}
BODY = "organizations"


def run(*args: Path | str) -> Result:
    return CliRunner().invoke(main, [*map(str, args)])


def rules(folder: Path, rule: Mapping[str, object]) -> Path:
    folder.mkdir()
    (folder / "organizations.jsonl").write_text(f"{json.dumps(rule)}\n", encoding="utf-8")
    return folder


def records(folder: Path, rules: Path, out: str) -> Path:
    result = run("extract", folder / "texts", "-o", folder / out, "--rules", rules)
    assert result.exit_code == 0, result.stderr
    return folder / out / "records.jsonl"


@pytest.fixture
def place(pytester: pytest.Pytester) -> Path:
    """Texts, and what is found in them before and after the rule is broken."""
    (pytester.path / "texts").mkdir()
    for name, text in TEXTS.items():
        (pytester.path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    broken = {**RULE, "name": "Pierhand", "names": ["Pierhand"], "examples": ["the [Pierhand] met"]}
    records(pytester.path, rules(pytester.path / "rules", RULE), "old")
    records(pytester.path, rules(pytester.path / "broken", broken), "new")
    (pytester.path / "floors.toml").write_text("[f1]\nstates = 1.0\norganizations = 1.0\n", encoding="utf-8")
    return pytester.path


def test_diff_sees_it(place: Path) -> None:
    old, new = (place / out / "records.jsonl" for out in ("old", "new"))
    result = run("diff", old, new, "--gold", old)
    assert result.exit_code == 1
    at = TEXTS["harbours"].index("Pierhands")
    assert f"  -{at:>6}  organizations: Pierhands  [org.pierhands]  (wrong)" in result.stdout.splitlines()
    assert "The delegates of [Pierhands] met." in result.stdout
    assert "lakes" not in result.stdout
    assert result.stdout.splitlines()[-1].endswith("in 1 of 2 texts; 0 right, 4 wrong by gold")
    assert run("diff", old, old).exit_code == 0


def test_evaluate_sees_it(place: Path) -> None:
    old, new = (place / out / "records.jsonl" for out in ("old", "new"))
    before = run("evaluate", old, old, "--floor", place / "floors.toml")
    assert (before.exit_code, before.stdout.splitlines()[-1]) == (0, "no row is below its floor")
    after = run("evaluate", old, new, "--floor", place / "floors.toml", "--errors", BODY)
    assert after.exit_code == 1
    assert after.stdout.splitlines()[-1] == "FELL  organizations: f1 0.0000 is below its floor 1"
    assert "missed    organizations: Pierhands" in after.stdout


def test_the_plugin_sees_it(place: Path, pytester: pytest.Pytester) -> None:
    def outcome(folder: str) -> pytest.RunResult:
        settings = {"gold": "old/records.jsonl", "floors": "floors.toml", "rules": folder}
        pytester.makeini("\n".join(["[pytest]", *(f"communique_{name} = {value}" for name, value in settings.items())]))
        return pytester.runpytest("-p", "no:cacheprovider", "-p", "no:hypothesispytest")

    outcome("rules").assert_outcomes(passed=3)
    result = outcome("broken")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "--- harbours: gold",
            "+++ harbours: found",
            f"@@ {TEXTS['harbours'].index('Pierhands')} organizations, missed @@",
            "- Pierhands",
            "*The delegates of [[]Pierhands] met.",
        ]
    )
    result.stdout.fnmatch_lines(["organizations: f1 0.0000 is below its floor 1"])
