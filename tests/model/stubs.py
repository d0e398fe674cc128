# SPDX-License-Identifier: MIT
"""Writes the C functions of all actions and guards, doing nothing but to note that they were
called: `python3 -m tests.model.stubs FILE`. tests/model/tables.c keeps the notes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.model.machine import SPEC

BUILT = [machine for machine in SPEC.machines if machine.built]
ACTIONS = [str(action.name) for machine in BUILT for action in machine.actions]
GUARDS = [str(guard.name) for machine in BUILT for guard in machine.guards]
"""Their places are their numbers in the notes."""

HEAD = """/* SPDX-License-Identifier: MIT */
/* Made by tests/model/stubs.py: see there. */
#include "wss_machines.h"

void tables_note_action(const void *whose, unsigned action);
bool tables_ask_guard(const void *whose, unsigned guard);
"""


def stubs() -> str:
    return HEAD + "".join([
        *(f"\nvoid wss_act_{action.name}({machine.context} *it)\n{{\n"
          f"    tables_note_action(it, {ACTIONS.index(action.name)});\n}}\n"
          for machine in BUILT for action in machine.actions),
        *(f"\nbool wss_guard_{guard.name}(const {machine.context} *it)\n{{\n"
          f"    return tables_ask_guard(it, {GUARDS.index(guard.name)});\n}}\n"
          for machine in BUILT for guard in machine.guards)])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(stubs(), encoding="utf-8")
