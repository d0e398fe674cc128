# SPDX-License-Identifier: MIT
"""E4xx: every state is reached, left in time, and leads to an end."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.walk import reached
from generator.machines import RoleMachine, RoleState
from generator.problem import Problem
from generator.spec import Machine, State


def check_times(machine: RoleMachine) -> Iterator[Problem]:
    if machine.machine.initial != machine.machine.states[0].name:
        yield Problem(machine.machine.initial.line, "E405",
                      f"the initial state `{machine.machine.initial}` is not the first one.")
    for state in machine.own_states:
        yield from _timed(machine.machine, state.state)
        yield from _bounded(machine.machine, state)
        yield from _described(machine.machine, state.state)


def _timed(machine: Machine, state: State) -> Iterator[Problem]:
    if state.arm and state.untimed:
        yield Problem(state.line, "E404", f"`{state.name}` is timed and excused (`untimed`) from it.")
    if not state.arm and not state.untimed and state.name not in machine.final:
        yield Problem(state.line, "E403",
                      f"nothing bounds the time in `{state.name}`: `arm` a timer, or say why not (`untimed`).")


def _bounded(machine: Machine, state: RoleState) -> Iterator[Problem]:
    """Some armed timer has a row that leaves the state, and no row that stays there stops it."""
    name, arm = state.state.name, state.state.arm
    leaving = {row.event for row in state.rows if not row.stays}
    bounds = {event.timer for event in machine.events if event.timer in arm and event.name in leaving}
    stops = {timer: row for row in state.rows if row.stays for timer in row.stop if timer not in row.start}
    if arm and not bounds:
        yield Problem(state.state.line, "E407", f"nothing bounds the time in `{name}`: no event of the timers that "
                      f"it arms leaves it ({', '.join(arm)}).")
    elif bounds and bounds <= set(stops):
        row = stops[min(bounds, key=lambda timer: stops[timer].line)]
        yield Problem(row.line, "E408", f"`{row.event}` may stop the last timer that bounds `{name}`.")


def _described(machine: Machine, state: State) -> Iterator[Problem]:
    if machine.public and not state.public:
        yield Problem(state.line, "E406", f"`{state.name}` does not say its public state.")
    if machine.inputs and not state.input:
        yield Problem(state.line, "E406", f"`{state.name}` does not say what its input is.")


def check_reach(machine: RoleMachine) -> Iterator[Problem]:
    there = reached(machine)
    for state in machine.own_states:
        if state.state.name not in there:
            yield Problem(state.state.line, "E401", f"the {machine.role} never reaches `{state.state.name}`.")


def check_end(machine: RoleMachine) -> Iterator[Problem]:
    ends = _ends(machine)
    for state in machine.own_states:
        if state.state.name not in ends:
            yield Problem(state.state.line, "E402", f"the {machine.role} cannot end from `{state.state.name}`.")


def _ends(machine: RoleMachine) -> set[str]:
    """The states from which a final one can be reached, found from the end backwards."""
    ends = [str(name) for name in machine.machine.final]
    for name in ends:
        ends += {row.state for row in machine.rows if row.to == name} - set(ends)
    return set(ends)
