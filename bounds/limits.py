# SPDX-License-Identifier: MIT
"""What is accepted, and why: limits.yaml and misra.yaml, written by hand; misra-counts.json, by
scripts/static --write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from measure.toolchain import MeasureError

FOLDER = Path(__file__).parent

MANDATORY = frozenset(("9.1", "12.5", "13.6", "17.3", "17.4", "17.6", "19.1", "21.13", "21.17", "21.18", "21.19",
                       "21.20", "21.22", "22.2", "22.4", "22.5", "22.6"))
"""Rules of MISRA C:2012 that have no deviations."""


@dataclass(frozen=True)
class Allocation:
    """Allocators that a file may want."""

    file: str
    symbols: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Limits:
    """Of functions written by hand: complexity and lines."""

    complexity: int
    length: int
    heap: tuple[Allocation, ...]


@dataclass(frozen=True)
class Deviation:
    """A rule that is not kept. `subject`: what it is about, in our words."""

    id: str
    rule: str
    category: str
    subject: str
    reason: str


@dataclass(frozen=True)
class Counts:
    """How often each rule is not kept, by "rule/room"."""

    cppcheck: str
    counts: Mapping[str, int]


def load_limits(file: Path = FOLDER / "limits.yaml") -> Limits:
    read = _yaml(file)
    return Limits(read["complexity"], read["length"],
                  tuple(Allocation(one["file"], tuple(one["symbols"]), _sentence(one["reason"]))
                        for one in read["heap"]))


def load_deviations(file: Path = FOLDER / "misra.yaml") -> tuple[Deviation, ...]:
    """In the order of the rules. MeasureError: a number or a rule that is there twice, a mandatory rule."""
    every = [Deviation(id, str(one["rule"]), one["category"], one["subject"], _sentence(one["reason"]))
             for id, one in _yaml(file).items()]
    for one in every:
        if one.rule in MANDATORY or one.category not in ("required", "advisory"):
            raise MeasureError(f"{file.name}: {one.id}: rule {one.rule} can have no deviation")
        if [other.rule for other in every].count(one.rule) > 1:
            raise MeasureError(f"{file.name}: {one.id}: rule {one.rule} is there twice")
    return tuple(sorted(every, key=lambda one: number(one.rule)))


def load_counts(file: Path = FOLDER / "misra-counts.json") -> Counts:
    read = json.loads(file.read_text(encoding="utf-8"))
    return Counts(read["cppcheck"], read["counts"])


def save_counts(counts: Counts, file: Path = FOLDER / "misra-counts.json") -> None:
    content = {"cppcheck": counts.cppcheck, "counts": dict(counts.counts)}
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def number(rule: str) -> tuple[int, ...]:
    """For the order of rules."""
    return tuple(int(part) for part in rule.split("."))


class _Loader(yaml.SafeLoader):
    """Refuses a key that is there twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise MeasureError(f"{key} is there twice: {node.start_mark}")
        return dict(super().construct_mapping(node, deep))


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506


def _sentence(text: str) -> str:
    return " ".join(text.split())
