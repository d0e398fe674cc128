# SPDX-License-Identifier: MIT
"""Replays every Markdown case at every split, and compares what happens."""
from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.handshake.cases import Case, read_suite
from tests.programs import program

HERE = Path(__file__).resolve().parent

SUITES = {path.stem: read_suite(path) for path in sorted(HERE.glob("*.md")) if path.stem != "README"}
CASES = [case for suite in SUITES.values() for case in suite]


def player(suite: str) -> list[str]:
    return program("tests/handshake/" + ("replay_response" if suite == "response" else "replay_request"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    command = [*player(case.suite), *case.settings]
    result = subprocess.run(command, input=case.sent, capture_output=True, check=False)
    assert result.stdout.decode() == case.log
    assert result.returncode == 0, result.stderr.decode()


def test_titles_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


def test_every_rejection_has_a_case() -> None:
    """The answers to refused requests, by their sentence in the specification."""
    specification = (HERE.parents[1] / "spec" / "wss_states.yaml").read_text(encoding="utf-8")
    section = specification.split("\nrejections:")[1].split("\nstatuses:")[0]
    sentences = [line.split('body: "')[1].split('"')[0] for line in section.splitlines() if 'body: "' in line]
    logs = "".join(case.log for case in CASES)
    missing = [sentence for sentence in sentences if sentence not in logs]
    assert len(sentences) > 15
    assert missing == []
