# SPDX-License-Identifier: MIT
"""E6xx: what may lead on comes last, what is to happen once happens once, inputs are begun."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.walk import repeated
from generator.machines import RoleMachine, RoleRow
from generator.problem import Problem


def check_order(machine: RoleMachine) -> Iterator[Problem]:
    app = {str(action.name) for action in machine.machine.actions if action.app}
    steps = {str(action.name) for action in machine.machine.actions if action.steps}
    for row in machine.rows:
        yield from _calls(row, app)
        yield from _steps(row, steps)


def _calls(row: RoleRow, app: set[str]) -> Iterator[Problem]:
    calls = [action for action in row.actions if action in app]
    if len(calls) > 1:
        yield Problem(row.line, "E603", f"`{row.event}` in `{row.state}` calls the application twice: "
                      f"{' and '.join(calls)}.")
    elif calls and calls[0] != row.actions[-1]:
        yield Problem(row.line, "E602", f"`{row.event}` in `{row.state}` calls the application in `{calls[0]}` "
                      f"before `{row.actions[-1]}`.")


def _steps(row: RoleRow, steps: set[str]) -> Iterator[Problem]:
    for action in (action for action in row.actions[:-1] if action in steps):
        yield Problem(row.line, "E605", f"`{row.event}` in `{row.state}` may step the machine in `{action}` before "
                      f"`{row.actions[-1]}`.")


def check_begun(machine: RoleMachine) -> Iterator[Problem]:
    """Rows that enter an input from another one do what it begins with."""
    kinds = {str(state.name): state.input for state in machine.machine.states}
    begin = {str(kind.name): kind.begin for kind in machine.machine.inputs}
    for row in machine.rows:
        kind = kinds[row.to]
        action = begin[kind] if kind and kind != kinds[row.state] else None
        if action and action not in row.actions:
            yield Problem(row.line, "E604", f"`{row.event}` in `{row.state}` goes to `{row.to}`, whose input is "
                          f"`{kind}`, without `{action}`.")


def check_once(machine: RoleMachine) -> Iterator[Problem]:
    """Of several paths to the same row, the first found (a shortest) is shown."""
    shown: set[tuple[RoleRow, str]] = set()
    for twice in repeated(machine):
        if (twice.row, twice.action) not in shown:
            yield Problem(twice.row.line, "E601", f"`{twice.row.event}` does `{twice.action}` a second time on the "
                          f"path {' > '.join(twice.path)} of the {machine.role}.")
        shown.add((twice.row, twice.action))
