# SPDX-License-Identifier: MIT
"""promela/*.pml: the machines that peers run against each other, for the model checker Spin.

Each event of each role becomes one inline: the rows that it takes, in the order in which they
are tried. Guards, actions and the world around are written by hand: see tests/promela.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import cnames
from generator.machines import RoleMachine, RoleRow, RoleState, source_of
from generator.render.text import columns, comment, fill, origin, safe
from generator.spec import Event, Machine, Spec, State

INDENT = "    "


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    result = {}
    for machine in (m for m in spec.machines if not m.plain and len(m.roles) > 1):
        result[f"promela/{machine.name}.names.pml"] = _names(spec, machine)
        result[f"promela/{machine.name}.rows.pml"] = _rows(spec, [m for m in machines if m.machine == machine])
    return result


@dataclass(frozen=True)
class _Event:
    """`lines`: the body of its inline."""

    name: str
    doc: str
    lines: list[str]


@dataclass(frozen=True)
class _Role:
    name: str
    events: list[_Event]


def _names(spec: Spec, machine: Machine) -> str:
    return fill(
        "machine.names.pml.j2", spec, name=machine.name, role_count=len(machine.roles),
        roles=columns([["#define", role.upper(), str(number)] for number, role in enumerate(machine.roles)]),
        states=_states(machine), timers=_timers(machine), sets=_sets(machine))


def _rows(spec: Spec, machines: Sequence[RoleMachine]) -> str:
    machine = machines[0].machine
    roles = [_Role(f"{machine.name}, {m.role}", [_event(m, event) for event in _events(m)]) for m in machines]
    return fill("machine.rows.pml.j2", spec, name=machine.name, doc=machine.doc, machines=roles)


def _states(machine: Machine) -> list[str]:
    return columns([["#define", cnames.state(machine, state.name), str(number), comment(state.doc)]
                    for number, state in enumerate(machine.states)])


def _timers(machine: Machine) -> list[str]:
    return columns([["#define", cnames.timer(machine, timer.name), f"(1 << {number})", comment(timer.doc)]
                    for number, timer in enumerate(machine.timers)])


def _sets(machine: Machine) -> list[str]:
    """What C reads of a state's entry, the other way round: the states that are so."""
    rows = [[cnames.public_state(machine, public.name), _those(machine, (s for s in machine.states if s.public == public.name))]
            for public in machine.public]
    rows += [[cnames.input_kind(machine, kind.name), _those(machine, (s for s in machine.states if s.input == kind.name))]
             for kind in machine.inputs]
    rows += [[cnames.allow(machine, allow.name), _those(machine, (s for s in machine.states if allow.name in s.allow))]
             for allow in machine.allows]
    return columns([["#define", name, states] for name, states in rows])


def _those(machine: Machine, states: Iterable[State]) -> str:
    return "(" + (" | ".join(f"1 << {cnames.state(machine, state.name)}" for state in states) or "0") + ")"


def _events(machine: RoleMachine) -> Iterator[Event]:
    return (event for event in machine.machine.events if event.role in (None, machine.role))


def _event(machine: RoleMachine, event: Event) -> _Event:
    states = [state for state in machine.own_states if state.rows_of(event.name)]
    lines = ["if"]
    for state in states:
        lines += [f":: state[{_me(machine)}] == {cnames.state(machine.machine, state.state.name)} ->"]
        lines += _deeper(_choice(machine, event, state.rows_of(event.name)))
    lines += [f":: else -> {_unheard(machine, event)}", "fi"]
    return _Event(f"{machine.role}_{event.name}", safe(event.doc), lines)


def _unheard(machine: RoleMachine, event: Event) -> str:
    refuses = source_of(machine.machine, event.name).refuses
    return f"{'refused' if refuses else 'unheard'}({_me(machine)})"


def _choice(machine: RoleMachine, event: Event, rows: Sequence[RoleRow]) -> list[str]:
    """The rows of one state and event: a guard that does not hold leads to the next one. Where the
    last has one, too, the event may be refused."""
    if not rows:
        return [_unheard(machine, event)]
    row, rest = rows[0], rows[1:]
    if not row.guard:
        return _row(machine, row)
    return ["if", f":: wss_guard_{row.guard}({_me(machine)}) ->", *_deeper(_row(machine, row)),
            ":: else ->", *_deeper(_choice(machine, event, rest)), "fi"]


def _row(machine: RoleMachine, row: RoleRow) -> list[str]:
    """Its number among the role's, as in C; then what it does."""
    taken = f"taken({_me(machine)}, {machine.rows.index(row)})"
    statements = [*_moves(machine, row), *(f"wss_act_{action}({_me(machine)})" for action in row.actions)]
    first = f"{taken}{';' if statements else ''} /* {origin(row)} */"
    return [first, *(f"{line};" for line in statements[:-1]), *statements[-1:]]


def _moves(machine: RoleMachine, row: RoleRow) -> Iterator[str]:
    """The state, the reason and the timers, in the order of the stepping function."""
    me = _me(machine)
    if not row.stays:
        yield f"state[{me}] = {cnames.state(machine.machine, row.to)}"
    if row.why:
        yield f"wss_blame({me}, {cnames.reason(row.why)})"
    if not row.stays:
        yield f"armed[{me}] = {_bits(machine, (*_state(machine, row.to).state.arm, *row.start))}"
        return
    stopped = [timer for timer in row.stop if timer not in row.start]
    if stopped:
        yield f"armed[{me}] = armed[{me}] & ~{_bits(machine, stopped)}"
    if row.start:
        yield f"armed[{me}] = armed[{me}] | {_bits(machine, row.start)}"


def _state(machine: RoleMachine, name: str) -> RoleState:
    return next(state for state in machine.states if state.state.name == name)


def _bits(machine: RoleMachine, timers: Sequence[str]) -> str:
    names = [cnames.timer(machine.machine, timer) for timer in dict.fromkeys(timers)]
    return f"({' | '.join(names)})" if len(names) > 1 else "".join(names) or "0"


def _me(machine: RoleMachine) -> str:
    return machine.role.upper()


def _deeper(lines: Sequence[str]) -> list[str]:
    return [INDENT + line for line in lines]
