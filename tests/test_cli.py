"""The command: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import fake
from communique import language, rules
from communique.cli import main
from communique.commands import extract
from communique.engines.inline import Inline
from communique.engines.work import Worker
from communique.readers import Limits
from communique.records import Record, dumps
from folders import fill
from made_up import rows, ruled

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over a pipeline that only knows Kenya."""
    monkeypatch.setattr(language, "load", lambda rules=None: None)
    monkeypatch.setattr(language, "documents", lambda nlp, items, n_process=1: fake.documents(items))
    monkeypatch.setattr(extract, "engine_for", lambda options: Inline(worker=Worker(fake.documents, Limits())))

    def run(*args: Path | str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return run


def command(*args: Path | str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "communique", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        input=stdin,
        check=False,
    )


def test_extract(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_md="Nauru")
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{tmp_path / 'out' / 'records.jsonl'}: 2 records",
        "  meetings 0, people 0, states 1, organizations 0, documents 0, dates 0, figures 0, decisions 0, words 2",
    ]
    lines = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Record.model_validate_json(line).id for line in lines] == ["a", "b"]


def test_extract_again(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_txt="Nauru")
    run("extract", tmp_path / "in", "-o", tmp_path / "out")
    fill(tmp_path / "in", c_txt="Kenya 2", d_txt="")
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path}/in/d.txt: empty\n")
    assert result.stdout.splitlines()[::2] == [
        f"{tmp_path}/out/records.jsonl: 3 records, 2 of them new",
        f"{tmp_path}/out/errors.jsonl: 1 error (read 1)",
    ]
    again = run("extract", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == result.stderr, "what is wrong is told again"


def test_warnings_are_told_but_not_quietly(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_txt="Kenya")
    told = f"Warning: {tmp_path}/in/b.txt: has the same bytes as {tmp_path}/in/a.txt\n"
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out").stderr == told
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_each_text_is_told_verbosely(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya")
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out", "-v").stderr == f"{tmp_path}/in/a.txt: done\n"
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out", "-v").stderr == ""
    again = run("extract", tmp_path / "in", "-o", tmp_path / "out", "-vv")
    assert again.stderr == f"{tmp_path}/in/a.txt: done before\n"


def test_everything_is_told_in_json(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_txt="", **{"two\nlines_txt": " "})
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out", "-v", "--log-json")
    rows = [json.loads(line) for line in result.stderr.splitlines()]
    assert [(row["level"], row["path"].removeprefix(f"{tmp_path}/in/"), row["reason"]) for row in rows] == [
        ("info", "a.txt", "done"),
        ("error", "b.txt", "empty"),
        ("error", "two\nlines.txt", "empty"),
    ]
    assert rows[0]["counts"]["states"] == 1
    assert rows[1]["stage"] == "read"
    plain = run("extract", tmp_path / "in", "-o", tmp_path / "out", "-q").stderr
    assert plain.splitlines()[1] == f"Error: {tmp_path}/in/two\\nlines.txt: empty"


def test_a_bar_on_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_txt="")
    monkeypatch.setattr("communique.commands.watching._is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert f"Error: {tmp_path}/in/b.txt: empty" in result.stderr.replace("\x1b[2K", "")
    for words in ("texts/s", "words/s", "1 errors"):
        assert words in result.stderr
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out", "-q").stderr.count("\n") == 1


def test_interrupted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(items: object) -> None:
        raise KeyboardInterrupt

    fill(tmp_path / "in", a_txt="Kenya")
    with monkeypatch.context() as patched:
        patched.setattr(extract, "engine_for", lambda options: Inline(worker=Worker(interrupt, Limits())))  # type: ignore[arg-type]
        result = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 130
    assert result.stderr == "Interrupted. What was done is kept: the same command goes on from here.\n"
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0


def test_parquet(run: Run, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    fill(tmp_path / "in", **{f"t{n:03}_txt": f"Kenya {n}" for n in range(300)})
    lines = run("extract", tmp_path / "in", "-o", tmp_path / "out", "--format", "parquet").stdout.splitlines()
    assert lines[0] == f"{tmp_path}/out/records.parquet: 300 records"
    run("extract", tmp_path / "in", "-o", tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "records.parquet").to_pylist()
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    assert rows == records
    assert run("extract", tmp_path / "in", "-o", "-", "--format", "parquet").exit_code == 2


def test_nothing_new_needs_no_spacy(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya", b_txt="", sources_jsonl='{"path": "./a.txt", "title": "T", "url": null}\n')
    run("extract", tmp_path / "in", "-o", tmp_path / "out")
    code = (
        "import sys\nfrom communique.cli import main\n"
        f"try:\n    main(['extract', {str(tmp_path / 'in')!r}, '-o', {str(tmp_path / 'out')!r}])\nfinally:\n"
        "    print([m for m in ('spacy', 'pydantic', 'rich', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[0] == f"{tmp_path}/out/records.jsonl: 1 record, 0 of them new"
    assert done.stdout.splitlines()[-1] == "[]"


def test_extract_quietly(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    assert run("extract", tmp_path, "-o", tmp_path, "--quiet").output == ""


def test_what_went_wrong_is_told_a_line_each_and_the_others_are_extracted(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya", b_txt="", c_txt=b"\0\1", d_txt=b"\xff\xfeK")
    (tmp_path / "sources.jsonl").write_text('{"path": "a.txt", "date": "2024"}\n')
    result = run("extract", tmp_path, tmp_path / "none.txt", "-o", tmp_path / "out", "-q")
    assert result.exit_code == 1
    assert sorted(line.replace(f"{tmp_path}/", "") for line in result.stderr.splitlines()) == [
        "Error: b.txt: empty",
        "Error: c.txt: binary, not text",
        "Error: d.txt: truncated: ends within a character of UTF-16",
        "Error: none.txt: no such file or directory",
        "Error: sources.jsonl:1: date: Extra inputs are not permitted",
    ]
    assert len((tmp_path / "out" / "records.jsonl").read_text().splitlines()) == 1


def test_a_folder_that_can_not_be_written(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    result = run("extract", tmp_path, "-o", tmp_path / "a.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert "a.txt" in result.stderr
    assert result.stderr.count("\n") == 1


def test_rules_that_can_not_be_used(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(folder: Path) -> None:
        raise rules.RuleError(f"{folder}/states.jsonl:3: not a JSON object")

    monkeypatch.setattr(language, "load", load)
    monkeypatch.setattr(extract, "engine_for", lambda options: Inline(options.settings))
    fill(tmp_path, a_txt="Kenya")
    result = run("extract", tmp_path, "-o", tmp_path / "out", "--rules", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path}/states.jsonl:3: not a JSON object\n"
    assert not (tmp_path / "out" / "records.jsonl").exists()


def written(path: Path, some: list[dict[str, object]]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")
    return path


def test_evaluate(run: Run, tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", rows())
    predicted = written(tmp_path / "predicted.jsonl", [ruled(rows()[0])])
    result = run("evaluate", gold, predicted)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "not predicted: visits/ferry"
    assert result.stdout.splitlines()[1].split() == ["people", "4", "4", *["1.00"] * 9, "1.00–1.00"]
    told = json.loads(run("evaluate", gold, predicted, "--json").stdout)
    assert told["missing"] == ["visits/ferry"]
    interval = {"p": [1, 1], "r": [1, 1], "f1": [1, 1]}
    assert told["people.record"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 4, "predicted": 4, "ci": interval}


def test_evaluate_what_can_not_be_compared(run: Run, tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", rows())
    for other, message in (
        (tmp_path / "none.jsonl", "none.jsonl: no such file or directory"),
        (written(tmp_path / "a.jsonl", [{"schema": "communique/1"}]), "a.jsonl:1: id: Field required"),
        (written(tmp_path / "b.jsonl", [rows()[0], rows()[0]]), "b.jsonl:2: id 'forum' stands twice"),
    ):
        result = run("evaluate", gold, other)
        assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path}/{message}\n")


def test_schema(run: Run) -> None:
    assert json.loads(run("schema").stdout) == Record.json_schema()


def test_rules_check_and_format(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "check", lambda folder: [f"{folder}/x.jsonl: unknown"])
    monkeypatch.setattr(rules, "format_files", lambda folder: [folder / "x.jsonl"])
    result = run("rules", "check", tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path}/x.jsonl: unknown\n")
    assert run("rules", "format", tmp_path).stdout == f"formatted {tmp_path}/x.jsonl\n"
    assert run("rules", "check", tmp_path / "none").stderr == f"Error: {tmp_path}/none: no such folder\n"


def test_the_shipped_rules_are_well() -> None:
    result = CliRunner().invoke(main, ["rules", "check"])
    assert (result.exit_code, result.output) == (0, "")


def test_rules_explain(run: Run) -> None:
    result = run("rules", "explain", "Talks in Kenya")
    assert result.stdout.splitlines()[1:] == ["9-14\tKEN\tstate\tKenya\tKEN"]
    assert run("rules", "explain", "-", stdin=b"Kenya").stdout.splitlines()[1] == "0-5\tKEN\tstate\tKenya\tKEN"
    assert run("rules", "explain", " ").stderr == "Error: -: empty\n"


def test_version_and_help_do_not_wait_for_spacy(root: Path) -> None:
    for argument, words in (("--version", version("communique")), ("--help", "extract")):
        code = (
            "import sys\nfrom communique.cli import main\n"
            f"try:\n    main(['{argument}'])\nfinally:\n"
            "    print([m for m in ('spacy', 'pydantic') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
        assert words in done.stdout
        assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for name in ("extract", "evaluate", "schema", "rules check", "rules format", "rules explain"):
        assert f"\n  communique {name}" in run(*name.split(), "--help").stdout


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -m communique schema | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_the_real_pipeline_from_standard_input_to_standard_output(tmp_path: Path) -> None:
    text = "Windhoek, 12 March 2019. Namibia and Palau signed the Protocol on Seed Banks.\n"
    done = command("extract", "-", "-o", "-", cwd=tmp_path, stdin=text)
    assert (done.returncode, done.stderr) == (0, "")
    record = Record.model_validate_json(done.stdout)
    assert (record.id, record.text) == ("stdin", text)
    assert [state.id for state in record.states] == ["NAM", "PLW"]


@pytest.mark.slow
def test_workers_write_the_same_bytes(tmp_path: Path) -> None:
    for n in range(40):
        text = f"On {n % 28 + 1} May 2024 the ministers of Kenya and Palau signed an agreement on ferries.\n"
        fill(tmp_path / "in", **{f"t{n:02}_txt": text})
    fill(tmp_path / "in", t99_txt="")
    written = []
    for workers in (1, 2):
        done = command("extract", "in", "-o", f"out{workers}", "-j", str(workers), "-q", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "Error: in/t99.txt: empty\n")
        written.append((tmp_path / f"out{workers}" / "records.jsonl").read_bytes())
    assert written[0] == written[1]
    assert written[0].count(b"\n") == 40
