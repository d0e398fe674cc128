# SPDX-License-Identifier: MIT
"""E2xx: every row can fire, for a role that has what it names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.machines import (
    RoleMachine, action_roles, all_actions, common_roles, event_roles, row_roles, source_of, state_named,
)
from generator.problem import Problem
from generator.spec import Machine, Row, Spec, State
from generator.tree import Text

MOST_ACTIONS = 4


def check_declared(spec: Spec) -> Iterator[Problem]:
    for machine in spec.machines:
        for state in machine.states:
            for row in state.rows:
                yield from _row(machine, state, row)
            if machine.plain:
                yield from _plain(machine, state)
            for event in (*state.ignore, *state.refuse):
                yield from _listed(machine, state, event)
            yield from _refused(machine, state)


def _row(machine: Machine, state: State, row: Row) -> Iterator[Problem]:
    roles = row_roles(machine, state, row)
    if not roles:
        yield Problem(row.line, "E203", f"no role can take `{row.event}` here: {_wanted(machine, state, row)}.")
    yield from _not_raised(machine, state, row.event, row.line)
    if row.to == state.name:
        yield Problem(row.line, "E210", f"`{row.event}` goes to `{row.to}`, its own state: leave `to` out.")
    yield from _target(machine, row, roles)
    yield from _actions(machine, state, row, roles)


def _wanted(machine: Machine, state: State, row: Row) -> str:
    event = next(event for event in machine.events if event.name == row.event)
    wants = (("the state", state.role), ("the event", event.role), ("the row", row.role))
    return ", ".join(f"{what} is for {role}" for what, role in wants if role)


def _target(machine: Machine, row: Row, roles: tuple[str, ...]) -> Iterator[Problem]:
    strangers = [r for r in roles if row.to and r not in common_roles(machine, state_named(machine, row.to).role)]
    for role in strangers:
        yield Problem(row.line, "E206", f"the {role} goes to `{row.to}`, a state that it does not have.")


def _actions(machine: Machine, state: State, row: Row, roles: tuple[str, ...]) -> Iterator[Problem]:
    names = all_actions(machine, state, row)
    if len(names) > MOST_ACTIONS:
        yield Problem(row.line, "E207", f"`{row.event}` has {len(names)} actions: {', '.join(names)}.")
    for action in (action for action in machine.actions if action.name in names):
        for role in (role for role in roles if role not in action_roles(machine, action)):
            yield Problem(row.line, "E205", f"`{action.name}` is not for the {role}.")


def _plain(machine: Machine, state: State) -> Iterator[Problem]:
    """The runtime takes the first row of such a machine, and its one action."""
    if state.arm:
        yield Problem(state.arm[0].line, "E211", f"`{state.name}` arms a timer, but {machine.name} is `plain`.")
    for row in state.rows:
        wants = (("a guard", row.guard), ("timers", (*row.stop, *row.start, *row.restart)),
                 ("several actions", len(all_actions(machine, state, row)) > 1))
        for what in (what for what, there in wants if there):
            yield Problem(row.line, "E211", f"`{row.event}` in `{state.name}` has {what}, but {machine.name} is "
                          "`plain`.")


def _listed(machine: Machine, state: State, event: Text) -> Iterator[Problem]:
    if not event_roles(machine, state, event):
        yield Problem(event.line, "E203", f"`{event}` is for another role than the state `{state.name}`.")
    yield from _not_raised(machine, state, event, event.line)


def _not_raised(machine: Machine, state: State, event: str, line: int) -> Iterator[Problem]:
    source = source_of(machine, event)
    if source.states is not None and state.name not in source.states:
        yield Problem(line, "E204", f"the source `{source.name}` does not raise `{event}` in `{state.name}`.")


def _refused(machine: Machine, state: State) -> Iterator[Problem]:
    taken = {row.event for row in state.rows if row.guard is None and row.role is None} | set(state.ignore)
    for event in state.refuse:
        if event in taken:
            yield Problem(event.line, "E208", f"`{state.name}` refuses `{event}` and takes it too.")
        if not source_of(machine, event).refuses:
            yield Problem(event.line, "E209", f"`{event}` cannot be refused: its source is `else: bug`.")


def check_order(machine: RoleMachine) -> Iterator[Problem]:
    """Rows that the ones before them shadow."""
    for state in machine.states:
        seen: dict[str, dict[str | None, int]] = {}
        for row in state.rows:
            guards = seen.setdefault(row.event, {})
            if None in guards:
                yield Problem(row.line, "E201",
                              f"`{row.event}` in `{row.state}` never comes here: line {guards[None]} always fires.")
            elif row.guard in guards:
                yield Problem(row.line, "E202", f"`{row.event}` if `{row.guard}` in `{row.state}` fires on line "
                              f"{guards[row.guard]} already.")
            guards.setdefault(row.guard, row.line)

