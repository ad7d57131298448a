"""Runs over shards, without Ray: the same records as on one machine, and each shard done once."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import fake
from communique.cluster import on_ray
from communique.cluster.cutting import Piece, Shard, shards
from communique.cluster.listing import Input, inputs
from communique.cluster.on_ray import Answer, Order
from communique.cluster.places import Place, place
from communique.cluster.run import run
from communique.cluster.shard import do
from communique.engines import EngineError, Settings
from communique.engines.inline import Inline
from communique.engines.work import Worker
from communique.errors import InputError
from communique.readers.limits import Limits
from communique.runs.fingerprint import fingerprint
from communique.runs.folder import locked
from communique.runs.run import Options, Summary
from communique.runs.run import run as run_here
from folders import fill

Rows = list[dict[str, Any]]


class Workers:
    """Work in this process, over a pipeline that only knows Kenya; some shards may be lost."""

    def __init__(self, lose: int = 0) -> None:
        self.did: list[str] = []
        self._lose = lose

    def __call__(self, some: list[Shard], order: Order) -> Generator[Answer]:
        limits = Limits(order.characters)
        for shard in some:
            if self._lose:
                self._lose -= 1
                yield Answer(shard.name, fault="OSError: no answer")
                continue
            self.did.append(shard.name)
            engine = Inline(worker=Worker(fake.documents, limits))
            done = do(Shard.of_json(shard.to_json()), order.out, order.format, limits, engine)
            yield Answer(shard.name, done.outcome.to_json(), tuple(done.errors), tuple(done.warnings))


class Cluster:
    """Inputs, and outputs of shards beside those of one machine."""

    def __init__(self, folder: Path) -> None:
        self.inputs = folder / "in"
        self.out = folder / "out"
        self.inputs.mkdir()

    def run(self, *paths: Path | str, lose: int = 0, size: int = 300, **options: Any) -> tuple[Summary, list[str]]:
        workers = Workers(lose)
        told = Options(**options)
        given = [str(path) for path in paths or (self.inputs,)]
        return run(given, str(self.out), told, workers, size=size), workers.did

    def here(self, *paths: Path | str, **options: Any) -> Path:
        out = self.out.parent / "here"
        engine = Inline(worker=Worker(fake.documents, Limits()))
        run_here(paths or (self.inputs,), out, Options(**options), engine)
        return out

    def lines(self, folder: str) -> Rows:
        paths = sorted((self.out / folder).glob("*.jsonl"))
        return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]

    def bytes(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and path.name not in ("run.json", "lock", ".gitignore")
        }


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return Cluster(tmp_path)


def fill_with_all_kinds(folder: Path) -> None:
    rows = [{"id": f"row {n}", "text": f"Kenya {n}", "title": "Talks"} for n in range(40)]
    lines = [json.dumps(row) for row in rows]
    lines[3:3] = ["", "{", '{"id": "row 1", "text": "Kenya again"}', '{"text": "Nauru and Kenya"}', '{"id": "x"}']
    fill(
        folder, a_txt="Kenya", b_txt="", c_txt=b"\0\1", d__e_md="Nauru", d__README_md="No text",
        rows_jsonl="\n".join(lines),
        **{"packed.jsonl_gz": gzip.compress(b'{"text": "Kenya, packed"}\n{"text": "."}\n')},
    )  # fmt: skip
    fill(
        folder, twin_txt="Kenya", a_md="Kenya, in Markdown", **{f"many__t{n:02}_txt": f"Kenya, {n}" for n in range(50)}
    )
    (folder / "sources.jsonl").write_text('{"path": "a.txt", "title": "A"}\n{"path"\n')
    pq.write_table(pa.Table.from_pylist(rows[5:30]), folder / "same.parquet", row_group_size=4)
    pq.write_table(pa.Table.from_pylist([{"text": f"Kenya, table {n}"} for n in range(30)]), folder / "t.parquet")
    pq.write_table(pa.table({"txt": ["Kenya"]}), folder / "untitled.parquet")


def by_content(rows: Rows) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def read(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("url", [False, True], ids=["path", "URL"])
def test_what_comes_out_is_what_one_machine_gives(cluster: Cluster, url: bool) -> None:
    fill_with_all_kinds(cluster.inputs)
    here = cluster.here()
    summary, did = cluster.run(cluster.inputs.as_uri() if url else cluster.inputs)
    assert len(did) > 10
    assert sorted(json.dumps(row) for row in cluster.lines("records")) == sorted(
        json.dumps(row) for row in read(here / "records.jsonl")
    )
    for name in ("errors", "warnings"):
        expected = read(here / f"{name}.jsonl")
        got = json.loads(json.dumps(cluster.lines(name)).replace(f"file://{cluster.inputs}", str(cluster.inputs)))
        assert by_content(got) == by_content(expected)
    told, mine = json.loads((here / "run.json").read_text()), json.loads((cluster.out / "run.json").read_text())
    for key in ("records", "errors", "warnings", "counts", "texts"):
        assert mine[key] == told[key]
    assert summary.records == told["records"]


def test_the_manifest_tells_of_the_shards_in_order(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)
    cluster.run()
    manifest = json.loads((cluster.out / "manifest.json").read_text("utf-8"))
    order: list[str] = []
    for shard in manifest["shards"]:
        for name, told in shard["files"].items():
            assert (cluster.out / name).stat().st_size == told["bytes"]
            if name.startswith("records/"):
                order += [row["id"] for row in read(cluster.out / name)]
    assert order == [row["id"] for row in read(cluster.here() / "records.jsonl")]
    assert manifest["records"] == len(order)


def test_parquet_comes_out_as_on_one_machine(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)
    expected = pq.read_table(cluster.here(format="parquet") / "records.parquet")
    cluster.run(format="parquet")
    parts = [pq.read_table(path) for path in sorted((cluster.out / "records").glob("*.parquet"))]
    got = pa.concat_tables(parts)
    assert got.schema == expected.schema
    assert by_content(got.to_pylist()) == by_content(expected.to_pylist())


def test_a_second_run_does_nothing_and_a_change_one_shard(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)
    first, did = cluster.run()
    before = cluster.bytes()
    again, none = cluster.run()
    assert none == []
    assert cluster.bytes() == before
    assert (again.records, again.errors, again.extracted) == (first.records, first.errors, 0)
    fill(cluster.inputs, many__t07_txt="Kenya, X")
    assert len(cluster.run()[1]) == 1
    assert "Kenya, X" in [row["text"] for row in cluster.lines("records")]
    assert len(cluster.run(force=True)[1]) >= len(did)


def test_a_file_more_changes_the_shards_around_it(cluster: Cluster) -> None:
    fill(cluster.inputs, **{f"t{n:04}_txt": f"Kenya {n}" for n in range(2_000)})
    _, did = cluster.run(size=10**9)
    assert len(did) > 4
    fill(cluster.inputs, t0000a_txt="Kenya")
    assert len(cluster.run(size=10**9)[1]) == 1


def test_what_is_no_longer_there_leaves_the_outputs(cluster: Cluster) -> None:
    fill(cluster.inputs, a_txt="Kenya", b_txt="", c_txt="Nauru")
    cluster.run(size=1)
    for name in ("a.txt", "b.txt"):
        (cluster.inputs / name).unlink()
    cluster.run(size=1)
    assert [row["id"] for row in cluster.lines("records")] == ["c"]
    assert cluster.lines("errors") == []
    assert len(list((cluster.out / ".communique" / "shards").iterdir())) == 1


def test_a_shard_that_is_lost_is_told_and_done_next_time(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)
    fresh = cluster.run()[0].records
    whole = cluster.bytes()
    cluster.out = cluster.out.with_name("again")
    summary, _ = cluster.run(lose=2)
    assert summary.errors["worker"] > 0
    assert summary.records < fresh
    assert {row["reason"] for row in cluster.lines("errors") if row["stage"] == "worker"} == {"OSError: no answer"}
    assert len(cluster.run()[1]) == 2
    assert cluster.bytes() == whole


def test_a_run_that_breaks_off_goes_on_with_the_shards_that_are_left(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)

    class Stop(Workers):
        def __call__(self, some: list[Shard], order: Order) -> Generator[Answer]:
            for number, answer in enumerate(super().__call__(some, order)):
                if number == 5:
                    raise KeyboardInterrupt
                yield answer

    with pytest.raises(KeyboardInterrupt):
        run([str(cluster.inputs)], str(cluster.out), Options(), Stop(), size=300)
    assert not (cluster.out / "manifest.json").exists()
    _, did = cluster.run()
    resumed = cluster.bytes()
    cluster.out = cluster.out.with_name("whole")
    _, all_ = cluster.run()
    assert len(did) == len(all_) - 6
    assert cluster.bytes() == resumed


def test_a_spoilt_shard_is_done_again(cluster: Cluster) -> None:
    fill(cluster.inputs, a_txt="Kenya", b_txt="Nauru")
    cluster.run(size=1)
    before = cluster.bytes()
    [one, two] = sorted((cluster.out / "records").iterdir())
    one.write_bytes(b"")
    two.unlink()
    assert len(cluster.run(size=1)[1]) == 2
    [side, _] = (cluster.out / ".communique" / "shards").iterdir()
    side.write_text("{}")
    assert len(cluster.run(size=1)[1]) == 1
    assert cluster.bytes() == before


def test_what_no_worker_can_do_ends_the_run(cluster: Cluster) -> None:
    fill(cluster.inputs, a_txt="Kenya")

    def other(some: list[Shard], order: Order) -> Generator[Answer]:
        yield Answer(some[0].name, fault="a worker has other versions", fatal=True)

    with pytest.raises(EngineError, match="a worker has other versions"):
        run([str(cluster.inputs)], str(cluster.out), Options(), other)
    with locked(cluster.out), pytest.raises(InputError, match="another run is writing to this folder"):
        cluster.run()


def test_what_can_not_be_found_is_an_error(cluster: Cluster) -> None:
    (cluster.inputs / "empty").mkdir()
    summary, _ = cluster.run("-", cluster.inputs / "none.txt", (cluster.inputs / "none").as_uri(), "nothing://at/all")
    said = {row["path"]: row["reason"] for row in cluster.lines("errors")}
    assert said["-"] == "standard input can't be read by workers elsewhere"
    assert said[str(cluster.inputs / "none.txt")] == "no such file or directory"
    assert said[f"file://{cluster.inputs}/none"] == "no such file or directory"
    assert "nothing" in said["nothing://at/all"]
    assert summary.errors == {"find": 3, "read": 1}


def test_outputs_among_the_inputs_are_not_read(cluster: Cluster) -> None:
    fill(cluster.inputs, a_txt="Kenya")
    cluster.out = cluster.inputs / "out"
    cluster.run()
    assert len(cluster.run()[1]) == 0
    assert len(cluster.run(cluster.inputs.as_uri())[1]) <= 1
    assert [row["id"] for row in cluster.lines("records")] == ["a"]


def test_outputs_at_a_url(cluster: Cluster) -> None:
    fill_with_all_kinds(cluster.inputs)
    cluster.run()
    there = cluster.bytes()
    url = cluster.out.with_name("there").as_uri()
    run([str(cluster.inputs)], url, Options(), Workers(), size=300)
    cluster.out = cluster.out.with_name("there")
    assert cluster.bytes() == there


@pytest.mark.parametrize("size", [1, 50, 400, 10**6])
def test_parts_of_json_lines_are_all_of_it(tmp_path: Path, size: int) -> None:
    lines = [f'{{"text": "{"x" * (n % 90)}"}}' for n in range(100)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    pieces = [
        piece for shard in shards(inputs([str(path)]), "", size) if isinstance(shard, Shard) for piece in shard.pieces
    ]
    data = path.read_bytes()
    assert b"".join(data[piece.start : piece.end] for piece in pieces) == data
    assert [piece.row for piece in pieces] == [data.count(b"\n", 0, piece.start) + 1 for piece in pieces]
    assert all(data[piece.start - 1 :][:1] == b"\n" for piece in pieces[1:])


def test_shards_do_not_depend_on_what_was_asked_before(tmp_path: Path) -> None:
    fill(tmp_path, a__x_txt="Kenya", b__x_txt="Nauru")
    made = [s for s in shards(inputs([f"{tmp_path}/a/x.txt", f"{tmp_path}/b/x.txt"]), "", 1) if isinstance(s, Shard)]
    assert len({shard.name for shard in made}) == 2
    assert Shard.of_json(made[0].to_json()) == made[0]
    found = [i for i in inputs([f"{tmp_path}/a/x.txt"]) if isinstance(i, Input)]
    piece = made[0].pieces[0]
    assert isinstance(piece, Piece)
    assert (piece.id, piece.path, piece.size) == (found[0].id, found[0].path, 5)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = place(str(tmp_path / "a" / "b.txt"))
    with (tmp_path / "source").open("w+b") as file:
        file.write(b"Kenya")
        file.seek(0)
        target.put(file)
    assert target.read() == b"Kenya"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    assert str(Place("s3://bucket/in?region=x", "bucket/in/a.txt")) == "s3://bucket/in/a.txt"


def test_ray_is_imported_for_its_engine_alone(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya and Nauru met.")
    code = """
import sys
from communique.cli import main
main(["extract", "a.txt", "-o", "out", "-j", "1", "-q"], standalone_mode=False)
assert not {"ray", "pyarrow", "fsspec", "pandas"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["in", "-o", "-", "--engine", "ray"], "only records in JSON Lines can be printed, and by the local engine"),
        (["s3://in/a.txt", "-o", "out"], "URLs are read and written with --engine ray"),
        (["in", "-o", "gs://out"], "URLs are read and written with --engine ray"),
    ],
)
def test_what_does_not_go_together(arguments: list[str], told: str) -> None:
    from click.testing import CliRunner

    from communique.cli import main

    done = CliRunner().invoke(main, ["extract", *arguments])
    assert done.exit_code == 2
    assert told in done.output


def test_without_ray_its_extra_is_named(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    code = """
import sys
sys.modules["ray"] = None
from communique.cli import main
main(["extract", "a.txt", "-o", "out", "--engine", "ray"])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: --engine ray needs communique[ray]: ray is missing\n"


def order(cluster: Cluster, digest: str) -> Order:
    return Order(place(str(cluster.out)), "jsonl", 1_000, None, {}, digest)


def test_a_worker_with_other_versions_does_nothing(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "_forget_main", lambda: None)
    answer = on_ray.Worker(order(cluster, "another")).answer(Shard("part-a", "", ()))
    assert answer.fatal
    assert "a worker has other versions than this machine: python" in str(answer.fault)


def test_a_worker_tries_three_times(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "_forget_main", lambda: None)
    monkeypatch.setattr(on_ray, "_WAIT", 0.0)
    worker = on_ray.Worker(order(cluster, fingerprint().digest(Settings(characters=1_000))))
    tried: list[Shard] = []

    def fail(shard: Shard) -> Answer:
        tried.append(shard)
        if len(tried) == 3:
            return Answer(shard.name, "done")
        raise OSError("no answer")

    monkeypatch.setattr(worker, "_done", fail)
    assert worker.answer(Shard("part-a", "", ())) == Answer("part-a", "done")
    tried[:] = [Shard("part-a", "", ())] * 3
    assert worker.answer(Shard("part-b", "", ())) == Answer("part-b", fault="OSError: no answer")
