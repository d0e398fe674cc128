# SPDX-License-Identifier: MIT
"""Where things are, and specifications made of the small one by edits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).resolve().parent / "fixtures"
BASE = FIXTURES / "base.yaml"
MARK = "#!"


@dataclass(frozen=True)
class Broken:
    """A fixture: the text of a specification, and where the problem is to be found."""

    code: str
    text: str
    path: str
    line: int


def broken(path: Path) -> Broken:
    """base.yaml with the edits of a fixture. The line that ends in #! is the one to be named;
    `file` and `at` name a line of another file instead."""
    fixture: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = BASE.read_text(encoding="utf-8").splitlines()
    for edit in fixture["edits"]:
        lines = _edited(lines, edit["replace"], edit["by"], path.name)
    text = "\n".join(lines) + "\n"
    code = path.name.split(".")[0]
    if "at" in fixture:
        other = (FIXTURES / fixture["file"]).read_text(encoding="utf-8").splitlines()
        return Broken(code, text, fixture["file"], other.index(fixture["at"]) + 1)
    marked = [number for number, line in enumerate(lines, 1) if line.endswith(MARK)]
    assert len(marked) == 1, f"{path.name}: one line ends in {MARK}"
    return Broken(code, text, "", marked[0])


def _edited(lines: list[str], old: str, new: str, where: str) -> list[str]:
    found = [number for number, line in enumerate(lines) if line.strip() == old]
    assert len(found) == 1, f"{where}: one line is to be `{old}`"
    indent = lines[found[0]][: len(lines[found[0]]) - len(lines[found[0]].lstrip())]
    return [*lines[: found[0]], *(indent + line for line in new.splitlines()), *lines[found[0] + 1:]]
