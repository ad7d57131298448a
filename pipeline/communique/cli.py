"""The command `communique`: its groups and the modules in which their commands are.

What a command needs is imported when it runs, so that `--help` and `--version` don't wait for spaCy.
"""

from __future__ import annotations

import click

from communique.commands import (
    agreement,
    diff,
    evaluate,
    evaluate_links,
    export,
    extract,
    gold,
    link,
    report,
    rules,
    schema,
    show,
)

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=SETTINGS)
@click.version_option(package_name="communique")
def main() -> None:
    """Turn communiqués into validated records.

    People, states, organizations, documents, dates, figures and decisions, each with the characters it was
    read from.

    \b
    communique extract corpus -o outputs
    communique evaluate corpus/gold.jsonl outputs/records.jsonl
    communique diff outputs/records.jsonl new/records.jsonl
    communique link outputs/records.jsonl -o linked
    communique report outputs/records.jsonl -o report.html
    communique export outputs/records.jsonl --to parquet -o dataset
    communique rules explain "The ministers signed a protocol on transit."
    """


for command in (
    extract.extract, evaluate.evaluate, diff.diff, agreement.agreement, gold.gold, link.link,
    evaluate_links.evaluate_links, report.report, export.export, rules.rules, schema.schema, show.show,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    main()
