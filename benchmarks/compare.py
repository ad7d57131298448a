"""The subjects side by side: in turn, round after round, on the same texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.measuring import Measurement, SubjectError, measure
from benchmarks.subjects import BY_NAME, Subject
from benchmarks.summary import median, spread
from benchmarks.texts import count

OURS = "communique"
Tell = Callable[[str], None]


def compare(names: Sequence[str], texts: Sequence[str], rounds: int, tell: Tell) -> list[dict[str, Any]]:
    """A row for each subject; one that can't be measured has its `error`.

    Speeds are by CPU time, which other work on the machine disturbs less; each subject has one thread.
    """
    taken: dict[str, list[Measurement]] = {name: [] for name in names}
    errors: dict[str, str] = {}
    for number in range(1, rounds + 1):
        for name in names:
            if name in errors:
                continue
            tell(f"round {number}/{rounds}: {name}")
            try:
                taken[name].append(measure(name, _share(BY_NAME[name], texts)))
            except SubjectError as e:
                errors[name] = str(e)
    return [
        {"subject": name, "does": BY_NAME[name].does, "error": errors[name]}
        if name in errors
        else _row(BY_NAME[name], texts, taken[name], taken.get(OURS, []))
        for name in names
    ]


def _share(subject: Subject, texts: Sequence[str]) -> list[str]:
    """The subject's part of the texts, spread over them."""
    wanted = max(1, round(len(texts) * subject.share))
    return list(texts[:: len(texts) // wanted])[:wanted]


def _row(subject: Subject, texts: Sequence[str], taken: list[Measurement], ours: list[Measurement]) -> dict[str, Any]:
    words = sum(map(count, _share(subject, texts)))
    speeds = [words / m.cpu for m in taken]
    ratios = [sum(map(count, texts)) / our.cpu / speed for our, speed in zip(ours, speeds, strict=True)] if ours else []
    return {
        "subject": subject.name,
        "does": subject.does,
        "words": words,
        "words_per_second": median(speeds),
        "words_per_second_spread": spread(speeds),
        "words_per_second_wall": median([words / m.seconds for m in taken]),
        "peak_bytes": median([float(m.peak) for m in taken]),
        "start_seconds": median([m.start for m in taken]),
        "rounds": [{"seconds": m.seconds, "cpu": m.cpu, "peak": m.peak, "start": m.start} for m in taken],
        "communique_times_as_fast": median(ratios) if ratios else None,
        "communique_times_as_fast_by_round": ratios,
    }
