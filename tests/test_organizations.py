"""Organizations in made-up sentences, each marked by brackets."""

from __future__ import annotations

import re

import pytest

from communique import extract

SENTENCES = [
    "The [Harrow Labour Congress] met; [HLC] President Dan Okello spoke. The RPC did not.",
    "The CEO of [Harrownet], Dwalu Okello, met the Greek producer [Ostrava Gas]. [Harrownet] signed.",
    "Banks such as those named above and the companies [Okelltel] and [Velgaz] paid; a company from Kenya did not.",
    "The company CEO Jan Dijk and the firm Kenya trusts came to the station Monday.",
    "The [Senate] and the [Secretariat] agreed; a Senate race and a Parliament did not matter.",
    "The [Ministry of Lakes and Rivers of Uganda] met the [Harrow Chamber of Commerce].",
    "The [Lake States Council] ([LSC]) met; the [LSC] is old and the [Council] is small.",
    "They thanked the [Royal Lake Hospital for Children] and the [Harrow General Hospital].",
    "The [Harrow Symphony Orchestra] played for the [World Bank].",
    "The [Foreign Affairs and Defence Committee of the Kenyan Cabinet] met.",
    "Staff of the [Harrow Railway Company] and of [Salam Livestock Co.] came.",
    "[NATO] allies and the [European Union] met.",
    "The leaders of the member states and the Parties met in Harrow.",
    "HARROW, Nov. 11 ([LNA]) - Kenya and Uganda agreed to open a port.",
    "HARROW, Nov 25, [LNA] - Kenya and Uganda agreed to open a port, the office told [LNA].",
    "HARROW, 17 MAY - Kenya and Uganda agreed to open a port.",
    "HARROW, USA - Kenya and Uganda agreed to open a port.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_mentions(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    mentions = sorted(
        (m.start, m.text) for o in extract(text, published="2031-11-26").organizations for m in o.mentions
    )
    assert [words for _, words in mentions] == re.findall(r"\[(.+?)\]", marked)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Lake States Council (LSC) met. The LSC is old and the Council is small.",
            [("Lake States Council", "LSC")],
        ),
        ("HARROW, Nov. 11 (LNA) - Kenya and Uganda agreed to open a port.", [("LNA", "LNA")]),
        (
            "The Supreme Council of the Lake Union met. The Supreme Council agreed.",
            [("Supreme Council of the Lake Union", None)],
        ),
        (
            "The Head of the Office of the President Andriy Okello spoke.",
            [("Office of the President", None)],
        ),
        (
            "The Ministry of Ports and the Ministry of Lakes met.",
            [("Ministry of Ports", None), ("Ministry of Lakes", None)],
        ),
    ],
)
def test_entries(text: str, names: list[tuple[str, str | None]]) -> None:
    assert [(o.name, o.acronym) for o in extract(text, published="2031-11-26").organizations] == names
