# SPDX-License-Identifier: MIT
"""Messages whose lengths are on both sides of each step of the frame header."""
from __future__ import annotations

import random

LENGTHS = (0, 1, 125, 126, 127, 65535, 65536, 65537)
LARGE = 16 << 20


def binary(length: int) -> bytes:
    return random.Random(length).randbytes(length)


def text(length: int) -> str:
    """`length` bytes of UTF-8 with characters of one to four bytes."""
    pattern = "wss \u00e9\u20ac\U0001d11e "
    whole = pattern * (length // len(pattern.encode()))
    return whole + "x" * (length - len(whole.encode()))
