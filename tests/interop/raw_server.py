# SPDX-License-Identifier: MIT
"""A WebSocket server by hand (RFC 6455, 4.2.2 and 5.2) for what libraries do not let one do."""
from __future__ import annotations

import socket
import struct
from types import TracebackType

from tests.interop import raw
from tests.interop.server import HANG


def unmasked(
    opcode: int,
    payload: bytes = b"",
    fin: bool = True,
    rsv: int = 0,
    says: int | None = None,
    wide: int = 0,
) -> bytes:
    """A frame of a server; `says` is a length of its own, `wide` the bytes it takes."""
    length = len(payload) if says is None else says
    first = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    if wide == 8 or (wide == 0 and length >= 65536):
        return first + struct.pack("!BQ", 127, length) + payload
    if wide == 2 or (wide == 0 and length >= 126):
        return first + struct.pack("!BH", 126, length) + payload
    return first + bytes([length]) + payload


class Caller(raw.Client):
    """The TCP connection of one client."""

    def __init__(self, accepted: socket.socket) -> None:
        self.socket = accepted
        self.socket.settimeout(HANG)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def request(self) -> dict[str, str]:
        """The fields of the request, names in lower case."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.fill():
                raise EOFError(f"no whole request head: {self.buffer!r}")
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        pairs = [line.split(":", 1) for line in head.decode("latin-1").split("\r\n")[1:]]
        return {name.lower(): value.strip(" \t") for name, value in pairs}

    def answer(self, head: str) -> None:
        """Sends a head; {accept} in it is what the request calls for."""
        key = self.request()["sec-websocket-key"]
        self.send(head.replace("{accept}", raw.accept_for(key)).encode("latin-1"))

    def frame(self) -> raw.Frame:
        first, second = self.take(2)
        assert first & 0x70 == 0, "a reserved bit is set"
        assert second & 0x80 != 0, "a client must mask (RFC 6455, 5.1)"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self.take(8))
        mask = self.take(4)
        return raw.Frame(first & 0x80 != 0, first & 0x0F, raw.masked(self.take(length), mask))

    def reset(self) -> None:
        """Ends TCP by a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class Listener:
    """Where clients connect to; a context manager."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(HANG)
        self.port = int(self.socket.getsockname()[1])
        self.url = f"ws://127.0.0.1:{self.port}/"

    def accept(self) -> Caller:
        return Caller(self.socket.accept()[0])

    def __enter__(self) -> Listener:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()
