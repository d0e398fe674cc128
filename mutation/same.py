# SPDX-License-Identifier: MIT
"""Whether a mutant is the same program: the compiler makes the same objects of it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from mutation.mutant import Mutant

SETTINGS = ((), ("-DWSS_CFG_SMALL=1", "-DWSS_CFG_LONG_MESSAGES=0", "-DWSS_CFG_TX_BUFFER=0"),
            ("-DWSS_CFG_CLIENT=0",), ("-DWSS_CFG_SERVER=0",))


def is_same(root: Path, mutant: Mutant) -> bool:
    """In every setting that it compiles in. Headers are looked at through no source: False."""
    if not mutant.file.endswith(".c"):
        return False
    path = root / mutant.file
    source = path.read_text(encoding="utf-8")
    pairs = [(_object(root, path, source, setting), _object(root, path, mutant.applied(source), setting))
             for setting in SETTINGS]
    return all(before == after for before, after in pairs)


def _object(root: Path, path: Path, source: str, setting: tuple[str, ...]) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.o"
        done = subprocess.run(
            ["gcc", "-std=c11", "-O2", "-w", "-c", "-x", "c", "-", "-o", str(made), "-iquote", str(path.parent),
             *(f"-I{root / room}" for room in ("include", "generated", "runtime")), *setting],
            input=source, text=True, capture_output=True, check=False)
        return made.read_bytes() if done.returncode == 0 else None
