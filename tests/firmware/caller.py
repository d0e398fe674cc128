# SPDX-License-Identifier: MIT
"""A client of TCP by hand (RFC 9293), just enough to open one connection on a bad wire and talk."""
from __future__ import annotations

import struct
import time

from tests.firmware.wire import ACK, BOARD, BOARD_MAC, FIN, OWN_MAC, PSH, RST, SYN, Wire, ethernet, ip, tcp

OWN = bytes([10, 0, 2, 200])
AGAIN = 0.5  # seconds after which something is sent again
MOST = 1000  # bytes of a segment


class Caller:
    """One connection to the board's port."""

    def __init__(self, wire: Wire, port: int, patience: float) -> None:
        self._wire = wire
        self._port = port
        self._end = time.monotonic() + patience
        self._sent = 1000  # the next number of ours
        self._acknowledged = 1000
        self._expected: int | None = None
        self._received = b""
        self._until_acknowledged(SYN, b"")

    def send(self, data: bytes) -> None:
        for at in range(0, len(data), MOST):
            self._until_acknowledged(PSH | ACK, data[at:at + MOST])

    def take(self, count: int) -> bytes:
        while len(self._received) < count:
            self._listen(AGAIN)
        taken, self._received = self._received[:count], self._received[count:]
        return taken

    def until(self, mark: bytes) -> bytes:
        while mark not in self._received:
            self._listen(AGAIN)
        return self.take(self._received.index(mark) + len(mark))

    def reset(self) -> None:
        self._segment(RST | ACK, self._sent, b"")

    def _until_acknowledged(self, flags: int, data: bytes) -> None:
        start = self._sent
        self._sent += len(data) + (1 if flags & SYN else 0)
        while self._acknowledged != self._sent:
            self._segment(flags, start, data)
            waits = time.monotonic() + AGAIN
            while self._acknowledged != self._sent and time.monotonic() < waits:
                self._listen(AGAIN / 10)

    def _segment(self, flags: int, sequence: int, data: bytes) -> None:
        segment = tcp(OWN, self._port, flags, sequence, self._expected or 0, payload=data)
        self._wire.send(ethernet(0x0800, ip(6, OWN, segment)))

    def _listen(self, seconds: float) -> None:
        """Takes one frame, if one comes."""
        if time.monotonic() > self._end:
            raise TimeoutError("the board does not answer")
        frame = self._wire.receive(seconds)
        kind = frame[12:14]
        if kind == b"\x08\x06" and frame[20:22] == b"\x00\x01" and frame[38:42] == OWN:
            self._wire.send(ethernet(0x0806, struct.pack("!HHBBH", 1, 0x0800, 6, 4, 2) + OWN_MAC + OWN + BOARD_MAC + BOARD))
        elif kind == b"\x08\x00" and frame[23] == 6 and frame[30:34] == OWN:
            self._take_segment(frame[34:14 + struct.unpack("!H", frame[16:18])[0]])

    def _take_segment(self, segment: bytes) -> None:
        to, sequence, acknowledged, words, flags = struct.unpack("!2xHIIBB", segment[:14])
        data = segment[words >> 4 << 2:]
        if to != self._port:
            return
        if flags & RST:
            raise ConnectionResetError("by the board")
        if flags & SYN:
            self._expected = sequence + 1
        if self._expected is None or not flags & ACK:
            return
        self._acknowledged = max(self._acknowledged, acknowledged)
        if sequence == self._expected and data != b"":
            self._received += data
            self._expected = (self._expected + len(data)) & 0xffffffff
        if flags & (SYN | FIN) or data != b"":
            self._segment(ACK, self._sent, b"")
