# SPDX-License-Identifier: MIT
"""A broker by hand, on a WebSocket server by hand: for what mosquitto does not let one do.
Packets as MQTT 3.1.1 has them, frames as RFC 6455."""

from __future__ import annotations

import re
import select
import socket
import struct
from types import TracebackType

from tests.interop import raw
from tests.interop.server import HANG

CONNACK = b"\x20\x02\x00\x00"
PRESENT = b"\x20\x02\x01\x00"
PINGRESP = b"\xd0\x00"
SUBACK = b"\x90\x03\xff\xff\x01"
CONNECT, PUBLISH, PUBACK, SUBSCRIBE, PINGREQ, DISCONNECT = 1, 3, 4, 8, 12, 14


def text(value: str) -> bytes:
    return struct.pack("!H", len(value.encode())) + value.encode()


def packet(first: int, body: bytes) -> bytes:
    length, digits = len(body), bytearray()
    while True:
        digits.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if length == 0:
            return bytes([first]) + bytes(digits) + body


def publish(topic: str, payload: str, number: int | None = None) -> bytes:
    """With QoS 1 if it has a number."""
    middle = b"" if number is None else struct.pack("!H", number)
    return packet(0x30 if number is None else 0x32, text(topic) + middle + payload.encode())


def puback(number: int) -> bytes:
    return packet(0x40, struct.pack("!H", number))


class Link:
    """One connection of the client; the opening handshake is done. A context manager."""

    def __init__(self, connection: socket.socket, protocol: str | None) -> None:
        self._socket = connection
        self._socket.settimeout(HANG)
        self._buffer = b""
        while b"\r\n\r\n" not in self._buffer:
            self._fill()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        self.head = head.decode("ascii")
        key = re.search(r"(?mi)^sec-websocket-key: (\S+)", self.head)
        assert key is not None
        agreed = f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol is not None else ""
        answer = (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {raw.accept_for(key[1])}\r\n{agreed}\r\n"
        )
        self._socket.sendall(answer.encode())
        self._stream = b""

    def _fill(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            raise EOFError
        self._buffer += data

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._fill()
        data, self._buffer = self._buffer[:count], self._buffer[count:]
        return data

    def frame(self) -> raw.Frame:
        first, second = self._take(2)
        assert second & 0x80, "a client masks (RFC 6455, 5.1)"
        length = second & 0x7F
        assert length < 127
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        mask = self._take(4)
        payload = bytes(each ^ mask[i % 4] for i, each in enumerate(self._take(length)))
        return raw.Frame(first & 0x80 != 0, first & 0x0F, payload)

    def hear(self) -> tuple[int, bytes]:
        """The next packet: its first byte and its body."""
        frame = self.frame()
        assert frame.fin and frame.opcode == raw.BINARY, frame
        first, length, rest = frame.payload[0], frame.payload[1], frame.payload[2:]
        if length > 0x7F:
            length, rest = length & 0x7F | rest[0] << 7, rest[1:]
        assert length == len(rest)
        return first, rest

    def closing(self) -> int:
        """The code of the client's Close, after what it says before it; all is closed then."""
        while (frame := self.frame()).opcode != raw.CLOSE:
            continue
        self._socket.sendall(bytes([0x88, len(frame.payload)]) + frame.payload)
        self._socket.close()
        return frame.code

    def say(self, *packets: bytes, opcode: int = raw.BINARY) -> None:
        """In one message."""
        payload = b"".join(packets)
        assert len(payload) < 65536
        short = len(payload) < 126
        head = bytes([len(payload)]) if short else struct.pack("!BH", 126, len(payload))
        self._socket.sendall(bytes([0x80 | opcode]) + head + payload)

    def accept(self, answer: bytes = CONNACK) -> bytes:
        """Takes a CONNECT, and answers it; its body."""
        first, body = self.hear()
        assert first == CONNECT << 4
        self.say(answer)
        return body

    def __enter__(self) -> Link:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()


class Fake:
    """Listens; a context manager."""

    def __init__(self, narrow: bool = False) -> None:
        self._socket = socket.socket()
        self._socket.settimeout(HANG)
        if narrow:  # the kernel holds little for us, and at the client (it counts segments)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.url = f"ws://127.0.0.1:{self._socket.getsockname()[1]}"

    def link(self, protocol: str | None = "mqtt") -> Link:
        """The next connection."""
        return Link(self._socket.accept()[0], protocol)

    def is_called(self) -> bool:
        """Whether a connection waits to be taken."""
        return select.select([self._socket], [], [], 0)[0] != []

    def __enter__(self) -> Fake:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
