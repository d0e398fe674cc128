# SPDX-License-Identifier: MIT
"""Plays the cases of cases/*.md in each role that they are for, with the engine of both
roles and with that of one alone, and measures which rows of the specification they take.
"""

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


@pytest.fixture(scope="module", name="rows")
def rows_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the player notes the rows that were taken."""
    return tmp_path_factory.mktemp("rows") / "rows.txt"


def play(case: Case, *options: str, program: str = "script") -> subprocess.CompletedProcess[str]:
    """Runs the player; each cut of the script is compared inside."""
    role = ["--client"] if case.role == "client" else []
    return subprocess.run(
        [PROGRAMS / program, *role, *options],
        input=case.script, capture_output=True, text=True, timeout=120, check=False,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, rows: Path) -> None:
    done = play(case, "--rows", str(rows))
    assert done.stderr == ""
    assert done.stdout == case.log
    assert done.returncode == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_with_one_role_built(case: Case) -> None:
    done = play(case, "--whole", program=f"script_{case.role}")
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
    done = play(Case("", "server", 'open\napp pieces\nframe binary "abc"\n', ""))
    assert "--- byte by byte" in done.stdout
    assert done.returncode == 1
