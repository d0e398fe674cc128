# SPDX-License-Identifier: MIT
"""Every path of a machine in one role, guards taken to be true or false at will.

One walk for each `once` action: a place on a path is a state, and whether the action was done
before. So there are never more than two places to a state, however many actions there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.machines import RoleMachine, RoleRow

Rows = Mapping[str, Sequence[RoleRow]]


@dataclass(frozen=True)
class Place:
    state: str
    done: bool


@dataclass(frozen=True)
class Twice:
    """A row that repeats an action, and the states on a shortest path to it."""

    row: RoleRow
    action: str
    path: tuple[str, ...]


class Walk:
    """Breadth first, so that every path found is a shortest one. `action` None: none counts."""

    def __init__(self, machine: RoleMachine, action: str | None) -> None:
        self.action = action
        self.twice: list[Twice] = []
        start = Place(machine.machine.initial, False)
        self.came_from: dict[Place, Place | None] = {start: None}
        rows: Rows = {str(state.state.name): state.rows for state in machine.states}
        queue = [start]
        for place in queue:
            for row in rows[place.state]:
                queue += self._take(place, row)

    def _take(self, place: Place, row: RoleRow) -> list[Place]:
        """The place behind a row, if it is new."""
        times = sum(action == self.action for action in row.actions)
        if self.action is not None and times + place.done > 1 and times > 0:
            self.twice.append(Twice(row, self.action, self._path(place)))
        after = Place(row.to, place.done or times > 0)
        if after in self.came_from:
            return []
        self.came_from[after] = place
        return [after]

    def _path(self, place: Place | None) -> tuple[str, ...]:
        states: list[str] = []
        while place is not None:
            states.append(place.state)
            place = self.came_from[place]
        return tuple(reversed(states))


def reached(machine: RoleMachine) -> frozenset[str]:
    return frozenset(place.state for place in Walk(machine, None).came_from)


def repeated(machine: RoleMachine) -> list[Twice]:
    """The `once` actions that could run a second time, in the order of their declaration."""
    once = [str(action.name) for action in machine.machine.actions if action.once]
    return [twice for action in once for twice in Walk(machine, action).twice]
