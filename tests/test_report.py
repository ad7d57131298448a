"""The page of a file of records: what it holds, that nothing in it turns into markup, and the command."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.cli import main
from communique.records import Record, dumps
from communique.sentences import sentence_spans
from communique.view.payload import Offsets, payload
from communique.view.report import SCRIPTS, policy, report
from hostile import hostile
from made_up import rows

PAGE = files("communique.view") / "page"


class Elements(HTMLParser):
    """The elements of a page with their attributes and, of scripts and styles, what stands in them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self._open = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attrs, before = self.found[-1]
            self.found[-1] = tag, attrs, before + data

    def named(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, data) for name, attrs, data in self.found if name == tag]


def record(row: dict[str, object]) -> Record:
    return Record.model_validate(row)


def page(*rows: dict[str, object], title: str = "Communiqués") -> str:
    return "".join(report(map(record, rows), title))


def texts(elements: Elements) -> list[dict[str, object]]:
    return [json.loads(data) for attrs, data in elements.named("script") if (attrs.get("id") or "").startswith("text-")]


def test_the_page_holds_every_text_and_tells_of_each_before_it_is_read() -> None:
    elements = Elements(page(*rows()))
    assert [text["text"] for text in texts(elements)] == [row["text"] for row in rows()]
    (about,) = [json.loads(data) for attrs, data in elements.named("script") if attrs.get("id") == "about"]
    assert [head["id"] for head in about["texts"]] == [row["id"] for row in rows()]
    assert [head["size"] for head in about["texts"]] == [len(row["text"]) for row in rows()]


def test_places_give_the_words_as_javascript_counts() -> None:
    row = hostile()
    utf16: bytes = row["text"].encode("utf-16-le")

    def words(start: int, end: int) -> str:
        return utf16[2 * start : 2 * end].decode("utf-16-le")

    shown = payload(record(row))
    for kind in ("people", "states", "organizations", "documents"):
        for entry, shown_entry in zip(row[kind], shown[kind], strict=True):
            assert [words(*m[:2]) for m in shown_entry["mentions"]] == [m["text"] for m in entry["mentions"]]
    assert words(*shown["decisions"][0]["trigger"][:2]) == "signed"
    assert words(*shown["decisions"][0]["object"]) == row["decisions"][0]["object"]["text"]
    assert words(*shown["figures"][0]["at"]) == row["figures"][0]["mention"]["text"]
    assert shown["organizations"][0]["mentions"][0][2] == row["organizations"][0]["mentions"][0]["rule"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert Offsets(text)(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(st.text(alphabet='a. \nA"!?é\U0001f54a'))
def test_sentences_hold_all_but_white_space(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(start < end for start, end in spans)
    assert sorted(spans) == spans
    inside = {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in inside)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. A met Bob. They left.\n\nIn May", ["Mr. A met Bob.", "They left.", "In May"]),
        (
            " decided to:\n- build a port;\n(b) buy boats\nfor it.",
            ["decided to:", "- build a port;", "(b) buy boats\nfor it."],
        ),
        ("He said: “We go.” She stayed!", ["He said: “We go.”", "She stayed!"]),
        ("\n \n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_number_that_javascript_cannot_hold_is_told_in_full() -> None:
    assert payload(record(hostile()))["figures"][0]["value"] == str(10**400)


def test_no_string_of_a_text_becomes_markup() -> None:
    mild, wild = Elements(page(*rows()[:1], title="A")), Elements(page(hostile(), title="</title><script>B</script>"))
    assert [tag for tag, _, _ in wild.found] == [tag for tag, _, _ in mild.found]
    assert texts(wild)[0]["text"] == hostile()["text"]
    assert wild.named("title")[0][1] == "</title><script>B</script>"


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_whole(text: str) -> None:
    row = {**rows()[1], "text": text, "states": [], "documents": [], "dates": [], "figures": [], "decisions": []}
    (shown,) = texts(Elements(page(row)))
    assert shown["text"] == text


def test_the_policy_lets_these_scripts_run_and_nothing_else() -> None:
    elements = Elements(page(*rows()))
    (allowed,) = [a["content"] for a, _ in elements.named("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    run = [data for attrs, data in elements.named("script") if attrs.get("type") != "application/json"]
    (style,) = [data for _, data in elements.named("style")]
    assert allowed == policy(run, style)
    assert len(run) == 2
    assert "default-src 'none'" in str(allowed)
    assert "unsafe" not in str(allowed)
    for script in run:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in str(allowed)


def test_nothing_in_the_page_asks_for_another_file() -> None:
    elements = Elements(page(*rows()))
    addresses = [attrs[name] for _, attrs, _ in elements.found for name in ("src", "href") if name in attrs]
    assert {str(address)[:2] for address in addresses} == {"#/", "#m", "da"}
    assert not re.search(r"url\((?!data:)|@import", (PAGE / "style.css").read_text("utf-8"))


def test_our_scripts_make_no_markup_of_strings() -> None:
    for name in SCRIPTS:
        source = (PAGE / name).read_text("utf-8")
        made = re.search(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc", source)
        assert made is None, name


def test_the_library_is_the_one_its_readme_tells_of() -> None:
    readme = (PAGE / "vendor" / "README.md").read_text("utf-8")
    library = (PAGE / "vendor" / "echarts.min.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() in readme
    for name in re.findall(r"`(echarts\.[\w.-]+)`", readme):
        assert (PAGE / "vendor" / name).is_file()


def test_the_same_records_give_the_same_page() -> None:
    assert page(*rows()) == page(*rows())


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{dumps(row)}\n" for row in rows()), "utf-8")
    return path


def test_the_command_writes_the_page(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(out), "--title", "Ferries & seeds"])
    assert (result.exit_code, result.output) == (0, f"{out}: 2 texts\n")
    assert out.read_text("utf-8") == page(*rows(), title="Ferries & seeds")


def test_a_page_that_cannot_be_finished_leaves_the_old_one(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("old", "utf-8")
    records.write_text(f'{dumps(rows()[0])}\n{{"schema": "communique/1", "id": "x"}}\n', "utf-8")
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(out)])
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {records}:2: ")
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.jsonl", "report.html"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no records in this file"), (b"\xff\xfe", "not UTF-8"), (b"[]\n", "not a JSON object")],
)
def test_a_file_that_cannot_be_used(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["report", str(path), "-o", str(tmp_path / "report.html")])
    assert result.exit_code == 1
    assert reason in result.output
    assert not (tmp_path / "report.html").exists()


def test_the_page_never_takes_the_place_of_the_records(records: Path) -> None:
    before = records.read_bytes()
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(records)])
    assert (result.exit_code, records.read_bytes()) == (1, before)
    assert result.output == f"Error: {records}: the page would take the place of the records\n"


def test_a_folder_in_the_place_of_the_page(records: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(tmp_path)])
    assert (result.exit_code, result.output) == (1, f"Error: {tmp_path}: is a directory\n")
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_a_folder_that_is_not_there(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "report.html"
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(out)])
    assert (result.exit_code, result.output) == (1, f"Error: {out}: no such file or directory\n")
