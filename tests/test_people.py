"""People and their offices, on made-up sentences, a class of construction each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from spacy.language import Language

from communique.components.people_rules import (
    GivenNameRule,
    HonorificRule,
    NameStopRule,
    OfficeRule,
    OfficeVerbRule,
    OfficeWordRule,
    ParticleRule,
)
from communique.language import load
from communique.rules import Rule, read, shipped
from communique.tokens import Tokens, tokens_of

MODELS = (
    OfficeRule,
    OfficeWordRule,
    OfficeVerbRule,
    HonorificRule,
    ParticleRule,
    NameStopRule,
    GivenNameRule,
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def people(nlp: Language, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = nlp(text).user_data["communique"]["people"]
    return found


def mentions(nlp: Language, text: str) -> list[list[str]]:
    return [[m["text"] for m in p["mentions"]] for p in people(nlp, text)]


def roles(nlp: Language, text: str) -> dict[str, list[tuple[str, str | None, str | None]]]:
    return {p["name"]: [(r["title"], r["state"], r["organization"]) for r in p["roles"]] for p in people(nlp, text)}


def tokens(nlp: Language, text: str) -> Tokens:
    return tokens_of(nlp(text))


NAMES = [
    ("D.Haddad met Dwalu K. Harrow and Ts.Okello.", ["D.Haddad", "Dwalu K. Harrow", "Ts.Okello"]),
    ("See Annex A. Further notes of the U.S. Navy follow.", []),
    ("The veteran pilot Raisa Petrovna Harrow was decorated.", ["Raisa Petrovna Harrow"]),
    ("M. A. Okello came with Mr T. Harrow and M. Dupont.", ["M. A. Okello", "T. Harrow", "M. Dupont"]),
    (
        "The ministers - Salim Haddad (Kenya) and Abdul “Tiger” Harrow (Togo) - signed.",
        ["Salim Haddad", "Abdul “Tiger” Harrow"],
    ),
    ("Chief of Staff ʻAna Harrow and Vice President Ana de la Okello came.", ["ʻAna Harrow", "Ana de la Okello"]),
    ("Mr. Okello met Mrs Dijk and Dr. Anna Petrova.", ["Okello", "Dijk", "Anna Petrova"]),
    ("H.E. Miriam Okello and the Rt. Hon. Paul Harrow spoke.", ["Miriam Okello", "Paul Harrow"]),
    ("Lieutenant General Salim Haddad commanded it.", ["Salim Haddad"]),
    ("King Salim III met Sheikh Khalid bin Rashid Al Harith.", ["Salim III", "Khalid bin Rashid Al Harith"]),
    ("Crown Prince Rashid and Pope Anselm IV prayed.", ["Rashid", "Anselm IV"]),
    ("President Daniel K. Wanjala Jr. spoke.", ["Daniel K. Wanjala Jr."]),
    ("President Daniel K. Wanjala, Jr., spoke.", ["Daniel K. Wanjala, Jr."]),
    ("President Maria-Luiza dos Santos e Silva spoke.", ["Maria-Luiza dos Santos"]),
    (
        "Chancellor Karl von der Harrow and Minister Jean-Pierre N'Dour met.",
        ["Karl von der Harrow", "Jean-Pierre N'Dour"],
    ),
    ("Foreign Minister LEE Jun-ho and Premier Chen Bao spoke.", ["LEE Jun-ho", "Chen Bao"]),
    ("Governor-General Ana Okoro's visit ended.", ["Ana Okoro"]),
    ("The visit was led by Mr\nWanjala.", ["Wanjala"]),
    ("He met President Daniel\nWanjala in May.", ["Daniel\nWanjala"]),
    ("Talks were led by He Jianguo, Governor of Harrow Province.", ["He Jianguo"]),
    ("President Chad Harrow met Michael Jordan of Jordan.", ["Chad Harrow", "Michael Jordan"]),
    ("The Hon Paul Harrow MP and Ms Anna Dijk AC CVO attended.", ["Paul Harrow", "Anna Dijk"]),
    ("Mr J. R. Harrow, C. V. O. (Deputy Director) attended.", ["J. R. Harrow"]),
    ("Elizabeth Harrow said the fund would grow.", ["Elizabeth Harrow"]),
    ("Mr. A.K.M. Harrow Mollah and the Special Envoy M. Dijk-Nagy met.", ["A.K.M. Harrow Mollah", "M. Dijk-Nagy"]),
    ("Togo's Kwadzo Agbenu said it was late. Togo's Port Authority said so too.", ["Kwadzo Agbenu"]),
    ("Photo: Miriam Okello/Lake Courier", ["Miriam Okello"]),
    ("Salim Haddad, Dwalu Agbenu and Ekow Mensa were present.", ["Salim Haddad", "Dwalu Agbenu", "Ekow Mensa"]),
    ("Salim Haddad, Dwalu Agbenu and others came.", ["Salim Haddad", "Dwalu Agbenu"]),
    ("Foreign Minister Tarchin Kusumo spoke. They invited Tarchin to visit.", ["Tarchin Kusumo", "Tarchin"]),
    ("Shrimati Indira Harrow met Qin Jianguo.", ["Indira Harrow", "Qin Jianguo"]),
    ("Police Inspector Dwalu Harrow met His Royal Highness Crown Prince Rashid.", ["Dwalu Harrow", "Rashid"]),
    (
        "President Ana Huanca de Harrow met Mrs. Dwalu St. Okello. Huanca de Harrow thanked Mrs. St. Okello.",
        ["Ana Huanca de Harrow", "Dwalu St. Okello", "Huanca de Harrow", "St. Okello"],
    ),
    (
        "PRESIDENT WANJALA AND PRIME MINISTER OKELLO MEET\n\nWanjala and Okello met.",
        ["WANJALA", "OKELLO", "Wanjala", "Okello"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(nlp: Language, text: str, expected: list[str]) -> None:
    found = sorted((m["start"], m["text"]) for p in people(nlp, text) for m in p["mentions"])
    assert [name for _, name in found] == expected


NOBODY = [
    "The President of Kenya met the Prime Minister.",
    "Mr. President, thank you.",
    "In Addis Ababa, the Prime Minister spoke.",
    "The Heads of Government, Harare, October 1990.",
    "COMMONWEALTH HEADS OF GOVERNMENT REGIONAL MEETING\n\nThe meeting was held in Harare.",
    "Leaders Sign Accord on Rivers",
    "The Camp David Principles apply.",
    "The General Assembly and the Secretary-General welcomed it.",
    "Prime Ministers Meet in Nairobi",
    "The ministers discussed Lake Victoria and the John Street Bridge Project in May.",
    "The President Hotel is closed in March.",
    "Jordan Valley farmers and Chad Basin herders came.",
    "Kenya's Lake Victoria said to be rising. Muslim-majority states came.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(nlp: Language, text: str) -> None:
    assert mentions(nlp, text) == []


ROLES = [
    ("President of the Republic of Kenya Daniel Wanjala spoke.", "Daniel Wanjala", [("President", "KEN", None)]),
    ("Kenyan President Daniel Wanjala spoke.", "Daniel Wanjala", [("President", "KEN", None)]),
    ("Kenya's Foreign Minister Miriam Okello spoke.", "Miriam Okello", [("Foreign Minister", "KEN", None)]),
    ("U.S. Secretary of State Paul Harrow spoke.", "Paul Harrow", [("Secretary of State", "USA", None)]),
    ("Republic of Korea (ROK) Minister of Trade Kim Do-yun spoke.", "Kim Do-yun", [("Minister of Trade", "KOR", None)]),
    ("former Ugandan President Okello spoke.", "Okello", [("former President", "UGA", None)]),
    ("President Daniel Wanjala of Kenya spoke.", "Daniel Wanjala", [("President", "KEN", None)]),
    ("Miriam Okello (Minister of Water) spoke.", "Miriam Okello", [("Minister of Water", None, None)]),
    (
        "Miriam Okello, Minister of Foreign Affairs and Trade of Uganda, spoke.",
        "Miriam Okello",
        [("Minister of Foreign Affairs and Trade", "UGA", None)],
    ),
    (
        "The Minister of Health, Sport, and Social Protection, Dr. Ana Okoro, spoke.",
        "Ana Okoro",
        [("Minister of Health, Sport, and Social Protection", None, None)],
    ),
    (
        "Deputy Prime Minister, Minister for Transport of Ukraine Ivan Harrow spoke.",
        "Ivan Harrow",
        [("Deputy Prime Minister", "UKR", None), ("Minister for Transport", "UKR", None)],
    ),
    ("NATO Secretary General Jan Dijk spoke.", "Jan Dijk", [("Secretary General", None, "NATO")]),
    (
        "Director-General of the World Trade Organization Ngozi Adeyemi spoke.",
        "Ngozi Adeyemi",
        [("Director-General", None, "World Trade Organization")],
    ),
    ("Ambassador of Kenya to Italy Daniel Wanjala spoke.", "Daniel Wanjala", [("Ambassador", "KEN", None)]),
    ("U.S. Ambassador to Armenia Anna Harrow spoke.", "Anna Harrow", [("Ambassador to Armenia", "USA", None)]),
    ("Israeli prime minister Dan Harrow spoke.", "Dan Harrow", [("prime minister", "ISR", None)]),
    ("Talks with energy minister Dan Harrow ended.", "Dan Harrow", [("energy minister", None, None)]),
    (
        "Foreign Minister, Senator Paul Harrow, spoke.",
        "Paul Harrow",
        [("Foreign Minister", None, None), ("Senator", None, None)],
    ),
    ("He appointed Dan Harrow finance minister.", "Dan Harrow", [("finance minister", None, None)]),
    ("Dan Harrow was re-elected Secretary-General.", "Dan Harrow", [("Secretary-General", None, None)]),
    ("Daniel Wanjala serves as the mayor of Nairobi.", "Daniel Wanjala", [("mayor of Nairobi", None, None)]),
    ("Elizabeth Harrow remains the Prime Minister of Fiji.", "Elizabeth Harrow", [("Prime Minister", "FJI", None)]),
    (
        "Kenya: President Daniel Wanjala\nUganda: Prime Minister Miriam Okello",
        "Miriam Okello",
        [("Prime Minister", "UGA", None)],
    ),
    (
        "President Daniel Wanjala of Kenya\nPresident Paul Harrow of Fiji",
        "Paul Harrow",
        [("President", "FJI", None)],
    ),
    (
        "She hosted H.E. Jan Dijk, Minister of Ports, H.E. Eva Nagy, Minister for Energy, and H.E. Ana Okoro, Speaker.",
        "Eva Nagy",
        [("Minister for Energy", None, None)],
    ),
    (
        "Minister of Foreign Affairs of Fiji Ana Okoro came. Foreign Minister Okoro spoke. Minister Okoro left.",
        "Ana Okoro",
        [("Minister of Foreign Affairs", "FJI", None)],
    ),
]


def test_the_subject_behind_an_adverbial_holds_no_office(nlp: Language) -> None:
    text = "By decree of the Head of State, Dwalu Harrow was appointed judge. "
    text += "At the invitation of the Mayor, Ana Dijk paid a visit."
    assert roles(nlp, text) == {"Dwalu Harrow": [], "Ana Dijk": []}


@pytest.mark.parametrize(("text", "name", "expected"), ROLES)
def test_roles(nlp: Language, text: str, name: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert roles(nlp, text)[name] == expected


LISTS = [
    ("Presidents Daniel Wanjala of Kenya and Paul Harrow of Fiji met.", ["KEN", "FJI"]),
    (
        "Foreign Ministers Salim Haddad (Jordan), Miriam Okello (Uganda) and LEE Jun-ho (Republic of Korea) met.",
        ["JOR", "UGA", "KOR"],
    ),
    ("The Prime Ministers of Kenya and Uganda, Daniel Wanjala and Miriam Okello, met.", ["KEN", "UGA"]),
    ("Presidents Wanjala and Harrow met.", [None, None]),
    ("The ministers of transport of Kenya and Fiji, Dan Wanjala and Eva Nagy, met.", ["KEN", "FJI"]),
    ("The Ministers responsible for water of Kenya and Fiji – Dan Wanjala and Eva Nagy – met.", ["KEN", "FJI"]),
    ("The Ministers in charge of water of Kenya and Fiji, Dan Wanjala and Eva Nagy, met.", ["KEN", "FJI"]),
]


@pytest.mark.parametrize(("text", "states"), LISTS)
def test_lists_under_a_plural_office(nlp: Language, text: str, states: list[str | None]) -> None:
    found = people(nlp, text)
    assert [p["roles"][0]["state"] for p in found] == states
    assert all(not p["roles"][0]["title"].endswith("s") for p in found)


def test_members_of_a_body(nlp: Language) -> None:
    text = (
        "Since May the World Bank includes Eva Nagy as co-chair, Mrs Ana Okoro as treasurer, "
        "Paul Harrow and Jan Dijk as advisers."
    )
    assert roles(nlp, text) == {
        "Eva Nagy": [("co-chair", None, "World Bank")],
        "Ana Okoro": [("treasurer", None, "World Bank")],
        "Paul Harrow": [("adviser", None, "World Bank")],
        "Jan Dijk": [("adviser", None, "World Bank")],
    }


def test_an_office_that_begins_a_clause_is_no_apposition(nlp: Language) -> None:
    found = roles(nlp, "At the request of Daniel Wanjala, the President of Fiji sent a ship.")
    assert found["Daniel Wanjala"] == []


def test_two_offices_before_one_name_are_two_people(nlp: Language) -> None:
    found = roles(
        nlp, "The President and Foreign Minister Okello met the Prime Minister and Energy Minister Paul Harrow."
    )
    assert found["Okello"] == [("Foreign Minister", None, None)]


FORMS = [
    ("Miriam Okello came. Okello spoke. Mrs. Okello left.", [["Miriam Okello", "Okello", "Okello"]]),
    ("President Xi met them. Xi Mingze spoke. Xi left.", [["Xi", "Xi Mingze", "Xi"]]),
    ("President Joe Harrow came. President Joseph R. Harrow, Jr. spoke.", [["Joe Harrow", "Joseph R. Harrow, Jr."]]),
    ("President Daniel Wanjala spoke. Wanjala Daniel: Thank you.", [["Daniel Wanjala", "Wanjala Daniel"]]),
    ("President Salim Al Harith came. President Al Harith left.", [["Salim Al Harith", "Al Harith"]]),
    ("Mr Paul Harrow and Ms Anna Harrow came.", [["Paul Harrow"], ["Anna Harrow"]]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms_of_one_person(nlp: Language, text: str, expected: list[list[str]]) -> None:
    assert mentions(nlp, text) == expected


def test_offices_stand_for_their_holder(nlp: Language) -> None:
    text = (
        "President of Kenya Daniel Wanjala met Prime Minister of Uganda Miriam Okello. "
        "The President of Kenya spoke. The Head of State left. The two Presidents met."
    )
    offices = tokens(nlp, text).offices
    held = {o.title + ("s" if o.plural else ""): o.person for o in offices}
    assert held == {
        "President": "daniel wanjala",
        "Prime Minister": "miriam okello",
        "Head of State": "daniel wanjala",
        "Presidents": None,
    }


def test_an_office_that_two_hold_stands_for_neither(nlp: Language) -> None:
    text = "President of Kenya Daniel Wanjala met President of Fiji Paul Harrow. The President spoke."
    assert tokens(nlp, text).offices[-1].person is None


@pytest.mark.parametrize("model", MODELS)
def test_examples_name_words_of_their_rule(model: type[Rule]) -> None:
    for rule in read(model, (shipped(),)):
        plain = rule.model_dump()
        known = {w for key in ("words", "names", "title", "plural") for w in _listed(plain.get(key))}
        for example in rule.examples:
            marked = re.findall(r"\[(.+?)\]", example)
            assert marked and set(marked) <= known, rule.id


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
