"""A run: inputs to a folder of outputs, or to a stream of records."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique.engines import Engine, Result, Settings
from communique.errors import InputError
from communique.readers.library import Library
from communique.readers.limits import MAX_CHARACTERS, Limits
from communique.runs.fingerprint import Fingerprint, fingerprint
from communique.runs.folder import locked
from communique.runs.ledger import Ledger
from communique.runs.outputs import Outputs
from communique.runs.scan import Scan
from communique.runs.store import Store
from communique.runs.watch import Watcher


@dataclass(frozen=True)
class Options:
    """What a user can ask of a run."""

    rules: Path | None = None
    characters: int = MAX_CHARACTERS
    workers: int = 1
    timeout: float | None = None
    format: str = "jsonl"
    force: bool = False
    retry: bool = False

    @property
    def settings(self) -> Settings:
        """Those that records depend on."""
        return Settings(self.rules, self.characters)

    def to_dict(self) -> dict[str, Any]:
        """For `run.json`."""
        return {
            "rules": str(self.rules) if self.rules else None,
            "max_chars": self.characters,
            "workers": self.workers,
            "timeout": self.timeout,
            "format": self.format,
            "force": self.force,
            "retry": self.retry,
        }


@dataclass
class Summary:
    """What a run came to."""

    records: int = 0
    extracted: int = 0
    """Texts that were worked on, and"""
    kept: int = 0
    """texts that had been done before."""
    errors: Counter[str] = field(default_factory=Counter)
    """By stage."""
    warnings: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Entries by kind, and words."""

    def add(self, counts: dict[str, int]) -> None:
        """Count a record."""
        self.records += 1
        self.counts.update(counts)

    def to_dict(self) -> dict[str, Any]:
        """For `run.json`."""
        return {
            "records": self.records,
            "errors": dict(sorted(self.errors.items())),
            "warnings": self.warnings,
            "extracted": self.extracted,
            "kept": self.kept,
            "counts": dict(self.counts),
        }


class Counting(Watcher):
    """Counts what it hears and hands it on."""

    def __init__(self, watcher: Watcher) -> None:
        self.summary = Summary()
        self._watcher = watcher

    def kept(self, path: str) -> None:
        self.summary.kept += 1
        self._watcher.kept(path)

    def writing(self) -> None:
        self._watcher.writing()

    def failed(self, path: str, stage: str, reason: str) -> None:
        self.summary.errors[stage] += 1
        self._watcher.failed(path, stage, reason)

    def warned(self, path: str, reason: str) -> None:
        self.summary.warnings += 1
        self._watcher.warned(path, reason)

    def done(self, result: Result) -> None:
        self.summary.extracted += 1
        self._watcher.done(result)
        for warning in result.warnings:
            self.warned(result.name, warning)
        if result.failure:
            self.failed(result.name, *result.failure)
        else:
            self.summary.add(result.counts)


def run(
    paths: Iterable[Path | str], out: Path, options: Options, engine: Engine, watcher: Watcher | None = None
) -> Summary:
    """Bring the records of the inputs into the folder `out`, working only on what it does not have yet.

    Raises `InputError` where the folder can't be used (locked by another run, full, read-only), `RuleError` and
    `EngineError` as the engine does. Whatever ends it, what was done is kept, and the outputs are the old ones or the
    new ones, whole.
    """
    counting = Counting(watcher or Watcher())
    begun = time.monotonic()
    started = datetime.now(UTC)
    with locked(out) as state, _clear_faults(out):
        prints = fingerprint(options.rules)
        outputs = Outputs(out, state, options.format)
        with Store(state) as store, closing(Ledger()) as ledger:
            _prepare(store, options)
            _work(paths, options, engine, counting, store, ledger, prints.digest(options.settings))
            counting.writing()
            if outputs.write(ledger, store):
                store.keep_only(entry.key for entry in ledger if entry.key)
            seconds = round(time.monotonic() - begun, 3)
            outputs.tell(told(prints, options, counting.summary, len(ledger), started, seconds))
    return counting.summary


def _prepare(store: Store, options: Options) -> None:
    if options.force:
        store.forget_all()
    if options.retry:
        store.forget()
    timeout = str(options.timeout)
    if store.fact("timeout") != timeout:
        store.forget(("timeout",))
        store.note("timeout", timeout)


def _work(
    paths: Iterable[Path | str],
    options: Options,
    engine: Engine,
    watcher: Counting,
    store: Store,
    ledger: Ledger,
    digest: str,
) -> None:
    def done(name: str, key: bytes) -> bool:
        kept = store.get(key, whole=False)
        if kept is None:
            return False
        watcher.kept(name)
        for warning in kept.warnings:
            watcher.warned(name, warning)
        if kept.stage is not None:
            watcher.failed(name, kept.stage, kept.reason or "")
        else:
            watcher.summary.add(kept.counts)
        return True

    library = Library(
        checked=lambda sha256: store.fact(f"metadata {sha256}") == digest,
        note=lambda sha256: store.note(f"metadata {sha256}", digest),
    )
    scan = Scan(ledger, Limits(options.characters), watcher, digest, done, library)
    try:
        for result in engine.run(scan.tasks(paths)):
            store.put(result)
            watcher.done(result)
    finally:
        engine.stop()


@contextmanager
def _clear_faults(out: Path) -> Iterator[None]:
    """What the system says of the folder, or of its own for temporary files, as an `InputError`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as e:
        raise InputError.of(e.filename or out, e) from None
    except sqlite3.Error as e:
        raise InputError(tempfile.gettempdir(), str(e)) from None


def told(
    prints: Fingerprint, options: Options, summary: Summary, texts: int, started: datetime, seconds: float
) -> dict[str, Any]:
    """What `run.json` says."""
    return {
        "versions": prints.versions,
        "rules": prints.rules,
        "code": prints.code,
        "system": platform.platform(),
        "options": options.to_dict(),
        "texts": texts,
        **summary.to_dict(),
        "started": started.isoformat(timespec="seconds"),
        "seconds": seconds,
    }


def stream(
    paths: Iterable[Path | str], options: Options, engine: Engine, watcher: Watcher | None = None
) -> Iterator[bytes]:
    """The records of the inputs as lines of JSON, in order; nothing is kept."""
    watcher = watcher or Watcher()
    try:
        with closing(Ledger()) as ledger:
            scan = Scan(ledger, Limits(options.characters), watcher)
            for result in engine.run(scan.tasks(paths), in_order=True):
                watcher.done(result)
                if result.line is not None:
                    yield result.line
    finally:
        engine.stop()
