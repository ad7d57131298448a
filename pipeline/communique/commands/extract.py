"""`communique extract`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from communique.commands.options import STDOUT, rules_option
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
@click.option("-o", "--output", required=True, metavar="DIR", help="Where to write; - prints the records.")
@click.option("-j", "--workers", type=click.IntRange(1), show_default="all cores", help="Processes to use.")
@click.option(
    "--engine", type=click.Choice(("local", "ray")), default="local", show_default=True,
    help="Where the work is done: here, or on a cluster of Ray.",
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
@click.option(
    "--shard-bytes", type=click.IntRange(1), default=1_000_000, show_default=True, metavar="N",
    help="Of input, that a worker of --engine ray does at a time.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Do all texts again.")
@click.option("--retry", is_flag=True, help="Do those again that took too long or ended their process.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
@click.option("-v", "--verbose", count=True, help="Tell of each text that is done; -vv: also of those done before.")
@click.option("--log-json", is_flag=True, help="Tell everything in JSON, an object a line.")
def extract(
    paths: tuple[str, ...], output: str, rules: Path | None, quiet: bool, verbose: int, log_json: bool, **more: Any
) -> None:
    """Extract records from texts: files, folders, globs, @FILE with a path a line, or standard input (-).

    Read are .txt, .md, .html, .pdf, .docx, .jsonl and .parquet (a "text" a row), and .gz of each. What is known about
    the texts (title, publisher, published, url, rights) is read from a sources.jsonl beside them. A text that can't be
    used is named with the reason and noted in errors.jsonl, the others are extracted, and the exit status is 1.

    What was done is kept beside the outputs: the same command again goes on where it was, and does only what is new
    or has changed.

    With --engine ray, inputs and DIR may be URLs (s3://, gs://), and the records are written in many files.

    \b
    communique extract corpus -o outputs
    communique extract a.txt b.pdf releases/ "2024-*/*.html" -o outputs -j 4
    communique extract @list.txt -o outputs --format parquet
    communique extract - -o - < release.txt
    communique extract s3://texts/2024 -o s3://records/2024 --engine ray
    """
    from communique.commands.watching import telling
    from communique.runs.run import Options

    options = Options(
        rules=rules, workers=more["workers"] or os.cpu_count() or 1, characters=more["max_chars"],
        timeout=more["timeout"] or None, format=more["format_"], force=more["force"], retry=more["retry"],
    )  # fmt: skip
    ray = more["engine"] == "ray"
    _check(paths, output, options.format, ray)
    with (
        _clear_ends(),
        telling(lambda: 0 if ray else _count(paths), quiet=quiet, verbose=verbose, as_json=log_json) as watcher,
    ):
        if ray:
            failed = _shards(paths, output, options, watcher, quiet, more["workers"], more["shard_bytes"])
        elif output == str(STDOUT):
            failed = _print(paths, options, watcher)
        else:
            failed = _write(paths, Path(output), options, watcher, quiet)
    if failed:
        sys.exit(1)


def _check(paths: tuple[str, ...], output: str, format_: str, ray: bool) -> None:
    if output == str(STDOUT) and (ray or format_ != "jsonl"):
        raise click.UsageError("only records in JSON Lines can be printed, and by the local engine")
    if not ray and any("://" in path for path in (*paths, output)):
        raise click.UsageError("URLs are read and written with --engine ray")


def _count(paths: tuple[str, ...]) -> int:
    from communique.readers.finding import find

    return sum(1 for _ in find(paths))


def _shards(
    paths: tuple[str, ...], output: str, options: Options, watcher: Watcher, quiet: bool, workers: int | None, size: int
) -> bool:
    from communique.engines import EngineError

    try:
        from communique.cluster.on_ray import answers
        from communique.cluster.run import run
    except ImportError as e:
        raise EngineError(f"--engine ray needs communique[ray]: {e.name or e} is missing") from None
    from communique.commands.hush import hushed

    with hushed():
        summary = run(paths, output, options, partial(answers, workers=workers), watcher, size)
    if not quiet:
        folder = output.partition("?")[0].rstrip("/")
        _tell(summary, *(f"{folder}/{name}" for name in ("records", "errors", "warnings")))
    return bool(summary.errors)


def _write(paths: tuple[str, ...], output: Path, options: Options, watcher: Watcher, quiet: bool) -> bool:
    from communique.runs.outputs import ERRORS, RECORDS, WARNINGS
    from communique.runs.run import run

    summary = run(paths, output, options, engine_for(options), watcher)
    if not quiet:
        _tell(summary, *(str(output / name) for name in (RECORDS[options.format], ERRORS, WARNINGS)))
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


def _tell(summary: Summary, records: str, errors: str, warnings: str) -> None:
    """What a run came to and where it is, in a few lines."""
    new = f", {summary.extracted:,} of them new" if summary.kept else ""
    click.echo(f"{records}: {_many(summary.records, 'record')}{new}")
    counts = [f"{kind} {count:,}" for kind, count in summary.counts.items()]
    if counts:
        click.echo("  " + ", ".join(counts))
    if summary.errors:
        told = ", ".join(f"{stage} {count:,}" for stage, count in sorted(summary.errors.items()))
        click.echo(f"{errors}: {_many(summary.errors.total(), 'error')} ({told})")
    if summary.warnings:
        click.echo(f"{warnings}: {_many(summary.warnings, 'warning')}")


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
