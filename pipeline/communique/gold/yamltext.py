"""YAML in which every value is text, read with the line of each part: no value is taken for a date or a truth value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.errors import InputError

try:
    import yaml
except ImportError as e:
    raise ImportError("the quotes form needs PyYAML; install it with: pip install 'communique[gold]'") from e


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C, where PyYAML has it."""


class Text(str):
    """A value, with its line."""

    __slots__ = ("line",)
    line: int


class Mapping(dict[str, Any]):
    """A mapping, with its line; a key with nothing behind it is left out."""

    line = 0


def read(text: str, path: str) -> Iterator[Any]:
    """The documents of a file; `InputError` with the line for what is no YAML."""
    try:
        for node in yaml.compose_all(text, Loader=_LOADER):
            yield _value(node, path)
    except RecursionError:
        raise InputError(path, "not YAML of this form: too deep") from None
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        raise InputError(path, f"not YAML: {e.problem}", mark.line + 1 if mark else None) from None
    except yaml.YAMLError as e:
        raise InputError(path, f"not YAML: {' '.join(str(e).split())}") from None


def _value(node: Any, path: str) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if node.style is None and node.value in ("", "~", "null"):
            return None
        value = Text(node.value)
        value.line = line
        return value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, path) for item in node.value]
    mapping = Mapping()
    mapping.line = line
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise InputError(path, "a key that is no word", key.start_mark.line + 1)
        if key.value in mapping:
            raise InputError(path, f"key {key.value!r} stands twice", key.start_mark.line + 1)
        if (value := _value(item, path)) is not None:
            mapping[key.value] = value
    return mapping


class _Dumper(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.representer.SafeRepresenter,
              yaml.resolver.BaseResolver):  # fmt: skip
    """Writes text plain where YAML allows it: nothing in these files is anything else than text."""

    def __init__(self, stream: Any, **options: Any) -> None:
        yaml.emitter.Emitter.__init__(self, stream, width=10**9, allow_unicode=True)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Block(str):
    """Text that stands on lines of its own."""

    __slots__ = ()


class Flow(dict[str, Any]):
    """A mapping on one line."""


class Listed(list[Any]):
    """A list on one line."""


def _text(dumper: Any, value: str) -> Any:
    style = "'" if value in ("", "~", "null") else None
    if value != value.strip() or not value.isprintable():
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _block(dumper: Any, value: str) -> Any:
    # Only where every character comes back: others are escaped in quotes.
    plain = all(ch == "\n" or (ch.isprintable() and ch not in "\ufeff") for ch in value) and value.strip()
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style="|" if plain else '"')


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Block, _block)
_Dumper.add_representer(Flow, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=True))
_Dumper.add_representer(Listed, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True))
_Dumper.add_representer(dict, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=False))
_Dumper.add_representer(list, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=False))


def write(value: Any) -> str:
    """The text of a document."""
    written: str = yaml.dump(value, Dumper=_Dumper)
    return written
