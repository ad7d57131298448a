"""`communique rules`: what matched and what it lost to, which rules do anything, new rules, and folders with faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import communique
from communique.cli import main
from communique.rules import RuleError

TEXT = "The Bank of Uganda lends 20 million dollars. After talks in Paris the ministers signed a protocol on transit."
REGION: dict[str, object] = {"id": "region.harrow", "examples": ["peace in [Harrow]"], "names": ["Harrow"]}


def run(*args: Path | str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, args)], input=stdin)


def cells(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.output
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_what_matched_and_what_it_lost_to() -> None:
    told = {row[1]: row for row in cells(run("explain", "--all", TEXT)) if len(row) == 4}
    assert told["orghead.bank"][3] == "found: organizations"
    assert told["state.UGA"][2:] == ["Uganda", "lost to orghead.bank (organizations), which is longer"]
    assert told["kind.protocol"][2:] == ["protocol on transit", "found: documents"]
    assert told["verb.lend.act"][3].startswith("no mention")


def test_only_what_matched_at_an_offset(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(TEXT, "utf-8")
    rows = cells(run("explain", path, "--at", str(TEXT.index("Uganda") + 2)))
    assert rows[0] == ["The Bank of [Uganda] lends 20 million dollars."]
    assert {row[1] for row in rows[2:]} == {"orghead.bank", "state.UGA"}
    assert cells(run("explain", TEXT, "--at", "0"))[-1] == ["nothing matched here"]
    beyond = run("explain", path, "--at", "1000")
    assert beyond.stderr == f"Error: {path}: has {len(TEXT)} characters, none at 1000\n"


def test_nothing_is_kept_when_nobody_watches() -> None:
    from communique import matching

    run("explain", TEXT)
    assert matching._watchers == []


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text(communique.extract(TEXT).to_json_line() + "\n", "utf-8")
    return path


def test_coverage(records: Path) -> None:
    lines = run("coverage", records, "--json").stdout.splitlines()
    rows = {row["rule"]: row for row in map(json.loads, lines)}
    assert (rows["kind.protocol"]["state"], rows["kind.protocol"]["found"]) == ("used", 1)
    lost = rows["state.UGA"]
    assert (lost["state"], lost["hits"], lost["lost"], lost["winners"]) == ("only loses", 1, 1, {"orghead.bank": 1})
    assert rows["state.KEN"]["state"] == "never"
    assert rows["city.paris"]["state"] in ("used", "helps")
    never = run("coverage", records, "--state", "never", "--file", "states").stdout.splitlines()
    assert any(line.startswith("state.KEN ") for line in never)
    assert not any(line.startswith("state.UGA ") for line in never)


def test_a_rule_of_ones_own_is_covered_too(records: Path, tmp_path: Path) -> None:
    mine = written(tmp_path / "mine", "organizations", {
        "id": "org.lends", "examples": ["the [Bank of Uganda]"], "name": "Bank of Uganda", "names": ["Bank of Uganda"],
        "kind": "bank", "region": "africa",
    })  # fmt: skip
    out = run("coverage", records, "--rules", mine, "--state", "used").stdout
    assert "org.lends" in out


def written(folder: Path, name: str, *rows: dict[str, object]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("regions", {**REGION, "nmaes": []}, r"regions.jsonl:1: unknown key 'nmaes' \(did you mean 'names'\?\)"),
        ("regions", {**REGION, "id": "region.abkhazia"}, r"regions.jsonl:1: id 'region.abkhazia' is already used in"),
        ("regions", {**REGION, "names": ["Abkhazia"]}, r"regions.jsonl:1: 'Abkhazia' is already a name of 'region.abk"),
        ("reigons", REGION, "reigons.jsonl: no kind of rule has this file name"),
        ("regions", {"id": "x", "examples": ["[x]"]}, "regions.jsonl:1: names: Field required"),
    ],
)
def test_what_is_wrong_with_a_folder_of_rules(tmp_path: Path, name: str, row: dict[str, object], reason: str) -> None:
    folder = written(tmp_path / "mine", name, row)
    with pytest.raises(RuleError, match=reason):
        communique.load(rules=folder)
    result = run("check", folder)
    assert result.exit_code == 1
    assert name in result.stderr


def test_a_conflict_names_both_places(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", "regions", REGION, {**REGION, "id": "region.y", "names": ["Abkhazia"]})
    with pytest.raises(RuleError, match=r"mine/regions\.jsonl:2: .* 'region\.abkhazia' \(.*regions\.jsonl:\d+\)"):
        communique.load(rules=folder)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="none: no such folder of rules"):
        communique.load(rules=tmp_path / "none")


def test_a_new_rule_step_by_step(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    result = run(
        "new", "regions", "--rules", folder, stdin="region.harrow\nHarrow; Harrow Vale\npeace in [Harrow]\n\n\n"
    )
    assert result.exit_code == 0, result.output
    assert "for example" in result.stderr
    assert (folder / "regions.jsonl").read_text("utf-8") == (
        '{"id": "region.harrow", "examples": ["peace in [Harrow]"], "names": ["Harrow", "Harrow Vale"]}\n'
    )
    again = run("new", "regions", "--rules", folder, stdin="region.harrow\nHarrow\n[Harrow]\n\n\n")
    assert (again.exit_code, again.stderr.splitlines()[-1]) == (
        1, f"Error: {folder / 'regions.jsonl'}: id 'region.harrow' is already used"
    )  # fmt: skip


GIVEN = ["--set", "id=org.harbour-league", "--set", "name=Harbour League", "--set", "names=Harbour League", "--set",
         "acronyms=", "--set", "kind=organization", "--set", "parent=", "--set", "region=europe", "--set", "short=",
         "--set", "counterexamples=", "--set", "note="]  # fmt: skip


def test_what_can_be_left_out_is_where_input_ends(tmp_path: Path) -> None:
    given = ["id=org.x", "name=Pierhands", "names=Pierhands", "kind=grouping", "region=africa"]
    sets = [word for field in given for word in ("--set", field)]
    lacking = run("new", "organizations", "--rules", tmp_path, *sets[2:], stdin="")
    assert (lacking.exit_code, lacking.stderr.splitlines()[-1]) == (
        1, "Error: id: needs a value: type it, or give it with --set"
    )  # fmt: skip
    made = run("new", "organizations", "--rules", tmp_path, *sets, "--set", "examples=the [Pierhands] met", stdin="")
    assert made.exit_code == 0
    assert json.loads((tmp_path / "organizations.jsonl").read_text("utf-8"))["name"] == "Pierhands"


def test_the_examples_of_a_new_rule_are_tried(tmp_path: Path) -> None:
    good = run("new", "organizations", "--rules", tmp_path / "a", *GIVEN, "--set", "examples=the [Harbour League] met")
    assert good.exit_code == 0, good.output
    record = communique.load(rules=tmp_path / "a")("The Harbour League met.")._.record
    assert [body.name for body in record.organizations] == ["Harbour League"]
    bad = run("new", "organizations", "--rules", tmp_path / "b", *GIVEN, "--set", "examples=the [League] met")
    assert bad.exit_code == 1
    assert "not matched: the [League] met" in bad.stderr


@pytest.mark.parametrize(
    ("kind", "args", "reason"),
    [
        ("reigons", [], "reigons: no kind of rule; there are abbreviations"),
        ("regions", ["--set", "nmaes=x"], "regions: no field 'nmaes'"),
        ("regions", ["--set", "id=region.x", "--set", "names=X", "--set", "examples=peace", "--set",
                     "counterexamples=", "--set", "note="], "has no [words] that the rule must match"),
        ("regions", ["--set", "id=region.x", "--set", "names=Abkhazia", "--set", "examples=[Abkhazia]", "--set",
                     "counterexamples=", "--set", "note="], "'Abkhazia' is already a name of 'region.abkhazia'"),
    ],
)  # fmt: skip
def test_a_new_rule_that_can_not_be_used_is_not_written(
    tmp_path: Path, kind: str, args: list[str], reason: str
) -> None:
    result = run("new", kind, "--rules", tmp_path / "mine", *args)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert not list(tmp_path.glob("mine/*"))


def test_a_file_of_rules_that_there_is_not(tmp_path: Path, root: Path) -> None:
    result = run("coverage", root / "outputs" / "records.jsonl", "--file", "organisations")
    assert result.exit_code == 1
    assert "Error: organisations: no file of rules; there are " in result.stderr


def test_a_text_whose_file_is_not_there(tmp_path: Path) -> None:
    result = run("explain", tmp_path / "relase.txt")
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path / 'relase.txt'}: no such file or directory\n")
    assert run("explain", "It is in the file release.txt").exit_code == 0


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file", "utf-8")
    result = run("new", "regions", "--rules", tmp_path / "mine" / "x", *REGIONS)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith(f"Error: {tmp_path / 'mine' / 'x' / 'regions.jsonl'}: ")


REGIONS = ["--set", "id=region.harrow", "--set", "names=Harrow", "--set", "examples=peace in [Harrow]", "--set",
           "counterexamples=", "--set", "note="]  # fmt: skip
