# SPDX-License-Identifier: MIT
"""Reads the cases of cases/*.md. Knows their form, not what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CASE = re.compile(r"^## (.+?)\n(.*?)^```script\n(.*?)^```\n```log\n(.*?)^```$", re.M | re.S)
ROLE = re.compile(r"^role (\w+)$", re.M)


@dataclass(frozen=True)
class Case:
    """One script with its log, in one role of the engine."""

    name: str
    role: str
    script: str
    log: str


def roles_of(script: str) -> list[str]:
    """What the script says; else both: the rules for frames are the same."""
    said = ROLE.search(script)
    return [said[1]] if said else ["server", "client"]


def read_cases() -> list[Case]:
    """All cases of all files, in order."""
    cases = []
    for file in sorted((HERE / "cases").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        found = list(CASE.finditer(text))
        assert len(found) == text.count("\n## "), f"{file} has a case that is malformed"
        cases += [Case(f"{role}, {file.stem}: {m[1]}", role, m[3], m[4]) for m in found for role in roles_of(m[3])]
    return cases


CASES = read_cases()
