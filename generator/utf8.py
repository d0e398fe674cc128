# SPDX-License-Identifier: MIT
"""The smallest automaton that accepts the declared byte sequences, one after the other.

Knows byte ranges and automata, nothing of C. A state is the set of what may still follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.spec import ByteRange, ByteSequence

Rest = tuple[ByteRange, ...]
Waiting = frozenset[Rest]
"""The ends of sequences of which one has to come; empty where nothing can."""


class Ambiguous(Exception):
    """A sequence is the beginning of another one."""


@dataclass(frozen=True)
class Automaton:
    """`rows[state][classes[byte]]` is the next state: 0 accepts, 1 rejects for ever."""

    classes: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]

    @property
    def class_count(self) -> int:
        return len(self.rows[0])


def automaton(sequences: Sequence[ByteSequence]) -> Automaton:
    start: Waiting = frozenset(sequence.ranges for sequence in sequences)
    return _with_classes(_minimised(_byte_rows(start)))


def _after(waiting: Waiting, byte: int, start: Waiting) -> Waiting:
    rests = frozenset(rest[1:] for rest in waiting if rest[0].first <= byte <= rest[0].last)
    if () not in rests:
        return rests
    if len(rests) > 1:
        raise Ambiguous
    return start


def _byte_rows(start: Waiting) -> list[list[int]]:
    """The automaton over single bytes, its states in the order in which they are found."""
    order: list[Waiting] = [start, frozenset()]
    rows: list[list[int]] = []
    for waiting in order:
        row: list[int] = []
        for byte in range(256):
            after = _after(waiting, byte, start)
            if after not in order:
                order.append(after)
            row.append(order.index(after))
        rows.append(row)
    return rows


def _minimised(rows: list[list[int]]) -> list[list[int]]:
    """Moore's algorithm: blocks of states are split until their rows agree."""
    block = [0 if state == 0 else 1 for state in range(len(rows))]
    while True:
        seen: dict[tuple[int, ...], int] = {}
        refined = [seen.setdefault((block[s], *(block[t] for t in rows[s])), len(seen)) for s in range(len(rows))]
        if refined == block:
            return [[block[t] for t in rows[block.index(b)]] for b in range(len(seen))]
        block = refined


def _with_classes(rows: list[list[int]]) -> Automaton:
    """Bytes that every state treats alike share a class."""
    columns = [tuple(row[byte] for row in rows) for byte in range(256)]
    kinds = list(dict.fromkeys(columns))
    return Automaton(tuple(kinds.index(column) for column in columns),
                     tuple(tuple(kind[state] for kind in kinds) for state in range(len(rows))))
