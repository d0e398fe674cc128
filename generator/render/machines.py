# SPDX-License-Identifier: MIT
"""wss_machines.h and .c: the machines as tables, and the switches that call guards and
actions by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import cnames
from generator.cnames import SWITCH
from generator.machines import RoleMachine, RoleRow, RoleState
from generator.render.text import (
    case_condition, columns, comment, condition, enum_text, fill, only_if, origin, safe,
)
from generator.spec import Machine, Spec, State


def files(spec: Spec, machines: tuple[RoleMachine, ...]) -> dict[str, str]:
    built = [machine for machine in spec.machines if machine.built]
    views = [_view(machine, machines) for machine in built]
    tables = [only_if(condition([m.role]), _declaration(m)) for m in machines if m.built]
    return {
        "wss_machines.h": fill(
            "wss_machines.h.j2", spec, machines=views, tables=tables,
            contexts=list(dict.fromkeys(machine.context.removesuffix("_t") for machine in built)),
            enums=[enum_text(enum) for enum in cnames.machine_enums(spec)],
        ),
        "wss_machines.c": fill("wss_machines.c.j2", spec, machines=views),
    }


QUIET = 128
"""Added to a row's number in the lookup; WSS_LOOKUP_QUIET in C."""


@dataclass(frozen=True)
class _Switch:
    """A dispatcher: its C declaration, its cases, the prototypes of what it calls."""

    declaration: str
    subject: str
    cases: list[str]
    last: str
    prototypes: list[str]


@dataclass(frozen=True)
class _View:
    """A machine as the templates see it."""

    name: str
    tables: list[str]
    timers: str
    """The declaration of what timers raise; empty where there is none."""
    switches: list[_Switch]
    needed: str
    """What the preprocessor has to find for the switches; empty: always there."""


def _view(machine: Machine, machines: Sequence[RoleMachine]) -> _View:
    own = [m for m in machines if m.machine == machine]
    built = [m for m in own if m.built]
    infos = [] if machine.plain else [only_if(condition([m.role for m in built]), _state_infos(machine))]
    needed = "" if set(SWITCH) <= set(machine.roles) else condition(machine.roles)
    timers = f"extern const uint8_t {_timer_events(machine)}[];" if machine.timers else ""
    tables = [_timer_text(machine)] if machine.timers else []
    tables += infos + [only_if(condition([m.role]), _role_text(m)) for m in built]
    switches = [switch for switch in (_action_switch(machine, own), _guard_switch(machine, own)) if switch.cases]
    return _View(machine.name, tables, timers, switches, needed)


def _table(machine: RoleMachine) -> str:
    return f"wss_{machine.machine.name}_{machine.role}"


def _declaration(machine: RoleMachine) -> str:
    if not machine.machine.plain:
        return f"extern const wss_machine_t {_table(machine)};"
    first, events = _span(machine)
    return "\n".join([
        f"enum {{ {_first_event(machine)} = {cnames.event(machine.machine, first)}, "
        f"{_event_count(machine)} = {len(events)} }};",
        "enum { /* bits of events, from the first on, that leave the initial state as it is */",
        f"    {_table(machine).upper()}_STAYS = {_stays(machine)}",
        "};",
        f"extern const {_cells(machine)};",
    ])


def _stays(machine: RoleMachine) -> str:
    initial = next(state for state in machine.states if state.state.name == machine.machine.initial)
    bits = [f"1 << ({cnames.event(machine.machine, row.event)} - {_first_event(machine)})"
            for row in initial.rows if row.stays and not row.why]
    return "\n        " + " |\n        ".join(bits or ["0"])


def _span(machine: RoleMachine) -> tuple[str, tuple[str, ...]]:
    """The first event that the role has a row for, and all from there to the last one."""
    names = [str(event.name) for event in machine.machine.events]
    places = [names.index(row.event) for row in machine.rows]
    return names[min(places)], tuple(names[min(places):max(places) + 1])


def _first_event(machine: RoleMachine) -> str:
    return f"{_table(machine).upper()}_FIRST"


def _event_count(machine: RoleMachine) -> str:
    return f"{_table(machine).upper()}_EVENTS"


def _cells(machine: RoleMachine) -> str:
    return f"wss_cell_t {_table(machine)}[{cnames.state(machine.machine, 'count')}][{_event_count(machine)}]"


def _subject(machine: Machine) -> str:
    """What C calls the thing that the machine is about: conn of wss_conn_t."""
    return machine.context.removeprefix("wss_").removesuffix("_t")


def _action_switch(machine: Machine, own: Sequence[RoleMachine]) -> _Switch:
    actions = [a for a in machine.actions if any(m.built and a in m.actions for m in own)]
    cases = columns([[f"    case {cnames.action(a.name)}:", f"wss_act_{a.name}({_subject(machine)}); break;"] for a in actions])
    needed = [case_condition(machine, [m.role for m in own if a in m.actions]) for a in actions]
    prototypes = [[f"void wss_act_{a.name}({machine.context} *{_subject(machine)});", comment(a.doc)] for a in actions]
    return _Switch(
        declaration=f"void wss_{machine.name}_act({machine.context} *{_subject(machine)}, unsigned act)",
        subject="act", cases=_conditional(cases, needed), last="break;", prototypes=columns(prototypes))


def _guard_switch(machine: Machine, own: Sequence[RoleMachine]) -> _Switch:
    guards = [g for g in machine.guards if any(m.built and g in m.guards for m in own)]
    cases = columns([[f"    case {cnames.guard(g.name)}:", f"return wss_guard_{g.name}({_subject(machine)});"] for g in guards])
    needed = [case_condition(machine, [m.role for m in own if g in m.guards]) for g in guards]
    prototypes = [[f"bool wss_guard_{g.name}(const {machine.context} *{_subject(machine)});", comment(g.doc)] for g in guards]
    return _Switch(
        declaration=f"bool wss_{machine.name}_guard(const {machine.context} *{_subject(machine)}, unsigned guard)",
        subject="guard", cases=_conditional(cases, needed), last="return guard == WSS_GUARD_NONE;",
        prototypes=columns(prototypes))


def _conditional(lines: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Lines with the conditions that they need; neighbours with the same one share it."""
    result: list[str] = []
    last = ""
    for line, need in [*zip(lines, needed), ("", "")]:
        if need != last:
            result += ["#endif"] if last else []
            result += [f"#if {need}"] if need else []
        result += [line] if line else []
        last = need
    return result


def _state_infos(machine: Machine) -> str:
    name, count = f"{machine.name}_states", cnames.state(machine, "count")
    return "\n".join([
        f"static const wss_state_info_t {name}[] = {{", *_info_lines(machine), "};", "",
        f'_Static_assert(COUNT({name}) == {count}, "states of {machine.name}");',
    ])


def _info_lines(machine: Machine) -> Iterator[str]:
    """One line for what a state is, one for what it arms and allows, where it does."""
    heads = columns([[f"    [{cnames.state(machine, state.name)}]", "=", f"{{{_info_head(machine, state)}"]
                     for state in machine.states])
    for head, state in zip(heads, machine.states):
        more = _info_more(machine, state)
        yield f"{head}," if more else f"{head}}},"
        if more:
            yield f"        {more}}},"


def _info_head(machine: Machine, state: State) -> str:
    parts = [f".public_state = {cnames.public_state(machine, state.public)}"] if state.public else []
    parts += [f".input = {cnames.input_kind(machine, state.input)}"] if state.input else []
    return ", ".join(parts) or ".input = 0"


def _info_more(machine: Machine, state: State) -> str:
    parts = [f".arm = {_timer_bits(machine, state.arm)}"] if state.arm else []
    parts += [f".allow = {' | '.join(cnames.allow(machine, a) for a in state.allow)}"] if state.allow else []
    return ", ".join(parts)


def _timer_bits(machine: Machine, timers: Sequence[str]) -> str:
    return " | ".join(f"WSS_TIMER_BIT({cnames.timer(machine, timer)})" for timer in timers)


def _timer_events(machine: Machine) -> str:
    return f"wss_{machine.name}_timer_event"


def _timer_text(machine: Machine) -> str:
    """What each timer raises, in the order of the timers."""
    name = _timer_events(machine)
    raised = {event.timer: event.name for event in machine.events if event.timer}
    lines = columns([[f"    [{cnames.timer(machine, timer.name)}]", "=",
                      f"{cnames.event(machine, raised[timer.name])},"] for timer in machine.timers])
    return "\n".join([
        f"const uint8_t {name}[] = {{", *lines, "};", "",
        f'_Static_assert(COUNT({name}) == {cnames.timer(machine, "count")}, "timers of {machine.name}");',
    ])


def _role_text(machine: RoleMachine) -> str:
    return _cell_text(machine) if machine.machine.plain else _row_text(machine)


def _cell_text(machine: RoleMachine) -> str:
    """What each event does in each state of one role of a plain machine."""
    return "\n".join([f"const {_cells(machine)} = {{", *_cell_lines(machine), "};"])


def _cell_lines(machine: RoleMachine) -> Iterator[str]:
    number = 0
    for state in machine.states:
        yield f"    /* {state.state.name}: {safe(state.state.doc)} */"
        yield f"    [{cnames.state(machine.machine, state.state.name)}] = {{"
        yield from _state_cells(machine, state, number + 1)
        yield "    },"
        number += len(state.rows)


def _state_cells(machine: RoleMachine, state: RoleState, number: int) -> Iterator[str]:
    """One line for when and where to, one for what is done, where anything is."""
    heads = columns([[
        f"        [{cnames.event(machine.machine, row.event)} - {_first_event(machine)}]",
        f"= {{.row = {row_number}, .to = {cnames.state(machine.machine, row.to)}" + ("," if _cell(row) else "},"),
        comment(origin(row)),
    ] for row_number, row in enumerate(state.rows, number)])
    for head, row in zip(heads, state.rows):
        yield head
        if _cell(row):
            yield f"            {', '.join(_cell(row))}}},"


def _cell(row: RoleRow) -> list[str]:
    parts = [f".reason = {cnames.reason(row.why)}"] if row.why else []
    parts += [f".act = {cnames.action(row.actions[0])}"] if row.actions else []
    return parts


def _row_text(machine: RoleMachine) -> str:
    """The rows, where each state's begin, and the machine of one role."""
    name = machine.name.replace(".", "_")
    return "\n".join([
        f"static const wss_row_t {name}_rows[] = {{", *_rows(machine), "};", "",
        f"static const uint8_t {name}_first[] = {{", *_first(machine), "};", "",
        "#if !WSS_CFG_SMALL",
        f"static const uint8_t {name}_lookup[] = {{", *_lookup(machine), "};", "",
        f'_Static_assert(COUNT({name}_lookup) == {cnames.state(machine.machine, "count")} * '
        f'{cnames.event(machine.machine, "count")}, "states and events of {machine.name}");',
        "#endif", "",
        f"const wss_machine_t {_table(machine)} = {{",
        f"    .rows = {name}_rows,",
        f"    .first = {name}_first,",
        "#if !WSS_CFG_SMALL",
        f"    .lookup = {name}_lookup,",
        f"    .event_count = {len(machine.machine.events)},",
        "#endif",
        f"    .states = {machine.machine.name}_states,",
        f"    .row_count = {len(machine.rows)},",
        f"    .state_count = {len(machine.states)},",
        f"    .id = {cnames.machine_id(machine.machine, machine.role)}",
        "};", "", *_asserts(machine, name),
    ])


def _asserts(machine: RoleMachine, name: str) -> list[str]:
    count = cnames.state(machine.machine, "count")
    return [
        f'_Static_assert(COUNT({name}_rows) == {len(machine.rows)}, "rows of {machine.name}");',
        f'_Static_assert(COUNT({name}_first) == {count} + 1, "states of {machine.name}");',
    ]


def _rows(machine: RoleMachine) -> Iterator[str]:
    for state in machine.states:
        if state.rows:
            yield f"    /* {state.state.name}: {safe(state.state.doc)} */"
            yield from _state_rows(machine.machine, state)


def _state_rows(machine: Machine, state: RoleState) -> Iterator[str]:
    """One line for when and where to, one for what is done, where anything is."""
    heads = columns([[
        f"    {{.event = {cnames.event(machine, row.event)},",
        f".guard = {cnames.guard(row.guard)}," if row.guard else "",
        f".to = {cnames.state(machine, row.to)}" + ("," if _effects(machine, row) else "},"),
        comment(origin(row)),
    ] for row in state.rows])
    for head, row in zip(heads, state.rows):
        yield head
        if _effects(machine, row):
            yield f"     {', '.join(_effects(machine, row))}}},"


def _effects(machine: Machine, row: RoleRow) -> list[str]:
    parts = [f".reason = {cnames.reason(row.why)}"] if row.why else []
    parts += [f".stop = {_timer_bits(machine, row.stop)}"] if row.stop else []
    parts += [f".start = {_timer_bits(machine, row.start)}"] if row.start else []
    parts += [f".act = {{{', '.join(cnames.action(a) for a in row.actions)}}}"] if row.actions else []
    return parts


def _lookup(machine: RoleMachine) -> Iterator[str]:
    """One line a state: for each event the number of its first row, counted from 1."""
    events = [event.name for event in machine.machine.events]
    position = 0
    for state in machine.states:
        numbers: dict[str, int] = dict.fromkeys(events, 0)
        for position, row in enumerate(state.rows, position + 1):
            numbers[row.event] = numbers[row.event] or position + (QUIET if _is_quiet(row) else 0)
        yield f"    {', '.join(map(str, numbers.values()))}, /* {state.state.name} */"


def _is_quiet(row: RoleRow) -> bool:
    """It does one thing, always, and moves nothing."""
    return row.stays and not (row.guard or row.why or row.stop or row.start) and len(row.actions) == 1


def _first(machine: RoleMachine) -> Iterator[str]:
    position = 0
    lines: list[list[str]] = []
    for state in machine.states:
        lines.append([f"    {position},", f"/* {state.state.name} */"])
        position += len(state.rows)
    yield from columns([*lines, [f"    {position}", "/* the end */"]])
