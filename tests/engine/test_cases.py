# SPDX-License-Identifier: MIT
"""Plays the cases of cases/*.md in each role that they are for, with the engine of both
roles and with that of one alone, and measures which rows of the specification they take.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.load import load
from tests.engine.case_files import CASES, Case
from tests.programs import ROOT, program

SPEC = load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml")


@pytest.fixture(scope="module", name="rows")
def rows_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the player notes the rows that were taken."""
    return tmp_path_factory.mktemp("rows") / "rows.txt"


def play(case: Case, *options: str, player: str = "script") -> subprocess.CompletedProcess[str]:
    """Runs the player; each cut of the script is compared inside."""
    role = ["--client"] if case.role == "client" else []
    return subprocess.run(
        [*program(f"tests/engine/{player}"), *role, *options],
        input=case.script, capture_output=True, text=True, timeout=120, check=False,
    )


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, rows: Path) -> None:
    done = play(case, "--rows", str(rows))
    assert done.stderr == ""
    assert done.stdout == case.log
    assert done.returncode == 0


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case_with_one_role_built(case: Case) -> None:
    done = play(case, "--whole", player=f"script_{case.role}")
    assert done.stderr == ""
    assert done.stdout == case.log
    assert done.returncode == 0


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case_with_the_small_engine(case: Case) -> None:
    """At every cut, as other code reads the bytes."""
    done = play(case, player="script_small")
    assert done.stderr == ""
    assert done.stdout == without_sentences(case.log)
    assert done.returncode == 0


LONG = """role server
set max_message {limit}
open
frame binary more says {length} "x"
"""


@pytest.mark.parametrize("limit", [None, 0xFFFFFFFF])
@pytest.mark.parametrize(("length", "refused"), [(0xFFFFFFFE, False), (0x100000000, True), (0x7FFFFFFFFFFFFFFF, True)])
def test_long_messages(length: int, refused: bool, limit: int | None) -> None:
    """The small engine is built without those of 4 GiB."""
    case = Case("", "server", LONG.format(length=length, limit=limit or "off"), "")
    assert ("< close 1009" in play(case).stdout) == (limit is not None and refused)
    assert ("< close 1009" in play(case, player="script_small").stdout) == refused


def test_frames_that_are_too_long_to_send() -> None:
    case = Case("", "server", "role server\nopen\napp begin binary 4294967296\n", "")
    assert play(case).stdout == ""
    assert play(case, player="script_small").stdout == "-> WSS_ERR_TOO_BIG\n"


def without_sentences(log: str) -> str:
    """What an engine without them sends: codes and statuses alone."""
    for told in (*SPEC.reasons, *SPEC.rejections):
        log = log.replace(f'< body "{told.doc}"\n', "").replace(f' "{told.doc}"', "")
    return re.sub(r"^(< HTTP/1\.1 (?!101)\d+ ).*", r"\1", log, flags=re.M)


def test_every_row_is_taken(rows: Path, request: pytest.FixtureRequest) -> None:
    """Runs after the cases, and means something only after all of them."""
    ran = sum(1 for item in request.session.items if item.name.startswith("test_case["))
    if ran < len(CASES):
        pytest.skip("not all cases ran")
    done = subprocess.run([*program("tests/engine/rows"), rows], capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout


def test_the_player_notices_a_cut_that_matters() -> None:
    """The number of pieces depends on the cut: a log that tells it has to differ."""
    done = play(Case("", "server", 'open\napp pieces\nframe binary "abc"\n', ""))
    assert "--- byte by byte" in done.stdout
    assert done.returncode == 1
