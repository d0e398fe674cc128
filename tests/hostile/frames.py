# SPDX-License-Identifier: MIT
"""Attacks by frames (RFC 6455, 5 to 8), behind a good handshake."""
from __future__ import annotations

import struct

from tests.hostile.attack import Attack, close, echo, frame, text
from tests.interop import raw

BEYOND = struct.pack("!BQ", 127, 1 << 63)
FAR = struct.pack("!BQ", 127, (1 << 63) - 1)


def codes(number: int, *wrong: int) -> tuple[Attack, ...]:
    return tuple(Attack(number, f"Close {code}", close(code), 1002) for code in wrong)


FRAMES = (
    Attack(16, "a length with its top bit set", frame(0x82, length=BEYOND), 1002),
    Attack(16, "2^63-1 bytes", frame(0x82, length=FAR), 1009),
    Attack(16, "2^32+5 bytes", frame(0x82, length=struct.pack("!BQ", 127, (1 << 32) + 5)), 1009),
    Attack(16, "5 bytes, said with 16 bits", frame(0x81, b"hello", length=struct.pack("!BH", 126, 5)), 1002,
           choice="5.2 demands the shortest form"),
    Attack(16, "5 bytes, said with 64 bits", frame(0x81, b"hello", length=struct.pack("!BQ", 127, 5)), 1002),
    *(Attack(17, f"reserved bits {bits:#x}", frame(0x81 | bits, b"a"), 1002) for bits in (0x40, 0x20, 0x10)),
    *(Attack(17, f"opcode {opcode:#x}", frame(0x80 | opcode, b"a"), 1002) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    Attack(17, "no mask", frame(0x81, b"a", mask=None), 1002),
    Attack(17, "a mask of zero", frame(0x81, b"a", mask=bytes(4)), 0, (echo(b"a"),)),
    Attack(18, "a Ping of 126 bytes", frame(0x89, bytes(126)), 1002),
    Attack(18, "a Ping in fragments", frame(0x09, b"a"), 1002),
    Attack(18, "a Ping between fragments", text(b"a", fin=False) + frame(0x89, b"p") + text(b"b", first=0), 0,
           (raw.Frame(True, raw.PONG, b"p"), echo(b"ab"))),
    Attack(18, "a Close between fragments", text(b"a", fin=False) + close(1000), 1000),
    Attack(19, "a continuation of nothing", text(b"a", first=0), 1002),
    Attack(19, "a message within a message", text(b"a", fin=False) + text(b"b"), 1002),
    Attack(19, "endless empty fragments", text(b"", fin=False) + 500 * text(b"", fin=False, first=0) + text(b"", first=0), 0,
           (echo(b""),)),
    Attack(20, "a Close of one byte", frame(0x88, b"a"), 1002),
    *codes(20, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000),
    *(Attack(20, f"Close {code}", close(code), code) for code in (1000, 1012, 1013, 1014, 3000, 4999)),
    Attack(20, "a reason that is not UTF-8", close(1000, b"\xff"), 1007),
    *(Attack(21, name, text(bad), 1007) for name, bad in (
        ("overlong", b"\xc0\xaf"), ("a surrogate", b"\xed\xa0\x80"), ("beyond U+10FFFF", b"\xf4\x90\x80\x80"),
        ("cut at FIN", b"a\xe2\x82"))),
    Attack(21, "a character in two frames", text(b"\xe2\x82", fin=False) + text(b"\xac", first=0), 0, (echo("€".encode()),)),
    Attack(21, "a bad byte long before the end", text(b"\xff", fin=False), 1007),
    Attack(23, "frames behind the Close", close(1000) + text(b"late"), 1000),
    Attack(24, "an empty message", text(b""), 0, (echo(b""),)),
    *(Attack(24, f"{size} bytes where 65536 may come", frame(0x82, bytes(size)), 0 if size <= 65536 else 1009,
             (echo(bytes(size), raw.BINARY),) if size <= 65536 else ()) for size in (65535, 65536, 65537)),
    Attack(25, "a compressed frame", frame(0xC1, b"\xca\x00"), 1002),
)
