# SPDX-License-Identifier: MIT
"""The stepping function over the generated tables is the machine that the specification
declares: the same guards asked, the same row, the same actions in order, the same timers,
whatever comes in whatever order. Every row and both answers of every guard are seen.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.effort import examples
from tests.model.machine import OFF, SPEC, Running, Taken, declared
from tests.model.stubs import GUARDS
from tests.model.tables import CLIENT, CONNS, SESSION, Note, Tables

CONNECTION, MESSAGE = declared("connection"), declared("message")
TIMERS = [str(timer.name) for timer in CONNECTION.timers]
INPUTS = [str(kind.name) for kind in CONNECTION.inputs]
ALLOWS = [str(operation.name) for operation in CONNECTION.allows]
BUILDS = [Tables(small=False), Tables(small=True)]

Step = tuple[str, frozenset[str]]
"""An event, and the guards that hold."""

seen: set[tuple[str, int, str, bool]] = set()
"""What C did: of a machine, the line of a row that was taken, or of one whose guard said so."""


def blank(machine: str, role: str, timeouts: Mapping[str, int] | None = None) -> Running:
    return Running(declared(machine), role, timeouts or {})


def notes_of(who: int, taken: Taken | None, traced: bool, freed: bool) -> Iterator[Note]:
    if taken is None:
        return
    yield from ((who, "guard", guard) for _line, guard, _said in taken.asked)
    if traced:
        yield who, "row", str(taken.line)
    yield from ((who, "do", action) for action in taken.actions)
    if freed:
        yield who, "free", "0"


def remember(name: str, taken: Taken | None) -> None:
    """Once C has been seen to do the same."""
    if taken is not None:
        seen.add((name, taken.line, "", True))
        seen.update((name, line, guard, said) for line, guard, said in taken.asked)


# ----------------------------------------------------------- every event in every state

ROLES = [("connection", "server", 0), ("connection", "client", CLIENT), ("message", "receiver", 0),
         ("message", "sender", 0), ("session", "client", SESSION)]
"""Machine, role, and who it is in the notes."""


def guards_in(running: Running, event: str) -> list[frozenset[str]]:
    """Every set of the guards that the event may ask."""
    names = sorted({way.guard for way in running.ways(event) if way.guard is not None})
    return [frozenset(some) for count in range(len(names) + 1) for some in itertools.combinations(names, count)]


def paths(start: Callable[[], Running]) -> dict[str, list[Step]]:
    """A shortest path to each state."""
    found: dict[str, list[Step]] = {start().state: []}
    queue = deque(found)
    while queue:
        state = queue.popleft()
        there = walk(start(), found[state])
        for event in [str(event.name) for event in there.events()]:
            for held in guards_in(there, event):
                after = walk(start(), [*found[state], (event, held)])
                if after.state not in found:
                    found[after.state] = [*found[state], (event, held)]
                    queue.append(after.state)
    return found


def walk(running: Running, path: list[Step]) -> Running:
    for event, held in path:
        running.step(event, held.__contains__, 0)
    return running


def step_in_c(c: Tables, machine: str, role: str, step: Step, raised: bool) -> bool:
    event, held = step
    c.hold(held)
    if machine == "connection":
        return c.step(CLIENT if role == "client" else 0, f"{machine}.{role}", event, raised)
    return c.step_session(event) if machine == "session" else c.step_message(role, event)


def state_in_c(c: Tables, machine: str, role: str) -> str:
    if machine == "connection":
        return c.state(CLIENT if role == "client" else 0, f"{machine}.{role}")
    return c.session_state() if machine == "session" else c.message_state(role)


def foreign_events(machine: str, role: str) -> list[str]:
    """Those of the other role; the cells of messages have no place for them."""
    mine = {event.name for event in blank(machine, role).events()}
    return [] if machine == "message" else [str(e.name) for e in declared(machine).events if e.name not in mine]


@pytest.mark.parametrize("traced", [True, False], ids=["traced", "untraced"])
@pytest.mark.parametrize("raised", [False, True], ids=["stepped", "raised"])
@pytest.mark.parametrize(("machine", "role", "who"), ROLES, ids=[f"{machine}.{role}" for machine, role, _ in ROLES])
def test_every_event_in_every_state(machine: str, role: str, who: int, raised: bool, traced: bool) -> None:
    def start() -> Running:
        return blank(machine, role)

    for c, (state, path) in itertools.product(BUILDS, paths(start).items()):
        events = [str(event.name) for event in start().events()]
        for event in (*events, *foreign_events(machine, role)):
            for held in guards_in(walk(start(), path), event):
                check_step(c, (machine, role, who), path, (event, held), raised, traced)
    states = {str(s.name) for s in declared(machine).states if s.role in (None, role)}
    assert set(paths(start)) == states


def check_step(c: Tables, which: tuple[str, str, int], path: list[Step], step: Step, raised: bool,
               traced: bool) -> None:
    machine, role, who = which
    running = walk(blank(machine, role), path)
    if machine == "connection" and running.over:
        return  # it was given back: its place is idle
    c.start({}, 0, traced)
    for before in path:
        step_in_c(c, machine, role, before, False)
    c.notes()
    taken = running.step(step[0], step[1].__contains__, 0)
    said = step_in_c(c, machine, role, step, raised)
    freed = machine == "connection" and running.over
    assert c.notes() == list(notes_of(who, taken, traced, freed)), step
    assert state_in_c(c, machine, role) == (str(running.machine.initial) if freed else running.state)
    if machine == "message":
        assert said == (taken is not None and taken.why is None)
    elif not (raised and machine == "connection"):
        assert said == (taken is not None)
    if traced:
        remember(running.name, taken)


def wanted() -> Iterator[tuple[str, int, str, bool]]:
    """Every row of every built machine in each of its roles, and every answer of its guard."""
    for machine in (machine for machine in SPEC.machines if machine.built):
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
        pytest.skip("the test above did not run")
    all_of_it = set(wanted())
    rows = {one for one in all_of_it if not one[2]}
    print(f"{len(seen & rows)} of {len(rows)} rows, {len(seen - rows)} of {len(all_of_it - rows)} answers of guards")
    assert all_of_it == seen


# ------------------------------------------------------------- random events, and time

PATHS = {role: paths(lambda: blank("connection", role)) for role in ("server", "client")}
guards = st.integers(0, 2 ** len(GUARDS) - 1).map(
    lambda bits: frozenset(name for number, name in enumerate(GUARDS) if bits >> number & 1))
timeouts = st.fixed_dictionaries({name: st.sampled_from([5, 20, 60, 7, 1, OFF]) for name in TIMERS})


class Lockstep(RuleBasedStateMachine):
    """Five connections on one loop, both directions of messages, and a session."""

    def __init__(self) -> None:
        super().__init__()
        self.c = BUILDS[0]
        self.timeouts: dict[str, int] = {}
        self.conns: list[Running] = []
        self.messages = {role: blank("message", role) for role in ("receiver", "sender")}
        self.session = blank("session", "client")
        self.held: frozenset[str] = frozenset()
        self.traced = True
        self.now = 0

    @initialize(build=st.sampled_from(BUILDS), timeouts=timeouts, traced=st.booleans(),
                start=st.sampled_from([0, 2**31 - 40, 2**32 - 40]))
    def begin(self, build: Tables, timeouts: dict[str, int], traced: bool, start: int) -> None:
        self.c, self.timeouts, self.traced, self.now = build, timeouts, traced, start
        self.conns = [self._idle(number) for number in range(CONNS)]
        self.c.start(timeouts, start, traced)

    def _idle(self, number: int) -> Running:
        return blank("connection", "client" if number == CLIENT else "server", self.timeouts)

    def _likely(self, running: Running) -> list[str]:
        """Those that the state takes, and of seven one that is any."""
        every = [str(event.name) for event in running.machine.events]
        taken = [str(event.name) for event in running.events() if running.ways(event.name)]
        return taken * (6 * len(every) // max(len(taken), 1)) + every

    def _step(self, number: int, event: str) -> list[Note]:
        """One step of a connection in the model: what C has to note."""
        taken = self.conns[number].step(event, self.held.__contains__, self.now)
        over = self.conns[number].over
        if over:
            self.conns[number] = self._idle(number)
        return list(notes_of(number, taken, self.traced, over))

    def _hold(self, held: frozenset[str]) -> None:
        self.held = held
        self.c.hold(held)

    # -------------------------------------------------------------------- rules

    @rule(number=st.integers(0, CONNS - 1), data=st.data(), held=guards, raised=st.booleans())
    def event_of_a_connection(self, number: int, data: st.DataObject, held: frozenset[str], raised: bool) -> None:
        event = data.draw(st.sampled_from(self._likely(self.conns[number])))
        self._hold(held)
        self._both_step(number, event, raised)

    def _both_step(self, number: int, event: str, raised: bool) -> None:
        name = self.conns[number].name
        expected = self._step(number, event)
        self.c.step(number, name, event, raised)
        assert self.c.notes() == expected

    @rule(number=st.integers(0, CONNS - 1), data=st.data())
    def to_a_state(self, number: int, data: st.DataObject) -> None:
        """From idle, straight to where it gets interesting."""
        running = self.conns[number]
        if running.state != running.machine.initial:
            return
        state = data.draw(st.sampled_from(list(PATHS[running.role])))
        for event, held in PATHS[running.role][state]:
            self._hold(held)
            self._both_step(number, event, False)

    @rule(pauses=st.lists(st.sampled_from([1, 5, 6, 7, 19, 20, 21]), min_size=1, max_size=5), held=guards)
    def time(self, pauses: list[int], held: frozenset[str]) -> None:
        self._hold(held)
        for milliseconds in pauses:
            self._let_pass(milliseconds)
            self.same_timers()

    def _let_pass(self, milliseconds: int) -> None:
        """The timers of one connection raise their events in order; which connection is first
        depends on when they were last looked at."""
        self.now = (self.now + milliseconds) % 2**32
        expected: list[Note] = []
        for number in range(CONNS):
            while (event := self.conns[number].due(self.now)) is not None:
                expected += self._step(number, event)
        self.c.time(milliseconds)
        assert sorted(self.c.notes(), key=lambda note: note[0]) == expected

    @rule(number=st.integers(0, CONNS - 1))
    def a_frame_arrives(self, number: int) -> None:
        if "idle" in self.conns[number].armed:
            self.conns[number].armed["idle"] = self.now
        self.c.touch(number)

    @rule(role=st.sampled_from(["receiver", "sender"]), data=st.data())
    def event_of_a_message(self, role: str, data: st.DataObject) -> None:
        running = self.messages[role]
        event = data.draw(st.sampled_from([str(event.name) for event in running.events()]))
        may = self.c.may_send(event) if role == "sender" else None
        taken = running.step(event, self.held.__contains__, self.now)
        if taken is not None and taken.why is not None:
            self.conns[0].blame(taken.why)
        said = self.c.step_message(role, event)
        assert said == (taken is not None and taken.why is None)
        assert may is None or may == (taken is not None)
        assert self.c.notes() == list(notes_of(0, taken, self.traced, False))

    @rule(data=st.data(), held=guards)
    def event_of_the_session(self, data: st.DataObject, held: frozenset[str]) -> None:
        event = data.draw(st.sampled_from(self._likely(self.session)))
        self.c.hold(held)
        taken = self.session.step(event, held.__contains__, self.now)
        assert self.c.step_session(event) == (taken is not None)
        assert self.c.notes() == list(notes_of(SESSION, taken, self.traced, False))
        if self.session.over:
            self.session = blank("session", "client")
            self.c.begin_session()

    # --------------------------------------------------------------- invariants

    @invariant()
    def same_states(self) -> None:
        for number, running in enumerate(self.conns):
            state = running.declared_state
            assert self.c.state(number, running.name) == running.state
            assert self.c.reason(number) == running.reason
            assert self.c.public_state(number) == state.public
            assert INPUTS[self.c.input(number)] == state.input
            assert self.c.allows(number) == sum(1 << ALLOWS.index(operation) for operation in state.allow)
        for role, message in self.messages.items():
            assert self.c.message_state(role) == message.state
        assert self.c.session_state() == self.session.state
        assert self.c.session_since() == self.session.armed.get("backoff")

    @invariant()
    def same_timers(self) -> None:
        """None is seen too late: the loop wants its next look in time."""
        left = {(number, timer): running.left(timer, self.now)
                for number, running in enumerate(self.conns) for timer in TIMERS}
        assert {place: self.c.left(*place) for place in left} == left
        assert self.c.next <= min([some for some in left.values() if some is not None], default=OFF)


TestRandomEvents = Lockstep.TestCase
TestRandomEvents.settings = examples(40, stateful_step_count=60)
