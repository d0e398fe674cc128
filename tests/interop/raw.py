# SPDX-License-Identifier: MIT
"""A WebSocket client by hand (RFC 6455, 4.1 and 5.2) for what libraries do not let one do."""
from __future__ import annotations

import base64
import hashlib
import os
import socket
import struct
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.interop.server import HANG

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


@dataclass(frozen=True)
class Response:
    status: int
    fields: tuple[tuple[str, str], ...]  # names in lower case
    body: bytes

    def field(self, name: str) -> str | None:
        values = [value for key, value in self.fields if key == name.lower()]
        assert len(values) <= 1, f"{name} comes {len(values)} times"
        return values[0] if values else None


@dataclass(frozen=True)
class Frame:
    fin: bool
    opcode: int
    payload: bytes

    @property
    def code(self) -> int:
        """The code of a Close frame; 1005 if it has none (RFC 6455, 7.1.5)."""
        assert self.opcode == CLOSE
        return int(struct.unpack("!H", self.payload[:2])[0]) if self.payload else 1005


def accept_for(key: str) -> str:
    return base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()


def upgrade_request(path: str = "/", key: str = "dGhlIHNhbXBsZSBub25jZQ==", **more: str) -> bytes:
    """An upgrade request; keyword arguments become further fields (`_` stands for `-`)."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *(f"{name.replace('_', '-')}: {value}" for name, value in more.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def masked(payload: bytes, mask: bytes) -> bytes:
    """The payload masked, or a masked one unmasked (RFC 6455, 5.3)."""
    pad = (mask * (len(payload) // 4 + 1))[: len(payload)]
    number = int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")
    return number.to_bytes(len(payload), "big")


def encode(opcode: int, payload: bytes = b"", fin: bool = True) -> bytes:
    """A masked frame (RFC 6455, 5.2)."""
    first = bytes([(0x80 if fin else 0) | opcode])
    if len(payload) < 126:
        length = bytes([0x80 | len(payload)])
    elif len(payload) < 65536:
        length = struct.pack("!BH", 0x80 | 126, len(payload))
    else:
        length = struct.pack("!BQ", 0x80 | 127, len(payload))
    mask = os.urandom(4)
    return first + length + mask + masked(payload, mask)


class Client:
    """One TCP connection."""

    def __init__(self, port: int, host: str = "127.0.0.1", window: int | None = None) -> None:
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        if window is not None:  # bytes that the kernel may buffer each way on our side
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, window)
        self.socket.settimeout(HANG)
        self.socket.connect((host, port))
        self.buffer = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def fill(self) -> bool:
        """Reads more; False at the end of the stream. A reset raises."""
        data = self.socket.recv(65536)
        self.buffer += data
        return data != b""

    def take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            if not self.fill():
                raise EOFError(f"{len(self.buffer)} of {count} bytes before the end")
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def response(self) -> Response:
        while b"\r\n\r\n" not in self.buffer:
            if not self.fill():
                raise EOFError(f"no whole response head: {self.buffer!r}")
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        status, *lines = head.decode("latin-1").split("\r\n")
        assert status.startswith("HTTP/1.1 "), status
        pairs = [line.split(":", 1) for line in lines]
        fields = tuple((name.lower(), value.strip(" \t")) for name, value in pairs)
        length = int(dict(fields).get("content-length", "0"))
        return Response(int(status.split(" ")[1]), fields, self.take(length))

    def open(self, path: str = "/", **more: str) -> Response:
        """Does the opening handshake and checks it as a client must (RFC 6455, 4.1)."""
        key = base64.b64encode(os.urandom(16)).decode()
        self.send(upgrade_request(path, key, **more))
        response = self.response()
        if response.status == 101:
            assert (response.field("upgrade") or "").lower() == "websocket"
            assert (response.field("connection") or "").lower() == "upgrade"
            assert response.field("sec-websocket-accept") == accept_for(key)
            assert response.field("sec-websocket-extensions") is None
        return response

    def frame(self) -> Frame:
        first, second = self.take(2)
        assert first & 0x70 == 0, "a reserved bit is set"
        assert second & 0x80 == 0, "a server must not mask (RFC 6455, 5.1)"
        length = second
        if length == 126:
            (length,) = struct.unpack("!H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self.take(8))
        return Frame(first & 0x80 != 0, first & 0x0F, self.take(length))

    def answer_pings(self) -> Frame:
        """The next frame that is no Ping; Pings are answered."""
        frame = self.frame()
        while frame.opcode == PING:
            self.send(encode(PONG, frame.payload))
            frame = self.frame()
        return frame

    def message(self) -> tuple[int, bytes]:
        """The next data message, put together from its fragments."""
        frame = self.answer_pings()
        opcode, payload = frame.opcode, frame.payload
        assert opcode in (TEXT, BINARY), frame
        while not frame.fin:
            frame = self.answer_pings()
            assert frame.opcode == CONTINUATION, frame
            payload += frame.payload
        return opcode, payload

    def at_end(self) -> bool:
        """Whether the server has ended the stream without further bytes."""
        return self.buffer == b"" and not self.fill()
