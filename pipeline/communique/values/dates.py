"""Calendar values as EDTF (ISO 8601-2) and durations as ISO 8601, from numbers alone."""

from __future__ import annotations

from datetime import date, timedelta

Unit = str


def day(year: int, month: int, number: int) -> str | None:
    """A calendar day, or None if there is no such day."""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def month(year: int, number: int) -> str:
    """A month of a year."""
    return f"{year:04d}-{number:02d}"


def interval(start: str | None, end: str | None) -> str | None:
    """From a date to a date; None unless both are known and in order."""
    return f"{start}/{end}" if start and end and start <= end else None


def duration(number: int, unit: str) -> str | None:
    """ISO 8601 of a count of units: `Y`, `Mo`, `W`, `D`, `H`, `M`, `S`, with a factor as in `Y10`."""
    letters = unit.rstrip("0123456789")
    number *= int(unit[len(letters) :] or 1)
    if letters in ("H", "M", "S"):
        return f"PT{number}{letters}"
    return f"P{number}{'M' if letters == 'Mo' else letters}"


def parse_day(value: str | None) -> date | None:
    """The day of an ISO date, or None for anything else."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def shifted_month(reference: date, months: int) -> str:
    """The month some months from a day."""
    index = reference.year * 12 + reference.month - 1 + months
    return month(index // 12, index % 12 + 1)


def week(reference: date, weeks: int) -> str:
    """The week, Monday to Sunday, some weeks from a day."""
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=weeks)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def weekend(reference: date, weeks: int) -> str:
    """The weekend of the week some weeks from a day."""
    saturday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=weeks, days=5)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def weekday(reference: date, number: int, direction: int) -> str:
    """The nearest weekday (1 Monday … 7 Sunday) on or before a day (`direction` -1), or after it (1)."""
    ahead = (number - 1 - reference.weekday()) % 7
    if direction < 0:
        return (reference - timedelta(days=(7 - ahead) % 7)).isoformat()
    return (reference + timedelta(days=ahead or 7)).isoformat()


def year_for(reference: date, month_number: int, number: int | None, tense: int) -> int:
    """The year of a day or month without one: by tense (-1 past, 1 to come), else the nearest to the reference."""
    at = number or 15
    candidates = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            candidates.append(date(year, month_number, min(at, 28)))
        except ValueError:  # pragma: no cover - month numbers come from the rules
            continue
    slack = timedelta(days=31 if number is None else 0)
    if tense < 0 and (past := [d for d in candidates if d <= reference + slack]):
        return past[-1].year
    if tense > 0 and (coming := [d for d in candidates if d >= reference - slack]):
        return coming[0].year
    return min(candidates, key=lambda d: abs((d - reference).days)).year
