# SPDX-License-Identifier: MIT
"""E1xx: every name is an identifier, declared, used, and unlike every other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator import cnames
from generator.machines import RoleMachine
from generator.problem import Problem
from generator.spec import Declared, Machine, Row, Spec, State
from generator.tree import Text

LOWER = re.compile(r"[a-z][a-z0-9_]*")
UPPER = re.compile(r"[A-Z][A-Z0-9_]*")
FIELD = re.compile(r"[a-z][a-z0-9-]*")

MOST_IN_A_BYTE = 255
MOST_BITS = 8
MOST_ROWS = 127
"""Of one role: the lookup has a bit of its byte for what is quiet."""


def check(spec: Spec) -> Iterator[Problem]:
    yield from _identifiers(spec)
    yield from _same_configuration(spec)
    yield from _faces(spec)
    yield from _reasons(spec)
    for machine in spec.machines:
        yield from _Machine(spec, machine).problems()
        yield from _sizes(machine)


def check_used(spec: Spec) -> Iterator[Problem]:
    for machine in spec.machines:
        yield from _unused(machine)


# ------------------------------------------------------------------ identifiers

def _identifiers(spec: Spec) -> Iterator[Problem]:
    for kind, things in (("reason", spec.reasons), ("rejection", spec.rejections), ("Close code", spec.close_codes),
                         ("opcode", spec.opcodes), ("frame header part", spec.frame_header)):
        yield from _like(LOWER, kind, [thing.name for thing in things])
    yield from _like(FIELD, "field", [field.name for field in spec.fields])
    yield from _like(LOWER, "machine", [machine.name for machine in spec.machines])
    for machine in spec.machines:
        yield from _machine_identifiers(machine)


def _machine_identifiers(machine: Machine) -> Iterator[Problem]:
    for kind, things in (("state", machine.states), ("event", machine.events), ("guard", machine.guards),
                         ("action", machine.actions), ("timer", machine.timers), ("input", machine.inputs),
                         ("operation", machine.allows)):
        yield from _like(LOWER, kind, [thing.name for thing in things])
    yield from _like(LOWER, "role", machine.roles)
    yield from _like(UPPER, "public state", [public.name for public in machine.public])


def _like(pattern: re.Pattern[str], kind: str, names: Iterable[Text]) -> Iterator[Problem]:
    for name in names:
        if not pattern.fullmatch(name):
            yield Problem(name.line, "E101", f"the {kind} `{name}` is not of the form {pattern.pattern}.")


# ------------------------------------------------------------------ collisions

def check_distinct(spec: Spec) -> Iterator[Problem]:
    enums = (*cnames.vocabulary_enums(spec), *cnames.machine_enums(spec))
    enumerators = [item for enum in enums for item in enum.items]
    lines = {item.name: item.line for item in enumerators if not item.line}
    for item in (item for item in enumerators if item.line):
        if item.name in lines:
            yield Problem(item.line, "E102", f"{item.name} is already {_place(lines[item.name])}.")
        lines.setdefault(item.name, item.line)


def _place(line: int) -> str:
    return f"the name of what line {line} declares" if line else "a name of the generator's own"


def _same_configuration(spec: Spec) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for timer in (timer for machine in spec.machines for timer in machine.timers):
        if timer.config in seen:
            yield Problem(timer.line, "E113", f"{timer.config} already sets the timer of line {seen[timer.config]}.")
        seen.setdefault(timer.config, timer.line)


def _sizes(machine: Machine) -> Iterator[Problem]:
    """Bytes of the tables hold the numbers of names, or have a bit for each."""
    for kind, count, most in (
        ("states", len(machine.states), MOST_IN_A_BYTE),
        ("events", len(machine.events), MOST_IN_A_BYTE), ("guards", len(machine.guards), MOST_IN_A_BYTE),
        ("actions", len(machine.actions), MOST_IN_A_BYTE),
        ("timers", len(machine.timers), MOST_BITS), ("operations", len(machine.allows), MOST_BITS),
    ):
        if count > most:
            yield Problem(machine.line, "E114", f"{machine.name} has {count} {kind}; at most {most} fit the tables.")


def check_rows(machine: RoleMachine) -> Iterator[Problem]:
    """Their numbers fit the tables as well."""
    most = MOST_IN_A_BYTE if machine.machine.plain else MOST_ROWS
    if len(machine.rows) > most:
        yield Problem(machine.machine.line, "E114",
                      f"{machine.name} has {len(machine.rows)} rows; at most {most} fit the tables.")


def _reasons(spec: Spec) -> Iterator[Problem]:
    if len(spec.reasons) > MOST_IN_A_BYTE:
        yield Problem(spec.reasons[MOST_IN_A_BYTE].line, "E114",
                      f"there are {len(spec.reasons)} reasons; at most {MOST_IN_A_BYTE} fit the tables.")


# ------------------------------------------------------------------ declared

def _faces(spec: Spec) -> Iterator[Problem]:
    known = {action.name for machine in spec.machines for action in machine.actions}
    for face in spec.faces:
        for report in face.reports:
            if report.action not in known:
                yield Problem(report.action.line, "E111",
                              f"{face.name} shows `{report.action}`, which no machine does.")
        for cause in face.causes:
            if cause.reason not in _names(spec.reasons):
                yield Problem(cause.reason.line, "E110", f"{face.name} shows `{cause.reason}`, which is no reason.")


class _Machine:
    """Looks up every name that a machine uses."""

    def __init__(self, spec: Spec, machine: Machine) -> None:
        self.machine = machine
        self.known: dict[str, tuple[str, set[str]]] = {
            "state": ("E103", _names(machine.states)),
            "event": ("E104", _names(machine.events)),
            "guard": ("E105", _names(machine.guards)),
            "action": ("E106", _names(machine.actions)),
            "timer": ("E107", _names(machine.timers)),
            "role": ("E108", {str(role) for role in machine.roles}),
            "public state": ("E109", _names(machine.public)),
            "input": ("E109", _names(machine.inputs)),
            "operation": ("E109", _names(machine.allows)),
            "reason": ("E110", _names(spec.reasons)),
        }

    def problems(self) -> Iterator[Problem]:
        machine = self.machine
        yield from self._look("role", *machine.built)
        yield from self._look("state", machine.initial, *machine.final)
        for source in machine.sources:
            yield from self._look("state", *(source.states or ()))
        for event in machine.events:
            yield from self._look("role", event.role)
            yield from self._look("timer", event.timer)
        for action in machine.actions:
            yield from self._look("role", *action.roles)
        for kind in machine.inputs:
            yield from self._look("action", kind.begin)
        for state in machine.states:
            yield from self._state(state)
            for row in state.rows:
                yield from self._row(row)
        yield from self._twice()

    def _state(self, state: State) -> Iterator[Problem]:
        yield from self._look("public state", state.public)
        yield from self._look("input", state.input)
        yield from self._look("operation", *state.allow)
        yield from self._look("role", state.role)
        yield from self._look("timer", *state.arm)
        yield from self._look("event", *state.ignore, *state.refuse)
        yield from self._look("action", *state.enter)

    def _row(self, row: Row) -> Iterator[Problem]:
        yield from self._look("event", row.event)
        yield from self._look("guard", row.guard)
        yield from self._look("role", row.role)
        yield from self._look("state", row.to)
        yield from self._look("reason", row.why)
        yield from self._look("action", *row.do)
        yield from self._look("timer", *row.stop, *row.start, *row.restart)

    def _look(self, kind: str, *names: Text | None) -> Iterator[Problem]:
        code, known = self.known[kind]
        for name in names:
            if name is not None and name not in known:
                yield Problem(name.line, code, f"the {kind} `{name}` of {self.machine.name} is not declared.")

    def _twice(self) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for event in self.machine.events:
            if event.name in seen:
                yield Problem(event.line, "E113",
                              f"the event `{event.name}` has a source already, on line {seen[event.name]}.")
            seen.setdefault(event.name, event.line)


def _names(things: Iterable[Declared]) -> set[str]:
    return {str(thing.name) for thing in things}


# ------------------------------------------------------------------ used

def _unused(machine: Machine) -> Iterator[Problem]:
    states = machine.states
    rows = [row for state in states for row in state.rows]
    uses: tuple[tuple[str, Sequence[Declared], Iterable[Text | None]], ...] = (
        ("event", machine.events, [*(r.event for r in rows), *(e for s in states for e in s.ignore)]),
        ("guard", machine.guards, [r.guard for r in rows]),
        ("action", machine.actions, [*(a for r in rows for a in r.do), *(a for s in states for a in s.enter)]),
        ("timer", machine.timers, [*(t for s in states for t in s.arm),
                                   *(t for r in rows for t in (*r.start, *r.restart))]),
        ("public state", machine.public, [s.public for s in states]),
        ("input", machine.inputs, [s.input for s in states]),
        ("operation", machine.allows, [a for s in states for a in s.allow]),
    )
    for kind, things, used in uses:
        names = set(used)
        for thing in things:
            if thing.name not in names:
                yield Problem(thing.line, "E112", f"the {kind} `{thing.name}` of {machine.name} is never used.")
