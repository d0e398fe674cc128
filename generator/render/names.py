# SPDX-License-Identifier: MIT
"""wss_names.h and .c: names for traces, and the line of the specification that a row has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import cnames
from generator.machines import RoleMachine
from generator.render.text import condition, fill, list_item, only_if, wrapped
from generator.spec import Declared, Machine, Spec


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    return {
        "wss_names.h": fill("wss_names.h.j2", spec),
        "wss_names.c": fill(
            "wss_names.c.j2", spec,
            machine_names=_strings(machine.name for machine in machines),
            lists=[_lists_text(machine) for machine in spec.machines],
            lines=[only_if(condition([m.role]), _lines_text(m)) for m in machines if m.built],
            entries=[only_if(condition([m.role]), _entry(m)) for m in machines]),
    }


@dataclass(frozen=True)
class _List:
    """Names of a machine, by their numbers."""

    machine: Machine
    kind: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"static const char {self.machine.name}_{self.kind}[] =\n{_strings(self.names)};"

    @property
    def member(self) -> str:
        return f"        .{self.kind} = {{{self.machine.name}_{self.kind}, {len(self.names)}}},"


def _lists(machine: Machine) -> tuple[_List, ...]:
    return (
        _List(machine, "states", _names(machine.states)),
        _List(machine, "events", _names(machine.events)),
        _List(machine, "guards", ("none", *_names(machine.guards))),
        _List(machine, "actions", ("none", *_names(machine.actions))),
    )


def _names(things: Iterable[Declared]) -> tuple[str, ...]:
    return tuple(str(thing.name) for thing in things)


def _strings(names: Iterable[str]) -> str:
    return "\n".join(wrapped(map(list_item, names), separator=" "))


def _lists_text(machine: Machine) -> str:
    text = "\n\n".join(it.text for it in _lists(machine))
    return only_if("" if len(machine.roles) > 1 else condition(machine.roles), text)


def _lines_text(machine: RoleMachine) -> str:
    lines = "\n".join(wrapped(str(row.line) for row in machine.rows))
    return f"static const uint16_t {_lines_name(machine)}[] = {{\n{lines}\n}};"


def _lines_name(machine: RoleMachine) -> str:
    return machine.name.replace(".", "_") + "_lines"


def _entry(machine: RoleMachine) -> str:
    parts = [f"    [{cnames.machine_id(machine.machine, machine.role)}] = {{"]
    parts += [it.member for it in _lists(machine.machine)]
    if machine.built:
        lines = _lines_name(machine)
        parts += [f"        .lines = {lines},", f"        .row_count = COUNT({lines}),"]
    return "\n".join([*parts, "    },"])
