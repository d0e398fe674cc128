# SPDX-License-Identifier: MIT
"""What an attack on a server is: bytes, and the answer that they get."""
from __future__ import annotations

import struct
from dataclasses import dataclass

from tests.interop import raw

MASK = b"\x12\x34\x56\x78"


@dataclass(frozen=True)
class Attack:
    """`entry` is the number in entries.py. Expected is the status of the answer, or for frames,
    which come behind a good handshake, the code of the Close behind the echoes `replies`; 0: the
    connection goes on. `choice` says what was chosen where the RFCs leave it open."""

    entry: int
    name: str
    sends: bytes
    expected: int
    replies: tuple[raw.Frame, ...] = ()
    choice: str = ""

    def __str__(self) -> str:
        return f"{self.entry}: {self.name}"


def lines(*fields: str, start: str = "GET / HTTP/1.1", without: tuple[str, ...] = ()) -> bytes:
    """A good upgrade request without some of its fields, with others."""
    good = {
        "Host": "localhost", "Upgrade": "websocket", "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"}
    kept = (f"{name}: {value}" for name, value in good.items() if name not in without)
    return "\r\n".join((start, *kept, *fields, "", "")).encode("latin-1")


def frame(first: int, payload: bytes = b"", *, length: bytes | None = None, mask: bytes | None = MASK) -> bytes:
    """`first`: FIN, reserved bits, opcode. `length`: its seven bits and what follows them, where it
    is not the shortest form; `mask` None: without one."""
    form = length
    if form is None:
        size = len(payload)
        form = bytes([size]) if size < 126 else struct.pack("!BH", 126, size) if size < 65536 else struct.pack("!BQ", 127, size)
    if mask is None:
        return bytes([first]) + form + payload
    return bytes([first, form[0] | 0x80]) + form[1:] + mask + raw.masked(payload, mask)


def text(payload: bytes, *, fin: bool = True, first: int = 1) -> bytes:
    return frame((0x80 if fin else 0) | first, payload)


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(0x88, struct.pack("!H", code) + reason)


def echo(payload: bytes, opcode: int = raw.TEXT) -> raw.Frame:
    return raw.Frame(True, opcode, payload)
