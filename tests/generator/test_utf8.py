# SPDX-License-Identifier: MIT
"""The derived automaton agrees with Python's decoder, byte by byte."""

from __future__ import annotations

import itertools

from hypothesis import given, strategies as st

from generator.load import load
from generator.spec import ByteRange, ByteSequence
from generator.utf8 import automaton
from tests.effort import examples
from tests.generator.specs import ROOT

SPEC = load(ROOT / "spec" / "wss_states.yaml", "spec")
UTF8 = automaton(SPEC.utf8)
ACCEPT, REJECT = 0, 1

EDGES = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
         0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF]


def state_after(data: bytes) -> int:
    state = ACCEPT
    for byte in data:
        state = UTF8.rows[state][UTF8.classes[byte]]
    return state


def expected(data: bytes) -> str:
    try:
        data.decode("utf-8")
        return "whole"
    except UnicodeDecodeError as error:
        return "begun" if error.reason == "unexpected end of data" else "wrong"


def verdict(data: bytes) -> str:
    return {ACCEPT: "whole", REJECT: "wrong"}.get(state_after(data), "begun")


def test_edges_of_every_range() -> None:
    for length in (1, 2, 3, 4):
        for data in itertools.product(EDGES, repeat=length):
            assert verdict(bytes(data)) == expected(bytes(data)), bytes(data).hex()


@examples(100)
@given(st.one_of(st.binary(max_size=12), st.text().map(lambda text: text.encode("utf-8"))))
def test_any_bytes(data: bytes) -> None:
    assert verdict(data) == expected(data)


def test_it_is_the_smallest() -> None:
    assert (len(UTF8.rows), UTF8.class_count) == (9, 12)


def test_equal_states_are_merged() -> None:
    """Two sequences that go on alike share their states and classes."""
    sequences = [ByteSequence(1, (ByteRange(first, first), ByteRange(0x80, 0xBF))) for first in (1, 2)]
    small = automaton(sequences)
    assert (len(small.rows), small.class_count) == (3, 3)
