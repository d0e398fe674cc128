# SPDX-License-Identifier: MIT
"""Plays the cases of cases/*.md, and measures which rows of the specification they take."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BUILD = Path(os.environ.get("WSS_BUILD_DIR", HERE.parents[1] / "build"))
PROGRAMS = BUILD / "tests" / "engine"
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
        found = [Case(f"{file.stem}: {m[1]}", m[3], m[4]) for m in CASE.finditer(text)]
        assert len(found) == text.count("\n## "), f"{file} has a case that is malformed"
        cases += found
    return cases


CASES = read_cases()


@pytest.fixture(scope="module", name="rows")
def rows_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the player notes the rows that were taken."""
    return tmp_path_factory.mktemp("rows") / "rows.txt"


def play(case: Case, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs the player; each cut of the script is compared inside."""
    return subprocess.run(
        [PROGRAMS / "script", *options], input=case.script, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, rows: Path) -> None:
    done = play(case, "--rows", str(rows))
    assert done.stderr == ""
    assert done.stdout == case.log
    assert done.returncode == 0


def test_every_row_is_taken(rows: Path, request: pytest.FixtureRequest) -> None:
    """Runs after the cases, and means something only after all of them."""
    ran = sum(1 for item in request.session.items if item.name.startswith("test_case["))
    if ran < len(CASES):
        pytest.skip("not all cases ran")
    done = subprocess.run([PROGRAMS / "rows", rows], capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout


def test_the_player_notices_a_cut_that_matters() -> None:
    """The number of pieces depends on the cut: a log that tells it has to differ."""
    done = play(Case("", 'open\napp pieces\nframe binary "abc"\n', ""))
    assert "--- byte by byte" in done.stdout
    assert done.returncode == 1
