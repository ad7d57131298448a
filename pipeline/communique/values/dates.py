"""Calendar values as EDTF (ISO 8601-2) and durations as ISO 8601, from numbers alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

_CLOSE = timedelta(days=3)
"""How near a date without a year must be to the reference to be taken for its neighbour, whatever the tense."""
_MONTHS_IN_YEAR = 12


def day(year: int, month: int, number: int) -> str | None:
    """A calendar day, or None if there is no such day."""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def unordered(year: int, first: int, second: int, dotted: bool = False) -> str | None:
    """The day of which `first` and `second` are day and month; None where either could be the month.

    Dates with points have the day first.
    """
    if dotted or first > _MONTHS_IN_YEAR or first == second:
        return day(year, second, first)
    return day(year, first, second) if second > _MONTHS_IN_YEAR else None


def month(year: int, number: int) -> str:
    """A month of a year."""
    return f"{year:04d}-{number:02d}"


def century(number: int) -> str:
    """The century of a number: 21 → `20XX`."""
    return f"{number - 1:02d}XX"


def interval(start: str | None, end: str | None) -> str | None:
    """From a date to a date; None unless both are known and in order."""
    return f"{start}/{end}" if start and end and start <= end else None


def are_adjacent(first: str | None, second: str | None) -> bool:
    """Whether the second day is the next after the first."""
    a, b = parse_day(first), parse_day(second)
    return a is not None and b is not None and b - a == timedelta(days=1)


def duration(number: int | Decimal, unit: str) -> str | None:
    """ISO 8601 of a count of units: `Y`, `Mo`, `W`, `D`, `H`, `M`, `S`, with a factor as in `Y10`.

    Half years are told in months, half hours in minutes; None for what would be no whole number of either.
    """
    letters = unit.rstrip("0123456789")
    count = Decimal(number) * int(unit[len(letters) :] or 1)
    whole, rest = int(count), count - int(count)
    if letters in ("H", "M", "S"):
        return _two_parts("PT", whole, letters, rest * 60, {"H": "M", "M": "S"}.get(letters))
    if letters == "Y":
        return _two_parts("P", whole, "Y", rest * _MONTHS_IN_YEAR, "M")
    return _two_parts("P", whole, "M" if letters == "Mo" else letters, rest, None)


def _two_parts(prefix: str, whole: int, letter: str, rest: Decimal, smaller: str | None) -> str | None:
    if not rest:
        return f"{prefix}{whole}{letter}"
    if smaller is None or rest != int(rest):
        return None
    return f"{prefix}{f'{whole}{letter}' if whole else ''}{int(rest)}{smaller}"


def parse_day(value: str | None) -> date | None:
    """The day of an ISO date, or None for anything else."""
    try:
        return date.fromisoformat(value) if value and len(value) == 10 and value[7] == "-" else None
    except ValueError:
        return None


def shifted_day(reference: date, days: int) -> str | None:
    """The day some days from a day; None outside the calendar."""
    try:
        return (reference + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def shifted_month(reference: date, months: int) -> str | None:
    """The month some months from a day; None outside the calendar."""
    index = reference.year * _MONTHS_IN_YEAR + reference.month - 1 + months
    return month(index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1) if index >= _MONTHS_IN_YEAR else None


def week(reference: date, weeks: int) -> str | None:
    """The week, Monday to Sunday, some weeks from a day."""
    monday = -reference.weekday() + 7 * weeks
    return interval(shifted_day(reference, monday), shifted_day(reference, monday + 6))


def weekend(reference: date, weeks: int) -> str | None:
    """The weekend of the week some weeks from a day."""
    saturday = 5 - reference.weekday() + 7 * weeks
    return interval(shifted_day(reference, saturday), shifted_day(reference, saturday + 1))


def weekday(reference: date, number: int, direction: int) -> str | None:
    """A weekday (1 Monday … 7 Sunday) seen from a day.

    With `direction` -1 the last on or before the day, with 1 the next after it, with 0 the nearer of the two.
    """
    ahead = (number - 1 - reference.weekday()) % 7
    if direction < 0 or (not direction and ahead in (0, 4, 5, 6)):
        return shifted_day(reference, ahead - 7 if ahead else 0)
    return shifted_day(reference, ahead or 7)


def nearest_on_weekday(value: str | None, number: int) -> str | None:
    """The day in the same, the last or the next year that falls on a weekday; as it is where none does."""
    guess = parse_day(value)
    if guess is None or guess.isoweekday() == number:
        return value
    for year in (guess.year + 1, guess.year - 1):
        other = parse_day(day(year, guess.month, guess.day))
        if other is not None and other.isoweekday() == number:
            return other.isoformat()
    return value


def month_from(reference: date, number: int, step: int) -> str:
    """The last (`step` -1), this year's (0) or next (1) month of a number, seen from a day."""
    year = reference.year
    if step < 0 and number >= reference.month:
        year -= 1
    elif step > 0 and number <= reference.month:
        year += 1
    return month(year, number)


def stepped(reference: date, unit: str, step: int) -> str | None:
    """The unit of time some steps from the one a day lies in: `Y`, `Mo`, `W`, `WE`, `Q`, `D`, `Y10`, `Y100`."""
    year = reference.year
    if unit == "Mo":
        return shifted_month(reference, step)
    if unit == "W":
        return week(reference, step)
    if unit == "WE":
        return weekend(reference, step)
    if unit == "D":
        return shifted_day(reference, step)
    if unit == "Q":
        quarter = (reference.month - 1) // 3 + step
        return f"{year + quarter // 4:04d}-{33 + quarter % 4}"
    if unit == "Y10":
        return f"{year // 10 + step:03d}X"
    if unit == "Y100":
        return f"{year // 100 + step:02d}XX"
    return f"{year + step:04d}" if unit == "Y" else None


def ago(reference: date, number: int | Decimal, unit: str) -> str | None:
    """The day, week, month or year that lies a number of units before a day, as exact as the unit is."""
    letters = unit.rstrip("0123456789")
    count = Decimal(number) * int(unit[len(letters) :] or 1)
    if count != int(count) or count > reference.year * 366:
        return None
    whole = int(count)
    if letters == "D":
        return shifted_day(reference, -whole)
    if letters == "W":
        return week(reference, -whole)
    if letters == "Mo":
        return shifted_month(reference, -whole)
    return f"{reference.year - whole:04d}" if letters == "Y" and whole < reference.year else None


def year_for(reference: date, month_number: int, number: int | None, tense: int) -> int:
    """The year of a day or month without one: by tense (-1 past, 1 to come), else the nearest to the reference.

    What lies within three days of the reference is its neighbour in any tense.
    """
    at = min(number or 15, 28)
    years = (y for y in (reference.year - 1, reference.year, reference.year + 1) if 1 <= y <= 9999)
    candidates = [date(year, month_number, at) for year in years]
    nearest = min(candidates, key=lambda d: abs(d - reference))
    if number is None and nearest.month == reference.month and nearest.year == reference.year:
        return nearest.year
    slack = timedelta(0) if number is None else _CLOSE
    if tense < 0:
        return max((d for d in candidates if d <= reference + slack), default=nearest).year
    if tense > 0:
        return min((d for d in candidates if d >= reference - slack), default=nearest).year
    return nearest.year
