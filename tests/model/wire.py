# SPDX-License-Identifier: MIT
"""What goes over the wire, from the RFCs and the specification's tables: heads of HTTP messages,
frames. Frames of clients are compared with their masks taken off.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus

from tests.model.machine import SPEC

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CRLF = "\r\n"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
CONTROL_MAX = 125
MASK = bytes.fromhex("37fa213d")
RESERVED = 262
"""Room that data frames leave free: a Pong and a Close of a client, each of 125 bytes."""


def head(*lines: str) -> bytes:
    return (CRLF.join(lines) + CRLF + CRLF).encode()


def accept_key(key: str) -> str:
    """RFC 6455, 4.2.2."""
    return base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()


# --------------------------------------------------------------- heads that a peer sends

UPGRADE = ["GET /chat HTTP/1.1", "Host: example.org", "Upgrade: websocket", "Connection: Upgrade",
           f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Version: 13"]


def without(name: str) -> bytes:
    return head(*(line for line in UPGRADE if not line.startswith(name + ":")))


REQUESTS: dict[str, tuple[bytes, str, str]] = {
    "upgrade": (head(*UPGRADE), "request", ""),
    "page": (head("GET / HTTP/1.1", "Host: example.org"), "page", ""),
    "no host": (without("Host"), "bad_request", "host_invalid"),
    "no connection": (without("Connection"), "bad_request", "connection_missing"),
    "no key": (without("Sec-WebSocket-Key"), "bad_request", "key_invalid"),
    "no version": (without("Sec-WebSocket-Version"), "bad_request", "version_invalid"),
    "old": (head("GET /chat HTTP/1.0", *UPGRADE[1:]), "bad_request", "http_version_old"),
    "method": (head("PUT /chat HTTP/1.1", *UPGRADE[1:]), "bad_request", "method_not_allowed"),
}
"""By name: the bytes, the event at their end, and why they are rejected."""


def response(kind: str, key: str) -> tuple[bytes, str]:
    """A server's answer to a key, and the event at its end."""
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
    accept = f"Sec-WebSocket-Accept: {accept_key(key)}"
    return {
        "upgrade": (head(*lines, accept), "upgraded"),
        "protocol": (head(*lines, accept, "Sec-WebSocket-Protocol: a"), "upgraded"),
        "interim": (head("HTTP/1.1 103 Early Hints") + head(*lines, accept), "upgraded"),
        "redirect": (head("HTTP/1.1 302 Found", "Location: /x"), "answered"),
        "not found": (head("HTTP/1.1 404 Not Found", "Content-Length: 0"), "answered"),
        "other key": (head(*lines, f"Sec-WebSocket-Accept: {accept_key('x' * 24)}"), "bad_response"),
        "other protocol": (head(*lines, accept, "Sec-WebSocket-Protocol: c"), "bad_response"),
        "no upgrade": (head(lines[0], lines[2], accept), "bad_response"),
    }[kind]


RESPONSES = ("upgrade", "protocol", "interim", "redirect", "not found", "other key", "other protocol", "no upgrade")


# ------------------------------------------------------------- heads that the engine sends

REQUEST = head("GET /chat?x=1 HTTP/1.1", "Host: 192.0.2.7", "Upgrade: websocket", "Connection: Upgrade",
               "Sec-WebSocket-Key: " + 24 * "?", "Sec-WebSocket-Version: 13", "Origin: http://example.org",
               "Sec-WebSocket-Protocol: b, a")
KEY_AT = REQUEST.index(24 * b"?")
ADMISSION = head("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Accept: {accept_key(KEY)}")


def answer(status: int, body: bytes, flags: tuple[str, ...] = ()) -> bytes:
    """A response without an upgrade; it ends the connection."""
    upgrade = "upgrade" in flags
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += ["Connection: Upgrade, close" if upgrade else "Connection: close"]
    lines += ["Upgrade: websocket"] if upgrade else []
    lines += ["Sec-WebSocket-Version: 13"] if "version" in flags else []
    lines += ["Allow: GET"] if "allow" in flags else []
    return head(*lines, "Content-Type: text/plain; charset=utf-8", f"Content-Length: {len(body)}") + body


def rejection(name: str) -> bytes:
    found = next(one for one in SPEC.rejections if one.name == name)
    return answer(found.status, found.doc.encode(), found.flags)


# ------------------------------------------------------------------------------- frames


def xor(data: bytes, mask: bytes, turn: int = 0) -> bytes:
    """Unmasks what begins `turn` bytes into a payload (RFC 6455, 5.3)."""
    key = (mask[turn % 4:] + mask[: turn % 4]) * (len(data) // 4 + 1)
    return (int.from_bytes(data, "big") ^ int.from_bytes(key[: len(data)], "big")).to_bytes(len(data), "big")


def header(first: int, length: int, masked: bool) -> bytes:
    """RFC 6455, 5.2; the mask is of zeros."""
    bit = 0x80 if masked else 0
    mask = bytes(4) if masked else b""
    if length <= CONTROL_MAX:
        return bytes([first, bit | length]) + mask
    if length < 2**16:
        return bytes([first, bit | 126]) + length.to_bytes(2, "big") + mask
    return bytes([first, bit | 127]) + length.to_bytes(8, "big") + mask


def frame(opcode: int, payload: bytes, masked: bool, final: bool = True, rsv: int = 0) -> bytes:
    return header(0x80 * final | rsv << 4 | opcode, len(payload), masked) + payload


def peers(opcode: int, payload: bytes, masked: bool, final: bool = True, rsv: int = 0) -> bytes:
    """A frame of the peer: its mask is none of zeros."""
    plain = frame(opcode, payload, masked, final, rsv)
    start = len(plain) - len(payload)
    return plain[: start - 4] + MASK + xor(payload, MASK) if masked else plain


def close_payload(code: int, reason: bytes) -> bytes:
    return b"" if code == 0 else code.to_bytes(2, "big") + reason


def size_of_header(start: bytes) -> int:
    """From two bytes of it."""
    length = start[1] & 0x7F
    return 2 + (2 if length == 126 else 8 if length == 127 else 0) + (4 if start[1] & 0x80 else 0)


@dataclass
class Readable:
    """What a client sends, without what it draws: the key is blank, the masks are taken off and are
    zeros. A frame's header is seen once it is whole."""

    repeated: bool = False
    """Two masks, one after the other, were the same."""
    _seen: int = 0
    _start: bytes = b""
    _mask: bytes = bytes(4)
    _left: int = 0
    _done: int = 0

    def take(self, data: bytes) -> bytes:
        head = data[: max(len(REQUEST) - self._seen, 0)]
        out = bytes(REQUEST[self._seen + i] if KEY_AT <= self._seen + i < KEY_AT + len(KEY) else byte
                    for i, byte in enumerate(head))
        self._seen, data = self._seen + len(data), data[len(head):]
        while data:
            if self._left > 0:
                count = min(self._left, len(data))
                out += xor(data[:count], self._mask, self._done)
                self._left, self._done, data = self._left - count, self._done + count, data[count:]
                continue
            self._start, data = self._start + data[:1], data[1:]
            if len(self._start) >= 2 and len(self._start) == size_of_header(self._start):
                out += self._begin()
        return out

    def _begin(self) -> bytes:
        """Of a frame; one that is not masked shows as it is."""
        start, self._start = self._start, b""
        masked = bool(start[1] & 0x80)
        short, plain = start[1] & 0x7F, len(start) - 4 * masked
        self._left, self._done = short if short < 126 else int.from_bytes(start[2:plain], "big"), 0
        last, self._mask = self._mask, start[plain:] if masked else bytes(4)
        self.repeated |= masked and self._mask == last
        return start[:plain] + bytes(4 * masked)


def key_of(request: bytes) -> str:
    found = re.search(rb"Sec-WebSocket-Key: ([A-Za-z0-9+/]{22}==)\r\n", request)
    return found.group(1).decode() if found else ""
