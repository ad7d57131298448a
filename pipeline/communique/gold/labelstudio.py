"""Records to and from the tasks of Label Studio, an annotation tool (https://labelstud.io/guide/task_format).

A span is a region of the control `label`; a field of it is a result of the same id of the control `LABEL_FIELD`, such
as `document_type`; a link is a relation. What is said of the text as a whole is a result without a region. Offsets
count code points there as here; versions before 1.4 counted UTF-16 units behind characters beyond U+FFFF, which is
seen from the words that each region repeats, and mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from communique.errors import InputError
from communique.gold.labelstudio_config import CHOICES, control
from communique.gold.problems import GoldError
from communique.gold.standoff import FIELDS, WHOLE, Annotation, Standoff, to_standoff
from communique.gold.standoff_reading import from_standoff
from communique.records import Record, Source, dumps

Row = dict[str, Any]
Tell = Callable[[str], object]
_RULE = "rule: "
_CONTROLS = {control(label, name): (label, name) for label, names in FIELDS.items() for name in names}
_WHOLE = {control(name): name for name in WHOLE}


# Writing.


def to_task(record: Record, prediction: bool = False) -> Row:
    """A task with one annotation, or with a prediction that an annotator starts from."""
    told = to_standoff(record)
    result = list(_results(told))
    made: Row = {"model_version": "communique", "result": result} if prediction else {"result": result}
    return {
        "data": {"text": told.text, "id": told.id, "source": told.source},
        "annotations": [] if prediction else [made],
        "predictions": [made] if prediction else [],
    }


def tasks(records: Iterable[Record], prediction: bool = False) -> Iterator[str]:
    """The lines of a file of tasks, one record at a time."""
    lead = "[\n"
    for record in records:
        yield f"{lead}{dumps(to_task(record, prediction))}"
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"


def _results(told: Standoff) -> Iterator[Row]:
    for annotation in told.annotations:
        place = {"start": annotation.start, "end": annotation.end}
        words = told.text[annotation.start : annotation.end]
        region = {**place, "text": words, "labels": [annotation.label]}
        row = _result(annotation.id, "label", "labels", region)
        yield {**row, "meta": {"text": [f"{_RULE}{annotation.rule}"]}} if annotation.rule else row
        for name, values in annotation.fields.items():
            yield _valued(annotation.id, control(annotation.label, name), values, place)
    for name, values in told.fields.items():
        yield _valued(f"text-{control(name)}", control(name), values, {})
    for annotation in told.annotations:
        for name, target in annotation.links:
            yield {"from_id": annotation.id, "to_id": target, "type": "relation", "direction": "right",
                   "labels": [name]}  # fmt: skip


def _valued(id_: str, name: str, values: list[str], place: Row) -> Row:
    if name in CHOICES:
        return _result(id_, name, "choices", {**place, "choices": values})
    return _result(id_, name, "textarea", {**place, "text": values})


def _result(id_: str, name: str, kind: str, value: Row) -> Row:
    return {"id": id_, "from_name": name, "to_name": "text", "type": kind, "origin": "manual", "value": value}


# Reading.


def from_tasks(path: Path, annotator: str | None = None, tell: Tell = print) -> Iterator[Record | InputError]:
    """The record of each task of an exported file (JSON), or what is wrong with it, in the file's order.

    Of several annotations of a task that of the annotator is taken, who is given by number or by mail address. A task
    that nobody has annotated, and what has no place in a record, are told. Raises `InputError` for a file that holds
    no tasks.
    """
    for number, task in enumerate(_tasks(path), 1):
        where = str(path)
        try:
            if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
                raise InputError(path, f"task {number} has no data")
            where = str(task["data"].get("id") or f"task-{task.get('id', number)}")
            result = _chosen(task, annotator, where)
            if result is None:
                tell(f"{where}: not annotated, left out")
                continue
            yield from_standoff(_standoff(task["data"], result, where, tell))
        except InputError as e:
            yield e
        except (KeyError, TypeError, AttributeError, ValueError) as e:
            yield InputError(where, f"not as Label Studio writes it: {type(e).__name__} {e}")


def _tasks(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_text("utf-8-sig"))
    except OSError as e:
        raise InputError.of(path, e) from None
    except UnicodeDecodeError:
        raise InputError(path, "not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as e:
        raise InputError(path, f"not JSON: {e}") from None
    if not isinstance(rows, list):
        raise InputError(path, "holds no list of tasks")
    if rows and isinstance(rows[0], dict) and "data" not in rows[0]:
        raise InputError(path, "the tasks have no data: export them from Label Studio as JSON, not as JSON_MIN")
    return rows


def _chosen(task: Row, annotator: str | None, where: str) -> list[Row] | None:
    """The results of the annotation that is meant."""
    made = [row for row in task.get("annotations") or () if not row.get("was_cancelled")]
    if annotator is not None:
        made = [row for row in made if annotator in _names(row)]
    if len(made) > 1:
        told = ", ".join(sorted({_names(row)[-1] for row in made}))
        raise InputError(where, f"{len(made)} annotations; say whose is meant with --annotator ({told})")
    found: list[Row] | None = made[0]["result"] if made else None
    return found


def _names(row: Row) -> list[str]:
    """What an annotator can be called by."""
    by = row.get("completed_by")
    if isinstance(by, dict):
        return [str(by[key]) for key in ("id", "email") if by.get(key) is not None] or ["unknown"]
    return ["unknown" if by is None else str(by)]


def _standoff(data: Row, result: list[Row], where: str, tell: Tell) -> Standoff:
    source: Row = {name: (data.get("source") or {}).get(name) for name in Source.model_fields}
    told = Standoff(where, source, str(data["text"]))
    regions = {row["id"]: row for row in result if row.get("from_name") == "label"}
    for row in regions.values():
        told.annotations.append(_region(told.text, row))
    spans = {annotation.id: annotation for annotation in told.annotations}
    problems: list[InputError] = []
    for annotation in told.annotations:
        words = regions[annotation.id]["value"].get("text")
        if words is not None and words != told.text[annotation.start : annotation.end]:
            has = told.text[annotation.start : annotation.end]
            reason = f"region {annotation.id} at {annotation.start} is {words!r}, but the text has {has!r}"
            problems.append(InputError(where, reason))
    if problems:
        raise GoldError(problems)
    for row in result:
        if row.get("type") == "relation":
            _relate(spans, row, where, tell)
        elif row.get("from_name") != "label":
            _value(told, spans, row, where, tell)
    return told


def _region(text: str, row: Row) -> Annotation:
    value = row["value"]
    [label] = value["labels"]
    start, end = int(value["start"]), int(value["end"])
    words = value.get("text")
    if isinstance(words, str) and text[start:end] != words:
        units = text.encode("utf-16-le", "surrogatepass")
        if units[2 * start : 2 * end] == words.encode("utf-16-le", "surrogatepass"):
            start = len(units[: 2 * start].decode("utf-16-le"))
            end = start + len(words)
    notes = (row.get("meta") or {}).get("text") or ()
    rule = next((note.removeprefix(_RULE) for note in notes if note.startswith(_RULE)), None)
    return Annotation(str(row["id"]), label, start, end, rule=rule)


def _relate(spans: dict[str, Annotation], row: Row, where: str, tell: Tell) -> None:
    names = row.get("labels") or []
    one, other = spans.get(row["from_id"]), spans.get(row["to_id"])
    if one is None or other is None or len(names) != 1:
        tell(f"{where}: the relation {row['from_id']} to {row['to_id']} has no label, or several; left out")
        return
    one.links.append((names[0], other.id))


def _value(told: Standoff, spans: dict[str, Annotation], row: Row, where: str, tell: Tell) -> None:
    name = row.get("from_name")
    values = row["value"].get("choices" if row["type"] == "choices" else "text")
    values = [values] if isinstance(values, str) else values
    if name in _WHOLE and values:
        told.fields[_WHOLE[name]] = [str(value) for value in values]
    elif name in _CONTROLS and row["id"] in spans and values:
        label, field = _CONTROLS[name]
        if spans[row["id"]].label == label:  # a region that was relabelled may keep values of its old label
            spans[row["id"]].fields[field] = [str(value) for value in values]
    elif values is None or name not in _CONTROLS:
        tell(f"{where}: {name}: a record has no place for it; left out")
