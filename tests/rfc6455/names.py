# SPDX-License-Identifier: MIT
"""Whether what an entry names exists: a row, an entry of a table, a function, a test.

    connection.open.rx_close                     a row: machine, state, event
    reasons.mask_missing                         an entry of a table of the specification
    runtime/wss_close.c::wss_act_echo_close      a function; of a .rl file a rule
    tests/url/test_url.c::refused_where_and_why  a test in C; in Python the same
    tests/engine/cases/closing.md#We close       a case: its heading
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from generator.machines import role_machines
from generator.spec import Spec

RULE = r"^ *{name} *(:>>|:=|=) "
FUNCTION = r"^(?!return|typedef)[A-Za-z_][\w *]*\b{name}\([^;]*$"
TEST_C = r"^START_TEST\({name}\)"
TEST_PYTHON = r"^ *(async )?def {name}\("


@lru_cache(maxsize=None)
def rows(spec: Spec) -> frozenset[str]:
    """Every row of every role; what is ignored counts."""
    return frozenset(f"{machine.machine.name}.{row.state}.{row.event}"
                     for machine in role_machines(spec) for row in machine.rows)


@lru_cache(maxsize=None)
def entries(spec: Spec) -> frozenset[str]:
    tables = {"reasons": spec.reasons, "rejections": spec.rejections, "close_codes": spec.close_codes,
              "opcodes": spec.opcodes, "frame_header": spec.frame_header, "fields": spec.fields}
    return frozenset(f"{table}.{entry.name}" for table, items in tables.items() for entry in items)


def place_exists(root: Path, spec: Spec, name: str) -> bool:
    path, separator, inner = name.partition("::")
    if not separator:
        return name in rows(spec) or name in entries(spec)
    return _found(root / path, RULE if path.endswith(".rl") else FUNCTION, inner)


def test_exists(root: Path, name: str) -> bool:
    path, separator, inner = name.partition("::")
    if separator:
        return path.startswith("tests/") and _found(root / path, TEST_PYTHON if path.endswith(".py") else TEST_C, inner)
    path, separator, heading = name.partition("#")
    return bool(separator) and path.startswith("tests/") and _found(root / path, r"^## {name}$", heading)


@lru_cache(maxsize=None)
def _found(path: Path, pattern: str, name: str) -> bool:
    return re.search(pattern.format(name=re.escape(name)), _text(path), re.MULTILINE) is not None


@lru_cache(maxsize=None)
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
