"""The files of a run, from its ledger and the store: their bytes depend on inputs, rules and version alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from communique.errors import InputError
from communique.runs.folder import replacing
from communique.runs.ledger import Entry, Ledger
from communique.runs.store import Kept, Store

RECORDS = {"jsonl": "records.jsonl", "parquet": "records.parquet"}
"""The file of records in each format."""
ERRORS = "errors.jsonl"
WARNINGS = "warnings.jsonl"
RUN = "run.json"
_MANIFEST = "manifest"
_FILES = "files"


class Outputs:
    """The files in one folder."""

    def __init__(self, out: Path, state: Path, format_: str) -> None:
        if format_ == "parquet" and find_spec("pyarrow") is None:
            raise InputError("--format parquet", "needs communique[parquet]: no module 'pyarrow'")
        self._out = out
        self._state = state
        self._format = format_
        self.records = out / RECORDS[format_]
        self.errors = out / ERRORS
        self.warnings = out / WARNINGS

    def write(self, ledger: Ledger, store: Store) -> bool:
        """Write the files, or leave them if they are what they would become; says whether they were written."""
        manifest = self._manifest(ledger)
        if store.fact(_MANIFEST) == manifest and store.fact(_FILES) == self._signature():
            return False
        with ExitStack() as stack:
            records, errors, warnings = (
                stack.enter_context(replacing(path, self._state)) for path in (self.records, self.errors, self.warnings)
            )
            write, end = self._writer(records)
            for entry in ledger:
                kept = store.get(entry.key) if entry.key else None
                if kept and kept.line is not None:
                    write(kept.line)
                for row in _errors(entry, kept):
                    _line(errors, row)
                for row in _warnings(entry, kept):
                    _line(warnings, row)
            end()
        store.note(_MANIFEST, manifest)
        store.note(_FILES, self._signature())
        return True

    def _writer(self, file: IO[bytes]) -> tuple[Callable[[bytes], object], Callable[[], object]]:
        if self._format == "jsonl":
            return lambda line: file.write(line + b"\n"), lambda: None
        from communique.runs.parquet import Writer

        writer = Writer(file)
        return writer.write, writer.close

    def _manifest(self, ledger: Ledger) -> str:
        whole = hashlib.sha256(self._format.encode())
        for entry in ledger:
            whole.update(json.dumps([entry.path, entry.key and entry.key.hex(), *entry[5:]]).encode())
        return whole.hexdigest()

    def _signature(self) -> str:
        """By what it would be seen that somebody has changed a file since."""
        stats = [path.stat() if path.exists() else None for path in (self.records, self.errors, self.warnings)]
        return json.dumps([stat and [stat.st_size, stat.st_mtime_ns, stat.st_ino] for stat in stats])

    def tell(self, run: dict[str, Any]) -> None:
        """Write `run.json`."""
        with replacing(self._out / RUN, self._state) as file:
            file.write(json.dumps(run, ensure_ascii=False, indent=2).encode() + b"\n")


def _errors(entry: Entry, kept: Kept | None) -> Iterator[dict[str, str | None]]:
    stage, reason = (kept.stage, kept.reason) if kept else (entry.stage, entry.reason)
    if stage is not None:
        yield {"path": entry.path, "sha256": entry.sha256, "stage": stage, "reason": reason}


def _warnings(entry: Entry, kept: Kept | None) -> Iterator[dict[str, str | None]]:
    for reason in (*([entry.warning] if entry.warning else []), *(kept.warnings if kept else [])):
        yield {"path": entry.path, "sha256": entry.sha256, "reason": reason}


def _line(file: IO[bytes], row: dict[str, str | None]) -> None:
    file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
