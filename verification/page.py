# SPDX-License-Identifier: MIT
"""docs/VERIFICATION.md from docs/verification.json."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cmake.sources import ROOT
from verification.items import ITEMS

FILE = ROOT / "docs" / "verification.json"
PAGE = ROOT / "docs" / "VERIFICATION.md"


def load() -> dict[str, str]:
    """The figures by the names of the proofs."""
    read: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def save(figures: Mapping[str, str]) -> None:
    FILE.write_text(json.dumps(dict(figures), indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(text(figures), encoding="utf-8")


def text(figures: Mapping[str, str]) -> str:
    lines = [
        "<!-- SPDX-License-Identifier: MIT -->", "<!-- Made by scripts/verification; do not edit. -->",
        "# Why the engine is believed to be right", "",
        "`scripts/verification` measured these figures, and broke a copy of the sources in the way that the last column",
        "says: each proof was green without the mistake and red with it.", "",
        "| Proof | What it shows | Run by | Figure | Red when |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {item.name} | {item.shows} | `{item.run}` | {figures.get(item.name, 'not measured')} "
              f"| {item.demonstration.what if item.demonstration else ''} |" for item in ITEMS]
    return "\n".join(lines) + "\n"
