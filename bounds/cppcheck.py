# SPDX-License-Identifier: MIT
"""What cppcheck and its MISRA addon find in sources that are read together, so that they see what
is declared in one and used in another.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure.toolchain import MeasureError, run

_COMMAND = ("cppcheck", "--quiet", "--addon=misra", "--std=c11", "--platform=unix64", "--library=posix",
            "--enable=warning,performance,portability", "--max-configs=1", "--template-location=",
            r"--template={file}\t{line}\t{column}\t{id}\t{message}")
_EXPRESSION = re.compile(r"\[(\w+) - \w+\](?= += \{)")
"""A designator that stops the addon: of two operands the first will do."""

_MISRA = re.compile(r"misra-c2012-(\d+\.\d+)")


@dataclass(frozen=True)
class Finding:
    """`rule`: of MISRA C:2012, such as "10.4"; empty where it is cppcheck's own."""

    file: Path
    line: int
    column: int
    id: str
    message: str

    @property
    def rule(self) -> str:
        found = _MISRA.fullmatch(self.id)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.id}]"


def version() -> str:
    return run(["cppcheck", "--version"]).split()[-1]


def findings_of(sources: Sequence[Path], includes: Iterable[Path], definitions: Iterable[str]) -> list[Finding]:
    """Each once. MeasureError: cppcheck or its addon failed."""
    with tempfile.TemporaryDirectory() as folder:
        copies = _copies(sources, Path(folder))
        read = [str(copies.get(source, source)) for source in sources]
        command = [*_COMMAND, f"-j{os.cpu_count()}", f"--cppcheck-build-dir={folder}",
                   *(f"-I{include}" for include in includes),
                   *(f"-D{definition}" for definition in definitions), *read]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise MeasureError("cppcheck is not there (scripts/bootstrap full installs it)") from None
    if done.returncode != 0 or done.stdout.strip():
        raise MeasureError(f"cppcheck: {(done.stdout or done.stderr)[:500]}")
    originals = {copy: source for source, copy in copies.items()}
    return sorted({_read(line, originals) for line in done.stderr.splitlines() if line.strip()}, key=str)


def _copies(sources: Iterable[Path], folder: Path) -> dict[Path, Path]:
    """Of the sources that have to be written in another way, line by line."""
    copies: dict[Path, Path] = {}
    for source in sources:
        if not source.is_file():
            raise MeasureError(f"cppcheck: there is no {source}")
        text, changes = _EXPRESSION.subn(r"[\1]", source.read_text(encoding="utf-8"))
        if changes:
            copies[source] = folder / str(len(copies)) / source.name
            copies[source].parent.mkdir()
            copies[source].write_text(text, encoding="utf-8")
    return copies


def _read(line: str, originals: Mapping[Path, Path]) -> Finding:
    words = line.split("\t")
    if len(words) != 5 or not words[1].isdecimal():
        raise MeasureError(f"cppcheck: not understood: {line}")
    file = Path(words[0])
    return Finding(originals.get(file, file), int(words[1]), int(words[2]), words[3], words[4])
