"""`communique extract`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from communique.commands.options import FILE, STDOUT, rules_option
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.engines import Engine
    from communique.runs.run import Options, Summary
    from communique.runs.watch import Watcher

MAX_CHARACTERS = 2_000_000
TIMEOUT = 600.0
_INTERRUPTED = 130


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", type=FILE, required=True, metavar="DIR", help="Where to write; - prints the records.")
@click.option(
    "-j", "--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores",
    help="Processes to use.",
)  # fmt: skip
@rules_option
@click.option(
    "--format", "format_", type=click.Choice(("jsonl", "parquet")), default="jsonl", show_default=True,
    help="Of the file of records.",
)  # fmt: skip
@click.option(
    "--max-chars", type=click.IntRange(1), default=MAX_CHARACTERS, show_default=True, metavar="N",
    help="A longer text is an error.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0), default=TIMEOUT, show_default=True, metavar="S",
    help="Seconds that a text may take; 0 for no end.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Do all texts again.")
@click.option("--retry", is_flag=True, help="Do those again that took too long or ended their process.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
@click.option("-v", "--verbose", count=True, help="Tell of each text that is done; -vv: also of those done before.")
@click.option("--log-json", is_flag=True, help="Tell everything in JSON, an object a line.")
def extract(
    paths: tuple[str, ...], output: Path, rules: Path | None, quiet: bool, verbose: int, log_json: bool, **more: Any
) -> None:
    """Extract records from texts: files, folders, globs, @FILE with a path a line, or standard input (-).

    Read are .txt, .md, .html, .pdf, .docx and .jsonl (a "text" a line), and .gz of each. What is known about the texts
    (title, publisher, published, url, rights) is read from a sources.jsonl beside them. A text that can't be used is
    named with the reason and noted in errors.jsonl, the others are extracted, and the exit status is 1.

    What was done is kept beside the outputs: the same command again goes on where it was, and does only what is new
    or has changed.

    \b
    communique extract corpus -o outputs
    communique extract a.txt b.pdf releases/ "2024-*/*.html" -o outputs -j 4
    communique extract @list.txt -o outputs --format parquet
    communique extract - -o - < release.txt
    """
    from communique.commands.watching import telling
    from communique.readers.finding import find
    from communique.runs.run import Options

    options = Options(
        rules=rules, workers=more["workers"], characters=more["max_chars"], timeout=more["timeout"] or None,
        format=more["format_"], force=more["force"], retry=more["retry"],
    )  # fmt: skip
    if output == STDOUT and options.format != "jsonl":
        raise click.UsageError("only records in JSON Lines can be printed")
    with (
        _clear_ends(),
        telling(lambda: sum(1 for _ in find(paths)), quiet=quiet, verbose=verbose, as_json=log_json) as watcher,
    ):
        failed = _print(paths, options, watcher) if output == STDOUT else _write(paths, output, options, watcher, quiet)
    if failed:
        sys.exit(1)


def _write(paths: tuple[str, ...], output: Path, options: Options, watcher: Watcher, quiet: bool) -> bool:
    from communique.runs.run import run

    summary = run(paths, output, options, engine_for(options), watcher)
    if not quiet:
        for line in closing(summary, output, options):
            click.echo(line)
    return bool(summary.errors)


def _print(paths: tuple[str, ...], options: Options, watcher: Watcher) -> bool:
    from communique.runs.run import Counting, stream

    counting = Counting(watcher)
    with open(sys.stdout.fileno(), "wb", closefd=False) as file:
        for line in stream(paths, options, engine_for(options), counting):
            file.write(line + b"\n")
            file.flush()
    return bool(counting.summary.errors)


def engine_for(options: Options) -> Engine:
    """The processes of this machine."""
    from communique.engines.processes import Processes

    return Processes(options.settings, options.workers, options.timeout)


def closing(summary: Summary, output: Path, options: Options) -> Iterator[str]:
    """What a run came to, in a few lines."""
    from communique.runs.outputs import ERRORS, RECORDS, WARNINGS

    new = f", {summary.extracted:,} of them new" if summary.kept else ""
    yield f"{output / RECORDS[options.format]}: {_many(summary.records, 'record')}{new}"
    counts = [f"{kind} {count:,}" for kind, count in summary.counts.items()]
    if counts:
        yield "  " + ", ".join(counts)
    if summary.errors:
        told = ", ".join(f"{stage} {count:,}" for stage, count in sorted(summary.errors.items()))
        yield f"{output / ERRORS}: {_many(summary.errors.total(), 'error')} ({told})"
    if summary.warnings:
        yield f"{output / WARNINGS}: {_many(summary.warnings, 'warning')}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


@contextmanager
def _clear_ends() -> Iterator[None]:
    """What ends a run, told on one line: what the user gave, what the system says, Ctrl-C, a request to end."""
    from communique.engines import EngineError

    try:
        before = signal.signal(signal.SIGTERM, _end)
    except ValueError:  # not in the main thread
        before = None
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Interrupted. What was done is kept: the same command goes on from here.", err=True)
        sys.exit(_INTERRUPTED)
    except (InputError, EngineError) as e:
        raise click.ClickException(str(e)) from None
    except BrokenPipeError:
        raise
    except OSError as e:
        raise click.ClickException(str(InputError.of(e.filename or "standard output", e))) from None
    except ValueError as e:
        from communique.rules import RuleError

        if not isinstance(e, RuleError):
            raise
        raise click.ClickException(str(e)) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
