# SPDX-License-Identifier: MIT
"""The engine does what the specification and the RFCs say, step by step: an interpreter of the
former and models of the latter (shadow.py) get the same stimuli as the engine in the simulator.
The same guards are asked and say the same, the same rows are taken, actions run, callbacks come,
and the same bytes go out; states, reasons and timers are the same. Every row of the connection and
of messages is seen, and both answers of every guard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.effort import EFFORT, examples
from tests.model import wire
from tests.model.engine import DEEDS, Engine, Setup
from tests.model.machine import OFF, Running, declared
from tests.model.pair import Pair, seen
from tests.model.places import AFTERWARDS, STIMULI, TIMERS, WAYS, Deed, first_deadline
from tests.model.shadow import OK, WOULD_BLOCK, Seen

BUILDS = {"fast": Engine(small=False), "small": Engine(small=True)}
FAILED = -1

# ------------------------------------------------------- every stimulus, wherever one may be


def patience(*timeouts: int) -> tuple[tuple[str, int], ...]:
    return tuple(zip(TIMERS, timeouts, strict=True))


SETUPS = {
    "plain": Setup(timeouts=patience(100, 400, 50, 80, 60, 70, 40)),
    "layered, hasty": Setup(layered=True, timeouts=patience(100, 40, OFF, 80, 60, 70, OFF)),
    "whole, patient": Setup(whole=True, gathers=False, timeouts=patience(100, 300, 200, 250, OFF, OFF, 40))}


ALL = [(kind, build, ending) for kind in SETUPS for build in BUILDS for ending in AFTERWARDS]
SOME = [("plain", "small", "talk"), ("plain", "fast", "nibbles"), ("layered, hasty", "fast", "silence"),
        ("whole, patient", "fast", "nibbles"), ("whole, patient", "small", "silence")]


@pytest.mark.parametrize("client", [False, True], ids=["server", "client"])
@pytest.mark.parametrize(("kind", "build", "ending"), ALL if EFFORT > 1 else SOME)
def test_every_stimulus_wherever_one_may_be(kind: str, build: str, ending: str, client: bool) -> None:
    for way in WAYS:
        for stimulus in STIMULI:
            pair = Pair(BUILDS[build], replace(SETUPS[kind], client=client))
            way(pair)
            stimulus(pair)
            for after in AFTERWARDS[ending]:
                after(pair)


# --------------------------------------------------------------------------- random stimuli

LENGTHS = [0, 5, 125, 126, 300, 500, 650, 700, 757, 758, 759, 1000]
"""Of frames, around what the length field and the room make of them."""
OPCODES = st.sampled_from([wire.TEXT, wire.BINARY, wire.CONTINUATION])
CUTS = st.sampled_from([0, 0, 1, 2, 5, 7, 40, 130])
SETUP = st.builds(
    Setup, client=st.booleans(), layered=st.sampled_from([False, False, True]), whole=st.booleans(),
    gathers=st.booleans(), alone=st.booleans(), now=st.sampled_from([0, 2**31 - 50, 2**32 - 50]),
    timeouts=st.tuples(*(st.tuples(st.just(name), st.sampled_from([20, 50, 100, 400, 30, OFF])) for name in TIMERS)))


def frames(client: bool) -> st.SearchStrategy[bytes]:
    """Of the peer: good ones, and each kind of bad one."""
    masked = not client
    data = st.builds(
        lambda opcode, payload, final: wire.peers(opcode, payload, masked, final), OPCODES,
        st.sampled_from([b"", b"a", b"abc", 126 * b"m", 390 * b"n", 401 * b"o", 601 * b"p"]), st.booleans())
    control = st.builds(lambda opcode, payload: wire.peers(opcode, payload, masked),
                        st.sampled_from([wire.PING, wire.PONG]), st.sampled_from([b"", b"ping", 125 * b"x"]))
    close = st.builds(lambda payload: wire.peers(wire.CLOSE, payload, masked),
                      st.sampled_from([b"", wire.close_payload(1000, b"bye"), wire.close_payload(4999, b""),
                                       b"\x03", wire.close_payload(1005, b""), wire.close_payload(1000, b"\xff")]))
    bad = st.sampled_from([
        wire.peers(wire.TEXT, b"a", masked, rsv=4), wire.peers(3, b"", masked), wire.peers(11, b"", masked),
        wire.peers(wire.PING, b"", masked, final=False), wire.peers(wire.PING, 126 * b"x", masked),
        wire.peers(wire.TEXT, b"a", not masked), wire.peers(wire.TEXT, b"ab\xffc", masked),
        bytes([0x82, 126 | 0x80 * masked, 0, 5]) + bytes(4 * masked + 5),
        bytes([0x82, 127 | 0x80 * masked, 0x80]) + bytes(7 + 4 * masked)])
    return st.one_of(data, data, control, control, close, bad)


Rule = TypeVar("Rule", bound=Callable[..., None])


def only(holds: Callable[[Lockstep], bool]) -> Callable[[Rule], Rule]:
    """Where a rule may be applied."""
    found: Any = precondition(holds)
    return lambda rule: found(rule)  # type: ignore[no-any-return]


def lives(it: Lockstep) -> bool:
    return it.pair.model.life is not None


def is_idle(it: Lockstep) -> bool:
    return not lives(it)


def framed(it: Lockstep) -> bool:
    return it.pair.model.framed


def peer_may_send(it: Lockstep) -> bool:
    return it.pair.peer_may_send


def peer_may_speak(it: Lockstep) -> bool:
    """It has not begun."""
    return (it.pair.model.state == "upgrading" and not it.pair.model.it.head and it.pair.peer_may_send
            and it.pair.model.stream.pending == 0)


def in_state(*states: str) -> Callable[[Lockstep], bool]:
    return lambda it: it.pair.model.state in states


class Lockstep(RuleBasedStateMachine):
    """A connection after the other; most stimuli are such as its state may meet."""

    def __init__(self) -> None:
        super().__init__()
        self.pair = Pair(BUILDS["fast"], SETUPS["plain"])

    @initialize(build=st.sampled_from(list(BUILDS.values())), setup=SETUP)
    def begin(self, build: Engine, setup: Setup) -> None:
        self.pair = Pair(build, setup)

    # -------------------------------------------------------------- how it begins

    @only(is_idle)
    @rule(how=st.sampled_from([0, 0, 0, 0, 1, 2]))
    def connect(self, how: int) -> None:
        self.pair.dialled(how)
        self.pair.begin()

    @only(is_idle)
    @rule(way=st.sampled_from(WAYS))
    def straight_on(self, way: Deed) -> None:
        way(self.pair)

    @only(in_state("securing"))
    @rule(up=st.sampled_from([True, True, True, False]))
    def layer(self, up: bool) -> None:
        self.pair.layer(up)

    @only(peer_may_speak)
    @rule(request=st.sampled_from(["upgrade"] * 5 + list(wire.REQUESTS)),
          response=st.sampled_from(["upgrade"] * 5 + list(wire.RESPONSES)), cut=CUTS, early=st.booleans())
    def handshake(self, request: str, response: str, cut: int, early: bool) -> None:
        """Of a client a frame may come with it."""
        if self.pair.setup.client:
            self.pair.respond(response, cut)
        else:
            self.pair.send(wire.REQUESTS[request][0] + early * wire.peers(wire.PING, b"early", True), cut)

    @only(peer_may_speak)
    @rule()
    def part_of_a_handshake(self) -> None:
        self.pair.send(b"H" if self.pair.setup.client else b"G")

    @only(in_state("deciding"))
    @rule(length=st.sampled_from([None, 0, 20, 3000]))
    def decide(self, length: int | None) -> None:
        if length is None:
            self.pair.accept()
        else:
            self.pair.reply(length)

    # -------------------------------------------------------------------- the peer

    @only(in_state("open", "draining", "answering", "closing", "flushing", "lingering", "emptying", "awaiting_fin",
                   "deciding", "responding"))
    @rule(data=st.data(), count=st.integers(1, 3), cut=CUTS)
    def frames(self, data: st.DataObject, count: int, cut: int) -> None:
        self.pair.send(b"".join(data.draw(frames(self.pair.setup.client)) for _ in range(count)), cut)

    @only(in_state("open", "draining", "closing"))
    @rule(payload=st.sampled_from([b"", b"ping"]))
    def pong(self, payload: bytes) -> None:
        self.pair.send(wire.peers(wire.PONG, payload, not self.pair.setup.client))

    @only(peer_may_send)
    @rule(how=st.sampled_from(["fin", "fin", "reset"]), anyway=st.booleans())
    def peer_ends(self, how: str, anyway: bool) -> None:
        """Rather in one of the states that not every connection comes to."""
        if not anyway and self.pair.model.state in ("open", "upgrading", "securing"):
            return
        if how == "fin":
            self.pair.finish()
        else:
            self.pair.reset()

    @only(peer_may_send)
    @rule(count=st.sampled_from([0, 0, 0, 1, 100, 300, 700, None, None]))
    def takes(self, count: int | None) -> None:
        self.pair.takes(count)

    @only(lives)
    @rule(milliseconds=st.sampled_from([1, 5, 19, 20, 21, 30, 50, 400]))
    def time(self, milliseconds: int) -> None:
        self.pair.time(milliseconds)

    @only(lives)
    @rule(early=st.booleans())
    def time_until_a_timer_is_due(self, early: bool) -> None:
        self.pair.time(max((first_deadline(self.pair) or 1) - early, 0))

    # ------------------------------------------------------------- the application

    @rule(result=st.sampled_from([OK, OK, WOULD_BLOCK, FAILED]))
    def answer(self, result: int) -> None:
        self.pair.answer(result)

    @rule(deed=st.sampled_from(DEEDS))
    def deed(self, deed: str) -> None:
        self.pair.deed(deed)

    @only(lives)
    @rule(opcode=OPCODES, length=st.sampled_from(LENGTHS), more=st.booleans())
    def send(self, opcode: int, length: int, more: bool) -> None:
        self.pair.app_send(opcode, length * b"s", more)

    @only(lives)
    @rule(opcode=OPCODES, length=st.sampled_from([*LENGTHS, 2000, 65536]), more=st.booleans())
    def stream_begins(self, opcode: int, length: int, more: bool) -> None:
        self.pair.app_begin(opcode, length, more)

    @only(framed)
    @rule(most=st.sampled_from([1, 100, 500, 2000]))
    def stream(self, most: int) -> None:
        self.pair.app_stream(min(most, max(self.pair.model.frames.send_left, 1)) * b"t")

    @only(framed)
    @rule(payload=st.sampled_from([b"", b"ping", 125 * b"y"]), pong=st.booleans())
    def control(self, payload: bytes, pong: bool) -> None:
        (self.pair.app_pong if pong else self.pair.app_ping)(payload)

    @only(lives)
    @rule(code=st.sampled_from([0, 1000, 4000, None]), anyway=st.booleans())
    def close(self, code: int | None, anyway: bool) -> None:
        if code is not None:
            self.pair.close(code, "bye" if code else "")
        elif anyway or self.pair.model.state != "open":
            self.pair.abort()

    @only(framed)
    @rule()
    def resume(self) -> None:
        self.pair.resume()


TestRandomStimuli = Lockstep.TestCase
TestRandomStimuli.settings = examples(60, stateful_step_count=40)


# ------------------------------------------------------------------------ all was seen


def wanted() -> Iterator[Seen]:
    """Every row of both machines in each of its roles, and every answer of its guard."""
    for machine in (declared("connection"), declared("message")):
        for role in machine.roles:
            for state in machine.states:
                running = Running(machine, role)
                running.state = str(state.name)
                for event in running.events():
                    for way in running.ways(event.name):
                        yield running.name, way.line, "", True
                        if way.guard is not None:
                            yield from ((running.name, way.line, way.guard, said) for said in (True, False))


def test_every_row_and_every_answer_was_seen() -> None:
    if not seen:
        pytest.skip("the tests above did not run")
    all_of_it = set(wanted())
    rows = {one for one in all_of_it if not one[2]}
    print(f"{len(seen & rows)} of {len(rows)} rows, {len(seen - rows)} of {len(all_of_it - rows)} answers of guards")
    assert not all_of_it - seen, "\n".join(map(str, sorted(all_of_it - seen)))
    assert not seen - all_of_it
