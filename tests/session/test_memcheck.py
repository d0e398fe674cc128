# SPDX-License-Identifier: MIT
"""Plays all cases in one run under Valgrind."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.session.case_files import CASES

BUILD = Path(os.environ.get("WSS_BUILD_DIR", Path(__file__).parents[2] / "build"))
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full"]

pytestmark = pytest.mark.skipif(
    shutil.which("valgrind") is None or bool(os.environ.get("WSS_SANITIZE")),
    reason="there is no Valgrind, or a sanitizer takes its place",
)


def test_no_case_misuses_memory() -> None:
    done = subprocess.run(
        [*VALGRIND, BUILD / "tests" / "session" / "session_script"],
        input="====\n".join(case.script for case in CASES),
        capture_output=True, text=True, timeout=280, check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout == "".join(case.log for case in CASES)
