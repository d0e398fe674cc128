# SPDX-License-Identifier: MIT
"""Frames of Ethernet for the board's wire, good and bad, made of seeds. QEMU takes them by UDP. Its own
network is not on that wire: some of these frames end it.
"""
from __future__ import annotations

import random
import select
import socket
import struct
from collections.abc import Iterator

BOARD_MAC = bytes.fromhex("525400123456")
OWN_MAC = bytes.fromhex("525400aabbcc")
BOARD = bytes([10, 0, 2, 15])
PORT = 8000
LONGEST = 1513
"""A frame of 1514 bytes is never taken by QEMU's mipsnet, nor is anything that comes after it."""
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


class Wire:
    """One end of a cable to the board's hub: `options` are those of QEMU for the other."""

    def __init__(self, near: int, far: int) -> None:
        self.options = ["-net", f"socket,udp=127.0.0.1:{near},localaddr=127.0.0.1:{far}"]
        self._to = ("127.0.0.1", far)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", near))

    def send(self, frame: bytes) -> None:
        self._socket.sendto(frame, self._to)

    def receive(self, seconds: float) -> bytes:
        """A frame of the board; nothing when none comes in time."""
        ready, _, _ = select.select([self._socket], [], [], seconds)
        return self._socket.recv(2048) if ready else b""

    def close(self) -> None:
        self._socket.close()


def checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + bytes(len(data) % 2)))
    while total > 0xffff:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ethernet(kind: int, payload: bytes) -> bytes:
    return BOARD_MAC + OWN_MAC + struct.pack("!H", kind) + payload


def ip(protocol: int, source: bytes, payload: bytes, options: bytes = b"", fragment: int = 0) -> bytes:
    words = 5 + len(options) // 4
    head = struct.pack("!BBHHHBBH", 0x40 | words, 0, 4 * words + len(payload), 1, fragment, 64, protocol, 0)
    head += source + BOARD + options
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def tcp(source: bytes, port: int, flags: int, sequence: int, acknowledged: int, window: int = 0xffff,
        options: bytes = b"", payload: bytes = b"") -> bytes:
    words = 5 + len(options) // 4
    head = struct.pack("!HHIIBBHHH", port, PORT, sequence, acknowledged, words << 4, flags, window, 0, 0)
    head += options + payload
    pseudo = source + BOARD + struct.pack("!BBH", 0, 6, len(head))
    return head[:16] + struct.pack("!H", checksum(pseudo + head)) + head[18:]


def _segment(rng: random.Random) -> bytes:
    source = bytes([10, 0, 2, rng.randrange(256)])
    options = rng.choice((b"", b"\x02\x04\x05\xa0", b"\x02\x04\x00\x00", b"\x02\x00\x00\x00", b"\x03\xff\x00\x00",
                          rng.randbytes(4 * rng.randrange(10))))
    payload = rng.randbytes(rng.choice((0, 0, 1, 100, 1400)))
    segment = tcp(source, rng.randrange(1, 65536), rng.choice((SYN, SYN, rng.getrandbits(8))), rng.getrandbits(32),
                  rng.getrandbits(32), rng.getrandbits(16), options, payload)
    return ethernet(0x0800, ip(6, source, segment))


def _arp(rng: random.Random) -> bytes:
    sender = bytes([10, 0, 2, rng.randrange(16, 255)])
    return ethernet(0x0806, struct.pack("!HHBBH", 1, 0x0800, 6, 4, rng.randrange(4)) + OWN_MAC + sender
                    + BOARD_MAC + rng.choice((BOARD, rng.randbytes(4))))


def _ping(rng: random.Random) -> bytes:
    body = struct.pack("!BBHHH", rng.choice((8, 8, rng.getrandbits(8))), 0, 0, 1, 1) + rng.randbytes(rng.randrange(1400))
    body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
    return ethernet(0x0800, ip(1, bytes([10, 0, 2, 77]), body))


def _packet(rng: random.Random) -> bytes:
    options = rng.randbytes(4 * rng.randrange(10))
    return ethernet(0x0800, ip(rng.getrandbits(8), rng.randbytes(4), rng.randbytes(rng.randrange(1400)), options,
                               rng.choice((0, rng.getrandbits(16)))))


def _noise(rng: random.Random) -> bytes:
    return ethernet(rng.choice((0x0800, 0x0806, 0x8100, 0x86dd, rng.getrandbits(16))), rng.randbytes(rng.randrange(1500)))


def frames(seed: int, count: int) -> Iterator[bytes]:
    """Every third is damaged: a byte changed, or cut off."""
    rng = random.Random(seed)
    for number in range(count):
        frame = rng.choice((_segment, _segment, _arp, _ping, _packet, _noise))(rng)
        if number % 3 == 1:
            at = rng.randrange(12, len(frame))
            frame = frame[:at] + rng.randbytes(1) + frame[at + 1:]
        elif number % 3 == 2:
            frame = frame[:rng.randrange(1, len(frame) + 1)]
        yield frame[:LONGEST]
