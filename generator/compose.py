# SPDX-License-Identifier: MIT
"""YAML text as PyYAML's nodes, refused before it grows beyond what a specification can need.

The limits bound the work of all that comes after. Knows YAML's syntax, not its values.
"""

from __future__ import annotations

from collections.abc import Callable

import yaml

from generator.problem import Problem, Refused
from generator.yaml_words import plainly

MOST_BYTES = 1 << 20
MOST_NODES = 20_000
"""In all, what an alias stands for counted at each place."""
MOST_ENTRIES = 500
"""In one list or mapping."""
MOST_LEVELS = 32


def compose(text: str) -> yaml.Node | None:
    """The root node of a document, or Refused."""
    try:
        return _Loader(text).single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused([Problem(mark.line + 1 if mark else 1, "E001", f"not YAML. {plainly(error)}")])
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Refused([Problem(line, "E001", f"not YAML. A control character. (PyYAML: {error.reason}.)")])


class _Loader(yaml.SafeLoader):
    """Counts while it composes: `weights` holds the nodes below each node that is complete."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.level = 0
        self.weight = 0
        self.weights: dict[int, int] = {}

    def single_node(self) -> yaml.Node | None:
        node: yaml.Node | None = self.get_single_node()
        return node

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        peek: Callable[[], yaml.Event] = self.peek_event
        line = peek().start_mark.line + 1
        self._limit(line, self.level < MOST_LEVELS, f"it is nested more than {MOST_LEVELS} levels deep")
        self.level += 1
        before = self.weight
        node: yaml.Node | None = super().compose_node(parent, index)
        self.level -= 1
        if id(node) in self.weights:
            self.weight += self.weights[id(node)]
        else:
            self.weight += 1
            self.weights[id(node)] = self.weight - before
        self._limit(line, self.weight <= MOST_NODES, f"up to here it has more than {MOST_NODES} values, shared ones "
                    "counted wherever they stand")
        entries = len(node.value) if isinstance(node, yaml.CollectionNode) else 0
        self._limit(line, entries <= MOST_ENTRIES, f"a list or mapping has more than {MOST_ENTRIES} entries")
        return node

    @staticmethod
    def _limit(line: int, kept: bool, what: str) -> None:
        if not kept:
            raise Refused([Problem(line, "E007", f"{what}.")])
