# SPDX-License-Identifier: MIT
"""The build's lists and the files agree, and every file says its licence first."""
from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cmake.sources import FILE, ROOT, parse

NO_COMMENTS = {".json", ".svg", ".png", ".bin"}  # formats without a place for a licence line
FIRST_LINES = (b"#!", b"#compdef", b"<?xml")  # that a format wants before all comments


def own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


ROOMS = ("runtime", "generated", "crypto", "streams", "tls", "api", "hal/lwip", "hal/posix", "hal/sim", "hal/pic32mzw1")
UNLISTED = ["api/sys_wss_cmd.c"]  # which needs Harmony's command processor


def test_every_source_of_a_room_is_listed_once() -> None:
    listed = [file for files in parse(FILE.read_text()).values() for file in files if file.endswith(".c")]
    there = [f"{room}/{path.name}" for room in ROOMS for path in (ROOT / room).glob("*.c")]
    assert sorted([*listed, *UNLISTED]) == sorted(there)


def test_lists_of_sources_are_plain() -> None:
    assert parse("# why\nset(A\n  b.c\n  c.c)\n\nset(D\n  e.c)\n") == {"A": ("b.c", "c.c"), "D": ("e.c",)}
    for text in ("set(A ${B})", "if(A)\nset(A\n  b.c)\nendif()", "set(A\n  b.c"):
        with pytest.raises(ValueError, match="not a plain list: "):
            parse(text)


def test_every_file_begins_with_its_licence() -> None:
    without = []
    for path in own_files():
        if path.suffix in NO_COMMENTS or path.name == "LICENSE" or "corpus" in path.parts:
            continue
        head = path.read_bytes()[:200].split(b"\n")
        first = head[1] if head[0].startswith(FIRST_LINES) else head[0]
        if b"SPDX-License-Identifier: MIT" not in first:
            without.append(str(path.relative_to(ROOT)))
    assert without == []
