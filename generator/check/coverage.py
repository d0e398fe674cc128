# SPDX-License-Identifier: MIT
"""E3xx: whatever a source may raise in a state is heard there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.machines import RoleMachine, RoleState
from generator.problem import Problem
from generator.spec import Event, Source


def check(machine: RoleMachine) -> Iterator[Problem]:
    for state in machine.own_states:
        for source in machine.machine.sources:
            if not source.refuses:
                for event in machine.raised_in(source, state.state):
                    yield from _heard(machine, state, source, event)


def _heard(machine: RoleMachine, state: RoleState, source: Source, event: Event) -> Iterator[Problem]:
    rows = state.rows_of(event.name)
    if not rows and not source.armed:
        yield Problem(state.state.line, "E301", f"`{state.state.name}` of the {machine.role} neither handles nor "
                      f"ignores `{event.name}`, which `{source.name}` may raise there.")
    if rows and all(row.guard for row in rows):
        yield Problem(rows[-1].line, "E302", f"`{event.name}` may fall through in `{state.state.name}` of the "
                      f"{machine.role}: its last row has a guard.")
