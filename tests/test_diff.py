"""`communique diff`: what changed between two runs, whether it is right, and that no change goes unseen."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from communique.cli import main
from communique.evaluation.changes import Change, changes
from communique.records import Record, dumps
from made_up import FORUM, Row, actor, forum, rows, ruled, span, visit
from spoil import spoiled


def run(*args: Path | str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, args)], input=stdin)


def written(path: Path, some: list[Row]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")
    return path


def between(change: Callable[[Row], object], base: Callable[[], Row] = forum) -> list[Change]:
    row = ruled(base())
    old = Record.model_validate(copy.deepcopy(row))
    change(row)
    return changes(old, Record.model_validate(row))


def brief(found: list[Change]) -> list[tuple[str, str, str, str, str]]:
    return [(c.kind, c.what, c.field, c.was, c.now) for c in found]


def test_nothing() -> None:
    assert between(lambda row: None) == []


def drop_lusinde(row: Row) -> None:
    """Without the second person everything that stood for him stands for nobody."""
    row["people"] = row["people"][:1]
    row["decisions"][0]["actors"][0]["ids"] = []
    row["meeting"]["participants"] = ["p1"]


def test_an_entry_that_goes_takes_what_hangs_on_it() -> None:
    assert brief(between(drop_lusinde)) == [
        ("meeting", "changed", "participants", "Johanna Amupolo, Paulo Lusinde", "Johanna Amupolo"),
        ("people", "lost", "", "Paulo Lusinde", ""),
        ("decisions", "changed", "actors", "Paulo Lusinde = Paulo Lusinde; Amupolo = Johanna Amupolo",
         "Paulo Lusinde; Amupolo = Johanna Amupolo"),
    ]  # fmt: skip


def test_new_numbers_are_no_change() -> None:
    def without_the_press_service(row: Row) -> None:
        row["organizations"] = row["organizations"][1:]
        for number, entry in enumerate(row["organizations"], 1):
            entry["id"] = f"o{number}"
        for number, ids in ((1, ["o1"]), (2, ["o1"])):
            row["decisions"][number]["actors"][0]["ids"] = ids
        row["decisions"][3]["recipient"]["ids"] = ["o2"]

    assert brief(between(without_the_press_service)) == [
        ("organizations", "lost", "", "Press service of the Highland Forum", "")
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda r: r["dates"][1].update(value=None), ("dates", "changed", "value", "2018", "none")),
        (lambda r: r["dates"][1].update(rule="other"), ("dates", "changed", "rule", "dates.made-up", "other")),
        (lambda r: r["figures"][0].update(modifier=None), ("figures", "changed", "modifier", "over", "none")),
        (lambda r: r["documents"][0].update(status="adopted"), ("documents", "changed", "status", "signed", "adopted")),
        (lambda r: r["people"][0].update(name="J. Amupolo"),
         ("people", "changed", "name", "Johanna Amupolo", "J. Amupolo")),
        (lambda r: r["people"][1]["roles"][0].update(title="Envoy"),
         ("people", "changed", "roles", "Minister (TZA)", "Envoy (TZA)")),
        (lambda r: r["people"][1]["mentions"][0].update(span(FORUM, "Lusinde")),
         ("people", "changed", "words", "Paulo Lusinde", "Lusinde")),
        (lambda r: r["states"][1]["mentions"][0].update(rule="other"),
         ("states", "changed", "rule", "states.made-up", "other")),
        (lambda r: r["decisions"][4].update(act="urge"), ("decisions", "changed", "act", "amend", "urge")),
        (lambda r: r["decisions"][4].update(documents=[]),
         ("decisions", "changed", "documents", "Charter of the Highlands", "none")),
        (lambda r: r["decisions"][1].update(object=None), ("decisions", "changed", "object", "a seed fund", "none")),
        (lambda r: r["decisions"][3].update(recipient=actor(FORUM, "the African Seed Union", [])),
         ("decisions", "changed", "recipient", "the African Seed Union = African Seed Union",
          "the African Seed Union")),
        (lambda r: r["meeting"].update(place=None), ("meeting", "changed", "place", "Windhoek", "none")),
        (lambda r: r["source"].update(published="2019"), ("source", "changed", "published", "none", "2019")),
        (lambda r: r["people"][0]["roles"][0].update(at=None), ("text", "changed", "other", "", "")),
    ],
)  # fmt: skip
def test_fields(change: Callable[[Row], object], expected: tuple[str, str, str, str, str]) -> None:
    assert brief(between(change)) == [expected]


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.02, 0.2, 0.6]))
def test_what_is_not_equal_has_changed(seed: int, share: float) -> None:
    old, new = (Record.model_validate(row) for row in (forum(), spoiled(forum(), seed, share)))
    assert bool(changes(old, new)) == (old != new)
    assert bool(changes(new, old)) == (old != new)


def test_a_text_that_came_or_went(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old", rows()), written(tmp_path / "new", [visit(), {**visit(), "id": "more"}])
    told = [json.loads(line) for line in run(old, new, "--json").stdout.splitlines()]
    assert [(row["text"], row["kind"], row["change"]) for row in told] == [
        ("forum", "text", "lost"),
        ("more", "text", "gained"),
    ]


def test_a_text_that_is_another(tmp_path: Path) -> None:
    row = forum()
    row["text"] += "More.\n"
    old, new = written(tmp_path / "old", [forum()]), written(tmp_path / "new", [row])
    result = run(old, new)
    assert result.exit_code == 1
    assert "text: text" in result.stdout


def worse() -> Row:
    row = ruled(forum())
    drop_lusinde(row)
    row["dates"][1]["value"] = "2019"
    return row


def test_every_change_has_its_sentence_rule_and_verdict(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold", rows())
    old, new = written(tmp_path / "old", [worse()]), written(tmp_path / "new", [ruled(forum())])
    result = run(old, new, "--gold", gold)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "dates:" in line)
    assert lines[at].split() == ["~", str(FORUM.index("last year")), "dates:", "value", "2019", "→", "2018",
                                 "[dates.made-up]", "(right)"]  # fmt: skip
    assert lines[at + 1].strip() == "Okavango trade rose to over €3.5 million [last year]."
    assert lines[-1] == "1 gained, 0 lost, 3 changed in 1 of 1 text; 3 right, 0 wrong by gold"
    back = run(new, old, "--gold", gold)
    assert back.stdout.splitlines()[-1] == "0 gained, 1 lost, 3 changed in 1 of 1 text; 0 right, 3 wrong by gold"
    table = [line.split() for line in back.stdout.splitlines()]
    assert ["kind", "gained", "lost", "changed", "right", "wrong"] in table
    assert ["dates", "0", "0", "1", "0", "1"] in table
    assert ["people.made-up", "0", "1", "0", "0", "1"] in table


def test_markdown(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold", rows())
    old, new = written(tmp_path / "old", [worse()]), written(tmp_path / "new", [ruled(forum())])
    told = run(old, new, "--gold", gold, "--markdown", "--most", "2").stdout
    assert "| dates | 0 | 0 | 1 | 1 | 0 |" in told
    assert "<summary>2 of 4 changes</summary>" in told
    assert "- `~` ✅ meeting: participants Johanna Amupolo → Johanna Amupolo, Paulo Lusinde" in told
    assert "\n- `~` ✅ dates" not in told
    assert told.count("<details>") == told.count("</details>") == 1
    nothing = run(old, old, "--markdown")
    assert (nothing.exit_code, nothing.stdout) == (0, "### Changes of records\n\n**no changes in 1 text**\n")


def test_exit_status(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old", rows()), written(tmp_path / "new", [spoiled(forum(), 3), visit()])
    assert run(old, old).stdout == "no changes in 2 texts\n"
    assert run(old, old).exit_code == 0
    assert run(old, new).exit_code == 1
    assert run(old, "-", stdin=old.read_text("utf-8")).exit_code == 0
    missing = run(old, tmp_path / "none")
    assert (missing.exit_code, missing.stderr) == (2, f"Error: {tmp_path / 'none'}: no such file or directory\n")


def test_a_text_that_is_another_than_golds_is_not_judged(tmp_path: Path) -> None:
    """And the others are."""
    row = {**forum(), "text": forum()["text"] + "More.\n"}
    gold = written(tmp_path / "gold", rows())
    other = {**visit(), "dates": visit()["dates"][1:]}
    old, new = written(tmp_path / "old", rows()), written(tmp_path / "new", [row, other])
    result = run(old, new, "--gold", gold)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "0 gained, 1 lost, 1 changed in 2 of 2 texts; 0 right, 1 wrong by gold"


def test_standard_input_is_read_once(tmp_path: Path) -> None:
    assert run("-", "-").exit_code == 2
    assert "only one of the files can be -" in run("-", "-").stderr
