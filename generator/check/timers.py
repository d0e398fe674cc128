# SPDX-License-Identifier: MIT
"""E5xx: a timer that runs is heard, and one that is heard runs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.machines import RoleMachine, RoleState
from generator.problem import Problem
from generator.spec import Machine, Spec


def check_declared(spec: Spec) -> Iterator[Problem]:
    for machine in spec.machines:
        yield from _events_of_timers(machine)
        yield from _timers_of_events(machine)


def _events_of_timers(machine: Machine) -> Iterator[Problem]:
    for timer in machine.timers:
        events = [event.name for event in machine.events if event.timer == timer.name]
        if len(events) != 1:
            found = " and ".join(f"`{name}`" for name in events) or "no event"
            yield Problem(timer.line, "E503", f"the timer `{timer.name}` raises {found}; one event is needed.")


def _timers_of_events(machine: Machine) -> Iterator[Problem]:
    for source in machine.sources:
        for event in source.events:
            if source.armed and not event.timer:
                yield Problem(event.line, "E503", f"`{source.name}` is `in: armed`, but `{event.name}` names no timer.")
            if event.timer and not source.armed:
                yield Problem(event.line, "E503",
                              f"`{event.name}` names a timer, but `{source.name}` is not `in: armed`.")


def check(machine: RoleMachine) -> Iterator[Problem]:
    for state in machine.own_states:
        armed = machine.armed(state.state)
        for event in machine.machine.events:
            if event.timer:
                yield from _heard(state, event.name, event.timer, event.timer in armed)
                yield from _again(state, event.name, event.timer)
        yield from _stopped(state, armed)


def _heard(state: RoleState, event: str, timer: str, runs: bool) -> Iterator[Problem]:
    rows = state.rows_of(event)
    if runs and not rows:
        yield Problem(state.state.line, "E501",
                      f"the timer `{timer}` runs in `{state.state.name}`, which does not handle `{event}`.")
    if rows and not runs:
        yield Problem(rows[0].line, "E502", f"`{state.state.name}` handles `{event}`, but `{timer}` never runs there.")


def _again(state: RoleState, event: str, timer: str) -> Iterator[Problem]:
    """A timer that ran out raises its event until it is stopped or begins anew."""
    for row in state.rows_of(event):
        if row.stays and timer not in row.stop:
            yield Problem(row.line, "E505", f"`{event}` stays in `{row.state}` and neither restarts nor stops "
                          f"`{timer}`: it would come again at once.")


def _stopped(state: RoleState, armed: frozenset[str]) -> Iterator[Problem]:
    for row in state.rows:
        for timer in (timer for timer in row.stop if timer not in row.start and timer not in armed):
            yield Problem(row.line, "E504",
                          f"`{row.event}` stops `{timer}`, which never runs in `{row.state}`.")
