"""Gold made by people: records to and from the forms in which they are annotated, compared and merged."""

from __future__ import annotations

FORMS = ("labelstudio", "docbin", "quotes")
"""The forms, by the names that the command line has for them."""
