# SPDX-License-Identifier: MIT
"""Reads the cases of cases/*.md. Knows their form, not what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CASE = re.compile(r"^## (.+?)\n(.*?)^```script\n(.*?)^```\n```log\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Case:
    """One script with its log."""

    name: str
    script: str
    log: str


def read_cases() -> list[Case]:
    """All cases of all files, in order."""
    cases = []
    for file in sorted((HERE / "cases").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        found = list(CASE.finditer(text))
        assert len(found) == text.count("\n## "), f"{file} has a case that is malformed"
        cases += [Case(f"{file.stem}: {m[1]}", m[3], m[4]) for m in found]
    return cases


CASES = read_cases()
