# SPDX-License-Identifier: MIT
"""A machine of the specification as one role runs it, taken from the declarations as they
stand: docs/SPEC.md says what they mean.

Owes nothing to the generator but the loaded file: neither its rows per role nor its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.load import load
from generator.spec import Event, Machine, Row, Spec, State
from tests.programs import ROOT

SPEC: Spec = load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml")
OFF = 0xFFFFFFFF
"""A timer that never runs out."""
Holds = Callable[[str], bool]
"""What a guard says."""


def declared(name: str) -> Machine:
    return next(machine for machine in SPEC.machines if machine.name == name)


@dataclass(frozen=True)
class Taken:
    """What an event did. `line` is the row's, or that of the event in `ignore`; `asked`: the
    guards before it and its own, by line, and what they said."""

    line: int
    event: str
    source: str
    target: str
    why: str | None
    actions: tuple[str, ...]
    asked: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class Way:
    """A row, or an ignored event, that a role can take in a state."""

    line: int
    guard: str | None
    row: Row | None


@dataclass
class Running:
    """One life of a machine. Times are milliseconds that may have wrapped."""

    machine: Machine
    role: str
    timeouts: Mapping[str, int] = field(default_factory=dict)
    state: str = field(init=False)
    reason: str = "none"
    armed: dict[str, int] = field(default_factory=dict)
    """Timers that run, and since when; those that are off included."""

    def __post_init__(self) -> None:
        self.state = str(self.machine.initial)

    @property
    def name(self) -> str:
        return f"{self.machine.name}.{self.role}"

    @property
    def declared_state(self) -> State:
        return self._state(self.state)

    @property
    def over(self) -> bool:
        return self.state in self.machine.final

    def events(self) -> Iterator[Event]:
        """Those of the role."""
        return (event for event in self.machine.events if event.role in (None, self.role))

    def ways(self, event: str) -> list[Way]:
        """In the order in which they are tried."""
        state = self.declared_state
        if not self._mine(state.role) or not self._mine(self._event(event).role):
            return []
        rows = [Way(row.line, row.guard, row) for row in state.rows if row.event == event and self._mine(row.role)]
        return rows + [Way(name.line, None, None) for name in state.ignore if name == event]

    def step(self, event: str, holds: Holds, now: int) -> Taken | None:
        """Takes the first row whose guard holds. None: there is none, and nothing changes. Every
        event of the specification has a last row without a guard, or no row."""
        asked: list[tuple[int, str, bool]] = []
        for way in self.ways(event):
            if way.guard is not None:
                asked.append((way.line, way.guard, holds(way.guard)))
            if way.guard is None or asked[-1][2]:
                return self._take(way, event, tuple(asked), now)
        return None

    def left(self, timer: str, now: int) -> int | None:
        """Milliseconds until the timer is due; None: it does not run."""
        timeout = self.timeouts.get(timer, OFF)
        if timer not in self.armed or timeout == OFF:
            return None
        return max(timeout - (now - self.armed[timer]) % 2**32, 0)

    def due(self, now: int) -> str | None:
        """The event of the first declared timer that ran out."""
        for timer in self.machine.timers:
            if self.left(timer.name, now) == 0:
                return str(next(event.name for event in self.machine.events if event.timer == timer.name))
        return None

    def blame(self, reason: str) -> None:
        """The first reason is kept."""
        if self.reason == "none":
            self.reason = reason

    # ------------------------------------------------------------------ one step

    def _take(self, way: Way, event: str, asked: tuple[tuple[int, str, bool], ...], now: int) -> Taken:
        source, row = self.state, way.row
        if row is None:
            return Taken(way.line, event, source, source, None, (), asked)
        actions = tuple(row.do)
        stopped: set[str] = {*row.stop, *row.restart}
        started: list[str] = [*row.start, *row.restart]
        if row.to is not None:
            self.state = str(row.to)
            actions += tuple(self.declared_state.enter)
            stopped |= set(self.armed) - set(self.declared_state.arm)
            started += self.declared_state.arm
        if row.why is not None:
            self.blame(str(row.why))
        self._set_timers(stopped, started, now)
        return Taken(way.line, event, source, self.state, row.why, tuple(str(action) for action in actions), asked)

    def _set_timers(self, stopped: set[str], started: list[str], now: int) -> None:
        for timer in stopped:
            self.armed.pop(timer, None)
        for timer in started:
            self.armed.setdefault(timer, now)

    def _mine(self, role: str | None) -> bool:
        return role in (None, self.role)

    def _state(self, name: str) -> State:
        return next(state for state in self.machine.states if state.name == name)

    def _event(self, name: str) -> Event:
        return next(event for event in self.machine.events if event.name == name)
