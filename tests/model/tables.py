# SPDX-License-Identifier: MIT
"""The stepping function and the generated tables as a shared library (tables.c), in names."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping

from tests.model.machine import OFF
from tests.model.stubs import ACTIONS, GUARDS
from tests.programs import library

CONNS = 5
CLIENT = CONNS - 1
"""The connection that is a client's; the others are a server's."""
SESSION = CONNS
"""The session's place in notes; those of messages are the first connection's."""
KINDS = ("", "guard", "do", "row", "free")
"""As in tables.c."""

Note = tuple[int, str, str]
"""Whose, what, which one."""


class Names:
    """Numbers of the generated enums, by name; the library itself tells them."""

    def __init__(self, tables: ctypes.CDLL) -> None:
        self._c = tables
        self.machines = self._list("wss_machine_name")
        self.reasons = self._list("wss_reason_name")
        self.timers = self._list("wss_timer_name")
        self.public_states = self._list("wss_public_state_name")

    def states(self, machine: str) -> list[str]:
        return self._list("wss_state_name", self.machines.index(machine))

    def events(self, machine: str) -> list[str]:
        return self._list("wss_event_name", self.machines.index(machine))

    def _list(self, function: str, *before: int) -> list[str]:
        call = getattr(self._c, function)
        call.restype = ctypes.c_char_p
        names: list[str] = []
        while (name := call(*before, len(names)).decode()) != "?":
            names.append(name)
        return names


class Tables:
    """What is done to the machines, and what has come of it."""

    def __init__(self, small: bool) -> None:
        self._c = library(f"tests/model/libmodel_tables_{int(small)}.so")
        self._c.tables_notes.restype = ctypes.POINTER(ctypes.c_uint32)
        self._c.tables_hold.argtypes = [ctypes.c_uint64]
        for name in ("next", "left", "session_since"):
            getattr(self._c, f"tables_{name}").restype = ctypes.c_uint32
        for name in ("step", "step_message", "may_send", "step_session", "session_waits"):
            getattr(self._c, f"tables_{name}").restype = ctypes.c_bool
        self.names = Names(self._c)
        self._events = {name: self.names.events(name) for name in self.names.machines}
        self._states = {name: self.names.states(name) for name in self.names.machines}

    def start(self, timeouts: Mapping[str, int], now: int, traced: bool) -> None:
        values = [timeouts.get(name, OFF) for name in self.names.timers]
        self._c.tables_start((ctypes.c_uint32 * len(values))(*values), ctypes.c_uint32(now), traced)

    def hold(self, guards: frozenset[str]) -> None:
        """From now on these guards hold, the others do not."""
        self._c.tables_hold(sum(1 << GUARDS.index(name) for name in guards))

    def step(self, conn: int, machine: str, event: str, raised: bool) -> bool:
        return bool(self._c.tables_step(conn, self._events[machine].index(event), raised))

    def step_message(self, role: str, event: str) -> bool:
        number = self._events[f"message.{role}"].index(event)
        return bool(self._c.tables_step_message(role == "receiver", number))

    def may_send(self, event: str) -> bool:
        return bool(self._c.tables_may_send(self._events["message.sender"].index(event)))

    def begin_session(self) -> None:
        self._c.tables_begin_session()

    def step_session(self, event: str) -> bool:
        return bool(self._c.tables_step_session(self._events["session.client"].index(event)))

    def time(self, milliseconds: int) -> None:
        self._c.tables_time(ctypes.c_uint32(milliseconds))

    def touch(self, conn: int) -> None:
        self._c.tables_touch(conn)

    @property
    def next(self) -> int:
        return int(self._c.tables_next())

    def state(self, conn: int, machine: str) -> str:
        return self._states[machine][int(self._c.tables_state(conn))]

    def message_state(self, role: str) -> str:
        return self._states[f"message.{role}"][int(self._c.tables_message_state(role == "receiver"))]

    def session_state(self) -> str:
        return self._states["session.client"][int(self._c.tables_session_state())]

    def reason(self, conn: int) -> str:
        return self.names.reasons[int(self._c.tables_reason(conn))]

    def public_state(self, conn: int) -> str:
        return self.names.public_states[int(self._c.tables_public_state(conn))]

    def input(self, conn: int) -> int:
        return int(self._c.tables_input(conn))

    def allows(self, conn: int) -> int:
        return int(self._c.tables_allows(conn))

    def left(self, conn: int, timer: str) -> int | None:
        """None: it does not run."""
        left = int(self._c.tables_left(conn, self.names.timers.index(timer)))
        return None if left == OFF else left

    def session_since(self) -> int | None:
        """None: it does not wait."""
        return int(self._c.tables_session_since()) if self._c.tables_session_waits() else None

    def notes(self) -> list[Note]:
        """What was called since the last time: guards, rows that were told, actions."""
        count = ctypes.c_uint()
        notes = self._c.tables_notes(ctypes.byref(count))
        return list(_read(notes[: count.value]))


def _read(notes: list[int]) -> Iterator[Note]:
    for note in notes:
        who, kind, which = note >> 24, KINDS[note >> 16 & 255], note & 0xFFFF
        names = {"guard": GUARDS, "do": ACTIONS}.get(kind)
        yield who, kind, names[which] if names else str(which)
