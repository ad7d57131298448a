"""`communique rules`: check, format, explain, coverage, new."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.commands.options import FILE, FOLDER, input_errors, progress, rules_option
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.batch import Item
    from communique.newrule import Field


@click.group()
def rules() -> None:
    """Check, format, explain and count the rules, and make new ones."""


@rules.command()
@click.argument("folder", type=FOLDER, required=False)
def check(folder: Path | None) -> None:
    """Check the rule files of a folder, or the shipped ones; problems are told a line each.

    \b
    communique rules check
    communique rules check my-rules
    """
    from communique.rules import check, shipped

    folder = folder or shipped()
    _must_exist(folder)
    problems = check(folder)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)


@rules.command("format")
@click.argument("folder", type=FOLDER, required=False)
def format_(folder: Path | None) -> None:
    """Bring the rule files of a folder, or the shipped ones, into canonical form.

    \b
    communique rules format my-rules
    """
    from communique.rules import RuleError, format_files, shipped

    folder = folder or shipped()
    _must_exist(folder)
    try:
        changed = format_files(folder)
    except RuleError as e:
        raise click.ClickException(str(e)) from None
    for path in changed:
        click.echo(f"formatted {path}")


@rules.command()
@click.argument("text")
@click.option(
    "--at", type=click.IntRange(0), metavar="OFFSET", help="Everything that matched here, and what it lost to."
)
@click.option("--all", "everything", is_flag=True, help="Everything that matched anywhere.")
@rules_option
def explain(text: str, at: int | None, everything: bool, rules: Path | None) -> None:
    """Say which rule found what in a text, in a file, or in standard input (-).

    With --at only what matched at a character is told, with what it lost to and why.

    \b
    communique rules explain "Kenya and Uganda signed a protocol on transit on 3 May 2024."
    communique rules explain release.txt --at 180
    communique rules explain --all "The Bank of Uganda lends 20 million dollars."
    """
    from communique import language
    from communique.explain import explain, explain_at, word_at
    from communique.tracing import trace

    with input_errors():
        nlp = language.load(rules)
        for record, outcomes in trace(nlp, [_item(text)]):
            if at is not None and at >= len(record.text):
                raise InputError(text, f"has {len(record.text)} characters, none at {at}")
            if at is None and not everything:
                lines = explain(record)
            else:
                lines = explain_at(
                    record, outcomes, *((0, len(record.text)) if at is None else word_at(record.text, at))
                )
            for line in lines:
                click.echo(line)


def _item(text: str) -> Item:
    """A text to read: of a file if there is one of that name, of standard input, or the words themselves."""
    from communique.batch import STDIN_ID, item
    from communique.readers import STDIN, read, read_stdin, read_text

    if text == STDIN:
        return item(read_stdin(sys.stdin.buffer), STDIN_ID)
    path = Path(text)
    named = len(text) < 256 and path.suffix and (path.is_file() or _like_a_file(path))
    if named:
        return item(read(path), path.stem, path.name)
    return item(read_text(text), STDIN_ID)


def _like_a_file(path: Path) -> bool:
    """Whether words can only be meant as the name of a text's file, which is then not there."""
    from communique.readers import MEDIA_TYPES

    return path.suffix.lower() in MEDIA_TYPES and not any(ch.isspace() for ch in str(path))


@rules.command()
@click.argument("records", nargs=-1, required=True, type=FILE)
@click.option("--state", type=click.Choice(("used", "helps", "only loses", "never")), help="Only rules in this state.")
@click.option("--file", "name", metavar="NAME", help="Only rules of this file, such as organizations.")
@click.option("--summary", is_flag=True, help="Only how many rules of each file are in each state.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, a rule a line.")
@rules_option
def coverage(
    records: tuple[Path, ...], state: str | None, name: str | None, summary: bool, as_json: bool, rules: Path | None
) -> None:
    """Run the rules again over the texts of records, and count what each of them does.

    A rule is `used` if it makes mentions; `helps` if its words are there and other rules may stand on them; `only
    loses` if everything that it matched went to other rules; `never` if nothing in the texts is its own.

    \b
    communique rules coverage outputs/records.jsonl --summary
    communique rules coverage outputs/records.jsonl --state "only loses"
    communique rules coverage mine.jsonl --rules my-rules --file organizations
    """
    from communique import language
    from communique.coverage import CODE, Coverage, items_of
    from communique.newrule import kinds
    from communique.recordfile import RecordFile
    from communique.rules import shipped
    from communique.tracing import trace

    with input_errors():
        nlp = language.load(rules)
        if name is not None and name not in (files := [*kinds(), CODE]):
            raise InputError(name, f"no file of rules; there are {', '.join(files)}")
        covered = Coverage([shipped(), *([rules] if rules else [])])
        for path in records:
            file = RecordFile(path)
            for record, outcomes in progress(trace(nlp, items_of(file)), len(file)):
                covered.add(record, outcomes)
    rows = [row for row in covered.rows(state) if name in (None, row[1].file)]
    if as_json:
        for id_, use in rows:
            click.echo(json.dumps({"rule": id_, **use.to_dict()}, ensure_ascii=False))
        return
    from communique.coverage import STATES
    from communique.evaluation.table import aligned

    if not summary:
        head = ("rule", "file", "state", "hits", "found", "lost", "words", "lost most to")
        cells = [
            (id_, use.file, use.state, str(use.hits), str(use.found), str(use.lost), str(use.words),
             ", ".join(winner for winner, _ in use.winners.most_common(2)))
            for id_, use in rows
        ]  # fmt: skip
        click.echo(f"{aligned(head, cells)}\n")
    click.echo(aligned(("file", "rules", *STATES), covered.summary(), 5))


@rules.command()
@click.argument("kind")
@click.option("--rules", "folder", type=FOLDER, required=True, help="The folder of rule files to write to.")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="A field, instead of being asked for it.")
def new(kind: str, folder: Path, given: tuple[str, ...]) -> None:
    """Make a new rule of a kind, step by step, and try its examples.

    Each field that --set does not give is asked for, several values parted by ";". In examples the words that must
    match stand in [brackets]. Where input ends, what can be left out is.

    \b
    communique rules new regions --rules my-rules
    communique rules new organizations --rules my-rules --set name="Harbour League" --set region=europe
    """
    from communique import newrule
    from communique.language import load

    with input_errors():
        model = newrule.model_of(kind)
        told = dict(entry.partition("=")[::2] for entry in given)
        unknown = set(told) - set(model.model_fields)
        if unknown:
            raise InputError(kind, f"no field {sorted(unknown)[0]!r}; there are {', '.join(model.model_fields)}")
        click.echo(f"{kind}: {' '.join((model.__doc__ or '').split())}\nfor example", err=True)
        for line in newrule.samples(kind):
            click.echo(f"  {line}", err=True)
        values = {f.name: value for f in newrule.fields(model) if (value := _ask(f, told.get(f.name))) is not None}
        rule = newrule.make(kind, values)
        path = newrule.add(rule, kind, folder)
        problems = newrule.check_examples(rule, load(folder)) if kind in newrule.TRIED else []
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(f"{path}: {rule.id} added")
    if problems:
        sys.exit(1)


def _ask(field: Field, given: str | None) -> Any:
    """The value of a field: given, typed, or left out."""
    hint = f" ({', '.join(field.choices)})" if field.choices else ' (parted by ";")' if field.many else ""
    while True:
        text = given
        if text is None:
            text = _prompt(f"{field.name}{hint}", field)
        if not text:
            return None
        try:
            return field.parse(text)
        except ValueError as e:
            if given is not None:
                raise InputError(field.name, f"{given!r}: {e}") from None
            click.echo(f"{e}", err=True)


def _prompt(words: str, field: Field) -> str:
    """What is typed, or piped; where nothing more comes, fields that can be left out are."""
    try:
        default = None if field.required else ""
        return str(click.prompt(words, default=default, show_default=False, err=True))
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        if field.required:
            raise InputError(field.name, "needs a value: type it, or give it with --set") from None
        return ""


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        raise click.ClickException(f"{folder}: no such folder")
