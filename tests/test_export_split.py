"""Parts of a data set: their sizes, every publisher in its share, near-duplicates never apart."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.export.neighbours import SURE, Neighbours, shingles
from communique.export.shares import Shares
from communique.export.split import Split
from exporting import bare, made, run, written

WORDS = [f"word{n}" for n in range(2000)]


def text_of(random_: random.Random, length: int = 120) -> list[str]:
    return random_.choices(WORDS, k=length)


def changed(random_: random.Random, words: list[str], share: float) -> list[str]:
    return [random_.choice(WORDS) if random_.random() < share else word for word in words]


def likeness(one: str, other: str) -> float:
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second)


def parts_of(texts: list[tuple[str, str | None, str]], shares: str = "80/10/10", seed: int = 0) -> dict[str, str]:
    split = Split(Shares.parse(shares), seed)
    for id_, publisher, text in texts:
        split.add(id_, publisher, text)
    split.assign()
    return {id_: split[number] for number, (id_, _, _) in enumerate(texts)}


def distinct(count: int, publisher: str | None, prefix: str = "") -> list[tuple[str, str | None, str]]:
    random_ = random.Random(f"{publisher}{prefix}")
    return [(f"{prefix}{publisher}/{n}", publisher, " ".join(text_of(random_))) for n in range(count)]


@pytest.mark.parametrize(
    "words", ["80/10", "80/10/11", "100", "a/b/c", "80/20/0", "110/-10", "25/25/25/25", "", "50.5/49.5"]
)
def test_shares_that_are_none(words: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        Shares.parse(words)


def test_shares() -> None:
    assert Shares.parse("80/10/10").names == ("train", "validation", "test")
    assert Shares.parse("75/25").names == ("train", "test")


def test_each_part_has_its_share_of_every_publisher() -> None:
    texts = [
        *distinct(200, "A"),
        *distinct(50, "B"),
        *distinct(30, None),
        *(t for n in range(60) for t in distinct(1, f"P{n}")),
    ]
    parts = parts_of(texts)
    sizes = Counter(parts.values())
    assert sizes == {"train": 272, "validation": 34, "test": 34}
    for publisher, count in (("A", 200), ("B", 50), (None, 30)):
        own = Counter(parts[id_] for id_, name, _ in texts if name == publisher)
        for part, share in (("train", 0.8), ("validation", 0.1), ("test", 0.1)):
            assert abs(own[part] - share * count) <= 1.5, (publisher, own)


def test_the_seed_tells_which_split() -> None:
    texts = distinct(60, "A")
    assert parts_of(texts, seed=4) == parts_of(texts, seed=4)
    assert parts_of(texts, seed=4) != parts_of(texts, seed=5)


def test_where_a_text_stands_does_not_tell_its_part() -> None:
    texts = distinct(60, "A")
    assert parts_of(texts) == parts_of(texts[::-1])


def test_near_duplicates_are_never_apart() -> None:
    random_ = random.Random(7)
    texts: list[tuple[str, str | None, str]] = []
    for n in range(150):
        words = text_of(random_)
        texts.append((f"{n}", f"P{n % 7}", " ".join(words)))
        for k, share in enumerate((0.0, 0.01, 0.03, 0.05, 0.2)):
            texts.append((f"{n}/{k}", f"P{(n + k) % 5}", " ".join(changed(random_, words, share))))
    parts = parts_of(texts)
    alike = [
        (one, other)
        for n in range(0, len(texts), 6)
        for k, one in enumerate(texts[n : n + 6])
        for other in texts[n : n + k]
        if likeness(one[2], other[2]) >= SURE
    ]
    assert len(alike) > 500
    assert [(one[0], other[0]) for one, other in alike if parts[one[0]] != parts[other[0]]] == []
    assert len(set(parts.values())) == 3


def test_texts_that_only_share_phrases_are_no_near_duplicates() -> None:
    phrase = "the two sides held talks in a friendly and constructive atmosphere and agreed to meet again"
    neighbours = Neighbours()
    for _, _, text in distinct(40, "A"):
        neighbours.add(f"{phrase} {text}")
    assert list(neighbours.groups()) == list(range(40))


def test_alike_through_others() -> None:
    words = text_of(random.Random(1), 200)
    neighbours = Neighbours()
    chain = [" ".join(words[start : start + 100]) for start in range(0, 101, 10)]
    for text in (chain[0], chain[-1], *chain[1:-1]):
        neighbours.add(text)
    assert likeness(chain[0], chain[-1]) == 0
    assert set(neighbours.groups()) == {0}


@pytest.mark.parametrize("text", ["", " ", "one", "one two", "…"])
def test_texts_of_few_words(text: str) -> None:
    neighbours = Neighbours()
    for one in (text, "three other words here", text):
        neighbours.add(one)
    assert list(neighbours.groups()) == [0, 1, 0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["a b c d", "a b c d e f g h", "x y z", "", "1 2 3 4 5 6 7"]), min_size=1, max_size=30))
def test_the_same_text_is_always_in_one_part(texts: list[str]) -> None:
    parts = parts_of([(str(n), str(n % 3), text) for n, text in enumerate(texts)], "50/50")
    for text in set(texts):
        assert len({parts[str(n)] for n, one in enumerate(texts) if one == text}) == 1


def test_more_copies_than_are_compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.export.neighbours._WINDOW", 4)
    random_ = random.Random(2)
    words = text_of(random_)
    neighbours = Neighbours()
    for _ in range(40):
        neighbours.add(" ".join(changed(random_, words, 0.01)))
    assert set(neighbours.groups()) == {0}


def test_the_command(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", [bare(id_, text, publisher) for id_, publisher, text in distinct(20, "A")])
    result = run(records, "--to", "csv", "-o", tmp_path / "a", "--split", "80/10/10", "--seed", "3")
    assert result.stdout == f"{tmp_path}/a: 20 texts (train 16, validation 2, test 2)\n"
    made(records, "--to", "csv", "-o", tmp_path / "b", "--split", "80/10/10", "--seed", "3")
    assert (tmp_path / "a" / "texts.csv").read_bytes() == (tmp_path / "b" / "texts.csv").read_bytes()
    wrong = run(records, "--to", "csv", "-o", tmp_path / "c", "--split", "80/30")
    assert wrong.exit_code == 2
    assert "'80/30' is not two or three percentages that make 100" in wrong.stderr
