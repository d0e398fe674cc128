# SPDX-License-Identifier: MIT
"""The functions of one object: frames, calls, and whose address is taken. Reads the assembly that
the compiler made and its call information (-fcallgraph-info=su), which name calls by where they
stand in the source. It must not know what a call is for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from measure.toolchain import MeasureError, Object

_NAME = r"[A-Za-z_][\w.$]*"
_ENTRY = re.compile(rf"^\t\.ent\t({_NAME})$", re.M)
_GLOBAL = re.compile(rf"^\t\.globl\t({_NAME})$", re.M)
_JUMP = re.compile(rf"^\t(jals?|bals?|j|b)\t({_NAME})$")
_BY_REGISTER = re.compile(r"^\tjalrs?\t\$")
_ADDRESS = re.compile(rf"(?:\.word\t|%lo\()({_NAME})")
_NODE = re.compile(r'^node: \{ title: "(?P<title>[^"]+)" label: "[^"]*\\n(?P<frame>\d+) bytes \((?P<kind>[^)]*)\)')
_EDGE = re.compile(r'^edge: \{ sourcename: "(?P<caller>[^"]+)" targetname: "(?P<callee>[^"]+)"'
                   r'(?: label: "(?P<place>[^"]*)")? \}')
_TAIL_CALLS = ("j", "b")


@dataclass(frozen=True)
class Place:
    """A position in a source."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Call:
    """A call by name. `tail`: the caller's frame is gone by then. `places` is empty for calls that
    the compiler has added, such as to memcpy()."""

    callee: str
    tail: bool
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Function:
    """Names of static functions have their file before them: "wss_step.c:tell". `leaves_by_pointer`:
    its calls by pointer are all tail calls."""

    name: str
    file: Path
    frame: int
    calls: tuple[Call, ...]
    by_pointer: tuple[Place, ...]
    leaves_by_pointer: bool


@dataclass(frozen=True)
class Module:
    """An object. `taken`: functions, of any object, whose address it takes."""

    source: Path
    functions: tuple[Function, ...]
    taken: frozenset[str]


def read_module(made: Object) -> Module:
    assembly = made.assembly.read_text(encoding="utf-8")
    own = set(_ENTRY.findall(assembly))
    visible = set(_GLOBAL.findall(assembly))
    prefix = f"{made.source.name}:"

    def full(name: str) -> str:
        return prefix + name if name in own and name not in visible else name

    kinds, by_register = _jumps(assembly)
    frames, places, pointers = _call_information(made.calls)
    functions = []
    for name in sorted(own):
        if name not in frames:
            raise MeasureError(f"{made.source}: nothing is known of the frame of {name}()")
        if name in by_register and not pointers[name]:
            raise MeasureError(f"{made.source}: {name}() calls by pointer, but nobody knows where")
        calls = tuple(Call(full(callee), tail, tuple(places[name, callee]))
                      for callee, tail in sorted(kinds[name].items()))
        functions.append(Function(full(name), made.source, frames[name], calls, tuple(pointers[name]),
                                  name not in by_register))
    taken = frozenset(full(name) for name in _ADDRESS.findall(assembly))
    return Module(made.source, tuple(functions), taken)


def _jumps(assembly: str) -> tuple[dict[str, dict[str, bool]], set[str]]:
    """Whom each function calls, and whether by tail calls only; which call by register."""
    kinds: dict[str, dict[str, bool]] = defaultdict(dict)
    by_register = set()
    function = ""
    for line in assembly.splitlines():
        if entry := _ENTRY.match(line):
            function = entry[1]
        elif jump := _JUMP.match(line):
            tail = jump[1] in _TAIL_CALLS
            kinds[function][jump[2]] = tail and kinds[function].get(jump[2], True)
        elif _BY_REGISTER.match(line):
            by_register.add(function)
    return kinds, by_register


def _call_information(
        file: Path) -> tuple[dict[str, int], dict[tuple[str, str], list[Place]], dict[str, list[Place]]]:
    """Frames by function; places by caller and callee; places of calls by pointer by caller."""
    frames: dict[str, int] = {}
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    pointers: dict[str, list[Place]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        if node := _NODE.match(line):
            if node["kind"] != "static":
                raise MeasureError(f"{node['title']}: the size of the frame is not known ({node['kind']})")
            frames[_symbol(node["title"])] = int(node["frame"])
        elif edge := _EDGE.match(line):
            caller, callee = _symbol(edge["caller"]), _symbol(edge["callee"])
            if callee == "__indirect_call":
                pointers[caller].append(_place(edge["place"]))
            elif edge["place"]:
                places[caller, callee].append(_place(edge["place"]))
    return frames, places, pointers


def _symbol(title: str) -> str:
    return title.rsplit(":", 1)[-1]


def _place(label: str) -> Place:
    file, line, column = label.rsplit(":", 2)
    return Place(Path(file), int(line), int(column))
