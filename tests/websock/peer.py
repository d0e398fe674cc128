# SPDX-License-Identifier: MIT
"""A WebSocket server by hand (RFC 6455, 4.2 and 5.2), byte by byte as a test wants it."""
from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.interop.raw import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, accept_for
from tests.interop.server import HANG

__all__ = ["BINARY", "CLOSE", "CONTINUATION", "PING", "PONG", "TEXT", "Frame", "Listener", "Peer", "frame"]


def frame(opcode: int, payload: bytes = b"", fin: bool = True, length: int | None = None) -> bytes:
    """A server's frame; `length` announces another one than the payload has."""
    size = len(payload) if length is None else length
    first = bytes([(0x80 if fin else 0) | opcode])
    if size < 126:
        return first + bytes([size]) + payload
    if size < 65536:
        return first + struct.pack("!BH", 126, size) + payload
    return first + struct.pack("!BQ", 127, size) + payload


@dataclass(frozen=True)
class Frame:
    fin: bool
    opcode: int
    payload: bytes
    mask: bytes


class Peer:
    """A server's end of one TCP connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.socket.settimeout(HANG)
        self.buffer = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            data = self.socket.recv(65536)
            if data == b"":
                raise EOFError(f"{len(self.buffer)} of {count} bytes before the end")
            self.buffer += data
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def request(self) -> tuple[str, list[tuple[str, str]]]:
        """The request line and the fields, names in lower case."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.take(1)
        line, *fields = head.decode("latin-1").split("\r\n")[:-2]
        pairs = [field.split(": ", 1) for field in fields]
        return line, [(name.lower(), value) for name, value in pairs]

    def answer(self, key: str, *fields: str, accept: str | None = None) -> bytes:
        lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accept_for(key) if accept is None else accept}", *fields,
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def upgrade(self, *fields: str, accept: str | None = None) -> dict[str, str]:
        """Answers the upgrade request and returns its fields."""
        _, pairs = self.request()
        found = dict(pairs)
        self.send(self.answer(found["sec-websocket-key"], *fields, accept=accept))
        return found

    def frame(self) -> Frame:
        first, second = self.take(2)
        assert first & 0x70 == 0, "a reserved bit is set"
        assert second & 0x80 != 0, "a client has to mask (RFC 6455, 5.1)"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self.take(8))
        mask = self.take(4)
        pad = (mask * (length // 4 + 1))[:length]
        plain = int.from_bytes(self.take(length), "big") ^ int.from_bytes(pad, "big")
        return Frame(first & 0x80 != 0, first & 0x0F, plain.to_bytes(length, "big"), mask)

    def answer_pings(self) -> Frame:
        """The next frame that is no Ping; Pings are answered."""
        while (got := self.frame()).opcode == PING:
            self.send(frame(PONG, got.payload))
        return got

    def message(self) -> tuple[int, bytes]:
        """The next data message, put together from its fragments."""
        part = self.answer_pings()
        opcode, payload = part.opcode, part.payload
        assert opcode in (TEXT, BINARY), part
        while not part.fin:
            part = self.answer_pings()
            assert part.opcode == CONTINUATION, part
            payload += part.payload
        return opcode, payload

    def until_answered(self) -> None:
        """Returns once a call waits: only then a Ping is answered."""
        self.send(frame(PING, b"anybody?"))
        got = self.frame()
        assert (got.opcode, got.payload) == (PONG, b"anybody?"), got

    def answer_close(self, code: int = 1000) -> None:
        """The client's Close comes next, and is answered; then TCP ends."""
        got = self.answer_pings()
        assert (got.opcode, got.payload) == (CLOSE, struct.pack("!H", code)), got
        self.send(frame(CLOSE, got.payload))
        self.socket.shutdown(socket.SHUT_WR)

    def at_end(self) -> bool:
        return self.buffer == b"" and self.socket.recv(65536) == b""

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class Listener:
    """A listening socket; a context manager that closes it and all that it accepted."""

    def __init__(self, window: int | None = None) -> None:
        self.socket = socket.socket()
        if window is not None:  # bytes that the kernel may buffer for us
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.socket.settimeout(HANG)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.port: int = self.socket.getsockname()[1]
        self.peers: list[Peer] = []

    def accept(self) -> Peer:
        self.peers.append(Peer(self.socket.accept()[0]))
        return self.peers[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()
        for peer in self.peers:
            peer.socket.close()
