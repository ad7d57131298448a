"""The figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

_MB = 1_000_000


def markdown(result: dict[str, Any]) -> str:
    """All tables of a result."""
    parts = [_subjects(result["subjects"])]
    growth = result.get("growth") or {}
    if "rules" in growth:
        parts.append(_rules(growth["rules"]))
    if "length" in growth:
        parts.append(_length(growth["length"]))
    if "workers" in growth:
        parts.append(_workers(growth["workers"]))
    return "\n".join(parts)


def _subjects(rows: Iterable[dict[str, Any]]) -> str:
    head = ("", "does", "words", "words/s", "±", "communique is … times as fast", "peak MB", "start s")
    return _table(head, [_subject(row) for row in rows])


def _subject(row: dict[str, Any]) -> tuple[str, ...]:
    if "error" in row:
        return (row["subject"], row["does"], row["error"], *[""] * 5)
    times, by_round = row["communique_times_as_fast"], row["communique_times_as_fast_by_round"]
    ratio = f"{times:.2f} ({min(by_round):.2f}–{max(by_round):.2f})" if by_round else ""
    return (
        row["subject"],
        row["does"],
        f"{row['words']:,}",
        f"{row['words_per_second']:,.0f}",
        f"{row['words_per_second_spread']:,.0f}",
        ratio,
        f"{row['peak_bytes'] / _MB:.0f}",
        f"{row['start_seconds']:.2f}",
    )


def _rules(rows: Iterable[dict[str, Any]]) -> str:
    return _table(
        ("organizations known", "seconds", "times ×1", "peak MB", "start s"),
        [
            (
                f"×{row['rules']}",
                f"{row['seconds']:.2f}",
                f"{row['times']:.2f}",
                f"{row['peak_bytes'] / _MB:.0f}",
                f"{row['start_seconds']:.2f}",
            )
            for row in rows
        ],
    )


def _length(rows: Iterable[dict[str, Any]]) -> str:
    return _table(
        ("words of one text", "seconds", "words/s"),
        [(f"{row['words']:,}", f"{row['seconds']:.2f}", f"{row['words_per_second']:,.0f}") for row in rows],
    )


def _workers(row: dict[str, Any]) -> str:
    return _table(
        ("one worker, s", "-j 2, s", "two processes, s", "-j 2 reaches of two processes"),
        [
            (
                f"{row['seconds_one_worker']:.2f}",
                f"{row['seconds_two_workers']:.2f}",
                f"{row['seconds_two_processes']:.2f}",
                f"{row['two_workers_of_two_processes']:.2f}",
            )
        ],
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
