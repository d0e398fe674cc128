# SPDX-License-Identifier: MIT
"""Plays the cases of cases/*.md, and measures that they take every row of the session machine."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.programs import program
from tests.session.case_files import CASES, Case


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
