# SPDX-License-Identifier: MIT
"""An interpreter of the exported automata: byte by byte, without runs, cuts or skipping.

Says what the scanner has to report (runtime/wss_scan.h) of any input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.grammar.automaton import BREAK, Automaton, Transition

MORE, COMPLETE, STOPPED, MALFORMED, NO_VERSION, LINE_TOO_LONG, FIELDS_TOO_LARGE = (
    "more", "complete", "stopped", "malformed", "no version", "line too long", "fields too large")

Event = tuple[str, bytes]
MARKS = frozenset({"method_end", "path_end", "query_end", "no_path", "name_end", "field_end", "fold"})
"""Events without bytes: two of them in a row are two."""


@dataclass(frozen=True)
class Limits:
    """Bytes of the start line with its end, bytes of the head, fields."""

    line: int = 8002
    head: int = 16384
    fields: int = 100


@dataclass(frozen=True)
class Stop:
    """The hook that gives up, once so many fields have ended; none: no hook does."""

    kind: str = ""
    field: int = 0


@dataclass(frozen=True)
class Report:
    """`taken` counts where the head is complete or goes on."""

    verdict: str
    taken: int
    events: tuple[Event, ...]


class _End(Exception):
    def __init__(self, verdict: str) -> None:
        self.verdict = verdict


@dataclass
class Reading:
    automaton: Automaton
    limits: Limits = Limits()
    stop: Stop = Stop()
    state: int = field(init=False)
    events: list[Event] = field(default_factory=list)
    fields_ended: int = 0
    taken: int = 0
    blanks: int = 0
    in_line: bool = True
    in_field: bool = False
    fields_begun: int = 0

    def __post_init__(self) -> None:
        self.state = self.automaton.start

    def read(self, data: bytes) -> str:
        """The verdict on so much."""
        try:
            for byte in data:
                self._read_byte(byte)
        except _End as end:
            return end.verdict
        return MORE

    def report(self, data: bytes) -> Report:
        return Report(self.read(data), self.taken, tuple(self.events))

    def _read_byte(self, byte: int) -> None:
        self._limit()
        transition = self.automaton.table[self.state][byte]
        if transition is None:
            self.state = self.automaton.error
            raise _End(MALFORMED)
        self.state = transition.target
        self._perform(transition, byte)
        self.taken += 1
        if self.state in self.automaton.final:
            raise _End(COMPLETE)

    def _limit(self) -> None:
        """A request's line has a limit of its own; a response's counts in its head."""
        request = self.automaton.name == "http_request"
        line = min(self.limits.line, self.limits.head) if request else self.limits.head
        if self.taken >= (line if self.in_line else self.limits.head):
            raise _End(LINE_TOO_LONG if self.in_line else FIELDS_TOO_LARGE)

    def _perform(self, transition: Transition, byte: int) -> None:
        for action in transition.actions:
            special = _SPECIAL.get(action)
            if special is not None:
                special(self)
            elif action in MARKS:
                self._mark(action)
            else:
                self._note(_EVENT.get(action, action), bytes([byte]))

    # ------------------------------------------------------------------ actions

    def _stops(self, kind: str) -> None:
        if kind == self.stop.kind and self.fields_ended == self.stop.field:
            raise _End(MALFORMED if kind == "fold" else STOPPED)

    def _mark(self, kind: str) -> None:
        self._stops(kind)
        self.events.append((kind, b""))

    def _note(self, kind: str, data: bytes) -> None:
        if kind == "value":
            data, self.blanks = b" " * self.blanks + data, 0
        self._stops(kind)
        if self.events and self.events[-1][0] == kind:
            data = self.events.pop()[1] + data
        self.events.append((kind, data))

    def _line_end(self) -> None:
        self.in_line = False

    def _count_field(self) -> None:
        self.fields_begun += 1
        if self.fields_begun > self.limits.fields:
            raise _End(FIELDS_TOO_LARGE)

    def _name_end(self) -> None:
        self.blanks, self.in_field = 0, True
        self._mark("name_end")

    def _blank(self) -> None:
        self.blanks += 1

    def _field_end(self) -> None:
        self.in_field = False
        self._mark("field_end")
        self.fields_ended += 1

    def _last_field(self) -> None:
        if self.in_field:
            self._field_end()

    def _no_version(self) -> None:
        raise _End(NO_VERSION)

    def _nothing(self) -> None:
        """A break ends the piece that is read; the loop around the scanner goes on."""


_EVENT = {"version_digit": "version"}
_SPECIAL: dict[str, Callable[[Reading], None]] = {
    "line_end": Reading._line_end, "count_field": Reading._count_field, "name_end": Reading._name_end,
    "blank": Reading._blank, "field_end": Reading._field_end, "last_field": Reading._last_field,
    "simple": Reading._no_version, BREAK: Reading._nothing,
}
