# SPDX-License-Identifier: MIT
"""wss_names.h and .c: names for traces, and the line of the specification that a row has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import cnames
from generator.machines import RoleMachine
from generator.render.text import fill, quoted, wrapped
from generator.spec import Declared, Machine, Spec


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    arrays = [array for machine in spec.machines for array in _name_arrays(machine)]
    arrays += [_line_array(machine) for machine in machines if machine.built]
    return {
        "wss_names.h": fill("wss_names.h.j2", spec),
        "wss_names.c": fill("wss_names.c.j2", spec, arrays=arrays, entries=[_entry(m) for m in machines]),
    }


@dataclass(frozen=True)
class _Array:
    declaration: str
    lines: list[str]


def _name_arrays(machine: Machine) -> list[_Array]:
    return [
        _names(machine, "states", machine.states),
        _names(machine, "events", machine.events),
        _names(machine, "guards", machine.guards, "none"),
        _names(machine, "actions", machine.actions, "none"),
    ]


def _names(machine: Machine, kind: str, things: Iterable[Declared], zero: str = "") -> _Array:
    names = ([zero] if zero else []) + [str(thing.name) for thing in things]
    return _Array(f"const char *const {machine.name}_{kind}[]", wrapped(quoted(name) for name in names))


def _line_array(machine: RoleMachine) -> _Array:
    name = machine.name.replace(".", "_")
    return _Array(f"const uint16_t {name}_lines[]", wrapped(str(row.line) for row in machine.rows))


def _entry(machine: RoleMachine) -> list[str]:
    own = machine.machine.name
    parts = [f"    [{cnames.machine_id(machine.machine, machine.role)}] = {{",
             f"        .name = {quoted(machine.name)},"]
    parts += [f"        .{kind} = NAMES({own}_{kind})," for kind in ("states", "events", "guards", "actions")]
    if machine.built:
        lines = machine.name.replace(".", "_") + "_lines"
        parts += [f"        .lines = {lines},", f"        .row_count = COUNT({lines}),"]
    return parts + ["    },"]
