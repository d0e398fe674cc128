# SPDX-License-Identifier: MIT
"""The engine's end of a TCP connection as its contract (wss_hal.h) has it, in a network without
delays: what waits to be read and to go out, what is reported, and how it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROOM, WINDOW = 1024, 4096
"""As in engine.c."""


@dataclass
class Stream:
    connected: bool = True
    inbox: bytearray = field(default_factory=bytearray)
    """Bytes of the peer that the engine has not taken."""
    peer_done: bool = False
    broken: bool = False
    gathered: bytearray = field(default_factory=bytearray)
    """Accepted and not yet flushed; then flushed and not yet gone."""
    queued: bytearray = field(default_factory=bytearray)
    wire: bytearray = field(default_factory=bytearray)
    """What the peer has read since it was looked at last."""
    takes: int | None = None
    """How many bytes the peer still takes; None: all."""
    grown: bool = False
    finishing: bool = False
    end: str = ""
    """How our side has ended for the peer: "fin" or "reset"."""
    watched: frozenset[str] = frozenset({"read"})
    phase_changed: bool = False

    @property
    def room(self) -> int:
        return 0 if self.broken or self.finishing else ROOM - self.pending

    @property
    def pending(self) -> int:
        return len(self.gathered) + len(self.queued)

    def put(self, data: bytes) -> bool:
        """False: the stream is broken."""
        if self.broken or self.finishing:
            return False
        assert len(data) <= self.room, "more than there is room for"
        self.gathered += data
        return True

    def flush(self) -> None:
        self.queued += self.gathered
        self.gathered.clear()
        self.move()

    def move(self) -> None:
        """What may go goes."""
        if self.broken or self.end or not self.connected:
            return
        count = len(self.queued) if self.takes is None else min(self.takes, len(self.queued))
        if count > 0:
            self.wire += self.queued[:count]
            del self.queued[:count]
            self.takes = None if self.takes is None else self.takes - count
            self.grown = True
        if self.finishing and self.pending == 0:
            self.end = "fin"

    def finish(self) -> None:
        self.finishing = True
        self.flush()

    def release(self, reset: bool) -> None:
        """Bytes that nobody read reset the connection, too."""
        if not reset:
            self.flush()
        if self.connected and not self.end and not self.broken:
            self.end = "reset" if reset or self.inbox else "fin"

    def break_off(self) -> None:
        """The peer resets the connection."""
        self.broken = True
        self.inbox.clear()
        self.gathered.clear()
        self.queued.clear()

    def report(self) -> frozenset[str]:
        """What the next wait reports."""
        grown = self.grown and not self.finishing
        what = set()
        if self.inbox or self.peer_done or self.broken:
            what.add("read")
        if self.broken or grown or self.pending == 0:
            what.add("write")
        found = frozenset(what & self.watched) | ({"phase"} if self.phase_changed else set())
        if found:
            self.grown = self.phase_changed = False
        return frozenset(found)
