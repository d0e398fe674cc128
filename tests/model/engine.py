# SPDX-License-Identifier: MIT
"""The engine in the simulator (engine.c) as a shared library, in names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cffi import FFI

from tests.model.machine import OFF
from tests.programs import BUILD

FOREVER = 0xFFFFFFFF
DEEDS = ("nothing", "abort", "close", "send", "accept", "reply")
"""As in engine.h."""


def _declarations() -> str:
    text = (Path(__file__).parent / "engine.h").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@dataclass(frozen=True)
class Setup:
    """What is drawn before the start; the timeouts by their names in the specification's order."""

    client: bool = False
    layered: bool = False
    whole: bool = False
    gathers: bool = True
    alone: bool = False
    now: int = 0
    timeouts: tuple[tuple[str, int], ...] = ()


class Engine:
    """What is done to the one connection, and what has come of it."""

    def __init__(self, small: bool) -> None:
        self._ffi = FFI()
        self._ffi.cdef(_declarations())
        self._c: Any = self._ffi.dlopen(str(BUILD / f"tests/model/libmodel_engine_{int(small)}.so"))

    def start(self, setup: Setup) -> None:
        given = self._ffi.new("engine_setup_t *", {
            "client": setup.client, "layered": setup.layered, "whole": setup.whole, "gathers": setup.gathers,
            "alone": setup.alone, "now": setup.now, "timeouts": [timeout for _name, timeout in setup.timeouts]})
        self._c.engine_start(given)

    def step(self) -> None:
        self._c.engine_step()

    def advance(self, milliseconds: int) -> None:
        self._c.engine_advance(milliseconds)

    def lines(self) -> list[str]:
        """What was noted since the last call."""
        return self._text(self._c.engine_lines()).splitlines()

    def wire(self) -> bytes:
        """What the peer has read since the last call."""
        length = self._ffi.new("uint32_t *")
        start = self._c.engine_wire(length)
        return bytes(self._ffi.buffer(start, length[0])[:])

    @property
    def end(self) -> str:
        """How our side has ended for the peer."""
        return ("", "fin", "reset")[self._c.engine_end()]

    @property
    def state(self) -> str:
        return self._text(self._c.engine_state())

    def message_state(self, role: str) -> str:
        return self._text(self._c.engine_message_state(role == "receiver"))

    @property
    def reason(self) -> str:
        return self._text(self._c.engine_reason())

    def left(self, number: int) -> int | None:
        """Of a timer; None: it does not run."""
        left = int(self._c.engine_left(number))
        return None if left == OFF else left

    @property
    def faults(self) -> int:
        return int(self._c.engine_faults())

    # ------------------------------------------------------------------ the peer

    def peer_connect(self) -> None:
        self._c.engine_peer_connect()

    def dialled(self, how: int) -> None:
        self._c.engine_dialled(how)

    def layer(self, up: bool) -> None:
        self._c.engine_layer(up)

    def peer_send(self, data: bytes) -> None:
        self._c.engine_peer_send(data, len(data))

    def peer_finish(self) -> None:
        self._c.engine_peer_finish()

    def peer_reset(self) -> None:
        self._c.engine_peer_reset()

    def peer_takes(self, count: int | None) -> None:
        """None: all."""
        self._c.engine_peer_takes(FOREVER if count is None else count)

    # ------------------------------------------------------------- the application

    def connect(self) -> int:
        return int(self._c.engine_connect())

    def accept(self) -> int:
        return int(self._c.engine_accept())

    def reply(self, body_length: int) -> int:
        return int(self._c.engine_reply(body_length))

    def send(self, opcode: int, data: bytes, more: bool) -> int:
        return int(self._c.engine_send(opcode, data, len(data), more))

    def send_begin(self, opcode: int, length: int, more: bool) -> int:
        return int(self._c.engine_send_begin(opcode, length, more))

    def send_stream(self, data: bytes) -> tuple[int, int]:
        """The result, and how much was taken."""
        taken = self._ffi.new("uint32_t *")
        result = self._c.engine_send_stream(data, len(data), taken)
        return int(result), int(taken[0])

    def ping(self, data: bytes) -> int:
        return int(self._c.engine_ping(data, len(data)))

    def pong(self, data: bytes) -> int:
        return int(self._c.engine_pong(data, len(data)))

    def close(self, code: int, reason: str) -> int:
        return int(self._c.engine_close(code, reason.encode()))

    def abort(self) -> int:
        return int(self._c.engine_abort())

    def resume(self) -> None:
        self._c.engine_resume()

    def answer(self, result: int) -> None:
        self._c.engine_answer(result)

    def deed(self, deed: str) -> None:
        self._c.engine_deed(DEEDS.index(deed))

    def _text(self, text: Any) -> str:
        found = self._ffi.string(text)
        assert isinstance(found, bytes)
        return found.decode()
