# SPDX-License-Identifier: MIT
"""E3xx: whatever a source may raise in a state is heard there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.machines import RoleMachine, RoleState
from generator.problem import Problem
from generator.spec import Event, Machine, Source, Spec


def check_declared(spec: Spec) -> Iterator[Problem]:
    for source in (source for machine in spec.machines for source in machine.sources if not source.refuses):
        for event in (event for event in source.events if event.everywhere):
            yield Problem(event.line, "E304", f"`{event.name}` is heard everywhere as it is: `{source.name}` is "
                          "`else: bug`.")


def check(machine: RoleMachine) -> Iterator[Problem]:
    for state in machine.own_states:
        for source in machine.machine.sources:
            for event in machine.raised_in(source, state.state):
                if not source.refuses:
                    yield from _heard(machine, state, source, event)
                elif event.everywhere and _between(machine.machine, state):
                    yield from _answered(machine, state, event)


def _between(machine: Machine, state: RoleState) -> bool:
    return state.state.name not in (machine.initial, *machine.final)


def _answered(machine: RoleMachine, state: RoleState, event: Event) -> Iterator[Problem]:
    """Some row always takes the event, or the state says that it refuses it."""
    taken = any(row.guard is None for row in state.rows_of(event.name))
    if not taken and event.name not in state.state.refuse:
        yield Problem(state.state.line, "E303", f"`{state.state.name}` of the {machine.role} neither takes nor refuses "
                      f"`{event.name}` in every case, which is `everywhere`.")


def _heard(machine: RoleMachine, state: RoleState, source: Source, event: Event) -> Iterator[Problem]:
    rows = state.rows_of(event.name)
    if not rows and not source.armed:
        yield Problem(state.state.line, "E301", f"`{state.state.name}` of the {machine.role} neither handles nor "
                      f"ignores `{event.name}`, which `{source.name}` may raise there.")
    if rows and all(row.guard for row in rows):
        yield Problem(rows[-1].line, "E302", f"`{event.name}` may fall through in `{state.state.name}` of the "
                      f"{machine.role}: its last row has a guard.")
