"""`communique link`: files in, files out, whatever the order; and what ids promise."""

from __future__ import annotations

import json
import random
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from communique.linking.files import link, read_entities
from communique.linking.handlinks import compare, read_links
from communique.linking.models import ENTITY, Ambiguity, ambiguity_schema, entity_schema
from communique.records import Record
from linkable import World, body, document, person, record
from made_up import Row, rows

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "outputs" / "records.jsonl"
FILES = ("entities.jsonl", "ambiguous.jsonl")


def run(*args: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, args)), input=given)


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def shipped() -> list[str]:
    return OUTPUT.read_text("utf-8").splitlines()


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in FILES]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entities of the shipped records."""
    folder = tmp_path_factory.mktemp("whole")
    link([OUTPUT], folder)
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_records_and_files_changes_nothing(seed: int, whole: Path, tmp_path: Path) -> None:
    lines = shipped()
    random.Random(seed).shuffle(lines)
    parts = [written(tmp_path / f"{n}.jsonl", lines[n::3]) for n in range(3)]
    link(parts, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(whole)


def test_every_entry_is_in_one_entity_with_the_characters_of_its_text(whole: Path) -> None:
    records = {record.id: record for line in shipped() for record in [Record.model_validate_json(line)]}
    found = [(e.kind, t.text, t.entry) for e in read_entities(whole / FILES[0]) for t in e.texts]
    entries = [
        (kind, id_, entry.id)
        for id_, r in records.items()
        for kind, listed in (("person", r.people), ("organization", r.organizations), ("document", r.documents))
        for entry in listed
    ]
    assert sorted(found) == sorted(entries)
    for entity in read_entities(whole / FILES[0]):
        for sighting in entity.texts:
            text = records[sighting.text].text
            assert all(text[place.start : place.end] == place.text for place in sighting.mentions)


def test_ids_are_unique_and_all_that_are_named_exist(whole: Path) -> None:
    entities = list(read_entities(whole / FILES[0]))
    ids = [id_ for entity in entities for id_ in (entity.id, *entity.other_ids)]
    assert len(ids) == len(set(ids))
    doubts = [Ambiguity.model_validate_json(line) for line in (whole / FILES[1]).read_text("utf-8").splitlines()]
    assert doubts
    assert {id_ for doubt in doubts for id_ in (doubt.id, *doubt.candidates)} <= {entity.id for entity in entities}


def test_an_id_of_fewer_texts_leads_to_an_entity_of_more(whole: Path, tmp_path: Path) -> None:
    fewer = written(tmp_path / "fewer.jsonl", shipped()[::2])
    link([fewer], tmp_path)
    before = {e.id: {(t.text, t.entry) for t in e.texts} for e in read_entities(tmp_path / FILES[0])}
    after = {
        id_: {(t.text, t.entry) for t in e.texts}
        for e in read_entities(whole / FILES[0])
        for id_ in (e.id, *e.other_ids)
    }
    lasting = [id_ for id_ in before if "~" not in id_]
    assert len(lasting) > 100
    assert all(before[id_] <= after[id_] for id_ in lasting)


def test_a_later_text_changes_no_id(tmp_path: Path) -> None:
    president = ("President", "KEN", None)
    early = record("early", "2001-01-01", [person("M. Okello", president)], [body("Ministry of Energy of Kenya")])
    late = record("late", "2002-01-01", [person("Miriam Okello", president)], [body("Kenyan Energy Ministry")])
    ids = [
        {entity.id for entity in World(texts, tmp_path).entities} for texts in ([early], [early, late], [late, early])
    ]
    assert ids[0] == ids[1] == ids[2] == {"person:m-okello.KEN", "organization:ministry-of-energy.KEN"}


def test_an_id_that_is_given_up_is_told(tmp_path: Path) -> None:
    president = ("President", "KEN", None)
    found = World(
        [
            record("t1", "2002-01-01", [person("Miriam Okello", president)]),
            record("t0", "2001-01-01", [person("M. Okello", president)]),
        ],
        tmp_path,
    )
    assert found.person("t1").other_ids == ("person:miriam-okello.KEN",)


def test_what_is_written_fits_the_schemas(whole: Path) -> None:
    for name, schema in zip(FILES, (entity_schema(), ambiguity_schema()), strict=True):
        check = jsonschema.Draft202012Validator(schema)
        lines = (whole / name).read_text("utf-8").splitlines()
        assert [error.message for line in lines for error in check.iter_errors(json.loads(line))] == []


def test_an_entity_is_written_as_its_model_would_be(whole: Path) -> None:
    for line in (whole / FILES[0]).read_text("utf-8").splitlines():
        assert json.loads(line) == ENTITY.validate_json(line).model_dump(mode="json")


@pytest.mark.parametrize("of", ["entity", "ambiguity"])
def test_the_schema_is_the_one_in_docs(of: str) -> None:
    kept = (ROOT / "docs" / f"{of}.schema.json").read_text("utf-8")
    assert kept == run("schema", of).stdout, f"run: communique schema {of} > docs/{of}.schema.json"


def test_gold_records_can_be_linked(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", [json.dumps(row) for row in rows()])
    done = run("link", path, "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{tmp_path / 'out' / FILES[0]}: 8 of 2 texts, 0 in several",
        f"{tmp_path / 'out' / FILES[1]}: 0",
    ]


def test_standard_input(whole: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "in.jsonl", shipped())
    with path.open("rb") as file:
        done = CliRunner().invoke(main, ["link", "-", "-o", str(tmp_path / "out"), "--quiet"], input=file)
    assert (done.exit_code, done.output) == (0, "")
    assert contents(tmp_path / "out") == contents(whole)


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    path = written(tmp_path / "empty.jsonl", [])
    assert run("link", path, "-o", tmp_path).exit_code == 0
    assert contents(tmp_path) == [b"", b""]


BAD = {
    "no file": (None, "no such file or directory"),
    "no JSON": (["nonsense"], "1: not JSON"),
    "no record": (['{"schema": "communique/1", "id": "a"}'], "1: source: Field required"),
}


@pytest.mark.parametrize(("lines", "reason"), BAD.values(), ids=BAD)
def test_what_can_not_be_read_is_told_and_nothing_is_written(
    lines: list[str] | None, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.jsonl"
    if lines is not None:
        written(path, lines)
    done = run("link", path, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {path}:")
    assert reason in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_id_that_two_files_have(tmp_path: Path) -> None:
    one, other = (written(tmp_path / f"{name}.jsonl", [json.dumps(rows()[0])]) for name in "ab")
    done = run("link", one, other, "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (1, f"Error: {other}: id 'forum' stands twice\n")


def test_links_made_by_hand(tmp_path: Path) -> None:
    """Made by reading, by someone who had not seen how entities are joined."""
    link([ROOT / "corpus" / "gold.jsonl"], tmp_path)
    links = read_links(ROOT / "tests" / "data" / "corpus-links.jsonl")
    comparison = compare(links, read_entities(tmp_path / FILES[0]))
    score = comparison.score()
    assert not comparison.missing
    assert score.f1 >= 0.95
    # Most things stand in one text: left all apart they would score as high, but for the pairs.
    assert score.pair_f1 >= 0.95


def test_rules_of_ones_own(tmp_path: Path) -> None:
    rule = {"id": "org.harrow", "examples": ["the [Harrow Club]"], "name": "Harrow Club", "names": ["Harrow Club"],
            "acronyms": ["HAC"], "kind": "forum", "region": "global"}  # fmt: skip
    (tmp_path / "rules").mkdir()
    written(tmp_path / "rules" / "organizations.jsonl", [json.dumps(rule)])
    texts: list[Row] = [record("t1", bodies=[body("Harrow Club")]), record("t2", bodies=[body("HAC", "HAC")])]
    path = written(tmp_path / "records.jsonl", [json.dumps(row) for row in texts])
    assert run("link", path, "-o", tmp_path, "--rules", tmp_path / "rules").exit_code == 0
    assert [e.id for e in read_entities(tmp_path / FILES[0])] == ["organization:harrow"]


def test_hostile_names(tmp_path: Path) -> None:
    odd = ["…", "O'", "(", "a" * 500, "No.", "of the", "UN of", "İİİ", "x-", "-", "1"]
    texts = [
        record(f"t{n}", None, [person(name, ("President", "KEN", None))], [body(name)], [document(name)])
        for n, name in enumerate(odd)
    ]
    found = World(texts, tmp_path)
    assert len(found.entities) == 3 * len(odd)
    assert all(len(entity.id) < 130 for entity in found.entities)
