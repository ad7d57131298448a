"""Gold through a real Label Studio: started on loopback, filled and emptied through its API.

It is installed in an environment of its own: `make label-studio` makes it and runs this. What its editor makes of a
text is in `data/labelstudio.json`, which the fast tests read.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from communique.gold.labelstudio import from_tasks, tasks
from communique.gold.labelstudio_config import labelling_config
from communique.jsonl import read_records
from communique.records import Record
from drawn import ALPHABET, drawn
from made_up import characters, rows, ruled

COMMAND = os.environ.get("LABEL_STUDIO")
TOKEN = "0123456789abcdef0123456789abcdef01234567"
MAIL = "annotator@example.org"
SETTINGS = {
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
}
Call = Callable[..., Any]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(COMMAND is None, reason="LABEL_STUDIO names no command; make label-studio installs one"),
]


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Call]:
    """Calls the API of a Label Studio that is started for these tests."""
    assert COMMAND is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("label-studio")
    command = [str(Path(COMMAND).absolute()), "start", "--no-browser", "--internal-host", "127.0.0.1",
               "--port", str(port), "--data-dir", str(folder), "--username", MAIL, "--password", "loopback-only",
               "--user-token", TOKEN]  # fmt: skip
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **SETTINGS}, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(f"http://127.0.0.1:{port}/health", server, folder / "log.txt")

        def call(method: str, path: str, data: object = None) -> Any:
            body = None if data is None else json.dumps(data).encode()
            headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
            request = Request(f"http://127.0.0.1:{port}/api{path}", body, headers, method=method)
            try:
                with urlopen(request, timeout=120) as response:
                    return json.loads(response.read())
            except HTTPError as e:
                raise AssertionError(f"{method} {path}: {e.code} {e.read()[:2000]!r}") from None

        yield call
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        assert server.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])


def project(call: Call, given: str) -> int:
    """A project with the labelling configuration and some tasks."""
    made = call("POST", "/projects", {"title": "gold", "label_config": labelling_config()})
    call("POST", f"/projects/{made['id']}/import", json.loads(given))
    id_: int = made["id"]
    return id_


def exported(call: Call, id_: int, path: Path) -> Path:
    path.write_text(
        json.dumps(call("GET", f"/projects/{id_}/export?exportType=JSON&download_all_tasks=true")), encoding="utf-8"
    )
    return path


def through(call: Call, some: list[Record], path: Path) -> list[Record]:
    back = list(from_tasks(exported(call, project(call, "".join(tasks(some))), path)))
    assert [told for told in back if not isinstance(told, Record)] == []
    return [told for told in back if isinstance(told, Record)]


@pytest.mark.parametrize("file", ["corpus/gold.jsonl", "outputs/records.jsonl"])
def test_the_whole_corpus(call: Call, root: Path, tmp_path: Path, file: str) -> None:
    some = list(read_records(root / file).values())
    assert through(call, some, tmp_path / "saved.json") == some


def test_texts_of_any_characters(call: Call, tmp_path: Path) -> None:
    rng = random.Random(3)
    texts = ["".join(rng.choices(ALPHABET, k=rng.randrange(60))) for _ in range(150)]
    some = [Record.model_validate({**drawn(text, n).to_dict(), "id": f"text-{n}"}) for n, text in enumerate(texts)]
    some += [Record.model_validate(row) for row in (*map(ruled, rows()), characters())]
    assert through(call, some, tmp_path / "saved.json") == some


def test_predictions_wait_for_an_annotator(call: Call, tmp_path: Path) -> None:
    """The annotator takes over what was predicted and adds a person."""
    record = Record.model_validate(ruled(rows()[0]))
    id_ = project(call, "".join(tasks([record], prediction=True)))
    told: list[str] = []
    assert list(from_tasks(exported(call, id_, tmp_path / "before.json"), tell=told.append)) == []
    assert told == ["forum: not annotated, left out"]
    [task] = call("GET", f"/projects/{id_}/export?exportType=JSON&download_all_tasks=true")
    start = record.text.index("Highland Forum")
    value = {"start": start, "end": start + 8, "text": "Highland", "labels": ["measure"]}
    region = {"id": "drawn", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    link = {"type": "relation", "from_id": "figure-2", "to_id": "drawn", "direction": "right", "labels": ["measure"]}
    results = [*json.loads("".join(tasks([record])))[0]["annotations"][0]["result"], region, link]
    call("POST", f"/tasks/{task['id']}/annotations", {"result": results, "lead_time": 12.5})
    [after] = from_tasks(exported(call, id_, tmp_path / "after.json"))
    assert isinstance(after, Record)
    assert after.figures[1].measure is not None
    assert after.figures[1].measure.text == "Highland"
    assert after.people == record.people
