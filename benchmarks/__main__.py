"""The command `python -m benchmarks`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from benchmarks import growth
from benchmarks.compare import compare
from benchmarks.report import markdown
from benchmarks.subjects import BY_NAME
from benchmarks.summary import machine
from benchmarks.texts import count, texts_of

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
GROWTH = {"rules": growth.rules, "length": growth.length, "workers": growth.workers}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=FOLDER, required=False)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="How often each is measured.")
@click.option(
    "--words", type=click.IntRange(1), default=30_000, show_default=True, help="About how many words to read."
)
@click.option("--only", multiple=True, type=click.Choice([*BY_NAME]), help="Measure these subjects alone.")
@click.option("--grow", multiple=True, type=click.Choice([*GROWTH]), help="Measure these kinds of growth alone.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here, too.")
def main(
    folder: Path | None, rounds: int, words: int, only: tuple[str, ...], grow: tuple[str, ...], target: Path | None
) -> None:
    r"""Measure communique beside other tools on the texts of FOLDER, else on texts made of the corpus' paragraphs.

    Each subject reads the same distinct texts in a process of its own, once, in turn, round after round; what is told
    is the first pass of a fresh process, with the time to load apart.

    \b
    python -m benchmarks
    python -m benchmarks releases --json speed.json
    python -m benchmarks --only communique --only "spaCy tokenizer" --grow rules
    """
    texts = texts_of(folder, words)
    subjects = [*(only or (() if grow else BY_NAME))]
    kinds = [*(grow or (() if only else GROWTH))]
    result: dict[str, Any] = {
        "machine": machine(),
        "texts": len(texts),
        "words": sum(map(count, texts)),
        "subjects": compare(subjects, texts, rounds, _tell),
        "growth": {kind: GROWTH[kind](texts, rounds, _tell) for kind in kinds},
    }
    click.echo(markdown(result))
    if target is not None:
        target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
