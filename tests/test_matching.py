from __future__ import annotations

import pytest

from communique.matching import Gazetteer, Hit, longest
from communique.tokenizer import blank
from communique.tokens import Tokens, tokens_of

nlp = blank()


def read(text: str) -> Tokens:
    return tokens_of(nlp.make_doc(text))


def test_what_one_phrase_stands_for_comes_in_the_order_of_the_rules() -> None:
    gazetteer: Gazetteer[int] = Gazetteer(nlp)
    for value in range(40):
        gazetteer.add(value, ["lake fund"], case="any")
    assert [hit.value for hit in gazetteer(read("The Lake Fund opened."))] == [*range(40)]


@pytest.mark.parametrize(
    ("case", "found"),
    [("exact", ["Lake Fund"]), ("name", ["Lake Fund", "LAKE FUND"]), ("any", ["Lake Fund", "LAKE FUND", "lake fund"])],
)
def test_case_says_which_spellings_match(case: str, found: list[str]) -> None:
    gazetteer: Gazetteer[str] = Gazetteer(nlp)
    gazetteer.add("fund", ["Lake Fund"], case)
    tokens = read("Lake Fund, LAKE\nFUND, lake fund and Lake Funds")
    assert [tokens.join(hit.start, hit.end) for hit in gazetteer(tokens)] == found


def test_phrases_are_parted_as_texts_are() -> None:
    gazetteer: Gazetteer[str] = Gazetteer(nlp)
    gazetteer.add("fund", ["U.S.-Palau  Fund’s", ""], "exact")
    assert [(hit.start, hit.end) for hit in gazetteer(read("the U.S.-Palau Fund's seat"))] == [(1, 6)]


def test_of_overlapping_hits_the_longest_stays() -> None:
    hits = [Hit(0, 2, "a"), Hit(1, 4, "b"), Hit(4, 5, "c")]
    assert [hit.value for hit in longest(hits)] == ["b", "c"]


def test_words_met_in_one_pipeline_are_found_in_another() -> None:
    text = "The “Lakeland–Seaward” fund of Wеstmark"  # a Cyrillic letter, quotes and dashes that rules see as plain
    words = read(text).words
    other = blank()
    gazetteer: Gazetteer[str] = Gazetteer(other)
    gazetteer.add("fund", ["Westmark"])
    tokens = tokens_of(other.make_doc(text))
    assert tokens.words == words
    assert [hit.value for hit in gazetteer(tokens)] == ["fund"]


def test_phrases_are_forgotten_with_their_gazetteer() -> None:
    kept: Gazetteer[str] = Gazetteer(nlp)
    kept.add("kept", ["Lake Fund"])
    gone: Gazetteer[str] = Gazetteer(nlp)
    gone.add("gone", ["Lake Fund", "Sea Fund"], case="any")
    tokens = read("the Lake Fund and the Sea Fund")
    assert [hit.value for hit in gone(tokens)] == ["gone", "gone"]
    del gone
    assert [hit.value for hit in kept(tokens)] == ["kept"]


def test_phrases_added_later_are_found_in_a_text_already_searched() -> None:
    gazetteer: Gazetteer[str] = Gazetteer(nlp)
    tokens = read("the Lake Fund")
    assert not gazetteer(tokens)
    gazetteer.add("fund", ["Lake Fund"])
    assert [hit.value for hit in gazetteer(tokens)] == ["fund"]


def test_the_longest_match_at_a_word_has_all_its_values_in_order() -> None:
    gazetteer: Gazetteer[str] = Gazetteer(nlp)
    gazetteer.add("fund", ["lake fund"], case="any")
    gazetteer.add("lake", ["lake"], case="any")
    gazetteer.add("written", ["Lake Fund"])
    gazetteer.add("other", ["lake fund"], case="any")
    assert gazetteer.longest_at(read("Lake Fund and lake")) == {0: (2, ("written", "fund", "other")), 3: (4, ("lake",))}
