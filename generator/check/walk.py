# SPDX-License-Identifier: MIT
"""Every path of a machine in one role, guards taken to be true or false at will.

A place on a path is a state and those `once` actions that were done before. There are few
places: the walk visits them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from generator.machines import RoleMachine, RoleRow


@dataclass(frozen=True)
class Place:
    state: str
    done: frozenset[str]


@dataclass(frozen=True)
class Twice:
    """A row that repeats an action, and the states on a shortest path to it."""

    row: RoleRow
    action: str
    path: tuple[str, ...]


@dataclass
class Walk:
    """`came_from`: every place that is reached, and the one before it."""

    came_from: dict[Place, Place | None] = field(default_factory=dict)
    twice: list[Twice] = field(default_factory=list)

    def path(self, place: Place) -> tuple[str, ...]:
        before = self.came_from[place]
        return (*(self.path(before) if before else ()), place.state)


@lru_cache(maxsize=None)
def walk(machine: RoleMachine) -> Walk:
    once = frozenset(str(action.name) for action in machine.machine.actions if action.once)
    start = Place(machine.machine.initial, frozenset())
    result = Walk({start: None})
    queue = [start]
    for place in queue:
        for row in (row for row in machine.rows if row.state == place.state):
            result.twice += [Twice(row, action, result.path(place)) for action in _repeated(once, row, place)]
            after = Place(row.to, place.done | (once & set(row.actions)))
            if after not in result.came_from:
                result.came_from[after] = place
                queue.append(after)
    return result


def reached(machine: RoleMachine) -> frozenset[str]:
    return frozenset(place.state for place in walk(machine).came_from)


def _repeated(once: frozenset[str], row: RoleRow, place: Place) -> list[str]:
    return [action for number, action in enumerate(row.actions)
            if action in once and (action in place.done or action in row.actions[:number])]
