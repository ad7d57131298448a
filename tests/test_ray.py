"""Ray itself, on this machine: a worker that is killed, a run that is, S3 by moto's server on loopback.

Run with `make cluster`. Without Ray the tests are skipped, but not where the environment says `CLUSTER`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from folders import fill

pytestmark = pytest.mark.slow
SENTENCE = "On 12 May 2024 the ministers of Kenya and Palau signed an agreement on ferries. "
TEXTS = 60


@pytest.fixture(autouse=True)
def _ray() -> None:
    if not os.environ.get("CLUSTER"):
        pytest.importorskip("ray", reason="Ray is not installed: pip install 'communique[test-cluster]'")
        pytest.importorskip("moto", reason="moto is not installed: pip install 'communique[test-cluster]'")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    rows = [json.dumps({"id": f"row-{n}", "text": SENTENCE * (20 + n % 9) + f"No. {n}."}) for n in range(TEXTS)]
    fill(tmp_path / "in", a_txt=SENTENCE, bad_txt=b"\0", empty_txt="", same_txt=SENTENCE, rows_jsonl="\n".join(rows))
    return tmp_path / "in"


def command(cwd: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "communique", "extract", *arguments],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment},
    )  # fmt: skip


def on_ray(cwd: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return command(cwd, *arguments, "--engine", "ray", "-j", "2", "--shard-bytes", "5000", **environment)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    said, told = process.communicate(timeout=300)
    return process.returncode, said, told


def lines(folder: Path) -> list[str]:
    return sorted(line for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").splitlines())


def done(out: Path) -> list[Path]:
    return list((out / ".communique" / "shards").glob("part-*.json"))


def files(out: Path) -> dict[str, bytes]:
    paths = [*(out / "records").iterdir(), *(out / "errors").iterdir(), out / "manifest.json", *done(out)]
    return {path.name: path.read_bytes() for path in paths}


def actors(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found = psutil.Process(process.pid).children(recursive=True)
    return [child for child in found if any("MapWorker" in part for part in _line(child))]


def _line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def wait_for(count: int, out: Path, process: subprocess.Popen[str]) -> None:
    while len(done(out)) < count and process.poll() is None:
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()


def test_the_records_are_those_of_one_machine_also_when_a_worker_is_killed_half_way(inputs: Path) -> None:
    place = inputs.parent
    assert ended(command(place, "in", "-o", "here", "-j", "2", "-q"))[0] == 1
    status, said, told = ended(on_ray(place, "in", "-o", "whole"))
    assert status == 1
    assert said.splitlines()[0] == f"whole/records: {TEXTS + 2} records"
    assert sorted(told.splitlines()) == [
        "Error: in/bad.txt: binary, not text",
        "Error: in/empty.txt: empty",
        "Warning: in/same.txt: has the same bytes as in/a.txt",
    ]
    assert lines(place / "whole" / "records") == lines_of(place / "here" / "records.jsonl")
    assert lines(place / "whole" / "errors") == lines_of(place / "here" / "errors.jsonl")
    assert lines(place / "whole" / "warnings") == lines_of(place / "here" / "warnings.jsonl")

    process = on_ray(place, "in", "-o", "killed")
    wait_for(8, place / "killed", process)
    actors(process)[0].kill()
    assert ended(process)[0] == 1
    assert files(place / "killed") == files(place / "whole")


def lines_of(path: Path) -> list[str]:
    return sorted(path.read_text("utf-8").splitlines())


def test_a_run_that_is_killed_goes_on_with_the_shards_that_are_left(inputs: Path) -> None:
    place = inputs.parent
    process = on_ray(place, "in", "-o", "out")
    wait_for(8, place / "out", process)
    others = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    for other in others:
        try:
            other.kill()
        except psutil.Error:
            continue
    before = {path.name: path.stat().st_mtime_ns for path in done(place / "out")}
    assert not (place / "out" / "manifest.json").exists()
    status, said, _ = ended(on_ray(place, "in", "-o", "out"))
    assert status == 1
    assert f"{TEXTS + 2} records, " in said
    after = {path.name: path.stat().st_mtime_ns for path in done(place / "out")}
    assert {name: time for name, time in after.items() if name in before} == before
    assert len(after) > len(before) >= 8


def test_a_text_that_takes_too_long_is_an_error_row(inputs: Path) -> None:
    place = inputs.parent
    fill(inputs, long_txt=SENTENCE * 15_000)
    status, _, told = ended(on_ray(place, "in/long.txt", "in/a.txt", "-o", "out", "--timeout", "1"))
    assert status == 1
    assert told == "Error: in/long.txt: took longer than 1 s\n"
    assert len(lines(place / "out" / "records")) == 1


@pytest.fixture
def s3() -> Iterator[tuple[Any, str, dict[str, str]]]:
    """A client, what a URL needs to lead to it, and the environment."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true"}
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
    )  # fmt: skip
    client.create_bucket(Bucket="texts")
    yield client, f"?scheme=http&region=us-east-1&endpoint_override={host}:{port}", keys
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:(botocore|moto|werkzeug).*")
def test_from_s3_to_s3(inputs: Path, s3: tuple[Any, str, dict[str, str]]) -> None:
    client, options, keys = s3
    (inputs / "sources.jsonl").write_text('{"path": "a.txt", "title": "Ferries", "published": "2024-05-13"}\n')
    for path in inputs.iterdir():
        client.upload_file(str(path), "texts", f"2024/{path.name}")
    assert ended(command(inputs.parent, "in", "-o", "here", "-j", "2", "-q"))[0] == 1
    for new in (f"{TEXTS + 2} records", f"{TEXTS + 2} records, 0 of them new"):
        arguments = (f"s3://texts/2024{options}", "-o", f"s3://texts/out{options}")
        status, said, told = ended(on_ray(inputs.parent, *arguments, **keys))
        assert status == 1, told
        assert said.splitlines()[0] == f"s3://texts/out/records: {new}"
    found = client.list_objects_v2(Bucket="texts", Prefix="out/")["Contents"]
    got: dict[str, list[str]] = {"records": [], "errors": []}
    for key in (entry["Key"] for entry in found):
        folder = key.split("/")[1]
        if folder in got:
            body = client.get_object(Bucket="texts", Key=key)["Body"].read().decode()
            got[folder] += body.splitlines()
    assert sorted(got["records"]) == lines_of(inputs.parent / "here" / "records.jsonl")
    errors = sorted(line.replace("s3://texts/2024/", "in/") for line in got["errors"])
    assert errors == lines_of(inputs.parent / "here" / "errors.jsonl")
