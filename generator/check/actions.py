# SPDX-License-Identifier: MIT
"""E6xx: the application is called last, and what is to happen once happens once."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.walk import walk
from generator.machines import RoleMachine, RoleRow
from generator.problem import Problem


def check_order(machine: RoleMachine) -> Iterator[Problem]:
    app = {str(action.name) for action in machine.machine.actions if action.app}
    for row in machine.rows:
        yield from _calls(row, app)


def _calls(row: RoleRow, app: set[str]) -> Iterator[Problem]:
    calls = [action for action in row.actions if action in app]
    if len(calls) > 1:
        yield Problem(row.line, "E603", f"`{row.event}` in `{row.state}` calls the application twice: "
                      f"{' and '.join(calls)}.")
    elif calls and calls[0] != row.actions[-1]:
        yield Problem(row.line, "E602", f"`{row.event}` in `{row.state}` calls the application in `{calls[0]}` "
                      f"before `{row.actions[-1]}`.")


def check_once(machine: RoleMachine) -> Iterator[Problem]:
    """Of several paths to the same row, the first found (a shortest) is shown."""
    shown: set[tuple[RoleRow, str]] = set()
    for twice in walk(machine).twice:
        if (twice.row, twice.action) not in shown:
            yield Problem(twice.row.line, "E601", f"`{twice.row.event}` does `{twice.action}` a second time on the "
                          f"path {' > '.join(twice.path)} of the {machine.role}.")
        shown.add((twice.row, twice.action))
