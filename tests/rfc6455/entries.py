# SPDX-License-Identifier: MIT
"""spec/rfc6455.yaml as it is written: one Requirement per entry.

Knows the shape of that file, not whether what it names exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator.problem import Problem, Refused
from generator.tree import Map, Seq, Text, Tree, read_tree

LEVELS = ("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "must", "must not", "should", "should not")
BOUND = ("both", "client", "server", "application", "browser", "intermediary", "author")
KEYS = {"level": str, "binds": str, "says": str, "where": list, "tests": list, "reason": str}


@dataclass(frozen=True)
class Requirement:
    """`number`: its place in the section, from 1. `where`: rows, tables and functions that fulfil
    it. `reason`: why there is none, or what is to be said besides."""

    line: int
    section: str
    number: int
    level: str
    binds: str
    says: str
    where: tuple[Text, ...]
    tests: tuple[Text, ...]
    reason: str

    @property
    def name(self) -> str:
        return f"{self.section}-{self.number}"


@dataclass(frozen=True)
class Section:
    """A section with its requirements; without any it has a `reason`."""

    line: int
    number: str
    reason: str
    requirements: tuple[Requirement, ...]


def read_sections(path: Path) -> tuple[Section, ...]:
    """All sections of the file, or Refused."""
    tree = read_tree(path.read_text(encoding="utf-8"))
    problems: list[Problem] = []
    sections = tuple(_sections(tree, problems)) if isinstance(tree, Map) else ()
    if not sections and not problems:
        problems.append(Problem(1, "shape", "a mapping of sections is expected."))
    if problems:
        raise Refused(problems)
    return sections


def _sections(tree: Map, problems: list[Problem]) -> Iterator[Section]:
    for name, value in tree.items():
        line = tree.key_line(name)
        if isinstance(value, Text):
            yield Section(line, str(name), str(value), ())
        elif isinstance(value, Seq) and value:
            entries = [_requirement(str(name), number, entry, problems) for number, entry in enumerate(value, 1)]
            yield Section(line, str(name), "", tuple(entry for entry in entries if entry))
        else:
            problems.append(Problem(line, "shape", f"section {name} is neither a reason nor a list of requirements."))


def _requirement(section: str, number: int, entry: Tree, problems: list[Problem]) -> Requirement | None:
    if not isinstance(entry, Map):
        problems.append(Problem(1, "shape", f"{section}-{number} is no mapping."))
        return None
    wrong = [*_wrong_keys(entry), *_wrong_words(entry)]
    if wrong:
        problems += [Problem(entry.line, "shape", f"{section}-{number}: {text}") for text in wrong]
        return None
    return Requirement(
        entry.line, section, number, str(entry["level"]), str(entry["binds"]), str(entry["says"]),
        _texts(entry, "where"), _texts(entry, "tests"), str(entry.get("reason", "")))


def _wrong_keys(entry: Map) -> Iterator[str]:
    for key in entry:
        if key not in KEYS:
            yield f"the key `{key}` is not known."
        elif not _is(entry[key], KEYS[key]):
            yield f"`{key}` is to be a {'list of texts' if KEYS[key] is list else 'text'}."
    for key in ("level", "binds", "says"):
        if key not in entry:
            yield f"`{key}` is missing."


def _is(value: Tree, kind: type) -> bool:
    items = value if isinstance(value, Seq) else ()
    return isinstance(value, kind) and all(isinstance(item, Text) for item in items)


def _wrong_words(entry: Map) -> Iterator[str]:
    if entry.get("level", "MUST") not in LEVELS:
        yield f"`{entry['level']}` is no level."
    if entry.get("binds", "both") not in BOUND:
        yield f"nobody is called `{entry['binds']}`."


def _texts(entry: Map, key: str) -> tuple[Text, ...]:
    return tuple(cast("list[Text]", entry.get(key, [])))
