"""The dates a record can hold: EDTF (ISO 8601-2) as far as records use it, and ISO 8601 durations.

A date is `2024-05-17`, `2024-05` or `2024`; a decade `202X`, a century `20XX`; a season `2024-21` to
`2024-24`, a quarter `2024-33` to `2024-36`, a half `2024-40` or `2024-41`. An interval joins two of them by a
slash; `..` is an open end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

# The months from which and to which each part of a year runs. A season is placed as in the northern
# hemisphere, winter at the year's end: only the order of the ends of an interval depends on it.
_PARTS: dict[int, tuple[int, int]] = {
    **{month: (month, month) for month in range(1, 13)},
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (12, 12),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    40: (1, 6),
    41: (7, 12),
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{2}XX|\d{3}X)", re.ASCII)
_DURATION = re.compile(
    r"P(?=[\dT])(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?",
    re.ASCII,
)
_OPEN = ".."

Day = tuple[int, int, int]


def is_edtf(value: str) -> bool:
    """Whether the string is a date or an interval; an interval must not end before it starts."""
    return _is_interval(value) if "/" in value else bounds(value) is not None


def is_duration(value: str) -> bool:
    """Whether the string is an ISO 8601 duration: `P5Y`, `P18M`, `P2W`, `PT8H`."""
    return _DURATION.fullmatch(value) is not None


def is_day(value: str) -> bool:
    """Whether the string is a date to the day."""
    return len(value) == 10 and bounds(value) is not None


@lru_cache(maxsize=4096)
def bounds(value: str) -> tuple[Day, Day] | None:
    """First and last day of a date that is no interval; None for what is no such date."""
    found = _DATE.fullmatch(value)
    if not found:
        return None
    if found[4]:
        return (int(value.replace("X", "0")), 1, 1), (int(value.replace("X", "9")), 12, 31)
    year = int(found[1])
    if not found[2]:
        return (year, 1, 1), (year, 12, 31)
    part = int(found[2])
    if part not in _PARTS:
        return None
    if found[3]:
        day = int(found[3])
        return ((year, part, day),) * 2 if part <= 12 and 1 <= day <= _days(year, part) else None
    first, last = _PARTS[part]
    return (year, first, 1), (year, last, _days(year, last))


def days(value: str) -> tuple[Day | None, Day | None]:
    """First and last day of a date or an interval; None for an open end, and both None for anything else."""
    first, slash, last = value.partition("/")
    start, end = bounds(first), bounds(last if slash else first)
    return start and start[0], end and end[1]


def _is_interval(value: str) -> bool:
    first, _, last = value.partition("/")
    if first == _OPEN or last == _OPEN:
        return bounds(first if last == _OPEN else last) is not None
    start, end = bounds(first), bounds(last)
    return start is not None and end is not None and start[0] <= end[1]


def _days(year: int, month: int) -> int:
    # The calendar module has no year 0, which ISO 8601 has and which is a leap year like 2000.
    return monthrange(year or 2000, month)[1]
