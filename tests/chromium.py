"""Chromium for the tests: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": (390, 844), "tablet": (900, 1100), "wide": (1440, 900)}


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser; where there is none the test is skipped, but not where the environment says `CI`."""
    required = "CI" in os.environ
    if not required:
        pytest.importorskip("playwright", reason="playwright is not installed: pip install 'communique[browser]'")
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None and not required:
        pytest.skip("no Chromium on this machine")
    assert path is not None, "no Chromium on this machine"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
