# SPDX-License-Identifier: MIT
"""The rows in Promela are the rows of the model: read back, one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.load import load
from generator.machines import RoleMachine, RoleRow, role_machines
from generator.render import promela
from tests.generator.specs import BASE, ROOT

SPEC = load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml")
MACHINES = role_machines(SPEC)
FILES = promela.files(SPEC, MACHINES)
PEERS = [machine for machine in MACHINES if machine.machine.name == "connection"]


def inlines(role: str) -> dict[str, list[str]]:
    """The lines of each event."""
    text = FILES["promela/connection.rows.pml"]
    return {name: body.split("\n") for name, body in
            re.findall(rf"^inline {role}_(\w+)\(\)\n{{\n(.*?)\n}}$", text, re.MULTILINE | re.DOTALL)}


def rows(machine: RoleMachine, lines: list[str]) -> list[tuple[str, str, int, list[str]]]:
    """State, guard, number and statements of each row of an event, in order."""
    found: list[tuple[str, str, int, list[str]]] = []
    state = guard = ""
    for line in (re.sub(r"/\*.*\*/", "", line).strip().rstrip(";") for line in lines):
        if match := re.match(rf":: state\[{machine.role.upper()}\] == WSS_ST_(\w+) ->", line):
            state, guard = match.group(1).lower(), ""
        elif match := re.match(r":: wss_guard_(\w+)\(\w+\) ->", line):
            guard = match.group(1)
        elif line.startswith(":: else"):
            guard = ""
        elif match := re.match(r"taken\(\w+, (\d+)\)", line):
            found.append((state, guard, int(match.group(1)), []))
        elif line not in ("", "if", "fi"):
            found[-1][3].append(line)
    return found


def statements(machine: RoleMachine, row: RoleRow) -> list[str]:
    """What the stepping function does for a row (runtime/wss_step.c)."""
    me = machine.role.upper()
    timers = [str(timer.name) for timer in machine.machine.timers]
    result = [] if row.stays else [f"state[{me}] = WSS_ST_{row.to.upper()}"]
    if row.why:
        result.append(f"wss_blame({me}, WSS_REASON_{row.why.upper()})")
    if not row.stays:
        arm = {str(name) for state in machine.states if state.state.name == row.to for name in state.state.arm}
        names = [f"WSS_TIMER_{name.upper()}" for name in timers if name in arm | set(row.start)]
        result.append(f"armed[{me}] = " + (f"({' | '.join(names)})" if len(names) > 1 else "".join(names) or "0"))
    else:
        result += [f"armed[{me}] = armed[{me}] & ~WSS_TIMER_{name.upper()}" for name in row.stop if name not in row.start]
        names = [f"WSS_TIMER_{name.upper()}" for name in row.start]
        if names:
            result.append(f"armed[{me}] = armed[{me}] | " + (f"({' | '.join(names)})" if len(names) > 1 else names[0]))
    return result + [f"wss_act_{action}({me})" for action in row.actions]


@pytest.mark.parametrize("machine", PEERS, ids=[machine.name for machine in PEERS])
def test_rows(machine: RoleMachine) -> None:
    events = inlines(machine.role)
    read = [row for lines in events.values() for row in rows(machine, lines)]
    assert sorted(number for _, _, number, _ in read) == list(range(len(machine.rows)))
    for state, guard, number, lines in read:
        row = machine.rows[number]
        assert (state, guard, lines) == (row.state, row.guard or "", statements(machine, row)), row


@pytest.mark.parametrize("machine", PEERS, ids=[machine.name for machine in PEERS])
def test_rows_of_an_event_stand_in_order(machine: RoleMachine) -> None:
    for event, lines in inlines(machine.role).items():
        numbers = [number for _, _, number, _ in rows(machine, lines)]
        assert numbers == sorted(numbers)
        assert {machine.rows[number].event for number in numbers} <= {event}


def test_sets_are_what_states_say() -> None:
    """Public state, input and operations of each state, from the masks."""
    text = FILES["promela/connection.names.pml"]
    masks = {name: re.findall(r"WSS_ST_(\w+)", those) for name, those in
             re.findall(r"^#define (WSS_\w+) +\((1 << WSS_ST.*)\)$", text, re.MULTILINE)}
    for state in PEERS[0].machine.states:
        named = {name for name, those in masks.items() if state.name.upper() in those}
        assert named == {f"WSS_{state.public}", f"WSS_INPUT_{str(state.input).upper()}",
                         *(f"WSS_ALLOW_{allow.upper()}" for allow in state.allow)}


def test_an_event_that_no_guard_lets_pass_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    text = BASE.read_text(encoding="utf-8").replace("when: gust, if: heavy,", "when: push, if: heavy,")
    file.write_text(text, encoding="utf-8")
    spec = load(file, "spec.yaml")
    text = "".join(promela.files(spec, role_machines(spec)).values())
    assert re.search(r":: wss_guard_heavy\(SERVER\) ->\n.*\n.*\n +:: else ->\n +refused\(SERVER\)\n", text)
