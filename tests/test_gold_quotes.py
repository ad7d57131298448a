"""The quotes form: gold written by hand, with names and quotes instead of offsets, and what is said of mistakes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.gold.claims import settled
from communique.gold.finder import Finder, Quote, QuoteError, nearest
from communique.gold.problems import GoldError
from communique.gold.quotes_reading import all_from_quotes, from_quotes
from communique.gold.quotes_writing import to_quotes
from communique.records import Record
from made_up import forum

WRITTEN = """\
id: lakes
meeting: {name: Lake Council, participants: [Salim Haddad, KEN]}
people:
- name: Salim Haddad
  roles:
  - {title: Foreign Minister, state: UGA}
  mentions: [Salim Haddad, Haddad]
states:
- {id: KEN, name: Kenya, mentions: [Kenya, Kenyan]}
- {id: UGA, name: Uganda, mentions: [Ugandan]}
organizations:
- name: Lake Council
  mentions:
  - Lake Council
  - {quote: Council, in: The Council will}
documents:
- title: Protocol on Kenya Ports
  type: protocol
  status: signed
  parties: [KEN, UGA]
  mentions: [Protocol on Kenya Ports]
dates:
- {quote: May 2024, value: 2024-05}
figures:
- {quote: 40 boats, value: 40, unit: boat, measure: gave}
decisions:
- evidence: Haddad and Kenya signed the Protocol on Kenya Ports in May 2024.
  trigger: signed
  act: sign
  status: taken
  actors:
  - {quote: Haddad, ids: [Salim Haddad]}
  - {quote: Kenya, ids: [KEN]}
  object: the Protocol on Kenya Ports
  documents: [Protocol on Kenya Ports]
  date: 2024-05
text: |
  The Lake Council met Ugandan Foreign Minister Salim Haddad. Haddad and Kenya signed the Protocol
  on Kenya Ports in May 2024. The Council will meet. A Kenyan company gave 40 boats. The Council of Elders left.
"""


def wrong(old: str, new: str) -> list[str]:
    """What is said when something is written otherwise."""
    assert old in WRITTEN
    with pytest.raises(InputError) as caught:
        from_quotes(WRITTEN.replace(old, new, 1), "lakes.yaml")
    error = caught.value
    return [str(problem) for problem in error.problems] if isinstance(error, GoldError) else [str(error)]


def test_gold_written_by_hand() -> None:
    record = from_quotes(WRITTEN)
    text = record.text
    assert [m.start for m in record.people[0].mentions] == [text.index("Salim"), text.index("Haddad and")]
    # Longest first: the state inside the document's name is the document's.
    kenya = next(state for state in record.states if state.id == "KEN")
    assert [m.start for m in kenya.mentions] == [text.index("Kenya signed"), text.index("Kenyan")]
    # "Council" only where it was said; the Council of Elders is another one.
    assert [m.start for m in record.organizations[0].mentions] == [text.index("Lake"), text.index("Council will")]
    # White space stands for any: the title runs over a line end.
    assert record.documents[0].mentions[0].text == "Protocol\non Kenya Ports"
    [act] = record.decisions
    assert (act.actors[0].ids, act.documents, act.date) == (("p1",), ("d1",), "2024-05")
    assert record.meeting is not None
    assert record.meeting.participants == ("p1", "KEN")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quote: 40 boats", "quote: 40 boat",
         "lakes.yaml:25: figures: '40 boat' is not found; did you mean '40 boats'?"),
        ("mentions: [Salim Haddad, Haddad]", "mentions: [Salim Hadad]",
         "lakes.yaml:7: people Salim Haddad: 'Salim Hadad' is not found; did you mean 'Salim Haddad'?"),
        ("trigger: signed", "trigger: meet",
         "lakes.yaml:28: decision meet: trigger: 'meet' is not found in the sentence, "
         "but elsewhere (line 2 of the text): say so with in:"),
        ("in: The Council will", "in: The Council",
         "lakes.yaml:15: organizations Lake Council: 'Council' in 'The Council' "
         "stands 2 times; give more words around it"),
        ("in: The Council will", "in: The Concil will",
         "lakes.yaml:15: organizations Lake Council: in: 'The Concil will' is "
         "not found; did you mean 'The Council will'?"),
        ("{quote: Council, in: The Council will}", "{quote: Council, nth: 9}",
         "lakes.yaml:15: organizations Lake Council: 'Council' does not stand 9 times exactly so"),
        ("ids: [Salim Haddad]", "ids: [Salim Hadad]",
         "lakes.yaml:32: no entry is named 'Salim Hadad'; did you mean 'Salim Haddad'?"),
        ("value: 40", "value: forty", "lakes.yaml:25: value: 'forty' is no number"),
        ("  type: protocol\n", "", "lakes.yaml:17: documents: 'type' is missing"),
        ("unit: boat", "units: boat", "lakes.yaml:25: figures: unknown key 'units'; known: "),
        ("mentions: [Ugandan]", "mentions: [Kenya]",
         "lakes.yaml:10: states Kenya and states Uganda both claim 'Kenya'; "
         "give each its places with in:"),
        ("mentions: [Ugandan]", "mentions: []", "lakes.yaml:10: states Uganda: no mention is left"),
        ("id: lakes", "id: lakes\nid: more", "lakes.yaml:2: key 'id' stands twice"),
        ("id: lakes", "id: [", "not YAML"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_mistake(old: str, new: str, said: str) -> None:
    told = wrong(old, new)
    assert any(said in line for line in told), told


def test_all_mistakes_are_told_at_once() -> None:
    assert len(wrong("value: 40, unit: boat, measure: gave", "value: x, unit: boat, measure: gove")) == 2


def test_what_is_no_value_is_told_by_the_record() -> None:
    [told] = wrong("value: 2024-05", "value: 2024-13")
    assert "'2024-13' is neither an EDTF date" in told


def test_no_mention_here() -> None:
    """`not` takes a place out of what a form claims."""
    text = WRITTEN.replace(
        "mentions: [Kenya, Kenyan]", "mentions: [Kenya, Kenyan], not: [{quote: Kenya, in: Kenya signed}]"
    )
    kenya = next(state for state in from_quotes(text).states if state.id == "KEN")
    assert [m.text for m in kenya.mentions] == ["Kenyan"]


def test_the_text_in_a_file_of_its_own(tmp_path: Path) -> None:
    head, text = WRITTEN.split("text: |\n")
    words = "".join(line.removeprefix("  ") for line in text.splitlines(keepends=True))
    (tmp_path / "lakes.txt").write_text(words, encoding="utf-8")
    record = from_quotes(f"{head}file: lakes.txt\n", "lakes.yaml", tmp_path)
    assert record.text == from_quotes(WRITTEN).text
    assert record.source.media_type == "text/plain"
    with pytest.raises(InputError, match="no such file"):
        from_quotes(f"{head}file: none.txt\n", "lakes.yaml", tmp_path)
    with pytest.raises(InputError, match="neither 'text' nor 'file'"):
        from_quotes(head, "lakes.yaml", tmp_path)


def test_what_is_written_reads_well() -> None:
    """Forms and names, no offsets: what a person would write."""
    told = to_quotes(Record.model_validate(forum()))
    assert "- {quote: 12 March 2019, value: 2019-03-12}" in told
    assert "  - {quote: Amupolo, ids: [Johanna Amupolo]}" in told
    assert "nth" not in told


def test_several_documents_in_one_file() -> None:
    both = list(all_from_quotes(f"---\n{WRITTEN}---\n- 1\n---\n{WRITTEN.replace('id: lakes', 'id: more')}"))
    assert [told.id if isinstance(told, Record) else str(told) for told in both] == [
        "lakes", "quotes: no mapping of keys to values", "more"
    ]  # fmt: skip


def test_words_are_found_whole() -> None:
    finder = Finder("Romania, Oman, Omani; Zoe\u0308 and Zoe.")
    assert finder.all("Oman") == [(9, 13)]
    assert finder.all("Zoe") == [(31, 34)]
    with pytest.raises(QuoteError, match="'Omann' is not found; did you mean 'Oman'"):
        finder.find(Quote("Omann"))


def test_of_overlapping_forms_the_longest_stands() -> None:
    finder = Finder("the Bank of Oman and Oman")
    claims = settled(finder, [(("states", "1"), "Oman"), (("organizations", "2"), "Bank of Oman")], [])
    assert sorted((claim.place, claim.key[0]) for claim in claims) == [((4, 16), "organizations"), ((21, 25), "states")]


def test_hints_are_words_of_the_text() -> None:
    assert nearest("Minster of Watter", "the Minister of Water, she said") == "Minister of Water"
    assert nearest("nothing alike", "the Minister of Water") is None
    assert nearest("", "") is None


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_file_that_is_spoiled_gives_an_error_and_no_crash(seed: int) -> None:
    rng = random.Random(seed)
    lines = WRITTEN.splitlines()
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(lines))
        key = lines[at].split(":")[0]
        others = ("", lines[at][2:], f"{key}: [1, {{a: b}}]", f"{key}: {{nth: [1]}}", f"{key}:", "- x", "}",
                  "rules: {people: [x], dates: x, decisions: {a1: [x]}}")  # fmt: skip
        lines[at] = rng.choice(others)
    for told in all_from_quotes("\n".join(lines)):
        assert isinstance(told, Record | InputError)


def test_the_example_of_the_documentation(root: Path) -> None:
    page = (root / "docs" / "quotes.md").read_text("utf-8")
    record = from_quotes(page.split("```yaml\n")[1].split("```")[0])
    assert [act.act for act in record.decisions] == ["sign"]
