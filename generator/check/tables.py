# SPDX-License-Identifier: MIT
"""E7xx: the tables agree with each other and with the protocol's limits."""

from __future__ import annotations

from collections.abc import Iterator

from generator.http_status import PHRASES
from generator.problem import Problem
from generator.spec import ByteSequence, HeaderBits, Spec
from generator.unicode_table import goes_on, ill_formed, missing

FIRST_CONTROL = 0x8
"""RFC 6455, 5.2: the most significant bit of an opcode says that the frame is a control frame."""


def check(spec: Spec) -> Iterator[Problem]:
    yield from _reasons(spec)
    yield from _statuses(spec)
    yield from _opcodes(spec)
    yield from _close_codes(spec)
    yield from _frame_header(spec)
    unlike = list(_utf8(spec))
    yield from unlike or _well_formed(spec)


def _reasons(spec: Spec) -> Iterator[Problem]:
    for reason in spec.reasons:
        sendable = any(code.send and code.first <= reason.close <= code.last for code in spec.close_codes)
        if reason.close and not sendable:
            yield Problem(reason.line, "E701", f"`{reason.name}` closes with {reason.close}, which may not be sent.")


def _statuses(spec: Spec) -> Iterator[Problem]:
    for rejection in spec.rejections:
        if rejection.status not in spec.statuses:
            yield Problem(rejection.line, "E702",
                          f"`{rejection.name}` answers {rejection.status}, which is not in `statuses`.")
    for status in spec.statuses:
        if status not in PHRASES:
            yield Problem(spec.statuses_line, "E707", f"the status {status} has no reason phrase.")


def _opcodes(spec: Spec) -> Iterator[Problem]:
    for number, opcode in enumerate(spec.opcodes):
        for other in spec.opcodes[:number]:
            if other.value == opcode.value:
                yield Problem(opcode.line, "E703", f"`{opcode.name}` and `{other.name}` are both 0x{opcode.value:X}.")


        if (opcode.kind == "control") != (opcode.value >= FIRST_CONTROL):
            yield Problem(opcode.line, "E708", f"`{opcode.name}` is of the class {opcode.kind}, but "
                          f"0x{opcode.value:X} is not: bit 3 tells (RFC 6455, 5.2).")


def _close_codes(spec: Spec) -> Iterator[Problem]:
    for number, code in enumerate(spec.close_codes):
        if code.last < code.first:
            yield Problem(code.line, "E704", f"`{code.name}` ends before it begins.")
        for other in spec.close_codes[:number]:
            if code.first <= other.last and other.first <= code.last:
                yield Problem(code.line, "E704", f"`{code.name}` and `{other.name}` share a Close code.")


def _frame_header(spec: Spec) -> Iterator[Problem]:
    taken: dict[int, HeaderBits] = {}
    for part in spec.frame_header:
        if part.width > part.bit + 1:
            yield Problem(part.line, "E705", f"`{part.name}` does not fit below bit {part.bit}.")
        for bit in range(part.bit, part.bit - part.width, -1):
            other = taken.setdefault(8 * part.byte + bit, part)
            if other is not part:
                yield Problem(part.line, "E705",
                              f"`{part.name}` and `{other.name}` share bit {bit} of byte {part.byte}.")


def _utf8(spec: Spec) -> Iterator[Problem]:
    for number, sequence in enumerate(spec.utf8):
        if any(part.last < part.first for part in sequence.ranges):
            yield Problem(sequence.line, "E706", "a range of bytes ends before it begins.")
        for other in spec.utf8[:number]:
            if _begins(sequence, other) or _begins(other, sequence):
                yield Problem(sequence.line, "E706",
                              f"the sequences of lines {other.line} and {sequence.line} are not told apart.")


def _well_formed(spec: Spec) -> Iterator[Problem]:
    for sequence in spec.utf8:
        if not goes_on(sequence):
            yield Problem(sequence.line, "E709", "the bytes of a character after the second are 80-BF.")
        for example in ill_formed(sequence):
            yield Problem(sequence.line, "E709", f"{example.hex(' ').upper()} is accepted and no character.")
    for example in missing(spec.utf8):
        yield Problem(spec.utf8_line, "E709", f"{example.hex(' ').upper()} is a character and not accepted.")


def _begins(short: ByteSequence, long: ByteSequence) -> bool:
    """Some string of `short` is a string of `long`, or the beginning of one."""
    return len(short.ranges) <= len(long.ranges) and all(
        a.first <= b.last and b.first <= a.last for a, b in zip(short.ranges, long.ranges))
