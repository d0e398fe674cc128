# SPDX-License-Identifier: MIT
"""YAML as a tree in which every mapping, list and string knows its line.

Knows YAML's values and their traps, nothing of machines. Aliases share their node; merge
keys, numbers with a point and keys that are no strings are refused.
"""

from __future__ import annotations

import re
from typing import Union

import yaml

from generator.compose import compose
from generator.problem import Problem, Refused


class Text(str):
    """A string and the line it stands on."""

    line: int

    def __new__(cls, value: str, line: int) -> Text:
        text = super().__new__(cls, value)
        text.line = line
        return text


class Seq(list["Tree"]):
    """A list and the line it begins on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class Map(dict[str, "Tree"]):
    """A mapping and the line it begins on; its keys are Text."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line

    def key_line(self, key: str) -> int:
        return next((name.line for name in self if isinstance(name, Text) and name == key), self.line)


Tree = Union[Map, Seq, Text, int, bool, None]

TAG = "tag:yaml.org,2002:"
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})|0x[0-9A-Fa-f]{1,16}")
"""YAML 1.1 has more: 010 is eight, 1:30 is ninety."""
MOST_SHOWN = 40
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def read_tree(text: str) -> Tree:
    """The tree of a document, or Refused."""
    node = compose(text)
    reader = _Reader()
    tree = reader.read(node) if node is not None else None
    if reader.problems:
        raise Refused(reader.problems)
    return tree


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._done: dict[int, Tree] = {}
        self._open: set[int] = set()

    def read(self, node: yaml.Node) -> Tree:
        if id(node) in self._done:
            return self._done[id(node)]
        if id(node) in self._open:
            self._refuse(node, "E001", "an alias stands inside the node that it names.")
            return None
        self._open.add(id(node))
        tree = self._convert(node)
        self._open.remove(id(node))
        self._done[id(node)] = tree
        return tree

    def _convert(self, node: yaml.Node) -> Tree:
        if isinstance(node, yaml.CollectionNode) and node.tag not in (TAG + "map", TAG + "seq"):
            self._refuse(node, "E004", f"YAML reads a list or mapping as a {node.tag.removeprefix(TAG)}: leave the tag "
                         "out.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            seq = Seq(_line(node))
            seq.extend(self.read(item) for item in node.value)
            return seq
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode) -> Map:
        result = Map(_line(node))
        for key_node, value_node in node.value:
            value = self.read(value_node)
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                self._refuse(key_node, "E002", f"the key `{key}` stands twice in one mapping.")
            result[key] = value
        return result

    def _key(self, node: yaml.Node) -> Text | None:
        if isinstance(node, yaml.ScalarNode) and node.tag == TAG + "str":
            return self._text(node)
        shown = _shown(node) if isinstance(node, yaml.ScalarNode) else "a list or mapping"
        self._refuse(node, "E003", f"the key `{shown}` is no string to YAML 1.1; use another word (`when` for `on`).")
        return None

    def _scalar(self, node: yaml.ScalarNode) -> Tree:
        kind = node.tag.removeprefix(TAG)
        if kind == "str":
            return self._text(node)
        if kind == "int" and INTEGER.fullmatch(node.value):
            return int(node.value, 0)
        if kind == "bool" and node.value.lower() in yaml.SafeLoader.bool_values:
            return bool(yaml.SafeLoader.bool_values[node.value.lower()])
        if kind == "null":
            return None
        known = {"int": "an integer of an unusual form", "bool": "no boolean"}
        self._refuse(node, "E004", f"YAML reads `{_shown(node)}` as {known.get(kind, f'a {kind}')}: put a section "
                     "number or a text in quotes.")
        return None

    def _text(self, node: yaml.ScalarNode) -> Text:
        unfit = UNFIT.search(node.value)
        if unfit:
            self._refuse(node, "E006", f"a text holds U+{ord(unfit[0]):04X}: neither line breaks nor other control "
                         "characters fit in one.")
        return Text(node.value, _line(node))

    def _refuse(self, node: yaml.Node, code: str, text: str) -> None:
        self.problems.append(Problem(_line(node), code, text))


def _shown(node: yaml.ScalarNode) -> str:
    """Short enough for a message."""
    value = str(node.value)
    return value if len(value) <= MOST_SHOWN else value[:MOST_SHOWN] + "..."


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
