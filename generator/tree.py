# SPDX-License-Identifier: MIT
"""YAML as a tree in which every mapping, list and string knows its line.

Knows YAML and its traps, nothing of machines. Aliases share their node; merge keys,
numbers with a point and keys that are no strings are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

import yaml

from generator.problem import Problem, Refused
from generator.yaml_words import plainly


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


def read_tree(text: str) -> Tree:
    """The tree of a document, or Refused."""
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused([Problem(mark.line + 1 if mark else 1, "E001", f"not YAML. {plainly(error)}")])
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Refused([Problem(line, "E001", f"not YAML. A control character. (PyYAML: {error.reason}.)")])
    reader = _Reader()
    tree = reader.read(node) if node is not None else None
    if reader.problems:
        raise Refused(reader.problems)
    return tree


def _compose(text: str) -> yaml.Node | None:
    compose: Callable[..., yaml.Node | None] = yaml.compose
    return compose(text, Loader=yaml.SafeLoader)


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._scalars = yaml.constructor.SafeConstructor()
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
        if node.tag == TAG + "str":
            return Text(node.value, _line(node))
        shown = node.value if isinstance(node, yaml.ScalarNode) else "a list or mapping"
        self._refuse(node, "E003", f"the key `{shown}` is no string to YAML 1.1; use another word (`when` for `on`).")
        return None

    def _scalar(self, node: yaml.ScalarNode) -> Tree:
        kind = node.tag.removeprefix(TAG)
        if kind == "str":
            return Text(node.value, _line(node))
        if kind == "int":
            return int(self._scalars.construct_yaml_int(node))
        if kind == "bool":
            return bool(self._scalars.construct_yaml_bool(node))
        if kind == "null":
            return None
        self._refuse(node, "E004", f"YAML reads `{node.value}` as a {kind}: put a section number or a text in quotes.")
        return None

    def _refuse(self, node: yaml.Node, code: str, text: str) -> None:
        self.problems.append(Problem(_line(node), code, text))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
