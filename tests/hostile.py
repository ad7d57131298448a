"""A made-up record whose every string wants to be something else: markup, a script, an address, a direction."""

from __future__ import annotations

from typing import Any

from made_up import actor, decision, source, span

Row = dict[str, Any]

SCRIPT = "</script><script>window.taken = 1</script>"
IMAGE = "<img src=x onerror='window.taken = 2'>"
COMMENT = "<!--<script>"
TURNED = "\u202egnp.exe\u202c \u2067\u05d0\u2069 \u200f"
QUOTES = "\"'`&quot;&lt; onmouseover=window.taken=3 x="
SLOT = "{{script}}{{about}}${1} %s"
BEYOND = "\U0001f54a\ufe0f\U0001d538\u0301\u2028\u2029\x07\x7f\ufeff"
ENDLESS = "A" * 60_000
EVERYTHING = " ".join(
    (SCRIPT, IMAGE, COMMENT, TURNED, QUOTES, SLOT, BEYOND.replace("\u2028", "").replace("\u2029", ""))
)

TEXT = f"""{BEYOND} {SCRIPT}{IMAGE}

Kenya signed the Treaty {SCRIPT}{COMMENT} and {TURNED} {QUOTES} {SLOT} with Okello {IMAGE} for 3 {ENDLESS} in 2024.

{ENDLESS} {COMMENT} ]]> <svg onload=alert(1)> <a href="javascript:alert(2)">x</a> <style>*{{display:none}}</style>
"""


def hostile(id_: str = "__proto__/</script>?a=b#c%2F&d") -> Row:
    """A valid record of the text."""
    t = TEXT
    sentence = span(t, t.split("\n\n")[1])
    title = "Treaty </script><script>window.taken = 1</script><!--<script>"
    folded = " ".join(EVERYTHING.split())
    return {
        "schema": "communique/1",
        "id": id_,
        "source": {
            **source(f"{IMAGE}.txt"),
            "url": "javascript:window.taken=4//https://example.org/",
            "rights": SCRIPT,
            "title": folded,
            "publisher": folded,
            "published": "2024-01-02",
        },
        "text": t,
        "meeting": {"name": folded, "date": "2024", "place": folded, "state": None, "participants": ["p1"]},
        "people": [
            {
                "id": "p1",
                "name": folded,
                "roles": [{"title": folded, "state": None, "organization": "constructor", "at": None}],
                "mentions": [span(t, "Okello")],
            }
        ],
        "states": [{"id": "KEN", "name": "<b>Kenya</b>", "mentions": [span(t, "Kenya")]}],
        "organizations": [
            {"id": "o1", "name": "constructor", "acronym": "__proto__", "mentions": [{**span(t, SLOT), "rule": IMAGE}]}
        ],
        "documents": [
            {
                "id": "d1",
                "type": "treaty",
                "title": folded,
                "status": "signed",
                "date": None,
                "period": "2024/2026",
                "parties": ["KEN", "UGA"],
                "mentions": [span(t, title)],
            }
        ],
        "dates": [{"value": "2024", "mention": span(t, "2024")}],
        "figures": [
            {
                "value": 10**400,
                "upper": None,
                "unit": folded,
                "modifier": None,
                "measure": None,
                "mention": span(t, f"3 {ENDLESS}"),
            }
        ],
        "decisions": [
            decision(
                "a1",
                "sign",
                "taken",
                {**span(t, "signed"), "rule": SCRIPT},
                sentence,
                actors=[actor(t, "Kenya", ["KEN"]), {"start": None, "end": None, "text": IMAGE, "ids": ["p1"]}],
                object=span(t, f"the {title} and {TURNED}"),
                documents=["d1"],
            )
        ],
    }
