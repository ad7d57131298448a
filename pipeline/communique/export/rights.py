"""Whether the rights told of a text let it be passed on."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any

from license_expression import Licensing, get_license_index

# Categories of ScanCode's LicenseDB (https://scancode-licensedb.aboutcode.org): licences that let everybody pass a
# work on, for any purpose. "Source-available" (CC BY-NC, CC BY-ND) and the rest set conditions on who may or what for.
_FREE = frozenset({"Permissive", "Public Domain", "Copyleft Limited", "Copyleft"})
# The addresses that Creative Commons asks to be given as the licence.
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(?P<kind>[a-z-]+)/(?P<version>[\d.]+)|publicdomain/(?P<tool>zero|mark))"
    r"(?:/.*)?",
    re.IGNORECASE,
)
_LICENSING = Licensing()
_TOOLS = {"zero": "cc0-1.0", "mark": "cc-pdm-1.0"}


class Rights:
    """Which rights let a text be passed on: free licences, and those that the user says do.

    A licence is known by its SPDX or ScanCode name ("CC-BY-4.0", "MIT OR CC0-1.0", "public domain"), blanks or hyphens
    in it, or by Creative Commons' address. Anything else, and nothing, is no known right.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(allowed)

    def free(self, rights: str | None) -> bool:
        """Whether a text under these rights may be passed on."""
        return rights is not None and (rights in self._allowed or _is_free(rights))


@cache
def _categories() -> dict[str, str]:
    """The category of each licence, by its names in lower case."""
    return {
        name.lower(): row["category"]
        for row in get_license_index()
        for name in (row["license_key"], row.get("spdx_license_key"), *row.get("other_spdx_license_keys", ()))
        if name and not row["is_exception"]
    }


@lru_cache(maxsize=1024)
def _is_free(rights: str) -> bool:
    found = _CREATIVE_COMMONS.fullmatch(rights.strip())
    if found:
        name = _TOOLS[found["tool"].lower()] if found["tool"] else f"cc-{found['kind']}-{found['version']}"
        return _category_is_free(name)
    if _category_is_free("-".join(rights.split())):
        return True
    try:
        return _holds(_LICENSING.parse(rights, simple=True))
    except Exception:  # words that are no expression make the parser raise whatever comes, not only its own errors
        return False


def _holds(expression: Any) -> bool:
    """Whether an expression lets pass on what is under it: one of several licences, or all of them."""
    if expression is None:
        return False
    if isinstance(expression, _LICENSING.OR):
        return any(map(_holds, expression.args))
    if isinstance(expression, _LICENSING.AND):
        return all(map(_holds, expression.args))
    licence = getattr(expression, "license_symbol", expression)
    return _category_is_free(str(licence.key))


def _category_is_free(name: str) -> bool:
    return _categories().get(name.lower()) in _FREE
