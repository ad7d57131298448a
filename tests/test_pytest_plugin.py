"""The pytest plugin: a gold file named in the settings becomes tests, and their failures read like a diff."""

from __future__ import annotations

from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from communique import language
from communique.records import dumps

pytest_plugins = ["pytester"]
# What a run imports is forgotten behind it, and takes longer than the run; what is there before stays.
for _name in ("coverage", "recordfile", "evaluation.floors", "evaluation.mistakes", "evaluation.scores"):
    import_module(f"communique.{_name}")

GOOD = "Entebbe, 17 May 2024. Kenya and Uganda signed the Protocol on Lake Patrols."
OTHER = "Windhoek, 3 June 2019. Namibia and Palau met."


@pytest.fixture(autouse=True)
def _one_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped rules are read once for all runs."""
    load, shared = language.load, language._shared()
    monkeypatch.setattr(language, "load", lambda rules=None: load(rules) if rules else shared)


def gold(path: Path) -> Path:
    """Two texts with what is found in them, but for a state that is left out and a date that is another."""
    rows = []
    for id_, text in (("lakes/patrols", GOOD), ("windhoek", OTHER)):
        rows.append({**language.extract(text).to_dict(), "id": id_})
    rows[1]["states"] = rows[1]["states"][1:]
    rows[1]["dates"][0]["value"] = "2019-06-04"
    if rows[1]["meeting"]:
        rows[1]["meeting"]["participants"] = [id_ for id_ in rows[1]["meeting"]["participants"] if id_ != "NAM"]
    for act in rows[1]["decisions"]:
        for actor in act["actors"]:
            actor["ids"] = [id_ for id_ in actor["ids"] if id_ != "NAM"]
    path.write_text("".join(f"{dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def settings(pytester: pytest.Pytester, **values: str) -> None:
    lines = [f"communique_{name} = {value}" for name, value in values.items()]
    pytester.makeini("\n".join(["[pytest]", *lines]))


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    # Plugins that collect garbage or import a library after each run take longer than all else.
    off = [
        word for name in ("cacheprovider", "unraisableexception", "hypothesispytest") for word in ("-p", f"no:{name}")
    ]
    return pytester.runpytest(*off, *args)


def test_each_text_is_a_test(pytester: pytest.Pytester) -> None:
    gold(pytester.path / "gold.jsonl")
    settings(pytester, gold="gold.jsonl")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["gold.jsonl::lakes/patrols PASSED*", "gold.jsonl::windhoek FAILED*"])
    # A diff: what gold says, what was found, the rule, the sentence.
    result.stdout.fnmatch_lines(
        [
            "--- windhoek: gold",
            "+++ windhoek: found",
            "@@ 10 dates, wrong @@ date.*",
            "- 2019-06-04, of '3 June 2019'",
            "+ 2019-06-03, of '3 June 2019'",
            "  Windhoek, [[]3 June 2019].",
            "@@ 23 states, spurious @@ state.NAM",
            "+ NAM, of 'Namibia'",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.fnmatch_lines(["FAILED gold.jsonl::windhoek - * spurious, 1 wrong"])


def test_nothing_happens_without_a_setting(pytester: pytest.Pytester) -> None:
    gold(pytester.path / "gold.jsonl")
    pytester.makepyfile("def test_mine(): pass")
    run(pytester).assert_outcomes(passed=1)


def test_beside_the_tests_that_are_there(pytester: pytest.Pytester) -> None:
    """Added to those of `testpaths` though it is elsewhere, left out where certain tests are asked for."""
    pytester.mkdir("data")
    gold(pytester.path / "data" / "gold.jsonl")
    pytester.mkdir("tests").joinpath("test_mine.py").write_text("def test_mine(): pass", encoding="utf-8")
    pytester.makeini("[pytest]\ntestpaths = tests\ncommunique_gold = data/gold.jsonl\n")
    run(pytester).assert_outcomes(passed=2, failed=1)
    run(pytester, "tests").assert_outcomes(passed=1)
    run(pytester, "tests/test_mine.py").assert_outcomes(passed=1)
    run(pytester, "data/gold.jsonl").assert_outcomes(passed=1, failed=1)
    run(pytester, "data/gold.jsonl::windhoek").assert_outcomes(failed=1)
    run(pytester, "-k", "patrols or mine").assert_outcomes(passed=2, deselected=1)


def test_a_gold_file_that_the_walk_leaves_out(pytester: pytest.Pytester) -> None:
    pytester.mkdir("build")
    gold(pytester.path / "build" / "gold.jsonl")
    settings(pytester, gold="build/gold.jsonl")
    run(pytester).assert_outcomes(passed=1, failed=1)


def test_floors_are_a_test(pytester: pytest.Pytester) -> None:
    gold(pytester.path / "gold.jsonl")
    pytester.makefile(".toml", floors="[f1]\nstates = 0.5\n[precision]\nstates = 0.9\n")
    settings(pytester, gold="gold.jsonl", floors="floors.toml")
    result = run(pytester, "gold.jsonl::floors")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["states: precision 0.75* is below its floor 0.9"])
    pytester.makefile(".toml", floors="[f1]\nstates = 0.5\n")
    run(pytester, "gold.jsonl::floors").assert_outcomes(passed=1)


def test_only_some_rows(pytester: pytest.Pytester) -> None:
    gold(pytester.path / "gold.jsonl")
    settings(pytester, gold="gold.jsonl", rows="people documents")
    run(pytester).assert_outcomes(passed=2)
    settings(pytester, gold="gold.jsonl", rows="peoples")
    result = run(pytester)
    result.stdout.fnmatch_lines(["*communique_rows: 'peoples' is none of people, states*"])
    assert result.ret != 0


def test_errors_that_are_known(pytester: pytest.Pytester) -> None:
    """What an earlier run got wrong too does not fail a text."""
    gold(pytester.path / "gold.jsonl")
    row = {**language.extract(OTHER).to_dict(), "id": "windhoek"}
    (pytester.path / "records.jsonl").write_text(f"{dumps(row)}\n", encoding="utf-8")
    settings(pytester, gold="gold.jsonl", records="records.jsonl")
    run(pytester).assert_outcomes(passed=2)
    row["dates"] = []
    (pytester.path / "records.jsonl").write_text(f"{dumps(row)}\n", encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["@@ 10 dates, wrong @@*"])
    result.stdout.no_fnmatch_line("@@*states*")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"gold": "none.jsonl"}, "*none.jsonl*no such file*"),
        ({"gold": "bad.jsonl"}, "*bad.jsonl:1: not JSON*"),
        ({"gold": "gold.jsonl", "floors": "none.toml"}, "*none.toml: no such file*"),
        ({"gold": "gold.jsonl", "records": "none.jsonl"}, "*none.jsonl: no such file*"),
        ({"gold": "gold.jsonl", "rules": "none"}, "*none: *"),
    ],
)
def test_settings_that_lead_nowhere(pytester: pytest.Pytester, values: dict[str, str], said: str) -> None:
    gold(pytester.path / "gold.jsonl")
    (pytester.path / "bad.jsonl").write_text("bad\n", encoding="utf-8")
    settings(pytester, **values)
    result = run(pytester)
    assert result.ret != 0
    lines = result.outlines + result.errlines
    assert any(fnmatch(line, said) for line in lines), lines
    assert not any("Traceback" in line or "INTERNALERROR" in line for line in lines), lines
