"""Where the time goes: CPU time of each step of the pipeline, first pass. `python -m benchmarks.profile [FOLDER]`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click
import spacy

from benchmarks.texts import count, texts_of
from communique import language
from communique.components.assemble import RECORD
from communique.records import Record, dumps

T = TypeVar("T")


class Clock:
    """CPU seconds by the name of a step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, step: Callable[[], T]) -> T:
        """What a step gives, its time added to what it took before."""
        began = time.process_time()
        made = step()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began
        return made


def profile(texts: Sequence[str]) -> tuple[dict[str, float], float]:
    """Seconds of each step for the texts, and of spaCy's tokenizer alone."""
    plain, whole = Clock(), Clock()
    tokenizer = spacy.blank("en").tokenizer
    for text in texts:
        plain.time("tokenizer", lambda text=text: tokenizer(text))  # type: ignore[misc]
    nlp = language.load()
    language.settle()
    for text in texts:
        _read(nlp, text, whole)
    return whole.seconds, plain.seconds["tokenizer"]


def _read(nlp: spacy.language.Language, text: str, clock: Clock) -> None:
    doc = clock.time("tokenizer", lambda: nlp.make_doc(text))
    for name, component in nlp.pipeline:
        doc = clock.time(name, lambda doc=doc, component=component: component(doc))  # type: ignore[misc]
    record = clock.time("validate", lambda: Record.model_validate(doc.user_data[RECORD]))
    clock.time("write", lambda: dumps(record.to_dict()))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option(
    "--words", type=click.IntRange(1), default=90_000, show_default=True, help="About how many words to read."
)
def main(folder: Path | None, words: int) -> None:
    """Tell where the time goes on the texts of FOLDER, else on texts made of the corpus' paragraphs."""
    texts = texts_of(folder, words)
    seconds, alone = profile(texts)
    total, number = sum(seconds.values()), sum(map(count, texts))
    click.echo("| step | share | of spaCy's tokenizer alone |\n| --- | --- | --- |")
    for name, taken in sorted(seconds.items(), key=lambda step: -step[1]):
        click.echo(f"| {name} | {taken / total:.1%} | {taken / alone:.2f} |")
    click.echo(f"| all, {number / total:,.0f} words/s | 100% | {total / alone:.2f} |")


if __name__ == "__main__":
    main()
