# SPDX-License-Identifier: MIT
"""The build's lists and the files agree, and every file says its licence first."""
from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_COMMENTS = {".json", ".svg", ".png", ".bin"}  # formats without a place for a licence line
FIRST_LINES = (b"#!", b"#compdef")  # that a format wants before all comments


def own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_source_of_the_runtime_is_built() -> None:
    listed = re.findall(r"^  (runtime/\w+\.c)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)
    assert listed == sorted(f"runtime/{path.name}" for path in (ROOT / "runtime").glob("*.c"))


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
