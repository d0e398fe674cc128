# SPDX-License-Identifier: MIT
"""Each machine as one of its roles runs it: rows resolved, in the order they are tried.

Knows what the words of a declared machine mean together, nothing of checks or of C. Every
name is expected to be declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.spec import Action, Declared, Event, Machine, Row, Source, Spec, State
from generator.tree import Text


@dataclass(frozen=True)
class RoleRow:
    """A row of one role. `to` is the state itself where the row stays; `stop` and `start`
    both name a timer that is restarted. `ignored`: it comes from the state's `ignore`."""

    line: int
    state: str
    event: str
    guard: str | None
    to: str
    why: str | None
    actions: tuple[str, ...]
    stop: tuple[str, ...]
    start: tuple[str, ...]
    rfc: str
    doc: str
    ignored: bool

    @property
    def stays(self) -> bool:
        return self.to == self.state


@dataclass(frozen=True)
class RoleState:
    """`stranger`: another role's state; it has no rows."""

    state: State
    stranger: bool
    rows: tuple[RoleRow, ...]

    def rows_of(self, event: str) -> tuple[RoleRow, ...]:
        return tuple(row for row in self.rows if row.event == event)


@dataclass(frozen=True)
class RoleMachine:
    machine: Machine
    role: Text
    states: tuple[RoleState, ...]

    @property
    def name(self) -> str:
        return f"{self.machine.name}.{self.role}"

    @property
    def built(self) -> bool:
        return self.role in self.machine.built

    @property
    def rows(self) -> tuple[RoleRow, ...]:
        return tuple(row for state in self.states for row in state.rows)

    @property
    def own_states(self) -> tuple[RoleState, ...]:
        return tuple(state for state in self.states if not state.stranger)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that the role's rows name."""
        named = {name for row in self.rows for name in row.actions}
        return tuple(action for action in self.machine.actions if action.name in named)

    @property
    def guards(self) -> tuple[Declared, ...]:
        """The guards that the role's rows name."""
        named = {row.guard for row in self.rows}
        return tuple(guard for guard in self.machine.guards if guard.name in named)

    def armed(self, state: State) -> frozenset[str]:
        """The timers that may run in a state: its own, and those that rows start there."""
        started = (timer for row in self.rows if row.to == state.name for timer in row.start)
        return frozenset(state.arm).union(started)

    def raised_in(self, source: Source, state: State) -> Iterator[Event]:
        """The events that a source may raise in a state."""
        for event in source.events:
            if event.role not in (None, self.role):
                continue
            if source.armed and event.timer not in self.armed(state):
                continue
            if source.states is None or state.name in source.states:
                yield event


def row_roles(machine: Machine, state: State, row: Row) -> tuple[str, ...]:
    """The roles that a row is for: those of the state, of the event and of the row."""
    return common_roles(machine, state.role, _event(machine, row.event).role, row.role)


def event_roles(machine: Machine, state: State, event: str) -> tuple[str, ...]:
    return common_roles(machine, state.role, _event(machine, event).role)


def common_roles(machine: Machine, *wanted: str | None) -> tuple[str, ...]:
    return tuple(role for role in machine.roles if all(want in (None, role) for want in wanted))


def source_of(machine: Machine, event: str) -> Source:
    return next(s for s in machine.sources if any(e.name == event for e in s.events))


def state_named(machine: Machine, name: str) -> State:
    return next(state for state in machine.states if state.name == name)


def action_roles(machine: Machine, action: Action) -> tuple[str, ...]:
    return action.roles or machine.roles


def all_actions(machine: Machine, state: State, row: Row) -> tuple[Text, ...]:
    """What a row does, the `enter` of the state it goes to included."""
    entered = row.to is not None and row.to != state.name
    return row.do + (state_named(machine, row.to).enter if entered and row.to else ())


def _event(machine: Machine, name: str) -> Event:
    return next(event for event in machine.events if event.name == name)


def role_machines(spec: Spec) -> tuple[RoleMachine, ...]:
    return tuple(_for_role(machine, role) for machine in spec.machines for role in machine.roles)


def _for_role(machine: Machine, role: Text) -> RoleMachine:
    return RoleMachine(machine, role, tuple(
        RoleState(state, state.role not in (None, role), tuple(_state_rows(machine, state, role)))
        for state in machine.states))


def _state_rows(machine: Machine, state: State, role: str) -> Iterator[RoleRow]:
    for row in state.rows:
        if role in row_roles(machine, state, row):
            yield _declared_row(machine, state, row)
    for event in state.ignore:
        if role in event_roles(machine, state, event):
            yield RoleRow(event.line, state.name, event, None, state.name, None, (), (), (), "", "", True)


def _declared_row(machine: Machine, state: State, row: Row) -> RoleRow:
    return RoleRow(
        line=row.line, state=state.name, event=row.event, guard=row.guard, to=row.to or state.name,
        why=row.why, actions=all_actions(machine, state, row), stop=row.stop + row.restart,
        start=row.start + row.restart, rfc=row.rfc, doc=row.doc, ignored=False,
    )
