# SPDX-License-Identifier: MIT
"""The specification as written, one frozen class per kind of declaration.

Knows nothing of YAML's syntax, of checks or of C. Names are Text: strings with a line.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.tree import Text

Names = tuple[Text, ...]


@dataclass(frozen=True)
class Declared:
    """Anything with a name and a sentence."""

    name: Text
    doc: str

    @property
    def line(self) -> int:
        return self.name.line


@dataclass(frozen=True)
class Reason(Declared):
    close: int
    rfc: str


@dataclass(frozen=True)
class Rejection(Declared):
    """`doc` is the body of the answer."""

    status: int
    rfc: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class CloseCode(Declared):
    first: int
    last: int
    send: bool
    receive: bool


@dataclass(frozen=True)
class Opcode(Declared):
    value: int
    kind: str


@dataclass(frozen=True)
class HeaderBits(Declared):
    byte: int
    bit: int
    width: int

    @property
    def mask(self) -> int:
        return ((1 << self.width) - 1) << (self.bit - self.width + 1)


@dataclass(frozen=True)
class Field(Declared):
    directions: Names


@dataclass(frozen=True)
class ByteRange:
    first: int
    last: int


@dataclass(frozen=True)
class ByteSequence:
    """A well-formed UTF-8 sequence: one range per byte."""

    line: int
    ranges: tuple[ByteRange, ...]


@dataclass(frozen=True)
class FaceReport:
    """What a vendor interface shows where an action runs."""

    action: Text
    events: Names


@dataclass(frozen=True)
class FaceCause:
    """What a vendor interface shows where a connection ends for a reason."""

    reason: Text
    event: Text


@dataclass(frozen=True)
class Face:
    name: Text
    reports: tuple[FaceReport, ...]
    causes: tuple[FaceCause, ...]


@dataclass(frozen=True)
class Input(Declared):
    """`begin`: the action that prepares for it."""

    begin: Text | None


@dataclass(frozen=True)
class Timer(Declared):
    default: int
    config: Text


@dataclass(frozen=True)
class Event(Declared):
    """`everywhere`: no state between the first and the last may pass over it."""

    role: Text | None
    timer: Text | None
    everywhere: bool


@dataclass(frozen=True)
class Source:
    """Who raises events. `states` is None where they may come in any state."""

    name: Text
    states: Names | None
    armed: bool
    refuses: bool
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Action(Declared):
    """`roles` is empty where every role has it; `steps`: it may raise the next event."""

    roles: Names
    app: bool
    once: bool
    steps: bool


@dataclass(frozen=True)
class Row:
    line: int
    event: Text
    guard: Text | None
    role: Text | None
    to: Text | None
    why: Text | None
    do: Names
    stop: Names
    start: Names
    restart: Names
    rfc: str
    doc: str


@dataclass(frozen=True)
class State(Declared):
    public: Text | None
    input: Text | None
    allow: Names
    role: Text | None
    arm: Names
    untimed: str
    rfc: tuple[str, ...]
    rows: tuple[Row, ...]
    ignore: Names
    refuse: Names
    enter: Names


@dataclass(frozen=True)
class Machine(Declared):
    """`plain`: its rows have no guards and no timers, and at most one action."""

    prefix: str
    context: Text
    rfc: tuple[str, ...]
    roles: Names
    built: Names
    plain: bool
    initial: Text
    final: Names
    public: tuple[Declared, ...]
    inputs: tuple[Input, ...]
    allows: tuple[Declared, ...]
    timers: tuple[Timer, ...]
    sources: tuple[Source, ...]
    guards: tuple[Declared, ...]
    actions: tuple[Action, ...]
    states: tuple[State, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for source in self.sources for event in source.events)


@dataclass(frozen=True)
class Spec:
    """`digest`: the first 16 hex digits of the SHA-256 of the file."""

    path: str
    digest: str
    schema: int
    reasons: tuple[Reason, ...]
    rejections: tuple[Rejection, ...]
    statuses: tuple[int, ...]
    statuses_line: int
    close_codes: tuple[CloseCode, ...]
    opcodes: tuple[Opcode, ...]
    frame_header: tuple[HeaderBits, ...]
    fields: tuple[Field, ...]
    utf8: tuple[ByteSequence, ...]
    utf8_line: int
    faces: tuple[Face, ...]
    machines: tuple[Machine, ...]
