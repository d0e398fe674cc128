# SPDX-License-Identifier: MIT
"""The committed figures, and the gate: none grows unless the committed ones are made anew. It must
not know what a figure is of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cmake.sources import ROOT

FILE = ROOT / "docs" / "device.json"


@dataclass(frozen=True)
class Committed:
    """`paths`: the deepest ones of some functions, in words."""

    compiler: str
    figures: Mapping[str, int]
    paths: Mapping[str, str]


def load(file: Path = FILE) -> Committed:
    read = json.loads(file.read_text(encoding="utf-8"))
    return Committed(read["compiler"], read["figures"], read["paths"])


def save(committed: Committed, file: Path = FILE) -> None:
    content = {"compiler": committed.compiler, "figures": dict(committed.figures),
               "paths": dict(committed.paths)}
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def growth(committed: Mapping[str, int], measured: Mapping[str, int]) -> list[str]:
    """What is wrong with the committed figures, a line each: those that grew, and new ones."""
    wrong = []
    for name, value in measured.items():
        if name not in committed:
            wrong.append(f"{name}: {value}, which is not in the table")
        elif value > committed[name]:
            wrong.append(f"{name}: {committed[name]} in the table, {value} now (+{value - committed[name]})")
    return wrong


def shrinkage(committed: Mapping[str, int], measured: Mapping[str, int]) -> list[str]:
    """What the table could say instead."""
    return [f"{name}: {committed[name]} in the table, {value} now"
            for name, value in measured.items() if value < committed.get(name, value)]


def leftovers(committed: Mapping[str, int], measured: Mapping[str, int]) -> list[str]:
    """Figures of the table that nothing measures any more; `measured` is all there is."""
    return [f"{name}: is not measured any more" for name in committed if name not in measured]
