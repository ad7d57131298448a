"""Records to a data set: the files of a format, and what tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from communique.errors import InputError, needs
from communique.export import croissant, folder
from communique.export.codebook import rows as markdown_rows
from communique.export.formats import writer
from communique.export.item import Item
from communique.export.provenance import PROVENANCE, SOURCES, Sources, Terms, run_of, software
from communique.export.rights import Rights
from communique.export.shares import Shares
from communique.export.stream import RecordStream
from communique.recordfile import STDIN
from communique.records import SCHEMA

if TYPE_CHECKING:
    from communique.export.split import Split

CODEBOOK = "codebook.md"
CROISSANT = "croissant.json"
CARD = "README.md"
T = TypeVar("T")
Watch = Callable[[Iterable[T], int], Iterable[T]]


@dataclass(frozen=True)
class Options:
    """What a data set shall be: its format and name, in which parts, and which texts go with it.

    `allowed` are rights that let a text be passed on besides free licences; see `Rights`.
    """

    format: str
    name: str = "communique"
    shares: Shares | None = None
    seed: int = 0
    include_texts: bool = False
    allowed: tuple[str, ...] = ()


@dataclass
class Summary:
    """How many texts there were, how many went with their text, and how many had no place in the format."""

    texts: int = 0
    with_text: int = 0
    left_out: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)


def export(records: Path, out: Path, options: Options, watch: Watch[Any] = lambda things, total: things) -> Summary:
    """Write a data set of the records of a JSON Lines file, `-` for standard input, into a folder.

    The records are read one at a time, twice if the data set is split; lines without one are passed over and told in
    the summary. Raises `InputError` where nothing can be written, `MissingExtraError` where libraries are missing.
    """
    with folder.replacing(out) as place:
        made = DataSet(RecordStream(records), options, place)
        made.write(watch)
        return made.summary


class DataSet:
    """A data set on its way into a folder."""

    def __init__(self, stream: RecordStream, options: Options, place: Path) -> None:
        self.summary = Summary(parts=dict.fromkeys(options.shares.names, 0) if options.shares else {})
        self._stream = stream
        self._run = run_of(stream.path) if stream.path != STDIN else None
        self._options = options
        self._place = place
        self._rights = Rights(options.allowed)
        self._writer = writer(options.format, place, options.shares.names if options.shares else ())

    def write(self, watch: Watch[Any]) -> None:
        """Write everything."""
        with self._writer, Sources(self._place / SOURCES) as sources:
            self._add_all(sources, watch)
            self._writer.close()
        self.summary.errors = self._stream.errors
        self.summary.counts = self._writer.counts
        self._must_hold_something()
        self._describe(sources.rights())

    def _add_all(self, sources: Sources, watch: Watch[Any]) -> None:
        total = self._stream.lines()
        split = self._split(watch, total)
        for item in self._items(watch(self._stream, total), split):
            sources.add(item)
            self._tell(item)
            if item.with_text or not self._writer.needs_text:
                self._writer.add(item)

    def _split(self, watch: Watch[Any], total: int) -> Split | None:
        if self._options.shares is None:
            return None
        with needs("--split", "split"):
            from communique.export.split import Split

        split = Split(self._options.shares, self._options.seed)
        for _, record in watch(self._stream, total):
            split.add(record.id, record.source.publisher, record.text)
        split.assign()
        return split

    def _items(self, records: Iterable[Any], split: Split | None) -> Iterator[Item]:
        for number, (_, record) in enumerate(records):
            part = split[number] if split else None
            with_text = self._options.include_texts or self._rights.free(record.source.rights)
            yield Item(record, part, with_text)

    def _tell(self, item: Item) -> None:
        summary = self.summary
        summary.texts += 1
        summary.with_text += item.with_text
        summary.left_out += self._writer.needs_text and not item.with_text
        if item.split:
            summary.parts[item.split] += 1

    def _must_hold_something(self) -> None:
        path = self._stream.path
        if not self.summary.texts:
            raise self._stream.errors[0] if self._stream.errors else InputError(path, "no records")
        if self.summary.left_out == self.summary.texts:
            raise InputError(path, "no text may be passed on by the rights told, and this format needs texts")

    def _describe(self, rights: list[Terms]) -> None:
        name, about = self._options.name, self._about()
        codebook = self._writer.codebook()
        _write(self._place / PROVENANCE, _json(self._provenance(rights)))
        _write(self._place / CODEBOOK, f"# Codebook of {name}\n\n{about}\n\n{codebook}\n")
        licences = [str(terms["rights"]) for terms in rights if terms["with_text"] and terms["rights"]]
        card = self._writer.card(name, f"{about}\n\n{_card(rights)}", licences[0] if len(licences) == 1 else None)
        if card is not None:
            _write(self._place / CARD, card)
        _write(self._place / CROISSANT, _json(self._croissant(about, licences)))

    def _about(self) -> str:
        s, options = self.summary, self._options
        texts = f"{s.texts} text{'' if s.texts == 1 else 's'}"
        about = [f"Records of {texts} by and about states and intergovernmental organizations, in the form {SCHEMA}."]
        if s.left_out:
            about.append(f"{s.left_out} of the texts are left out, because no right to pass them on is known.")
        elif s.with_text < s.texts:
            about.append(f"{s.texts - s.with_text} texts are without their words; what was read from them stays.")
        if options.shares:
            parts = ", ".join(f"{name} {count}" for name, count in s.parts.items())
            about.append(
                f"Split by text, stratified by publisher, near-duplicates together ({options.shares}, seed "
                f"{options.seed}): {parts}."
            )
        return " ".join(about)

    def _provenance(self, rights: list[Terms]) -> dict[str, Any]:
        options, summary = self._options, self.summary
        split = {"shares": str(options.shares), "seed": options.seed, "texts": summary.parts}
        libraries = (*self._writer.libraries, *(("datasketch",) if options.shares else ()))
        return {
            "name": options.name,
            "format": options.format,
            "include_texts": options.include_texts,
            "allowed_rights": list(options.allowed),
            "split": split if options.shares else None,
            "made_with": software(libraries),
            "records": {
                "sha256": self._stream.sha256(),
                "texts": summary.texts,
                "with_text": summary.with_text,
                "left_out": summary.left_out,
                "lines_passed_over": len(summary.errors),
            },
            "run": self._run,
            "counts": summary.counts,
            "rights": rights,
        }

    def _croissant(self, about: str, licences: list[str]) -> dict[str, Any]:
        files, record_sets = self._writer.croissant()
        files += [
            croissant.file_object(PROVENANCE, "application/json", "Versions, rules, rights and counts."),
            croissant.file_object(SOURCES, "application/jsonl", "The source and the rights of each text."),
            croissant.file_object(CODEBOOK, "text/markdown", "What the files hold."),
        ]
        for file in files:
            path = self._place / file["@id"]
            if file["@type"] == "cr:FileObject":
                file |= {"contentSize": f"{path.stat().st_size} B", "sha256": folder.sha256(path)}
        made = version("communique")
        return croissant.describe(self._options.name, about, made, (files, record_sets), license=licences)


def _card(rights: list[Terms]) -> str:
    lines = ((str(t["rights"] or "not known"), str(t["texts"]), str(t["with_text"])) for t in rights)
    return "\n".join(
        [
            f"`{CODEBOOK}` tells what each field holds, `{PROVENANCE}` with which versions and rules the data set was",
            f"made, `{SOURCES}` where each text comes from.",
            "",
            "## Rights",
            "",
            *markdown_rows(("rights", "texts", "with their words"), lines),
        ]
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _write(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8", newline="")
