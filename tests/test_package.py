"""What the package says of itself is so."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

from communique import components, language


def project(root: Path) -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def test_every_component_is_a_factory_that_another_pipeline_finds(root: Path) -> None:
    points = project(root)["entry-points"]
    assert isinstance(points, dict)
    modules = {f"communique_{name}": f"communique.components.{name}:make" for name in components.ORDER}
    assert points["spacy_factories"] == modules
    factories = {meta.factory for meta in map(language.load().get_pipe_meta, language.load().pipe_names)}
    assert factories == set(modules)


def test_the_changelog_tells_of_this_version(root: Path) -> None:
    versions = re.findall(r"^## \[(\d[^]]*)]", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == version("communique") == project(root)["version"]


def test_the_licence_leaves_out_what_is_not_ours(root: Path) -> None:
    licence = (root / "LICENSE").read_text("utf-8")
    names = re.findall(r"^    (corpus/\S+\.txt)$", licence, re.MULTILINE)
    assert len(names) == 2
    assert [name for name in names if not (root / name).exists()] == []
