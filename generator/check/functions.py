# SPDX-License-Identifier: MIT
"""E8xx: actions and guards of built roles have their C functions, and the reverse; reasons are used.

Reads C no further than it must: a definition begins at the start of a line, as the house
style has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import cnames
from generator.machines import RoleMachine
from generator.problem import Problem
from generator.spec import Declared, Spec

DEFINITION = re.compile(r"^(?:void|bool) wss_(act|guard)_(\w+)\([^;{]*\)\s*\{", re.MULTILINE)
REASON = re.compile(r"\bWSS_REASON_\w+")
NOUN = {"act": "action", "guard": "guard"}
CODE = {"act": ("E801", "E803"), "guard": ("E802", "E804")}


@dataclass(frozen=True)
class Function:
    kind: str
    name: str
    path: str
    line: int


def check(machines: Sequence[RoleMachine], runtime: Path) -> Iterator[Problem]:
    functions = list(_functions(runtime))
    for kind in NOUN:
        needed = {str(thing.name): thing for machine in machines if machine.built for thing in _named(machine, kind)}
        known = {str(thing.name) for machine in machines for thing in _named(machine, kind)}
        yield from _missing(kind, needed, {f.name for f in functions if f.kind == kind}, runtime)
        yield from _homeless([f for f in functions if f.kind == kind], known)


def check_reasons(spec: Spec, runtime: Path) -> Iterator[Problem]:
    """`none` is what every row without `why` says."""
    rows = (row for machine in spec.machines for state in machine.states for row in state.rows)
    used = {cnames.reason(row.why) for row in rows} | {cnames.reason(None)}
    for path in sorted(runtime.rglob("*.[ch]")):
        used.update(REASON.findall(path.read_text(encoding="utf-8", errors="replace")))
    for reason in spec.reasons:
        if cnames.reason(reason.name) not in used:
            yield Problem(reason.line, "E805", f"no row and no file under {runtime} names the reason `{reason.name}`.")


def _named(machine: RoleMachine, kind: str) -> tuple[Declared, ...]:
    return machine.actions if kind == "act" else machine.guards


def _missing(kind: str, needed: dict[str, Declared], there: set[str], runtime: Path) -> Iterator[Problem]:
    for name, thing in needed.items():
        if name not in there:
            yield Problem(thing.line, CODE[kind][0],
                          f"the {NOUN[kind]} `{name}` has no function wss_{kind}_{name} under {runtime}.")


def _homeless(functions: list[Function], known: set[str]) -> Iterator[Problem]:
    for function in functions:
        if function.name not in known:
            yield Problem(function.line, CODE[function.kind][1],
                          f"wss_{function.kind}_{function.name} belongs to no {NOUN[function.kind]}.", function.path)


def _functions(runtime: Path) -> Iterator[Function]:
    for path in sorted(runtime.rglob("*.c")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for found in DEFINITION.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Function(found.group(1), found.group(2), path.as_posix(), line)
