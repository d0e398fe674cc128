# SPDX-License-Identifier: MIT
"""The generated C compiles without a warning in every configuration, and its data is what
the specification says.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.load import load
from generator.machines import RoleMachine, RoleRow, role_machines
from generator.output import write
from generator.render import render
from tests.generator.specs import ROOT

SPEC_FILE = ROOT / "spec" / "wss_states.yaml"
SPEC = load(SPEC_FILE, "spec/wss_states.yaml")
MACHINES = role_machines(SPEC)
WARNINGS = ["-std=c11", "-pedantic", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wundef", "-Werror"]
COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]
CONFIGURATIONS: dict[str, list[str]] = {
    "server": ["-DWSS_CFG_CLIENT=0"], "client": ["-DWSS_CFG_SERVER=0"], "both": [],
    "nameless": ["-DWSS_CFG_NAMES=0"],
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generated")
    for name, text in render(SPEC, MACHINES).items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return out


def build(compiler: str, directory: Path, sources: list[Path], *options: str) -> Path:
    program = directory / "program"
    includes = [f"-I{ROOT / 'include'}", f"-I{directory}"]
    command = [compiler, *WARNINGS, *includes, *options, *(str(s) for s in sources), "-o", str(program)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return program


def run_main(directory: Path, body: str, headers: list[str], sources: list[str]) -> str:
    """The output of a program around some statements."""
    main = directory / "main.c"
    includes = "".join(f'#include "{header}"\n' for header in ["stdio.h", *headers])
    main.write_text(f"{includes}int main(void)\n{{\n{body}\n    return 0;\n}}\n", encoding="utf-8")
    program = build(COMPILERS[0], directory, [main, *(directory / source for source in sources)])
    return subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_no_warnings(generated: Path, compiler: str, configuration: str) -> None:
    for source in generated.glob("wss_*.c"):
        build(compiler, generated, [source], "-c", *CONFIGURATIONS[configuration])


@pytest.mark.parametrize("header", ["wss_vocabulary.h", "wss_names.h"])
def test_public_headers_are_cplusplus(generated: Path, header: str) -> None:
    command = ["g++", "-std=c++17", "-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-xc++",
               f"-I{ROOT / 'include'}", f"-I{generated}", "-"]
    done = subprocess.run(command, input=f'#include "{header}"\n', capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_close_codes(generated: Path) -> None:
    body = """
    for (unsigned code = 0; code <= 65535; code++)
        if (wss_close_code_may_send(code) || wss_close_code_may_receive(code))
            printf("%u\\n", code);"""
    out = run_main(generated, body, ["wss_tables.h"], ["wss_vocabulary.c"])
    allowed = {c for code in SPEC.close_codes if code.send or code.receive for c in range(code.first, code.last + 1)}
    assert {int(line) for line in out.split()} == allowed


def test_names_out_of_range(generated: Path) -> None:
    body = """
    puts(wss_reason_name(WSS_REASON_RESERVED_BITS));
    puts(wss_reason_text(WSS_REASON_RESERVED_BITS));
    puts(wss_reason_name(WSS_REASON_COUNT));
    puts(wss_opcode_name(3));
    puts(wss_close_code_name(3500));
    puts(wss_close_code_name(999));
    puts(wss_status_phrase(426));
    puts(wss_field_names[WSS_FIELD_SEC_WEBSOCKET_KEY]);
    puts(wss_timer_name(WSS_TIMER_COUNT));
    puts(wss_public_state_name(WSS_CONNECTED));"""
    out = run_main(generated, body, ["wss_tables.h"], ["wss_vocabulary.c"])
    assert out.splitlines() == [
        "reserved_bits", "A reserved bit is set without an extension.", "?", "?", "registered", "?",
        "Upgrade Required", "sec-websocket-key", "?", "CONNECTED"]


def test_utf8_tables(generated: Path) -> None:
    body = """
    const char *texts[] = {"a\\xC3\\xA9\\xE2\\x82\\xAC\\xF0\\x9F\\x98\\x80", "\\xED\\xA0\\x80", "\\xE2\\x82"};
    for (unsigned i = 0; i < 3; i++) {
        unsigned state = WSS_UTF8_ACCEPT;
        for (const char *at = texts[i]; *at; at++)
            state = wss_utf8_next[state + wss_utf8_class[(unsigned char)*at]];
        puts(state == WSS_UTF8_ACCEPT ? "whole" : state == WSS_UTF8_REJECT ? "wrong" : "begun");
    }"""
    assert run_main(generated, body, ["wss_tables.h"], ["wss_vocabulary.c"]).split() == ["whole", "wrong", "begun"]


READ_BACK = """
    const wss_machine_t *machines[] = {&wss_connection_server, &wss_connection_client, &wss_session_client};
    for (unsigned m = 0; m < sizeof machines / sizeof machines[0]; m++) {
        const wss_machine_t *machine = machines[m];
        for (unsigned state = 0; state < machine->state_count; state++)
            for (unsigned i = machine->first[state]; i < machine->first[state + 1]; i++) {
                const wss_row_t *row = &machine->rows[i];
                printf("%s %u %s %s %s %s %s %u %u", wss_machine_name(machine->id), wss_row_line(machine->id, i),
                       wss_state_name(machine->id, state), wss_event_name(machine->id, row->event),
                       wss_guard_name(machine->id, row->guard), wss_state_name(machine->id, row->to),
                       wss_reason_name(row->reason), row->stop, row->start);
                for (unsigned a = 0; a < 4 && row->act[a] != WSS_ACT_NONE; a++)
                    printf(" %s", wss_action_name(machine->id, row->act[a]));
                puts("");
            }
    }"""

READ_PLAIN_BACK = """
    for (unsigned state = 0; state < WSS_ST_MSG_COUNT; state++)
        for (unsigned i = 0; i < EVENTS; i++) {
            const wss_cell_t *cell = &TABLE[state][i];
            if (cell->row == 0)
                continue;
            printf("%s %u %s %s none %s %s 0 0", wss_machine_name(ID), wss_row_line(ID, cell->row - 1u),
                   wss_state_name(ID, state), wss_event_name(ID, FIRST + i), wss_state_name(ID, cell->to),
                   wss_reason_name(cell->reason));
            if (cell->act != WSS_ACT_NONE)
                printf(" %s", wss_action_name(ID, cell->act));
            puts("");
        }"""


def bits(machine: RoleMachine, timers: tuple[str, ...]) -> int:
    return mask([str(timer.name) for timer in machine.machine.timers], timers)


def mask(names: list[str], chosen: tuple[str, ...]) -> int:
    return sum([1 << names.index(name) for name in chosen])


def shown(machine: RoleMachine, row: RoleRow) -> str:
    parts = [machine.name, str(row.line), row.state, row.event, row.guard or "none", row.to, row.why or "none",
             str(bits(machine, row.stop)), str(bits(machine, row.start)), *row.actions]
    return " ".join(parts)


def functions() -> str:
    """The runtime's part: every action and guard, doing nothing."""
    built = [machine for machine in SPEC.machines if machine.built]
    return '#include "wss_machines.h"\n' + "".join([
        *(f"void wss_act_{a.name}({m.context} *it);\n"
          f"void wss_act_{a.name}({m.context} *it) {{ (void)it; }}\n" for m in built for a in m.actions),
        *(f"bool wss_guard_{g.name}(const {m.context} *it);\n"
          f"bool wss_guard_{g.name}(const {m.context} *it) {{ return it != 0; }}\n"
          for m in built for g in m.guards),
    ])


def test_rows_in_c_are_the_rows_of_the_model(generated: Path) -> None:
    """Read back through the tables and the names, row by row."""
    (generated / "functions.c").write_text(functions(), encoding="utf-8")
    out = run_main(generated, READ_BACK, ["wss_machines.h", "wss_names.h"],
                   ["wss_vocabulary.c", "wss_machines.c", "wss_names.c", "functions.c"])
    rows = [shown(m, row) for m in MACHINES if m.built and not m.machine.plain for row in m.rows]
    assert out.splitlines() == rows


@pytest.mark.parametrize("role", ["receiver", "sender"])
def test_cells_in_c_are_the_rows_of_the_model(generated: Path, role: str) -> None:
    (generated / "functions.c").write_text(functions(), encoding="utf-8")
    table = f"wss_message_{role}"
    words = {"TABLE": table, "EVENTS": f"{table.upper()}_EVENTS", "FIRST": f"{table.upper()}_FIRST",
             "ID": f"WSS_MACHINE_MESSAGE_{role.upper()}"}
    defines = "".join(f"#define {name} {meaning}\n" for name, meaning in words.items())
    out = run_main(generated, f"\n{defines}{READ_PLAIN_BACK}", ["wss_machines.h", "wss_names.h"],
                   ["wss_vocabulary.c", "wss_machines.c", "wss_names.c", "functions.c"])
    machine = next(m for m in MACHINES if m.name == f"message.{role}")
    assert sorted(out.splitlines()) == sorted(shown(machine, row) for row in machine.rows)


def test_timers_raise_their_own_events(tmp_path: Path) -> None:
    """Also where the events stand in another order than the timers."""
    ping, idle = "t_ping: {timer: ping}", "t_idle: {timer: idle}"
    text = SPEC_FILE.read_text(encoding="utf-8").replace(ping, "@@").replace(idle, ping).replace("@@", idle)
    (tmp_path / "swapped.yaml").write_text(text, encoding="utf-8")
    spec = load(tmp_path / "swapped.yaml", "swapped.yaml")
    events = [str(event.name) for event in spec.machines[0].events]
    assert events.index("t_ping") < events.index("t_idle")
    write(tmp_path, render(spec, role_machines(spec)))
    (tmp_path / "functions.c").write_text(functions(), encoding="utf-8")
    body = """
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        puts(wss_event_name(WSS_MACHINE_CONNECTION_SERVER, wss_connection_timer_event[timer]));"""
    out = run_main(tmp_path, body, ["wss_machines.h", "wss_names.h"],
                   ["wss_vocabulary.c", "wss_machines.c", "wss_names.c", "functions.c"])
    assert out.split() == [f"t_{timer.name}" for timer in spec.machines[0].timers]


def test_states_in_c_are_the_states_of_the_model(generated: Path) -> None:
    (generated / "functions.c").write_text(functions(), encoding="utf-8")
    body = """
    const wss_machine_t *machine = &wss_connection_server;
    for (unsigned state = 0; state < machine->state_count; state++)
        printf("%s %s %u %u %u\\n", wss_state_name(machine->id, state),
               wss_public_state_name(machine->states[state].public_state), machine->states[state].input,
               machine->states[state].allow, machine->states[state].arm);"""
    out = run_main(generated, body, ["wss_machines.h", "wss_names.h"],
                   ["wss_vocabulary.c", "wss_machines.c", "wss_names.c", "functions.c"])
    server = next(m for m in MACHINES if m.name == "connection.server")
    inputs = [str(kind.name) for kind in server.machine.inputs]
    allows = [str(allow.name) for allow in server.machine.allows]
    assert out.splitlines() == [
        f"{s.name} {s.public} {inputs.index(s.input) if s.input else 0} "
        f"{mask(allows, s.allow)} {bits(server, s.arm)}" for s in server.machine.states]
