# SPDX-License-Identifier: MIT
"""The gate: nothing became larger than docs/device.json says, and the tables are made of it."""

from __future__ import annotations

import subprocess
import sys

from cmake.sources import ROOT
from measure.figures import load
from measure.tables import documents


def test_tables_are_those_of_the_figures() -> None:
    committed = load()
    read = {name: (ROOT / name).read_text(encoding="utf-8")
            for name in ("README.md", "docs/MIGRATING.md", "docs/PIC32MZW1.md", "docs/DEVICE.md")}
    for name, text in documents(committed, read).items():
        assert text == read[name], f"{name}: scripts/device --tables"


def test_nothing_became_larger() -> None:
    """Of what matters most; scripts/test full looks at all."""
    command = [sys.executable, "-m", "measure", "--check", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stderr
