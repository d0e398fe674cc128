# SPDX-License-Identifier: MIT
"""The C scanner as a shared library: feeds it and reads what its hooks wrote down."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

from tests.grammar import reading
from tests.grammar.reading import Event, Limits, Report, Stop
from tests.programs import library

VERDICTS = (reading.MORE, reading.COMPLETE, reading.STOPPED, reading.MALFORMED, reading.NO_VERSION,
            reading.LINE_TOO_LONG, reading.FIELDS_TOO_LARGE)
"""In the order of wss_scan_t."""
KINDS = ("", "method", "method_end", "authority", "path", "path_end", "query", "query_end", "no_path", "major", "minor",
         "version", "status", "name", "name_end", "value", "field_end", "fold")
"""In the order of recorder.c."""
CLASSES = {"token": 1 << 0, "path": 1 << 1, "query": 1 << 2, "authority": 1 << 6, "text": 0}
"""The bits of wss_chars.h."""


class Scanner:
    """One head after the other: `begin()`, `feed()`, and what came of it."""

    def __init__(self, name: str, response: bool, small: bool) -> None:
        self.name = name
        self.response = response
        self._c = library(f"tests/grammar/libgrammar_scanner_{int(small)}.so")
        self._c.grammar_record.restype = ctypes.POINTER(ctypes.c_uint8)
        self._c.grammar_begin.argtypes = [
            ctypes.c_bool, ctypes.c_uint16, ctypes.c_uint16, ctypes.c_uint16, ctypes.c_int, ctypes.c_uint32]
        self._c.grammar_feed.argtypes = [
            ctypes.c_char_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.POINTER(ctypes.c_uint32)]
        self._taken = ctypes.c_uint32()

    def begin(self, limits: Limits = Limits(), stop: Stop = Stop()) -> None:
        self._c.grammar_begin(self.response, limits.line, limits.head, limits.fields,
                              KINDS.index(stop.kind), stop.field)

    def feed(self, data: bytes, step: int = 0) -> str:
        """In one piece, or in pieces of `step` bytes. The verdict."""
        result = int(self._c.grammar_feed(data, len(data), step, ctypes.byref(self._taken)))
        assert result >= 0, "bytes were left although the head goes on"
        return VERDICTS[result]

    @property
    def taken(self) -> int:
        """Bytes that the last feed() read."""
        return self._taken.value

    @property
    def state(self) -> int:
        return int(self._c.grammar_state())

    @property
    def events(self) -> tuple[Event, ...]:
        length = ctypes.c_uint32()
        record = self._c.grammar_record(ctypes.byref(length))
        return tuple(_entries(bytes(record[: length.value])))

    def members(self, name: str) -> frozenset[int]:
        """The bytes of a class of characters."""
        flags = (ctypes.c_uint8 * 256)()
        self._c.grammar_class(CLASSES[name], flags)
        return frozenset(byte for byte in range(256) if flags[byte])

    def report(self, pieces: Sequence[bytes], limits: Limits = Limits(), stop: Stop = Stop(), step: int = 0) -> Report:
        """What the scanner makes of a head that comes in pieces."""
        self.begin(limits, stop)
        verdict, taken = reading.MORE, 0
        for piece in pieces:
            verdict = self.feed(piece, step)
            taken += self.taken
            if verdict != reading.MORE:
                break
        return Report(verdict, taken, self.events)


def _entries(record: bytes) -> Iterator[Event]:
    at = 0
    while at < len(record):
        length = record[at + 1] | record[at + 2] << 8
        yield KINDS[record[at]], record[at + 3: at + 3 + length]
        at += 3 + length
