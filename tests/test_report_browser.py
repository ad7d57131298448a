"""The page in a browser: Chromium, headless, the file opened from disk.

Run with `make browser`. Without Chromium the tests are skipped, but not where the environment says `CI`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from communique.records import Record, dumps
from communique.view.report import report, write
from hostile import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": (390, 844), "tablet": (900, 1100), "wide": (1440, 900)}
SUMMIT = "cis-summit-dushanbe-2025"
MANY = 1000


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    required = "CI" in os.environ
    if not required:
        pytest.importorskip("playwright", reason="playwright is not installed: pip install 'communique[browser]'")
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None and not required:
        pytest.skip("no Chromium on this machine")
    assert path is not None, "no Chromium on this machine"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Tab:
    """A page in the browser, and what it complained of, asked for and opened."""

    def __init__(self, browser: Browser, width: str = "wide", dark: bool = False) -> None:
        wide, high = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": wide, "height": high}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def go(self, file: Path, address: str = "") -> Page:
        self.page.goto(f"{file.as_uri()}{address}")
        self.page.wait_for_selector("body[data-ready]")
        return self.page

    def is_quiet(self, file: Path) -> bool:
        """Nothing complained, nothing but the file was asked for."""
        asked = {url.split("#")[0] for url in self.requests if not url.startswith("data:")}
        assert self.complaints == []
        assert asked == {file.as_uri()}
        return True


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.page.context.close()


@pytest.fixture(scope="module")
def rows(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (root / "outputs" / "records.jsonl").read_text("utf-8").splitlines()]


def made(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "report.html"
    write(report(map(Record.model_validate, rows), "Communiqués"), path)
    return path


@pytest.fixture(scope="module")
def corpus(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("corpus"), rows)


@pytest.fixture(scope="module")
def many(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    copies = [{**rows[n % len(rows)], "id": f"{rows[n % len(rows)]['id']}-{n}"} for n in range(MANY)]
    assert all(dumps(row) for row in copies[:1])
    return made(tmp_path_factory.mktemp("many"), copies)


def in_sight(page: Page, selector: str) -> bool:
    return bool(
        page.eval_on_selector(
            selector,
            """element => {
                const box = element.getBoundingClientRect();
                const [x, y] = [box.left + Math.min(4, box.width / 2), box.top + box.height / 2];
                const there = document.elementFromPoint(x, y);
                return element === there || element.contains(there);
            }""",
        )
    )


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_text_is_shown_as_it_was_read(tab: Tab, corpus: Path, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        page = tab.go(corpus, f"#/texts/{row['id']}")
        page.wait_for_selector(f".text-list [aria-current=page][href$='{row['id']}']")
        assert bare(page.text_content(".text") or "") == bare(row["text"])
        marks = page.eval_on_selector_all(".text mark", "marks => marks.map(m => [m.dataset.key, m.textContent])")
        for kind in ("people", "states", "organizations", "documents"):
            for entry in row[kind]:
                for mention in entry["mentions"]:
                    assert [entry["id"], mention["text"]] in marks or "\n\n" in mention["text"]
    assert tab.is_quiet(corpus)


def test_from_a_card_to_its_place_and_back(tab: Tab, corpus: Path) -> None:
    page = tab.go(corpus, f"#/texts/{SUMMIT}")
    last = page.locator("li.card.decision .go").last
    last.click()
    page.wait_for_selector("mark.decision.here")
    assert in_sight(page, "mark.decision.here")
    assert page.locator("li.card.decision.on").count() == 1
    assert "at=a" in page.url
    page.locator("li.card.person .go").first.click()
    page.wait_for_selector("mark.person.here")
    page.go_back()
    page.wait_for_selector("mark.decision.here")
    assert in_sight(page, "li.card.decision.on")
    mark = page.locator("mark.document").first
    mark.click()
    page.wait_for_selector("li.card.document.on")
    assert in_sight(page, "li.card.document.on .go")
    page.keyboard.press("Escape")
    page.wait_for_selector(".text mark.on", state="detached")
    assert tab.is_quiet(corpus)


def test_the_address_says_what_is_shown(tab: Tab, corpus: Path) -> None:
    page = tab.go(corpus, f"#/texts/{SUMMIT}?at=d2.1&kind=document,decision")
    page.wait_for_selector("li.card.document.on")
    assert page.locator(".text mark.state:not(.off)").count() == 0
    assert page.locator("li.card.state").count() == 0
    assert page.get_attribute(".kind[data-kind=state]", "aria-pressed") == "false"
    page.reload()
    page.wait_for_selector("li.card.document.on")
    page = tab.go(corpus, "#/texts/there-is-none")
    assert "No text of this page has this id" in page.inner_text(".paper")
    page = tab.go(corpus, "#/%E0%A4%A?state=%00&when=x&at=__proto__")
    assert page.is_visible("#overview h1")
    assert tab.is_quiet(corpus)


def test_filters_and_search(tab: Tab, corpus: Path, rows: list[dict[str, Any]]) -> None:
    page = tab.go(corpus, "#/records")
    total = sum(len(row[kind]) for row in rows for kind in row if isinstance(row[kind], list))
    assert page.inner_text("#records h1").startswith(f"{total:,} records in {len(rows)} texts")
    page.select_option("[name=act]", "sign")
    signed = sum(decision["act"] == "sign" for row in rows for decision in row["decisions"])
    page.wait_for_selector(f"#records h1:has-text('{signed} records')")
    page.select_option("[name=status]", "taken")
    page.select_option("[name=state]", "KAZ")
    page.wait_for_url("**state=KAZ**")
    assert 0 < int(page.inner_text("#records h1").split()[0]) < signed
    page.click("text=Clear all")
    page.wait_for_selector(f"#records h1:has-text('{total:,} records')")
    page.fill("#words", "CHÁIRMANSHIP")  # case and accents don't count
    page.wait_for_url("**q=CH**")
    sentences = page.locator("#records .sentence")
    assert sentences.count() > 0
    assert all("chairmanship" in words.lower() for words in sentences.all_inner_texts()[:2])
    page.locator("#records .row").first.click()
    page.wait_for_selector(".text mark.here")
    assert page.inner_text(".text-list .count-line").endswith(f"of {len(rows)} texts")
    assert page.evaluate("CSS.highlights.get('found').size") > 0
    page.go_back()
    page.wait_for_selector("#records .row")
    assert tab.is_quiet(corpus)


def click_mark(page: Page, label: str, point: str) -> None:
    """Click where a chart draws a mark."""
    plot = page.locator(f".plot[aria-label*='{label}']")
    plot.scroll_into_view_if_needed()
    page.wait_for_selector(f".plot[aria-label*='{label}'] canvas")
    at = plot.evaluate(f"element => {{ const chart = echarts.getInstanceByDom(element); {point} }}")
    box = plot.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])


VALUE = "const { value } = chart.getOption().series[0].data[0];"
# By a chart's label: where its first mark is drawn, and what the address then says.
POINTS = {
    "by time and act": (
        f"{VALUE} const [x, y] = chart.convertToPixel({{ seriesIndex: 0 }}, value); return [x, y - 4];",
        "kind=decision",
    ),
    "by state and act": (f"{VALUE} return chart.convertToPixel({{ seriesIndex: 0 }}, value);", "state="),
    "joined by documents": (
        "const place = chart.getModel().getSeriesByIndex(0).getData().getItemLayout(0);"
        "return chart.convertToPixel({ seriesIndex: 0 }, place);",
        "kind=document",
    ),
    "by year and status": (
        "const { data } = chart.getOption().series[0]; const n = data.findIndex((bar) => bar.value);"
        "return chart.convertToPixel({ seriesIndex: 0 }, [n, data[n].value / 2]);",
        "kind=document",
    ),
    "by value and unit": (f"{VALUE} return chart.convertToPixel({{ seriesIndex: 0 }}, value);", "at=f"),
}


@pytest.mark.parametrize("label", POINTS)
def test_each_mark_leads_to_the_sentences_behind_it(tab: Tab, corpus: Path, label: str) -> None:
    page = tab.go(corpus, "#/overview")
    point, address = POINTS[label]
    click_mark(page, label, point)
    page.wait_for_url(f"**{address}**")
    if "at=" in address:
        page.wait_for_selector(".text mark.figure.here")
    else:
        page.wait_for_selector("#records .row .sentence mark")
    assert tab.is_quiet(corpus)


def test_a_chart_counts_what_its_marks_lead_to(tab: Tab, corpus: Path) -> None:
    page = tab.go(corpus, "#/overview")
    for name in page.locator("section.chart-card h2").all_inner_texts()[:5]:
        figure = page.locator(f"section.chart-card:has(h2:text-is('{name}'))")
        figure.get_by_role("button", name="Table").click()
        links = figure.locator("td.number a")
        assert links.count() > 3
        for n in (0, 1, 2, links.count() - 1):
            shown = links.nth(n).inner_text()
            links.nth(n).click()
            page.wait_for_selector(f"#records:not([hidden]) h1:has-text('{shown} record')")
            page.go_back()
            page.wait_for_selector("#overview:not([hidden])")


def test_keys(tab: Tab, corpus: Path) -> None:
    page = tab.go(corpus, f"#/texts/{SUMMIT}")
    page.keyboard.press("j")
    page.wait_for_selector("mark.here")
    first = page.url
    page.keyboard.press("j")
    assert page.url != first
    page.keyboard.press("k")
    assert page.url == first
    page.keyboard.press("n")
    page.wait_for_selector("mark.here", state="detached")
    assert SUMMIT not in page.url
    page.keyboard.press("p")
    page.wait_for_url(f"**{SUMMIT}*")
    page.keyboard.press("/")
    page.keyboard.type("transit o")
    page.wait_for_url("**q=transit+o**")  # typing in the search is no command
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#help:not([open])", state="attached")
    page.keyboard.press("r")
    page.wait_for_selector("#records .row, #records .empty")
    page.locator("#records .row").first.focus()
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    assert int(page.evaluate("document.activeElement.parentElement.ariaPosInSet")) > 5
    page.keyboard.press("Enter")
    page.wait_for_selector(".text mark.here")
    assert tab.is_quiet(corpus)


def test_a_phone_shows_one_part_at_a_time(browser: Browser, corpus: Path) -> None:
    tab = Tab(browser, "phone")
    page = tab.go(corpus, f"#/texts/{SUMMIT}")
    assert [page.is_visible(part) for part in (".text-list", ".paper", ".panel")] == [False, True, False]
    page.locator("mark.organization").first.click()
    page.wait_for_selector("li.card.on")
    assert page.is_visible("li.card.on")
    assert in_sight(page, "li.card.on .go")
    page.locator("li.card.decision .go").first.click()
    page.wait_for_selector("mark.decision.here")
    assert in_sight(page, "mark.decision.here")
    page.click("text=All texts")
    page.locator(".text-list .row").first.click()
    page.wait_for_selector(".paper:visible")
    for view in ("overview", "records", "texts"):
        page = tab.go(corpus, f"#/{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"][0]
    page.context.close()


def test_on_paper_the_text_and_then_its_records(tab: Tab, corpus: Path) -> None:
    page = tab.go(corpus, f"#/texts/{SUMMIT}")
    page.emulate_media(media="print")
    assert [page.is_visible(part) for part in (".bar", ".filters", ".text-list")] == [False, False, False]
    assert [page.is_visible(part) for part in (".paper", ".panel")] == [True, True]
    assert len(page.pdf()) > 20_000


def test_hostile_strings_stay_strings(browser: Browser, tmp_path: Path) -> None:
    row = hostile()
    file = made(tmp_path, [row, hostile("b")])
    for width in WIDTHS:
        tab = Tab(browser, width)
        page = tab.go(file, "#/texts/__proto__%2F%3C%2Fscript%3E%3Fa%3Db%23c%252F%26d")
        shown = bare(page.text_content(".text") or "")
        assert shown == bare(row["text"])
        for key in ("a1", "d1", "p1", "o1", "f1", "t1", "KEN"):
            page.evaluate(f"location.hash = '#/texts/b?at={key}'")
            page.wait_for_selector(f".text mark.on[data-key='{key}']")
        for view in ("overview", "records", "texts/b?q=%3Cimg", "records?name=%3Cscript%3E&unit=%3Cb%3E&when=..%2F%3C"):
            page = tab.go(file, f"#/{view}")
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
        tab.go(file, "#/overview")
        for plot in page.locator(".plot").all():
            plot.scroll_into_view_if_needed()
            plot.hover()  # what the charts say of a mark
        assert page.evaluate("'taken' in window") is False
        assert page.locator("body img, body iframe, body object, svg[onload], [onerror], .text style").count() == 0
        assert page.locator("a[href^='javascript:' i]").count() == 0
        assert tab.is_quiet(file)
        page.context.close()


ATTACKS = {
    "a script": "const s = document.createElement('script'); s.text = 'window.taken = 1'; document.body.append(s)",
    "markup": "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.taken = 1\">')",
    "a handler": "document.body.setAttribute('onclick', 'window.taken = 1'); document.body.click()",
    "a request": "new Image().src = 'http://127.0.0.1:9/x'; fetch('http://127.0.0.1:9/y').catch(() => 0)",
    "a string run": "setTimeout('window.taken = 1')",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_policy_is_in_force(tab: Tab, corpus: Path, attack: str) -> None:
    page = tab.go(corpus, f"#/texts/{SUMMIT}")
    thrown = page.evaluate(f"() => {{ try {{ {ATTACKS[attack]} }} catch (error) {{ return String(error) }} }}")
    page.wait_for_timeout(100)
    assert page.evaluate("'taken' in window") is False
    assert {url.split("#")[0] for url in tab.requests if not url.startswith("data:")} <= {
        corpus.as_uri(),
        "http://127.0.0.1:9/x",
    }
    told = [thrown or "", *tab.complaints]
    assert any(re.search("Content Security Policy|Trusted|no markup", words) for words in told)


def test_a_thousand_texts(tab: Tab, many: Path, rows: list[dict[str, Any]]) -> None:
    page = tab.go(many, f"#/texts/{rows[-1]['id']}-{len(rows) - 1}")
    assert page.locator(".text-list li").count() < 60
    assert bare(page.text_content(".text") or "") == bare(rows[-1]["text"])
    page = tab.go(many, "#/records")
    page.evaluate("document.querySelector('#records .long-list').scrollTop = 1e9")
    total = page.locator("#records .rows > li").first.get_attribute("aria-setsize")
    assert int(total or 0) > MANY
    page.wait_for_selector(f"#records .rows > li[aria-posinset='{total}']")
    assert page.locator("*").count() < 3000
    page = tab.go(many, "#/overview")
    assert page.inner_text("#overview h1") == "1,000 texts"
    assert tab.is_quiet(many)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_serious_stands_in_anybodys_way(browser: Browser, corpus: Path, width: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = Tab(browser, width, dark)
    for address in ("#/overview", "#/records?act=sign", f"#/texts/{SUMMIT}?at=a2", "#/texts/none"):
        page = tab.go(corpus, address)
        if "phone" in width and "at=" in address:
            page.click("text=Records >> nth=-1")
        found = Axe().run(page).response["violations"]
        told = [(v["id"], v["impact"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found]
        assert [violation for violation in told if violation[1] in ("serious", "critical")] == [], address
    page.click("#ask")
    page.wait_for_selector("#help[open]")
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    page.context.close()


def test_a_text_of_very_many_records(tab: Tab, tmp_path: Path) -> None:
    text = "Kenya signed the Protocol on Boats on 2 May 2019.\n\n"
    count = 3000
    row = {
        **hostile("long"),
        **{kind: [] for kind in ("people", "organizations", "documents", "figures", "decisions")},
        "meeting": None,
        "text": text * count,
        "states": [
            {
                "id": "KEN",
                "name": "Kenya",
                "mentions": [{"start": n * len(text), "end": n * len(text) + 5, "text": "Kenya"} for n in range(count)],
            }
        ],
        "dates": [
            {
                "value": "2019-05-02",
                "mention": {"start": n * len(text) + 38, "end": n * len(text) + 48, "text": "2 May 2019"},
            }
            for n in range(count)
        ],
    }
    file = made(tmp_path, [row])
    page = tab.go(file, f"#/texts/long?at=t{count - 500}")
    page.wait_for_selector("mark.here")
    page.wait_for_timeout(200)
    assert in_sight(page, "mark.here")
    assert in_sight(page, "li.card.on .go")
    assert page.locator("li.card").count() < 300
    page.click("text=Show more (")
    assert page.locator("li.card.on").count() == 1
    page.locator(".panel .go").first.click()
    page.click("[aria-label='Previous mention']")
    page.wait_for_url(f"**at=KEN.{count}")
    page.wait_for_timeout(200)
    assert in_sight(page, "mark.here")
    assert tab.is_quiet(file)
