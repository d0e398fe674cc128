# SPDX-License-Identifier: MIT
"""Inputs as Hypothesis strategies: walks through an automaton, and walks with one step aside.

Knows automata, nothing of HTTP.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.grammar.automaton import Automaton, Transition

MOST_STEPS = 90


@st.composite
def accepted(draw: st.DrawFn, automaton: Automaton) -> bytes:
    """An input that ends where the automaton accepts it."""
    state, data = automaton.start, bytearray()
    for _ in range(draw(st.integers(0, MOST_STEPS))):
        if state in automaton.final:
            return bytes(data)
        transition = draw(_steps(automaton, state))
        data.append(draw(_bytes(transition)))
        state = transition.target
    return bytes(data) + automaton.way_home(state)


def _steps(automaton: Automaton, state: int) -> st.SearchStrategy[Transition]:
    """Every next state is as likely as the others, whatever the number of its bytes."""
    steps = [transition for transition in automaton.leaving[state] if transition.goes_on]
    return st.sampled_from(sorted({transition.target for transition in steps})).flatmap(
        lambda target: st.sampled_from([transition for transition in steps if transition.target == target]))


def _bytes(transition: Transition) -> st.SearchStrategy[int]:
    return st.integers(transition.low, transition.high)


def path(automaton: Automaton, data: bytes) -> list[int]:
    """The states before each byte, up to the first that is refused."""
    states, state = [], automaton.start
    for byte in data:
        states.append(state)
        transition = automaton.table[state][byte]
        if transition is None or transition.target in automaton.final:
            break
        state = transition.target
    return states


@st.composite
def near_misses(draw: st.DrawFn, automaton: Automaton) -> bytes:
    """An accepted input but for one byte, which takes another edge, or none, or is too much."""
    data = draw(accepted(automaton))
    at = draw(st.integers(0, len(data) - 1))
    taken = automaton.table[path(automaton, data)[at]][data[at]]
    assert taken is not None
    others = [byte for byte in range(256) if not taken.low <= byte <= taken.high]
    byte = bytes([draw(st.sampled_from(others) | st.sampled_from(_edges(taken)))])
    tail = draw(st.sampled_from([data[at:], data[at + 1:], b""]))
    return data[:at] + byte + tail


def _edges(transition: Transition) -> list[int]:
    """The bytes right beside the range."""
    return [byte for byte in (transition.low - 1, transition.high + 1) if 0 <= byte <= 255]


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """The pieces between the places, taken modulo the length."""
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[a:b] for a, b in zip(edges, edges[1:])]
