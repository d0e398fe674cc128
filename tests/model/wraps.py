# SPDX-License-Identifier: MIT
"""Writes C functions that stand before all actions and guards of a connection, and note each call:
`python3 -m tests.model.wraps SOURCE OPTIONS`. OPTIONS becomes what makes the linker put them
there. tests/model/engine.c keeps the notes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.model.machine import declared

MACHINES = [declared("connection"), declared("message")]
ACTIONS = [str(action.name) for machine in MACHINES for action in machine.actions]
GUARDS = [str(guard.name) for machine in MACHINES for guard in machine.guards]

HEAD = """/* SPDX-License-Identifier: MIT */
/* Made by tests/model/wraps.py: see there. */
#include "wss_machines.h"

void engine_note(const char *kind, const char *what, const char *more);
"""

ACTION = """
void __real_wss_act_{name}(wss_conn_t *conn);
void __wrap_wss_act_{name}(wss_conn_t *conn);

void __wrap_wss_act_{name}(wss_conn_t *conn)
{{
    engine_note("do", "{name}", "");
    __real_wss_act_{name}(conn);
}}
"""

GUARD = """
bool __real_wss_guard_{name}(const wss_conn_t *conn);
bool __wrap_wss_guard_{name}(const wss_conn_t *conn);

bool __wrap_wss_guard_{name}(const wss_conn_t *conn)
{{
    bool holds = __real_wss_guard_{name}(conn);
    engine_note("guard", "{name}", holds ? " yes" : " no");
    return holds;
}}
"""


def source() -> str:
    return HEAD + "".join([*(ACTION.format(name=name) for name in ACTIONS),
                           *(GUARD.format(name=name) for name in GUARDS)])


def options() -> str:
    names = [f"wss_act_{name}" for name in ACTIONS] + [f"wss_guard_{name}" for name in GUARDS]
    return "".join(f"-Wl,--wrap={name}\n" for name in names)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(source(), encoding="utf-8")
    Path(sys.argv[2]).write_text(options(), encoding="utf-8")
