# SPDX-License-Identifier: MIT
"""Which actions a step performs: an action may raise events, so that steps nest, but what an event
leads to is declared in the specification. With it a step for one event is told from a step for
another, and the graph of calls has no cycles where the machines have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import filter as matching
from functools import cache

from cmake.sources import ROOT
from generator import cnames
from generator.load import load
from generator.machines import role_machines
from measure.assembly import Call, Function, Place
from measure.expression import written_at
from measure.pointers import relative
from measure.roles import ALONE
from measure.toolchain import MeasureError

STEPPING = "runtime/wss_step.c"
"""Whose functions, where their second parameter is an event, step."""

PERFORMERS = (STEPPING, "generated/wss_machines.c")
"""Where steps are made of: a function of these works for the event of its caller."""

VARIABLES = {
    ("runtime/wss_receive.c", "event"): ("WSS_EV_REQUEST", "WSS_EV_PAGE", "WSS_EV_BAD_REQUEST", "WSS_EV_UPGRADED",
                                         "WSS_EV_ANSWERED", "WSS_EV_BAD_RESPONSE"),
    ("runtime/wss_timer.c", "wss_connection_timer_event[timer]"): ("WSS_EV_T_*",),
}
"""Events that are no constants where they are raised, and which they may be."""

ACTION = "wss_act_"
ENDED, FREE = "closed", "wss_conn_free"
"""The state in which a step gives a connection back, and the function that does."""

ANY = "*"


@dataclass(frozen=True)
class Event:
    """An event, or ANY, as it is raised somewhere; only in one role or in some public states, where
    these are named."""

    name: str
    role: str = ""
    states: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name.removeprefix("WSS_EV_").lower() if self.name != ANY else self.role


@dataclass(frozen=True)
class _Row:
    event: str
    role: str
    state: str
    frees: bool
    actions: tuple[str, ...]

    def takes(self, event: Event) -> bool:
        role, states = event.role or self.role, event.states or (self.state,)
        return event.name in (ANY, self.event) and role == self.role and self.state in states


KNOWN = {
    # The frame reader reads none but the frames of an opened connection.
    ("runtime/wss_receive_control.c", "WSS_EV_CLOSE"): Event("WSS_EV_CLOSE", states=("CONNECTED", "CLOSING", "CLOSED")),
    # Sessions are a client's.
    ("runtime/wss_session.c", "WSS_EV_CLOSE"): Event("WSS_EV_CLOSE", role="client"),
}
"""What is known beyond the event, by the file that raises it."""

PERFORMED = {
    # Frames that are sent are the sender's.
    ("runtime/wss_send.c", "wss_message_act"): Event(ANY, role="sender"),
}
"""What is known of calls that perform actions for no event that is named, by the source."""


class Steps:
    """`without`: roles of which there are no connections."""

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        spec = load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml")
        self._rows = [_Row(cnames.event(machine.machine, row.event), str(machine.role), str(state.state.public),
                           row.to == ENDED, row.actions)
                      for machine in role_machines(spec) for state in machine.states for row in state.rows]
        self._names = {row.event for row in self._rows}
        self._rows = [row for row in self._rows if row.role not in without]
        self._strange = frozenset(source for role in without for source in ALONE[role])
        self.takers = _takers((ROOT / STEPPING).read_text(encoding="utf-8"))

    @property
    def events(self) -> list[Event]:
        """Each event, with nothing known beside it."""
        return [Event(name) for name in sorted(self._names)]

    @cache
    def _actions(self, event: Event) -> frozenset[str]:
        return frozenset(ACTION + action for row in self._rows if row.takes(event) for action in row.actions)

    def performs(self, event: Event, action: str) -> bool:
        """Whether a function is no action, or one of those that the event leads to."""
        if action == FREE:
            return any(row.frees for row in self._rows if row.takes(event))
        return not action.startswith(ACTION) or action in self._actions(event)

    def reaches(self, function: Function) -> bool:
        """Whether a function works for a role of which there are connections."""
        return relative(function.file) not in self._strange

    def events_of(self, caller: Function, call: Call, event: Event | None) -> tuple[Event | None, ...]:
        """The events for which `caller`, itself at work for `event`, works through a call: None where
        it is for none in particular."""
        if known := PERFORMED.get((relative(caller.file), call.callee)):
            return (known,)
        if call.callee in self.takers and not call.places:
            raise MeasureError(f"{caller.file}: {caller.name}() steps, but nobody knows where")
        if call.callee in self.takers:
            return tuple(dict.fromkeys(found for place in call.places
                                       for found in self._raised(place, event)))
        return (event,)

    def _raised(self, place: Place, event: Event | None) -> tuple[Event, ...]:
        text = written_at(place).arguments[1]
        if text == "event" and event is not None:
            return (event,)
        found: list[Event] = []
        file = relative(place.file)
        for choice in re.sub(r"^.*\?", "", text).split(":"):
            patterns = VARIABLES.get((file, choice.strip()), (choice.strip(),))
            events = [known for pattern in patterns for known in matching(self._names, pattern)]
            if not events:
                raise MeasureError(f"{place}: which event is `{text}`? (measure/steps.py)")
            found += [KNOWN.get((file, name), Event(name)) for name in sorted(events)]
        return tuple(found)


def _takers(text: str) -> frozenset[str]:
    """Functions that take an event as their second argument."""
    return frozenset(re.findall(r"^\w[\w *]*\b(wss_\w+)\([^,)]*, unsigned event\b[^)]*\)\n\{", text, re.M))
