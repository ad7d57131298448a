"""What the components share: building from rule files, and saving those files with the pipeline."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from spacy.language import Language
from spacy.tokens import Doc

from communique import rules as rule_files
from communique.rules import R, Rule
from communique.tokens import Tokens, tokens_of


class Component(ABC):
    """A pipeline component fed from rule files.

    `models` names the rules it reads. `rules` are folders of rule files, read one on top of the other; without them
    the shipped rules are used. The files are saved with the pipeline, so that `spacy.load` needs no other folder.
    """

    models: ClassVar[tuple[type[Rule], ...]] = ()

    def __init__(self, nlp: Language, rules: Iterable[str] | None = None) -> None:
        self.nlp = nlp
        self.folders: tuple[Path, ...] = tuple(map(Path, rules)) if rules else (rule_files.shipped(),)
        self.build()

    def read(self, model: type[R]) -> tuple[R, ...]:
        """The rules of a model."""
        return rule_files.read(model, self.folders)

    @abstractmethod
    def build(self) -> None:
        """Make the matchers and tables from the rules; called at load, and again by `from_disk`."""

    @abstractmethod
    def find(self, tokens: Tokens) -> None:
        """Find the kind's mentions in a text and put them into `tokens.found`."""

    def __call__(self, doc: Doc) -> Doc:
        self.find(tokens_of(doc))
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the component's rule files into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for model in self.models:
            text = rule_files.canonical(self.read(model))
            (folder / f"{rule_files.file_of(model)}.jsonl").write_text(text, encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Component:
        """Read the rule files that `to_disk` saved."""
        self.folders = (Path(path),)
        self.build()
        return self
