"""The documentation's site: it builds, tells what the code tells, asks nobody for anything, and can be read.

Run with `make docs`, which installs what it needs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
import pytest

from chromium import WIDTHS, launched
from communique.cli import main as cli
from communique.records import Record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.docs

FEW = ("index", "tutorial", "records", "cli", "api", "accuracy", "notebooks/records")


def built(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = built(root, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


class Reading(HTMLParser):
    """The words of a page, its links, and what a browser would load for it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words = ""
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(page.read_text("utf-8"))
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "link" and told.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(told["href"])
        elif "src" in told:
            self.loads.append(told["src"])

    def handle_data(self, data: str) -> None:
        self.words += data


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 12
    for page in pages:
        loads = Reading(page).loads
        assert loads
        assert [load for load in loads if urlsplit(load).netloc] == [], page
    styles = [style.read_text("utf-8") for style in site.rglob("*.css")]
    assert [found for style in styles for found in re.findall(r"url\([\"']?https?:[^)]+\)|@import[^;]+", style)] == []


def test_every_page_of_docs_is_in_the_menu(root: Path, site: Path) -> None:
    menu = set(Reading(site / "index.html").links)
    pages = {f"{page.stem}.html" for page in (root / "docs").glob("*.md")}
    assert pages - menu == set()
    assert {"contributing.html", "corpus.html", "changelog.html", "notebooks/records.html"} <= menu


def test_links_between_files_of_the_project_lead_to_pages(site: Path) -> None:
    assert "start.html" in Reading(site / "index.html").links
    assert "contributing.html#add-a-rule" in Reading(site / "start.html").links
    assert not [link for page in site.rglob("*.html") for link in Reading(page).links if link.endswith(".md")]


def test_the_record_format_tells_every_field(site: Path) -> None:
    words = Reading(site / "records.html").words
    schema = Record.json_schema()
    for model in (schema, *schema["$defs"].values()):
        for field in model["properties"].values():
            assert " ".join(field.get("description", "").replace("`", "").split()) in words


def commands(command: click.Command, path: str = "communique") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def test_the_command_line_is_told_whole(site: Path) -> None:
    words = Reading(site / "cli.html").words
    for path, command in commands(cli):
        assert f"{path} ¶" in words or f"{path}¶" in words
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[-1] in words, (path, option.opts)


def test_the_figures_of_accuracy_are_those_that_evaluate_measures(root: Path, site: Path) -> None:
    files = (str(root / "corpus" / "gold.jsonl"), str(root / "outputs" / "records.jsonl"))
    command = [sys.executable, "-m", "communique", "evaluate", *files, "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    words = Reading(site / "accuracy.html").words
    for row in ("people", "decisions", "actor ids"):
        cell = scores[f"{row}.record"]
        shown = f"{row} {cell['gold']} {cell['predicted']} {cell['p']:.2f} {cell['r']:.2f} {cell['f1']:.2f}"
        assert shown in words


def test_the_api_is_told(site: Path) -> None:
    page = (site / "api.html").read_text("utf-8")
    for name in ("language.load", "language.extract", "records.Record.to_dict", "export.dataset.export"):
        assert f'id="communique.{name}"' in page


def test_the_notebook_was_run(site: Path) -> None:
    words = Reading(site / "notebooks" / "records.html").words
    assert "sign taken | the Protocol on Seed Banks" in words


@pytest.mark.slow
def test_a_notebook_that_fails_stops_the_build(tmp_path: Path) -> None:
    from nbclient.exceptions import CellExecutionError

    from made.notebooks import executed

    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "1 / 0",
    }
    notebook = {"cells": [{**cell, "execution_count": None}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "bad.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        executed(tmp_path / "bad.ipynb")


def test_the_tutorials_figure_counts_every_decision(root: Path, tmp_path: Path) -> None:
    import pandas as pd
    from matplotlib.patches import Rectangle

    from tutorial.decisions import counted, draw

    records = [json.loads(line) for line in (root / "outputs" / "records.jsonl").read_text("utf-8").splitlines()]
    told = [(decision["act"], decision["status"]) for record in records for decision in record["decisions"]]
    counts = counted(pd.DataFrame(told, columns=["act", "status"]))
    assert Counter({(act, status): counts.at[act, status] for act in counts.index for status in counts}) == Counter(
        told
    )
    [axes] = draw(counts, len(records)).axes
    bars = [bar for bar in axes.patches if isinstance(bar, Rectangle)]
    assert sum(bar.get_width() for bar in bars) == len(told)
    assert axes.get_xlabel() == f"decisions in {len(records)} texts (n = {len(told)})"


def test_the_tutorials_figure_is_on_its_page(site: Path) -> None:
    picture = site / "tutorial" / "decisions.svg"
    assert "tutorial/decisions.svg" in Reading(site / "tutorial.html").loads
    assert picture.read_text("utf-8").count("<path") > 20


def test_the_same_tables_give_the_same_figure() -> None:
    from made.figure import drawn

    assert drawn() == drawn()


def test_a_menu_fits_the_pages_there_are() -> None:
    from made.hooks import fitted

    menu = [{"Start": [{"One": "one.md"}, {"Two": "two.md"}]}]
    assert fitted(menu, {"one.md", "two.md"}) == menu
    assert fitted(menu, {"one.md"}) == [{"Start": [{"One": "one.md"}]}]
    assert fitted(menu, {"one.md", "two.md", "three.md"}) == [*menu, {"More": ["three.md"]}]


@pytest.mark.parametrize(
    ("text", "source", "page", "moved"),
    [
        ("[a](docs/start.md#one)", "README.md", "index.md", "[a](start.md#one)"),
        ("[a](CONTRIBUTING.md)", "README.md", "index.md", "[a](contributing.md)"),
        ("[a](../CONTRIBUTING.md#add-a-rule)", "docs/start.md", "start.md", "[a](contributing.md#add-a-rule)"),
        ("[a](rules/en)", "README.md", "index.md", "a"),
        ("[a](https://spacy.io)", "README.md", "index.md", "[a](https://spacy.io)"),
        ("[a](#here) f[x](y)", "README.md", "index.md", "[a](#here) f[x](y)"),
    ],
)
def test_links(text: str, source: str, page: str, moved: str) -> None:
    from made import links

    assert links.moved(text, source, page) == moved


class Tab:
    """A page in the browser, and what it complained of and asked for."""

    def __init__(self, browser: Browser, width: str, dark: bool) -> None:
        wide, high = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": wide, "height": high}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_can_be_read(browser: Browser, address: str, width: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = Tab(browser, width, dark)
    for name in FEW:
        tab.page.goto(f"{address}{name}.html", wait_until="load")
        assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        found = Axe().run(tab.page).response["violations"]
        told = [(v["id"], v["impact"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found]
        assert [violation for violation in told if violation[1] in ("serious", "critical")] == [], name
    assert tab.complaints == []
    assert tab.asked - {urlsplit(address).netloc, ""} == set()
    tab.page.context.close()


def test_search_finds(browser: Browser, address: str) -> None:
    tab = Tab(browser, "wide", dark=False)
    tab.page.goto(f"{address}index.html", wait_until="networkidle")  # the search listens once it has its index
    tab.page.click("input.md-search__input")
    tab.page.keyboard.type("half-open")
    tab.page.wait_for_selector("a.md-search-result__link[href*='records.html']")
    tab.page.context.close()
