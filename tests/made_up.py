"""Made-up records, written by hand: what the tests of records and of scoring stand on."""

from __future__ import annotations

import copy
from typing import Any

Row = dict[str, Any]

FORUM = """\
Press service of the Highland Forum

Windhoek, 12 March 2019. The Highland Forum (HF) met under the chairmanship of President of Namibia \
Johanna Amupolo. \
Ministers Paulo Lusinde of Tanzania and Amupolo signed the Protocol on Seed Banks for 2019–2021. \
Okavango trade rose to over €3.5 million last year. \
The Forum decided to establish a seed fund and to meet in May 2020. \
Amupolo called on the African Seed Union to send between 10 and 12 percent of its stock. \
She proposed amending the Charter of the Highlands.
"""

VISIT = """\
The prime ministers of Nauru and Palau agreed to launch a ferry line within two years. \
Nauru will allocate 40 boats. Palau ratified the Ferry Treaty on 2 June 2021.
"""


def span(text: str, words: str, nth: int = 0) -> Row:
    """The offsets of the words, at their nth place."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def actor(text: str, words: str, ids: list[str], nth: int = 0) -> Row:
    return {**span(text, words, nth), "ids": ids}


def source(path: str) -> Row:
    return {
        "path": path,
        "url": None,
        "rights": None,
        "sha256": None,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "language": "en",
        "title": None,
        "publisher": None,
        "published": None,
    }


def decision(id_: str, act: str, status: str, trigger: Row, evidence: Row, **more: Any) -> Row:
    return {
        "id": id_,
        "act": act,
        "status": status,
        "actors": [],
        "object": None,
        "recipient": None,
        "documents": [],
        "date": None,
        **more,
        "trigger": trigger,
        "evidence": evidence,
    }


def forum() -> Row:
    """A meeting with something of every kind in it."""
    t = FORUM
    signing = span(
        t, "Ministers Paulo Lusinde of Tanzania and Amupolo signed the Protocol on Seed Banks for 2019–2021."
    )
    founding = span(t, "The Forum decided to establish a seed fund and to meet in May 2020.")
    calling = span(t, "Amupolo called on the African Seed Union to send between 10 and 12 percent of its stock.")
    proposing = span(t, "She proposed amending the Charter of the Highlands.")
    return {
        "schema": "communique/1",
        "id": "forum",
        "source": source("forum.txt"),
        "text": t,
        "meeting": {
            "name": "Highland Forum",
            "date": "2019-03-12",
            "place": "Windhoek",
            "state": None,
            "participants": ["p1", "p2"],
        },
        "people": [
            {
                "id": "p1",
                "name": "Johanna Amupolo",
                "roles": [
                    {
                        "title": "President",
                        "state": "NAM",
                        "organization": None,
                        "at": span(t, "President of Namibia"),
                    }
                ],
                "mentions": [
                    span(t, "Johanna Amupolo"),
                    span(t, "Amupolo", 1),
                    span(t, "Amupolo", 2),
                ],
            },
            {
                "id": "p2",
                "name": "Paulo Lusinde",
                "roles": [{"title": "Minister", "state": "TZA", "organization": None, "at": None}],
                "mentions": [span(t, "Paulo Lusinde")],
            },
        ],
        "states": [
            {"id": "NAM", "name": "Namibia", "mentions": [span(t, "Namibia")]},
            {"id": "TZA", "name": "Tanzania", "mentions": [span(t, "Tanzania")]},
        ],
        "organizations": [
            {
                "id": "o1",
                "name": "Press service of the Highland Forum",
                "acronym": None,
                "mentions": [span(t, "Press service of the Highland Forum")],
            },
            {
                "id": "o2",
                "name": "Highland Forum",
                "acronym": "HF",
                "mentions": [span(t, "Highland Forum", 1), span(t, "HF"), span(t, "Forum", 2)],
            },
            {
                "id": "o3",
                "name": "African Seed Union",
                "acronym": None,
                "mentions": [span(t, "African Seed Union")],
            },
        ],
        "documents": [
            {
                "id": "d1",
                "type": "protocol",
                "title": "Protocol on Seed Banks for 2019–2021",
                "status": "signed",
                "date": "2019-03-12",
                "period": "2019/2021",
                "parties": ["TZA", "NAM"],
                "mentions": [span(t, "Protocol on Seed Banks for 2019–2021")],
            },
            {
                "id": "d2",
                "type": "charter",
                "title": "Charter of the Highlands",
                "status": "proposed",
                "date": None,
                "period": None,
                "parties": [],
                "mentions": [span(t, "Charter of the Highlands")],
            },
        ],
        "dates": [
            {"value": "2019-03-12", "mention": span(t, "12 March 2019")},
            {"value": "2018", "mention": span(t, "last year")},
            {"value": "2020-05", "mention": span(t, "May 2020")},
        ],
        "figures": [
            {
                "value": 3500000,
                "upper": None,
                "unit": "EUR",
                "modifier": "over",
                "measure": span(t, "Okavango trade"),
                "mention": span(t, "€3.5 million"),
            },
            {
                "value": 10,
                "upper": 12,
                "unit": "percent",
                "modifier": None,
                "measure": None,
                "mention": span(t, "10 and 12 percent"),
            },
        ],
        "decisions": [
            decision(
                "a1",
                "sign",
                "taken",
                span(t, "signed"),
                signing,
                actors=[actor(t, "Paulo Lusinde", ["p2"]), actor(t, "Amupolo", ["p1"], 1)],
                object=span(t, "the Protocol on Seed Banks for 2019–2021"),
                documents=["d1"],
                date="2019-03-12",
            ),
            decision(
                "a2",
                "establish",
                "taken",
                span(t, "decided"),
                founding,
                actors=[actor(t, "The Forum", ["o2"])],
                object=span(t, "a seed fund"),
            ),
            decision(
                "a3",
                "schedule",
                "taken",
                span(t, "meet"),
                founding,
                actors=[actor(t, "The Forum", ["o2"])],
                date="2020-05",
            ),
            decision(
                "a4",
                "urge",
                "proposed",
                span(t, "called on"),
                calling,
                actors=[actor(t, "Amupolo", ["p1"], 2)],
                object=span(t, "to send between 10 and 12 percent of its stock"),
                recipient=actor(t, "the African Seed Union", ["o3"]),
            ),
            decision(
                "a5",
                "amend",
                "proposed",
                span(t, "proposed"),
                proposing,
                actors=[actor(t, "She", ["p1"])],
                object=span(t, "the Charter of the Highlands"),
                documents=["d2"],
            ),
        ],
    }


def visit() -> Row:
    """Two states and no names; nobody met anywhere."""
    t = VISIT
    return {
        "schema": "communique/1",
        "id": "visits/ferry",
        "source": source("visits/ferry.md"),
        "text": t,
        "meeting": None,
        "people": [],
        "states": [
            {"id": "NRU", "name": "Nauru", "mentions": [span(t, "Nauru"), span(t, "Nauru", 1)]},
            {"id": "PLW", "name": "Palau", "mentions": [span(t, "Palau"), span(t, "Palau", 1)]},
        ],
        "organizations": [],
        "documents": [
            {
                "id": "d1",
                "type": "treaty",
                "title": "Ferry Treaty",
                "status": "adopted",
                "date": "2021-06-02",
                "period": None,
                "parties": ["PLW"],
                "mentions": [span(t, "Ferry Treaty")],
            }
        ],
        "dates": [
            {"value": "P2Y", "mention": span(t, "two years")},
            {"value": "2021-06-02", "mention": span(t, "2 June 2021")},
        ],
        "figures": [
            {
                "value": 40,
                "upper": None,
                "unit": "boat",
                "modifier": None,
                "measure": None,
                "mention": span(t, "40 boats"),
            }
        ],
        "decisions": [
            decision(
                "a1",
                "establish",
                "taken",
                span(t, "agreed"),
                span(
                    t,
                    "The prime ministers of Nauru and Palau agreed to launch a ferry line within two years.",
                ),
                actors=[actor(t, "The prime ministers of Nauru and Palau", ["NRU", "PLW"])],
                object=span(t, "a ferry line within two years"),
            ),
            decision(
                "a2",
                "fund",
                "taken",
                span(t, "allocate"),
                span(t, "Nauru will allocate 40 boats."),
                actors=[actor(t, "Nauru", ["NRU"], 1)],
                object=span(t, "40 boats"),
            ),
            decision(
                "a3",
                "adopt",
                "taken",
                span(t, "ratified"),
                span(t, "Palau ratified the Ferry Treaty on 2 June 2021."),
                actors=[actor(t, "Palau", ["PLW"], 1)],
                object=span(t, "the Ferry Treaty"),
                documents=["d1"],
                date="2021-06-02",
            ),
        ],
    }


def rows() -> list[Row]:
    return [forum(), visit()]


def ruled(row: Row) -> Row:
    """The same as the pipeline writes it: with the rule of every mention, trigger, date and figure."""
    row = copy.deepcopy(row)
    for kind in ("people", "states", "organizations", "documents"):
        for entry in row[kind]:
            for mention in entry["mentions"]:
                mention["rule"] = f"{kind}.made-up"
    for kind in ("dates", "figures"):
        for entry in row[kind]:
            entry["rule"] = f"{kind}.made-up"
    for act in row["decisions"]:
        act["trigger"]["rule"] = "verb.made-up"
    return row


# Characters beyond U+FFFF, a joined emoji, combining marks, tabs, line ends of another system, a mark of direction.
CHARACTERS = (
    "\U0001f30a Shore Council \U0001f468\u200d\U0001f467\t\u200e(SC)\r\n\r\n"
    "On 3 May 2024 Zoe\u0308 Mba\u0301, Minister of Tides | Ports of Kenya, met Zoe\u0308 Mba\u0301 of Nauru.\r\n"
    "\U0001d4e3he two\tsigned the \u201cProtocol on \U0001d51fays\u201d\u00a0"
    "and gave \U0001f41f\U0001f41f 40\u00a0boats."
)


def characters() -> Row:
    """Two people of one name, a code without a mention, and words that hold what forms stumble over."""
    t = CHARACTERS
    zoe = "Zoe\u0308 Mba\u0301"
    signing = span(t, "\U0001d4e3he two\tsigned the \u201cProtocol on \U0001d51fays\u201d\u00a0and gave "
                      "\U0001f41f\U0001f41f 40\u00a0boats.")  # fmt: skip
    boats = span(t, "\U0001f41f\U0001f41f 40\u00a0boats")
    both = {"start": None, "end": None, "text": "the two | place 7\\", "ids": ["p2", "p1"]}
    return {
        "schema": "communique/1",
        "id": "\U0001f30a/tides 1",
        "source": source("\U0001f30a/tides 1.txt"),
        "text": t,
        "meeting": {"name": None, "date": None, "place": None, "state": None, "participants": []},
        "people": [
            {
                "id": "p1",
                "name": zoe,
                "roles": [
                    {"title": "Minister of Tides | Ports", "state": "KEN", "organization": "SC #2",
                     "at": span(t, "Minister of Tides | Ports of Kenya")},
                    {"title": "of | state KEN", "state": None, "organization": None, "at": None},
                ],
                "mentions": [span(t, zoe)],
            },
            {"id": "p2", "name": zoe, "roles": [], "mentions": [span(t, zoe, 1)]},
        ],
        "states": [
            {"id": "NRU", "name": "Nauru", "mentions": [span(t, "Nauru")]},
            {"id": "KEN", "name": "Kenya", "mentions": [span(t, "Kenya")]},
        ],
        "organizations": [
            {"id": "o1", "name": "Shore Council", "acronym": None, "mentions": [span(t, "Shore Council")]},
            {"id": "o2", "name": "SC #2", "acronym": "SC", "mentions": [span(t, "SC")]},
        ],
        "documents": [
            {
                "id": "d1", "type": "protocol", "title": "Protocol on \U0001d51fays", "status": "signed",
                "date": "2024-05-03", "period": "../2030", "parties": ["TUV", "NRU", "o2"],
                "mentions": [span(t, "Protocol on \U0001d51fays")],
            }
        ],
        "dates": [{"value": "2024-05-03", "mention": span(t, "3 May 2024")}],
        "figures": [
            {"value": 40.0, "upper": 1e21, "unit": "boat", "modifier": "about", "measure": span(t, "gave"),
             "mention": span(t, "40\u00a0boats")}
        ],
        "decisions": [
            decision("a1", "sign", "taken", span(t, "signed"), signing,
                     actors=[both, actor(t, "\U0001d4e3he two", ["p1", "NRU"])],
                     object=span(t, "the \u201cProtocol on \U0001d51fays\u201d"), documents=["d1"]),
            decision("a2", "fund", "taken", span(t, "gave"), signing,
                     actors=[actor(t, "\U0001d4e3he two", ["p1"]), both, both], object=boats, recipient=both),
        ],
    }  # fmt: skip
