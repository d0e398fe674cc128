# SPDX-License-Identifier: MIT
"""Plays all cases, uncut, in one run of each role under Valgrind."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.engine.case_files import CASES

BUILD = Path(os.environ.get("WSS_BUILD_DIR", Path(__file__).parents[2] / "build"))
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full"]

pytestmark = pytest.mark.skipif(
    shutil.which("valgrind") is None or bool(os.environ.get("WSS_SANITIZE")),
    reason="there is no Valgrind, or a sanitizer takes its place",
)


@pytest.mark.parametrize("role", ["server", "client"])
def test_no_case_misuses_memory(role: str) -> None:
    cases = [case for case in CASES if case.role == role]
    options = ["--client"] if role == "client" else []
    done = subprocess.run(
        [*VALGRIND, BUILD / "tests" / "engine" / "script", "--whole", *options],
        input="====\n".join(case.script for case in cases),
        capture_output=True, text=True, timeout=280, check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout == "".join(case.log for case in cases)
