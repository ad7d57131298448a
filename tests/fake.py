"""A pipeline that finds the state of Kenya and nothing else, for tests of what is around the pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

SOURCE = (
    "path",
    "url",
    "rights",
    "sha256",
    "media_type",
    "encoding",
    "language",
    "title",
    "publisher",
    "published",
)


def documents(items: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for text, context in items:
        mentions = [
            {"start": m.start(), "end": m.end(), "text": m[0], "rule": "KEN"} for m in re.finditer("Kenya", text)
        ]
        yield {
            "schema": "communique/1",
            "id": context["id"],
            "source": {key: context[key] for key in SOURCE},
            "text": text,
            "meeting": None,
            "people": [],
            "states": [{"id": "KEN", "name": "Kenya", "mentions": mentions}] if mentions else [],
            "organizations": [],
            "documents": [],
            "dates": [],
            "figures": [],
            "decisions": [],
        }
