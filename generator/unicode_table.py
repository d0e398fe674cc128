# SPDX-License-Identifier: MIT
"""Unicode's table 3-7, well-formed UTF-8, found by asking Python's decoder.

It tells characters by their lead byte, second byte and length: the standard lets every
further byte be 80 to BF. Knows byte sequences, nothing of automata.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.spec import ByteRange, ByteSequence

FURTHER = ByteRange(0x80, 0xBF)


@dataclass(frozen=True, order=True)
class Beginning:
    """The first byte or two of a character, and its length."""

    head: bytes
    length: int

    @property
    def example(self) -> bytes:
        return self.head.ljust(self.length, bytes([FURTHER.first]))


def goes_on(sequence: ByteSequence) -> bool:
    """The bytes after the second may be any that the standard allows."""
    return all(part == FURTHER for part in sequence.ranges[2:])


def ill_formed(sequence: ByteSequence) -> Iterator[bytes]:
    """Something that the sequence accepts and the standard does not, if there is any."""
    wrong = _declared(sequence) - _standard()
    if wrong:
        yield min(wrong).example


def missing(sequences: Sequence[ByteSequence]) -> Iterator[bytes]:
    """A character that no sequence accepts, if there is any."""
    lost = _standard().difference(*(_declared(sequence) for sequence in sequences))
    if lost:
        yield min(lost).example


def _declared(sequence: ByteSequence) -> frozenset[Beginning]:
    heads = [b""]
    for part in sequence.ranges[:2]:
        heads = [head + bytes([byte]) for head in heads for byte in range(part.first, part.last + 1)]
    return frozenset(Beginning(head, len(sequence.ranges)) for head in heads)


@lru_cache(maxsize=1)
def _standard() -> frozenset[Beginning]:
    heads = [bytes([lead]) for lead in range(256)]
    alone = [Beginning(head, 1) for head in heads if _is_character(head)]
    begun = [head for head in heads if not _is_character(head)]
    pairs = (Beginning(head + bytes([second]), length)
             for head in begun for second in range(256) for length in (2, 3, 4))
    return frozenset((*alone, *(pair for pair in pairs if _is_character(pair.example))))


def _is_character(data: bytes) -> bool:
    try:
        return len(data.decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False
