# SPDX-License-Identifier: MIT
"""The C scanner, fast and small, is the automaton that Ragel exports: on every byte in every
state, on walks through it and beside it, at every cut.
"""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.effort import examples
from tests.grammar import reading
from tests.grammar.automaton import Automaton, Transition, export
from tests.grammar.reading import Event, Limits, Reading, Report, Stop
from tests.grammar.scanner import Scanner
from tests.grammar.walks import accepted, cut, near_misses

AUTOMATA = export()
REQUEST, RESPONSE = AUTOMATA["http_request"], AUTOMATA["http_response"]
SCANNERS = {automaton.name: [Scanner(f"{automaton.name}, {'small' if small else 'fast'}", automaton is RESPONSE, small)
                             for small in (False, True)] for automaton in (REQUEST, RESPONSE)}
BOTH = pytest.mark.parametrize("automaton", [REQUEST, RESPONSE], ids=[REQUEST.name, RESPONSE.name])

taken: set[tuple[str, Transition]] = set()
"""The transitions that each C scanner took, one byte at a time."""

cuts = st.lists(st.integers(0, 400), max_size=4)

@st.composite
def limits_near(draw: st.DrawFn, data: bytes) -> Limits:
    """What the lines of the data, all of it, and its fields just keep, or just do not."""
    ends = [at + 1 for at, byte in enumerate(data) if byte == 0x0A] + [len(data)]
    line, head = (max(draw(st.sampled_from(ends)) + draw(st.integers(-2, 2)), 0) for _ in range(2))
    return draw(st.sampled_from([Limits(line, head), Limits(line, 16384), Limits(line, head, draw(st.integers(0, 4)))]))


MAY_GIVE_UP = ["authority", "field_end", "fold", "method", "name", "path", "path_end", "query", "query_end", "value"]
stops = st.just(Stop()) | st.builds(Stop, st.sampled_from(MAY_GIVE_UP), st.integers(0, 2))


def settled(report: Report) -> Report:
    """Without what depends on the cut: a name that a byte has spoilt may be over or not, and what
    was read counts only where it is right."""
    events = report.events
    if report.verdict == reading.MALFORMED and events and events[-1] == ("name_end", b""):
        events = events[:-1]
    counts = report.verdict in (reading.MORE, reading.COMPLETE)
    return Report(report.verdict, report.taken if counts else 0, events)


def check(automaton: Automaton, data: bytes, places: list[int], limit: Limits = Limits(), stop: Stop = Stop()) -> None:
    """Whole, in pieces, byte by byte; each way as the interpreter says."""
    expected = settled(Reading(automaton, limit, stop).report(data))
    for scanner in SCANNERS[automaton.name]:
        assert settled(scanner.report([data], limit, stop)) == expected, f"{scanner.name}, whole"
        assert settled(scanner.report(cut(data, places), limit, stop)) == expected, f"{scanner.name}, cut"
        assert settled(scanner.report([data], limit, stop, step=1)) == expected, f"{scanner.name}, byte by byte"


def follow(automaton: Automaton, scanner: Scanner, data: bytes) -> None:
    """Byte by byte, the state of the scanner is that of the automaton; notes what it took."""
    walker = Reading(automaton)
    scanner.begin()
    for byte in data:
        before = scanner.state
        verdict = scanner.feed(bytes([byte]))
        assert walker.read(bytes([byte])) == verdict
        if verdict in (reading.NO_VERSION, reading.FIELDS_TOO_LARGE):  # returned from within: the state is the old one
            assert before == scanner.state
            transition = automaton.table[before][byte]
        else:
            assert walker.state == scanner.state
            transition = next((t for t in automaton.leaving[before] if t.low <= byte <= t.high
                               and t.target == scanner.state), None)
        if transition is not None:
            taken.add((scanner.name, transition))
        if verdict != reading.MORE:
            break


# -------------------------------------------------------------------- every edge

@BOTH
def test_every_byte_in_every_state(automaton: Automaton) -> None:
    assert set(automaton.access) == set(automaton.states) - {automaton.error}
    for state, begin in automaton.access.items():
        for byte in range(256) if state not in automaton.final else ():
            check(automaton, begin + bytes([byte]), [len(begin)])


@BOTH
def test_a_way_to_the_end_over_every_transition(automaton: Automaton) -> None:
    for transition in automaton.transitions:
        for byte in {transition.low, transition.middle, transition.high}:
            data = automaton.access[transition.source] + bytes([byte])
            if transition.goes_on and transition.target in automaton.homeward:
                data += automaton.way_home(transition.target)
            for scanner in SCANNERS[automaton.name]:
                follow(automaton, scanner, data)
            check(automaton, data, [len(data) // 2])


@BOTH
def test_every_transition_was_taken(automaton: Automaton) -> None:
    for scanner in SCANNERS[automaton.name]:
        mine = {transition for name, transition in taken if name == scanner.name}
        print(f"{scanner.name}: {len(mine)} of {len(automaton.transitions)} transitions")
        assert mine == set(automaton.transitions)


# The runs that an action reads at once: the class of their bytes, and the actions that the
# automaton has for each of these bytes alone.
RUNS = [
    (REQUEST, "method", "token", {"method"}),
    (REQUEST, "authority", "authority", {"authority"}),
    (REQUEST, "path", "path", {"path"}),
    (REQUEST, "query", "query", {"query"}),
    (REQUEST, "name", "token", {"name"}),
    (REQUEST, "value", "text", {"value", "blank"}),
    (RESPONSE, "name", "token", {"name"}),
    (RESPONSE, "value", "text", {"value", "blank"}),
]


@pytest.mark.parametrize(("automaton", "action", "kind", "among"), RUNS, ids=[f"{r[0].name}-{r[1]}" for r in RUNS])
def test_runs_skip_only_what_repeats(automaton: Automaton, action: str, kind: str, among: set[str]) -> None:
    """Behind a byte that begins a run, each byte of the class keeps the state and adds to the
    same part. So to skip a run leaves out no transition that matters."""
    run = SCANNERS[automaton.name][0].members(kind)
    begins = [transition for transition in automaton.transitions if action in transition.actions]
    assert begins
    for state in {transition.target for transition in begins}:
        for byte in run:
            step = automaton.table[state][byte]
            assert step is not None and step.target == state and len(step.actions) == 1 and step.actions[0] in among


# ----------------------------------------------------------------------- random

@BOTH
@given(data=st.data())
@examples(120)
def test_walks(automaton: Automaton, data: st.DataObject) -> None:
    head = data.draw(accepted(automaton))
    assert Reading(automaton).read(head) == reading.COMPLETE
    check(automaton, head, data.draw(cuts))
    for scanner in SCANNERS[automaton.name]:
        follow(automaton, scanner, head)


@BOTH
@given(data=st.data())
@examples(120)
def test_near_misses(automaton: Automaton, data: st.DataObject) -> None:
    head = data.draw(near_misses(automaton))
    check(automaton, head, data.draw(cuts))


@BOTH
@given(data=st.data())
@examples(100)
def test_limits_and_hooks_that_give_up(automaton: Automaton, data: st.DataObject) -> None:
    head = data.draw(accepted(automaton) | near_misses(automaton))
    check(automaton, head, data.draw(cuts), data.draw(limits_near(head)), data.draw(stops))


@BOTH
@given(data=st.data())
@examples(60)
def test_any_bytes_anywhere(automaton: Automaton, data: st.DataObject) -> None:
    begin = data.draw(st.sampled_from(sorted(automaton.access.values())))
    rest = data.draw(st.binary(max_size=30) | st.text("\r\n :\t/AZaz09?#", max_size=40).map(str.encode))
    check(automaton, begin + rest, data.draw(cuts))


@BOTH
@given(data=st.data())
@examples(40)
def test_what_follows_a_head_is_left_alone(automaton: Automaton, data: st.DataObject) -> None:
    head = data.draw(accepted(automaton))
    expected = Reading(automaton).report(head)
    for scanner in SCANNERS[automaton.name]:
        assert scanner.report([head + data.draw(st.binary(max_size=20))]) == expected


def test_events_of_a_request() -> None:
    """The interpreter itself, by an example that was written by hand."""
    head = b"GET /a?b HTTP/1.1\r\nHost:  x \t y  \r\nE:\r\n\r\n"
    expected: tuple[Event, ...] = (
        ("method", b"GET"), ("method_end", b""), ("path", b"/a"), ("path_end", b""), ("query", b"b"),
        ("query_end", b""), ("major", b"1"), ("minor", b"1"), ("name", b"Host"), ("name_end", b""),
        ("value", b"x   y"), ("field_end", b""),
        ("name", b"E"), ("name_end", b""), ("field_end", b""))
    assert Reading(REQUEST).report(head) == Report(reading.COMPLETE, len(head), expected)


def test_events_of_a_response() -> None:
    head = b"HTTP/1.0 404\r\nA: b\r\n c\r\n\r\n"
    expected: tuple[Event, ...] = (
        ("version", b"10"), ("status", b"404"), ("name", b"A"), ("name_end", b""), ("value", b"b"), ("fold", b""),
        ("value", b" c"), ("field_end", b""))
    assert Reading(RESPONSE).report(head).events == expected
