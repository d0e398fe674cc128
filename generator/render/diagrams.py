# SPDX-License-Identifier: MIT
"""diagrams/*.dot and *.mmd: each machine in each of its roles, as a picture of its rows.

What a row does is left to the tables: a picture shows what leads where.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.machines import RoleMachine, RoleRow, RoleState
from generator.render.text import fill
from generator.spec import Spec

COLOURS = ("#eceff1", "#fff3c4", "#d3f2d3", "#ffe0cc", "#dbe7ff", "#f3ddf5")
"""One for each public state, in the order in which they are declared."""


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    result: dict[str, str] = {}
    for machine in machines:
        view = _picture(machine)
        result[f"diagrams/{machine.name}.dot"] = fill("diagram.dot.j2", spec, picture=view)
        result[f"diagrams/{machine.name}.mmd"] = fill("diagram.mmd.j2", spec, picture=view)
    return result


@dataclass(frozen=True)
class _Node:
    """`lines`: the rows that stay. `borders`: two for a final state."""

    name: str
    lines: list[str]
    colour: str
    borders: int


@dataclass(frozen=True)
class _Edge:
    start: str
    end: str
    lines: list[str]


@dataclass(frozen=True)
class _Picture:
    name: str
    doc: str
    initial: str
    final: list[str]
    nodes: list[_Node]
    edges: list[_Edge]


def _picture(machine: RoleMachine) -> _Picture:
    return _Picture(
        machine.name, machine.machine.doc, machine.machine.initial, list(machine.machine.final),
        [_node(machine, state) for state in machine.own_states], _edges(machine),
    )


def _node(machine: RoleMachine, state: RoleState) -> _Node:
    lines = [_label(row) for row in state.rows if row.stays and not row.ignored]
    borders = 2 if state.state.name in machine.machine.final else 1
    return _Node(state.state.name, lines, _colour(machine, state), borders)


def _colour(machine: RoleMachine, state: RoleState) -> str:
    names = [public.name for public in machine.machine.public]
    return COLOURS[names.index(state.state.public) % len(COLOURS)] if state.state.public else "#ffffff"


def _edges(machine: RoleMachine) -> list[_Edge]:
    """One edge for all rows from one state to another."""
    lines: dict[tuple[str, str], list[str]] = {}
    for row in machine.rows:
        if not row.stays:
            lines.setdefault((row.state, row.to), []).append(_label(row))
    return [_Edge(start, end, labels) for (start, end), labels in lines.items()]


def _label(row: RoleRow) -> str:
    return f"{row.event} [{row.guard}]" if row.guard else row.event
