"""One HTML file with texts and everything read from them, which opens from disk and asks the network for nothing.

The page's own HTML, style and scripts are files of `page/`; they are put together here, with the texts as JSON, which
the page reads when it needs them. No string of a text becomes markup: the JSON holds none of `<`, `>` and `&`, the
scripts write text nodes alone, and a content security policy lets the browser run nothing but those scripts, by their
hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from communique.records import Record
from communique.view.colours import ACTS, COLOURS
from communique.view.payload import head, payload

SCRIPTS: Final = (
    "dom.js", "records.js", "store.js", "filters.js", "filterbar.js", "lists.js", "browse.js", "reading.js", "panel.js",
    "texts.js", "charts.js", "overview.js", "app.js",
)  # fmt: skip
"""The page's scripts, in the order in which they need each other."""
LIBRARY: Final = "vendor/echarts.min.js"
_SLOT = re.compile(r"\{\{(\w+)}}")
_FOLDER = files("communique.view") / "page"
_UNSAFE = re.compile("[<>&\x7f\u2028\u2029\ufeff]")


def report(records: Iterable[Record], title: str) -> Iterator[str]:
    """The page in pieces, from first to last, a text at a time; only the heads of the texts are kept.

    The same records and title give the same characters.
    """
    style, script, library = _style(), _script(), _source(LIBRARY)
    heads: list[dict[str, Any]] = []
    known = {"title": html.escape(title), "policy": html.escape(policy([library, script], style))}
    known |= {"style": style, "script": script, "library": library}
    for number, part in enumerate(_SLOT.split(_source("page.html"))):
        if number % 2 == 0:
            yield part
        elif part == "texts":
            yield from _texts(records, heads)
        elif part == "about":
            yield _json({"title": title, "version": version("communique"), "acts": ACTS, "texts": heads})
        else:
            yield known[part]


def policy(scripts: Iterable[str], style: str) -> str:
    """What the browser may do: run these scripts, apply this style, and nothing else."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default"
    )


def _texts(records: Iterable[Record], heads: list[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        yield f'<script type="application/json" id="text-{len(heads)}">{_json(payload(record))}</script>\n'
        heads.append(head(record))


def _json(row: Any) -> str:
    """JSON that no HTML parser reads as anything else."""
    text = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _script() -> str:
    """The scripts as one, out of which no name leaks."""
    return '"use strict";\n(() => {\n' + "\n".join(map(_source, SCRIPTS)) + "})();\n"


def _style() -> str:
    light = (f"--{kind}:{c.hue};--{kind}-ink:{c.ink};--{kind}-tint:{c.tint};" for kind, c in COLOURS.items())
    dark = (f"--{kind}-ink:{c.dark_ink};--{kind}-tint:{c.dark_tint};" for kind, c in COLOURS.items())
    colours = f":root{{{''.join(light)}}}\n:root[data-theme=dark]{{{''.join(dark)}}}\n"
    return colours + _source("style.css")


def _source(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def write(pieces: Iterable[str], path: Path | None) -> None:
    """Write the page in the place of an old one once it is whole, or to standard output."""
    if path is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as file:
            file.writelines(pieces)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
