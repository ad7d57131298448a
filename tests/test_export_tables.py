"""The flat tables: what they hold, that their keys join, and that each library reads them back."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from communique.export.columns import Value, edtf_values
from communique.export.item import Item
from communique.export.tables import TABLES, references
from communique.records import Record
from exporting import made, renamed, run, sourced, two, written
from made_up import Row, forum, visit

_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": date}
_DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
NAMED = ("people", "states", "organizations", "documents")
NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def dataset(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the corpus as each form of tables."""
    place = tmp_path_factory.mktemp("tables")
    for form in ("parquet", "csv", "duckdb"):
        made(root / "outputs" / "records.jsonl", "--to", form, "-o", place / form, "--include-texts")
    return place


def rows_of(name: str, records: list[Record]) -> list[tuple[Value, ...]]:
    table = next(table for table in TABLES if table.name == name)
    return [row for record in records for row in table.rows(Item(record))]


def test_there_are_the_tables_that_are_promised() -> None:
    assert NAMES == [
        "texts",
        "meetings",
        "participants",
        "people",
        "roles",
        "states",
        "organizations",
        "documents",
        "document_parties",
        "dates",
        "figures",
        "decisions",
        "decision_actors",
        "decision_documents",
        "mentions",
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_type_and_a_description_and_its_values_keep_to_them(
    table: Any, corpus: list[Record]
) -> None:
    assert table.description
    for column in table.columns:
        assert re.fullmatch(r"\S.*[.…]", column.description), column
    keys = set()
    for record in corpus:
        for row in table.rows(Item(record)):
            assert len(row) == len(table.columns)
            for column, value in zip(table.columns, row, strict=True):
                assert value is not None or column.nullable, column
                assert value is None or isinstance(value, _TYPES[column.type]) or column.type == "number", column
                assert value is None or not column.values or value in column.values, column
            named = dict(zip((column.name for column in table.columns), row, strict=True))
            key = tuple(named[name] for name in table.key)
            assert key not in keys
            keys.add(key)
    assert keys


def test_nothing_of_a_record_is_missing(corpus: list[Record]) -> None:
    for name in (*NAMED, "dates", "figures", "decisions"):
        assert len(rows_of(name, corpus)) == sum(len(getattr(record, name)) for record in corpus)
    rows = [record.to_dict() for record in corpus]
    named = [entry for row in rows for kind in NAMED for entry in row[kind]]
    others = [entry for row in rows for kind in ("dates", "figures", "decisions") for entry in row[kind]]
    assert len(rows_of("mentions", corpus)) == sum(len(entry["mentions"]) for entry in named) + len(others)


def test_rows() -> None:
    record = [Record.model_validate(forum())]
    assert rows_of("meetings", record) == [
        ("forum", "Highland Forum", "2019-03-12", date(2019, 3, 12), date(2019, 3, 12), "Windhoek", None)
    ]
    assert rows_of("participants", record) == [("forum", 1, "person", "p1"), ("forum", 2, "person", "p2")]
    assert rows_of("roles", record)[1] == ("forum", "p2", 1, "Minister", "TZA", None, None, None, None, None)
    assert rows_of("document_parties", record) == [
        ("forum", "d1", 1, "state", "TZA"),
        ("forum", "d1", 2, "state", "NAM"),
    ]
    assert rows_of("decision_documents", record) == [("forum", "a1", "d1"), ("forum", "a5", "d2")]
    assert [row[:5] + row[7:] for row in rows_of("decision_actors", record) if row[1] in ("a1", "a4")] == [
        ("forum", "a1", 1, "actor", 1, "Paulo Lusinde", "person", "p2"),
        ("forum", "a1", 2, "actor", 2, "Amupolo", "person", "p1"),
        ("forum", "a4", 1, "actor", 1, "Amupolo", "person", "p1"),
        ("forum", "a4", 2, "recipient", 1, "the African Seed Union", "organization", "o3"),
    ]


def test_words_that_stand_for_nobody_known_are_a_row_without_a_party() -> None:
    row = forum()
    row["decisions"][4]["actors"][0]["ids"] = []
    rows = rows_of("decision_actors", [Record.model_validate(row)])
    assert rows[-1][-2:] == (None, None)


def test_an_organization_of_a_role_is_led_to() -> None:
    row = forum()
    row["people"][1]["roles"][0].update(state=None, organization="Highland Forum")
    assert rows_of("roles", [Record.model_validate(row)])[1][4:7] == (None, "Highland Forum", "o2")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-05-17", date(2024, 5, 17), date(2024, 5, 17)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("2019/2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("../2030", None, date(2030, 12, 31)),
        ("2024-35/..", date(2024, 7, 1), None),
        ("0000", None, None),
        ("P5Y", None, None),
        (None, None, None),
    ],
)
def test_first_and_last_day(value: str | None, first: date | None, last: date | None) -> None:
    assert edtf_values(value) == (value, first, last)


@pytest.mark.parametrize("name", NAMES)
def test_parquet(dataset: Path, corpus: list[Record], name: str) -> None:
    table = pq.read_table(dataset / "parquet" / f"{name}.parquet")
    expected = rows_of(name, corpus)
    assert [tuple(row.values()) for row in table.to_pylist()] == expected
    declared = next(one for one in TABLES if one.name == name)
    about = table.schema.metadata or {}
    assert about[b"description"].decode() == declared.description
    for field, column in zip(table.schema, declared.columns, strict=True):
        assert (field.name, field.nullable) == (column.name, column.nullable)
        assert (field.metadata or {})[b"description"].decode() == column.description


@pytest.mark.parametrize("name", NAMES)
def test_csv(dataset: Path, corpus: list[Record], name: str) -> None:
    with (dataset / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == [column.name for column in next(one for one in TABLES if one.name == name).columns]
    assert rows == [["" if value is None else str(value) for value in row] for row in rows_of(name, corpus)]


@pytest.mark.parametrize("name", NAMES)
def test_duckdb(dataset: Path, corpus: list[Record], name: str) -> None:
    declared = next(one for one in TABLES if one.name == name)
    with duckdb.connect(dataset / "duckdb" / "communique.duckdb", read_only=True) as database:
        rows = database.execute(f"SELECT * FROM {name}").fetchall()
        columns = database.execute(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name = ? "
            "ORDER BY column_index",
            [name],
        ).fetchall()
        (about,) = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall()
    assert rows == rows_of(name, corpus)
    assert columns == [(c.name, _DUCKDB[c.type], c.nullable, c.description) for c in declared.columns]
    assert about == (f"{declared.description} Key: {', '.join(declared.key)}.",)


def test_keys_join(dataset: Path) -> None:
    parties = {"person": ("people", "person_id"), "organization": ("organizations", "organization_id")}
    pairs = [
        (one, f"one.{column} = two.{name}", other, f"one.{column} IS NOT NULL")
        for one, column, other, name in references()
    ]
    for table, party in (("participants", "participant"), ("document_parties", "party"), ("decision_actors", "party")):
        for kind, (other, name) in parties.items():
            pairs.append((table, f"one.{party}_id = two.{name}", other, f"one.{party}_kind = '{kind}'"))
    kinds = {kind: (f"{kind}s", f"{kind}_id") for kind in ("state", "document", "date", "figure", "decision")}
    for kind, (other, name) in {**parties, **kinds}.items():
        pairs.append(("mentions", f"one.entry_id = two.{name}", other, f"one.kind = '{kind}'"))
    with duckdb.connect(dataset / "duckdb" / "communique.duckdb", read_only=True) as database:
        for one, condition, other, where in pairs:
            found = database.execute(
                f"SELECT count(*), count(two.text_id) FROM {one} AS one LEFT JOIN {other} AS two "
                f"ON one.text_id = two.text_id AND {condition} WHERE {where}"
            ).fetchone()
            assert found is not None
            assert found[0] == found[1], (one, condition)
            assert found[0] > 0 or (one, other) == ("document_parties", "people"), (one, condition)


def test_the_characters_of_a_text_go_through(tmp_path: Path) -> None:
    words = 'a "quoted", comma;\ttab\r\nline\u2028 𝔘 é \0 =1+1 '
    row = sourced(visit(), rights="MIT")
    records = written(tmp_path / "records.jsonl", [{**row, "text": row["text"] + words}])
    for form in ("parquet", "csv", "duckdb"):
        made(records, "--to", form, "-o", tmp_path / form)
    with (tmp_path / "csv" / "texts.csv").open(encoding="utf-8", newline="") as file:
        in_csv = list(csv.reader(file))[1][-1]
    with duckdb.connect(tmp_path / "duckdb" / "communique.duckdb", read_only=True) as database:
        ((in_duckdb,),) = database.execute("SELECT text FROM texts").fetchall()
    in_parquet = pq.read_table(tmp_path / "parquet" / "texts.parquet")["text"][0].as_py()
    assert {in_csv, in_duckdb, in_parquet} == {row["text"] + words}


def test_many_rows_are_written_in_several_goes(tmp_path: Path) -> None:
    rows = [renamed(row, f"{n}") for n, row in enumerate([forum()] * 600)]
    made(written(tmp_path / "records.jsonl", rows), "--to", "parquet", "-o", tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "mentions.parquet")
    assert file.metadata.num_row_groups > 1
    table = file.read()
    expected = rows_of("mentions", [Record.model_validate(row) for row in rows])
    assert [tuple(row.values()) for row in table.to_pylist()] == expected


QUERIES = re.findall(
    r"^### (.+?)\n\n```sql\n(.+?)^```$",
    (Path(__file__).parents[1] / "docs" / "datasets.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "Treaties by party and year": [("NAM", 2019, 1), ("NRU", 2022, 1), ("PLW", 2021, 1), ("TZA", 2019, 1)],
    "Who met whom, where": [("Johanna Amupolo", "Paulo Lusinde", "Windhoek", "2019-03-12")],
    "What was proposed and later signed or adopted": [("Charter of the Highlands", "2019-03-12", "2022-01", "adopted")],
    "Who pledged how much": [("Nauru", "NRU", 40.0, None, "boat", "40 boats", "visits/ferry")],
    "The offices of a person over time": [
        ("Johanna Amupolo", "President", "NAM", date(2019, 3, 12), date(2022, 1, 31)),
        ("Paulo Lusinde", "Minister", "TZA", date(2019, 3, 12), date(2022, 1, 31)),
    ],
}


def later() -> Row:
    """The forum again, three years on, without its meeting: the charter is adopted, the protocol has another party."""
    row = renamed(forum(), "later", published="2022-01")
    row["meeting"] = None
    row["documents"][0].update(date="2022", parties=["NRU"])
    row["documents"][1].update(status="adopted")
    return row


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("queries")
    records = written(place / "records.jsonl", [*two(), later()])
    made(records, "--to", "duckdb", "-o", place / "out")
    return place / "out" / "communique.duckdb"


def test_there_are_five_queries_and_more() -> None:
    assert [title for title, _ in QUERIES] == list(EXPECTED)
    assert len(QUERIES) >= 5


@pytest.mark.parametrize(("title", "query"), QUERIES, ids=[title for title, _ in QUERIES])
def test_the_queries_of_the_documentation(database: Path, dataset: Path, title: str, query: str) -> None:
    with duckdb.connect(database, read_only=True) as one:
        assert one.execute(query).fetchall() == EXPECTED[title]
    with duckdb.connect(dataset / "duckdb" / "communique.duckdb", read_only=True) as other:
        other.execute(query)


def test_a_number_that_no_double_holds_is_refused(tmp_path: Path) -> None:
    for value in (2**53 + 1, 10**400):
        row = forum()
        row["figures"][0]["value"] = value
        result = run(written(tmp_path / "r.jsonl", [row, visit()]), "--to", "csv", "-o", tmp_path / "out")
        assert result.exit_code == 1
        assert result.stderr == f"Error: {tmp_path}/r.jsonl:1: figures: {value} can't be held exactly\n"
        assert result.stdout.startswith(f"{tmp_path}/out: 1 text")
