# SPDX-License-Identifier: MIT
"""Changes of the specification: rows left out or led elsewhere, without their guard, with other actions.

A row is a line, as spec/wss_states.yaml has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mutation.mutant import Change

_MACHINE = re.compile(r"^  (\w+):$", re.M)
_STATE = re.compile(r"^      (\w+):$", re.M)
_ROW = re.compile(r"^          - \{when: \w+,.*\}\n", re.M)
_TO = re.compile(r"to: (\w+)")
_IF = re.compile(r"if: \w+, ")
_DO = re.compile(r"do: \[([^\]]+)\]")
_TIMERS = re.compile(r"\b(start|stop|restart): \[([^\]]+)\], ?")
_ARM = re.compile(r"^        arm: \[([^\]]+)\]\n", re.M)
_WHY = re.compile(r"why: (\w+)")


def changes(source: str) -> Iterator[Change]:
    start = source.index("\nmachines:")
    machines = list(_MACHINE.finditer(source, start))
    for machine, end in zip(machines, [*(after.start() for after in machines[1:]), len(source)]):
        states = list(_STATE.finditer(source, source.find("    states:", machine.start(), end), end))
        names = [state[1] for state in states]
        for state, last in zip(states, [*(after.start() for after in states[1:]), end]):
            for change in _of_state(source, state.start(), last, names):
                yield replace(change, within=f"{machine[1]}.{state[1]}")


def _of_state(source: str, start: int, end: int, states: list[str]) -> Iterator[Change]:
    for row in _ROW.finditer(source, start, end):
        yield from _of_row(row, states)
    for arm in _ARM.finditer(source, start, end):
        names = arm[1].split(", ")
        for gone in names:
            yield Change("timer", arm.start(1), arm[1], ", ".join(name for name in names if name != gone))


def _of_row(row: re.Match[str], states: list[str]) -> Iterator[Change]:
    text, at = row[0], row.start()
    yield Change("row", at, text, "")
    if to := _TO.search(text):
        around = states.index(to[1])
        for new in sorted({states[(around + step) % len(states)] for step in (1, len(states) - 1)}):
            yield Change("target", at + to.start(1), to[1], new)
    if guard := _IF.search(text):
        yield Change("guard", at + guard.start(), guard[0], "")
    if do := _DO.search(text):
        actions = do[1].split(", ")
        for gone in range(len(actions)):
            yield Change("action", at + do.start(1), do[1], ", ".join(actions[:gone] + actions[gone + 1:]))
        if len(actions) > 1:
            yield Change("order", at + do.start(1), do[1], ", ".join(reversed(actions)))
    for timers in _TIMERS.finditer(text):
        yield Change("timer", at + timers.start(), timers[0], "")
    if why := _WHY.search(text):
        other = "local_abort" if why[1] != "local_abort" else "local_close"
        yield Change("reason", at + why.start(1), why[1], other)
