# SPDX-License-Identifier: MIT
"""The automata that Ragel compiled from the HTTP grammar, as `ragel -x` exports them.

Knows the form of the export. What actions do is not known here: they are names.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from tests.programs import ROOT

GRAMMAR = ROOT / "spec" / "http_upgrade.rl"
BREAK = "break"
"""The name of the actions without one: they end the scan behind their byte."""
GIVES_UP = frozenset({"simple"})
"""Actions that end the scan for good: what the automaton has behind them is never read."""


@dataclass(frozen=True)
class Transition:
    """Takes any byte from `low` to `high`."""

    source: int
    low: int
    high: int
    target: int
    actions: tuple[str, ...]

    @property
    def middle(self) -> int:
        return (self.low + self.high) // 2

    @property
    def goes_on(self) -> bool:
        return GIVES_UP.isdisjoint(self.actions)


@dataclass(frozen=True)
class Automaton:
    name: str
    start: int
    error: int
    final: frozenset[int]
    states: tuple[int, ...]
    transitions: tuple[Transition, ...]

    @cached_property
    def leaving(self) -> dict[int, tuple[Transition, ...]]:
        """By state, in the order of their bytes."""
        return {state: tuple(t for t in self.transitions if t.source == state) for state in self.states}

    @cached_property
    def table(self) -> dict[int, list[Transition | None]]:
        """By state and byte; None where the byte is refused."""
        table: dict[int, list[Transition | None]] = {state: [None] * 256 for state in self.states}
        for transition in self.transitions:
            for byte in range(transition.low, transition.high + 1):
                assert table[transition.source][byte] is None, "not deterministic"
                table[transition.source][byte] = transition
        return table

    @cached_property
    def homeward(self) -> dict[int, Transition]:
        """For each state from which the end can be reached, the first step of a shortest way."""
        steps: dict[int, Transition] = {}
        queue = deque(self.final)
        while queue:
            state = queue.popleft()
            for transition in self.transitions:
                source = transition.source
                if transition.target == state and transition.goes_on and source not in {*self.final, *steps}:
                    steps[source] = transition
                    queue.append(source)
        return steps

    @cached_property
    def access(self) -> dict[int, bytes]:
        """For each state that can be reached, a shortest input that leads there."""
        inputs = {self.start: b""}
        queue = deque([self.start])
        while queue:
            state = queue.popleft()
            for transition in self.leaving[state]:
                if transition.target not in inputs and transition.goes_on:
                    inputs[transition.target] = inputs[state] + bytes([transition.middle])
                    queue.append(transition.target)
        return inputs

    def way_home(self, state: int) -> bytes:
        """A shortest input that leads to the end."""
        way = b""
        while state not in self.final:
            step = self.homeward[state]
            way, state = way + bytes([step.middle]), step.target
        return way


def export() -> dict[str, Automaton]:
    """By the name that the grammar gives them."""
    done = subprocess.run(["ragel", "-x", str(GRAMMAR)], capture_output=True, text=True, check=True)
    root = ElementTree.fromstring(done.stdout)
    return {str(definition.get("name")): _automaton(definition) for definition in root.iter("ragel_def")}


def _automaton(definition: ElementTree.Element) -> Automaton:
    machine = definition.find("machine")
    assert machine is not None
    states = [state for state in machine.iter("state")]
    tables = _action_tables(machine)
    return Automaton(
        name=str(definition.get("name")), start=_number(machine, "start_state"), error=_number(machine, "error_state"),
        final=frozenset(int(str(state.get("id"))) for state in states if state.get("final") == "t"),
        states=tuple(int(str(state.get("id"))) for state in states),
        transitions=tuple(transition for state in states for transition in _transitions(state, tables)))


def _number(machine: ElementTree.Element, tag: str) -> int:
    return int(machine.findtext(tag, ""))


def _action_tables(machine: ElementTree.Element) -> dict[str, tuple[str, ...]]:
    """The actions of a transition by the number of their list; `x` is none."""
    names = {str(action.get("id")): _action(action) for action in machine.iter("action")}
    tables = {str(table.get("id")): tuple(names[number] for number in str(table.text).split())
              for table in machine.iter("action_table")}
    return {**tables, "x": ()}


def _action(action: ElementTree.Element) -> str:
    name = action.get("name")
    assert name is not None or action.find("break") is not None, "an action of an unknown kind"
    return name or BREAK


def _transitions(state: ElementTree.Element, tables: dict[str, tuple[str, ...]]) -> Iterator[Transition]:
    for item in state.iter("t"):
        low, high, target, actions = str(item.text).split()
        yield Transition(int(str(state.get("id"))), int(low), int(high), int(target), tables[actions])
