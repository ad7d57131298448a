from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.components.amounts import ContextRule, CurrencyRule, UnitRule
from communique.components.counts import PluralRule, TermRule
from communique.components.figures import Figure, ModifierRule
from communique.components.number_words import NumberWordRule
from communique.rules import Rule, shipped
from communique.rules import read as read_rules
from finding import figures, measures, read

CASES = Path(__file__).parent / "data/figures.txt"
LINE = re.compile(r"  (.+) = ([\d.]+?)(?:\.\.([\d.]+))? (\S+(?: \S+)*?)(?: (over|under|about))?(?: << (.+))?")


def cases() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            assert LINE.fullmatch(line), line
            found[-1][1].append(line)
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def told(words: str, figure: Figure, measure: str | None) -> str:
    """A figure as the file of cases tells it."""
    upper = "" if figure.upper is None else f"..{figure.upper}"
    tail = f" {figure.modifier}" if figure.modifier else ""
    return f"  {words} = {figure.value}{upper} {figure.unit}{tail}" + (f" << {measure}" if measure else "")


@pytest.mark.parametrize(("text", "expected"), cases())
def test_figures_of_a_sentence(text: str, expected: list[str]) -> None:
    found = zip(figures(text), measures(text), strict=True)
    assert [told(words, figure, measure) for (words, figure), (_, measure) in found] == expected


def test_a_figure_wrapped_over_lines_is_one() -> None:
    assert [(words, f.value) for words, f in figures("They lent $2.4\nbillion to 20\nports.")] == [
        ("$2.4\nbillion", 2400000000),
        ("20\nports", 20),
    ]


def test_figures_and_dates_do_not_overlap() -> None:
    tokens = read("On 5 May 2031 ten ships sailed for ten days with 2000 tonnes, as in 2030.")
    taken = [i for kind in ("date", "figure") for m in tokens.found[kind] for i in range(m.start, m.end)]
    assert len(taken) == len(set(taken))


def bracketed(rule: Rule) -> list[tuple[str, str, int]]:
    """Each example without its brackets, the words in them, and where these start."""
    found = []
    for example in rule.examples:
        start, end = example.index("["), example.index("]") - 1
        plain = example.replace("[", "").replace("]", "")
        found.append((plain, plain[start:end], start))
    return found


AMOUNTS = [*read_rules(CurrencyRule, (shipped(),)), *read_rules(UnitRule, (shipped(),))]


@pytest.mark.parametrize("rule", AMOUNTS, ids=lambda r: r.id)
def test_examples_of_currencies_and_units(rule: CurrencyRule | UnitRule) -> None:
    unit = rule.code if isinstance(rule, CurrencyRule) else rule.symbol
    for plain, words, _ in bracketed(rule):
        assert [(w, f.unit) for w, f in figures(plain)] == [(words, unit)], plain
    for example in rule.counterexamples:
        assert figures(example) == []


@pytest.mark.parametrize("rule", read_rules(ModifierRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_modifiers(rule: ModifierRule) -> None:
    for plain, words, _ in bracketed(rule):
        assert words in rule.words
        assert [f.modifier for _, f in figures(plain)] == [rule.role], plain


@pytest.mark.parametrize("rule", read_rules(TermRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_terms(rule: TermRule) -> None:
    for plain, words, _ in bracketed(rule):
        assert [(w, f.unit) for w, f in figures(plain)] == [(words, rule.term)], plain


@pytest.mark.parametrize("rule", read_rules(PluralRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_plurals(rule: PluralRule) -> None:
    for plain, words, _ in bracketed(rule):
        assert [(w, f.unit) for w, f in figures(plain)] == [(words, rule.singular)], plain


@pytest.mark.parametrize("rule", read_rules(NumberWordRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_number_words(rule: NumberWordRule) -> None:
    for plain, words, _ in bracketed(rule):
        assert [w for w, _ in figures(plain)] == [words], plain
    for example in rule.counterexamples:
        assert figures(example) == []


@pytest.mark.parametrize("rule", read_rules(ContextRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_what_is_around_figures(rule: ContextRule) -> None:
    for _, words, _ in bracketed(rule):
        assert words.lower() in rule.words
