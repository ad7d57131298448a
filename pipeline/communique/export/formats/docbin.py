"""Training data for spaCy: DocBin files of 200 texts each, and a config that `spacy train` takes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import get_args

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from communique.export import codebook
from communique.export.croissant import file_object, file_set
from communique.export.formats.base import Json
from communique.export.formats.base import Writer as Base
from communique.export.item import Item
from communique.export.rows import all_mentions
from communique.records import Act, Date, Document, Figure, Organization, Person, State

LABELS = {
    "person": "PERSON",
    "state": "STATE",
    "organization": "ORG",
    "document": "DOCUMENT",
    "date": "DATE",
    "figure": "FIGURE",
}
"""The labels that the pipeline's own entities have."""
TRIGGERS = "sc"
"""The key of the triggers' spans: the one that spaCy's span categorizer reads."""
MENTIONS = "mentions"
"""The key of all mentions, those too that lie in longer ones and so are no entities."""
CONFIG = "config.cfg"
_TEXTS = 200
_ATTRIBUTES = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]
_PARTS = {None: "train", "train": "train", "validation": "dev", "test": "test"}


class Writer(Base):
    """A folder for each part, named as spaCy names them: train, dev, test."""

    needs_text = True
    libraries = ("spacy",)

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self._nlp = spacy.blank("en")
        self._folders = tuple(_PARTS[part] for part in parts or (None,))
        self._bins = {name: _bin() for name in self._folders}
        self._written = dict.fromkeys(self._folders, 0)
        self.counts = {**dict.fromkeys(self._folders, 0), "entities": 0, "triggers": 0, "between_tokens": 0}
        for name in self._folders:
            (folder / name).mkdir()
        self._zone = self.opened.enter_context(ExitStack())
        self._forget()

    def _forget(self) -> None:
        """Let go of the words of the texts so far, which spaCy's vocabulary would keep."""
        self._zone.close()
        self._zone.enter_context(self._nlp.memory_zone())

    def add(self, item: Item) -> None:
        name = _PARTS[item.split]
        self._bins[name].add(self._doc(item))
        self._count(name)
        if len(self._bins[name]) == _TEXTS:
            self._flush(name)

    def _doc(self, item: Item) -> Doc:
        # The tokenizer alone: `make_doc` refuses texts that would be too long for a parser.
        doc = self._nlp.tokenizer(item.record.text)
        mentions: list[Span] = []
        triggers: list[Span] = []
        missing: list[Span] = []
        acts = {decision.id: decision.act.upper() for decision in item.record.decisions}
        for kind, id_, words, _ in all_mentions(item.record):
            label = LABELS.get(kind) or acts[id_]
            span = doc.char_span(words.start, words.end, label=label)
            if span is None:
                self._count("between_tokens")
                if (wider := doc.char_span(words.start, words.end, alignment_mode="expand")) and kind in LABELS:
                    missing.append(wider)
            else:
                (mentions if kind in LABELS else triggers).append(span)
        self._annotate(doc, mentions, triggers, missing)
        return doc

    def _annotate(self, doc: Doc, mentions: list[Span], triggers: list[Span], missing: list[Span]) -> None:
        """Set what was found; where a mention ends inside a token, the token says nothing instead of "no entity"."""
        entities = filter_spans(mentions)
        taken = {token.i for span in entities for token in span}
        unknown = sorted({token.i for span in missing for token in span} - taken)
        doc.set_ents(entities, missing=[doc[i : i + 1] for i in unknown])
        doc.spans[MENTIONS] = mentions
        doc.spans[TRIGGERS] = triggers
        self._count("entities", len(entities))
        self._count("triggers", len(triggers))

    def _flush(self, name: str) -> None:
        self._written[name] += 1
        self._bins[name].to_disk(self.folder / name / f"{self._written[name]:05}.spacy")
        self._bins[name] = _bin()
        self._forget()

    def close(self) -> None:
        for name in self._folders:
            if len(self._bins[name]) or not self._written[name]:
                self._flush(name)
        self.opened.close()
        config = _config("dev" if "dev" in self._folders else "test" if "test" in self._folders else None)
        (self.folder / CONFIG).write_text(config, encoding="utf-8")

    def codebook(self) -> str:
        models = zip(LABELS.values(), (Person, State, Organization, Document, Date, Figure), strict=True)
        kinds = ((f"`{label}`", (model.__doc__ or "").split("\n")[0]) for label, model in models)
        acts = ((f"`{act.upper()}`", f"The verb that says the act `{act}`.") for act in get_args(Act))
        return "\n".join(
            [
                "## Entities",
                "",
                f"`doc.ents`, and `doc.spans[{MENTIONS!r}]` with those too that lie in longer ones.",
                "",
                *codebook.rows(("label", "a mention of"), kinds),
                "",
                "## Triggers",
                "",
                f"`doc.spans[{TRIGGERS!r}]`.",
                "",
                *codebook.rows(("label", "a mention of"), acts),
                "",
                "A mention that ends inside a token of spaCy's English tokenizer is left out, and its tokens are",
                "missing values; `between_tokens` in `provenance.json` tells how many.",
            ]
        )

    def croissant(self) -> tuple[list[Json], list[Json]]:
        sets = [
            file_set(
                name, f"{name}/*.spacy", "application/octet-stream", f"The texts for {name}, as spaCy DocBin files."
            )
            for name in self._folders
        ]
        return [*sets, file_object(CONFIG, "text/plain", "The training config.")], []


def _bin() -> DocBin:
    return DocBin(attrs=_ATTRIBUTES)


def _config(dev: str | None) -> str:
    """What `spacy init config --pipeline ner,spancat` writes, with the paths of the data filled in."""
    from spacy.cli.init_config import init_config

    config = init_config(lang="en", pipeline=["ner", "spancat"], optimize="efficiency", gpu=False)
    config["paths"]["train"] = "train"
    config["paths"]["dev"] = dev
    config["components"]["spancat"]["spans_key"] = TRIGGERS
    return config.to_str() + "\n"
