# SPDX-License-Identifier: MIT
"""Plays the cases of cases/*.md, and measures that they take every row of the session machine."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import program

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


@pytest.fixture(scope="module", name="rows")
def rows_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the player notes the rows that were taken."""
    return tmp_path_factory.mktemp("rows") / "rows.txt"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, rows: Path) -> None:
    done = subprocess.run(
        [*program("tests/session/session_script"), "--rows", rows], input=case.script, capture_output=True, text=True, timeout=60, check=False,
    )
    assert done.stderr == ""
    assert done.stdout == case.log
    assert done.returncode == 0


def test_every_row_is_taken(rows: Path, request: pytest.FixtureRequest) -> None:
    """Runs after the cases, and means something only after all of them."""
    ran = sum(1 for item in request.session.items if item.name.startswith("test_case["))
    if ran < len(CASES):
        pytest.skip("not all cases ran")
    done = subprocess.run([*program("tests/engine/rows"), rows, "session.client"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
