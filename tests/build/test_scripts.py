# SPDX-License-Identifier: MIT
"""Each script says what it is for and does nothing else when it is asked, refuses what it does not
know, and removes nobody's files.
"""
from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cmake.sources import ROOT

SCRIPTS = sorted(path.name for path in (ROOT / "scripts").iterdir() if os.access(path, os.X_OK))
PASSED_ON = {"run"}  # to `wss serve`, once that is built


def run(script: str, *arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Without the programs that work is done with: who begins to work fails."""
    tools = ("bash", "dirname", "basename", "realpath", "sed", "python3", "env")
    folder = cwd / "bin"
    folder.mkdir(exist_ok=True)
    for tool in tools:
        if not (folder / tool).exists():
            (folder / tool).symlink_to(Path("/usr/bin") / tool)
    return subprocess.run(
        [ROOT / "scripts" / script, *arguments], cwd=cwd, env={"PATH": str(folder)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_help_is_all_that_happens(script: str, tmp_path: Path) -> None:
    done = run(script, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"scripts/{script}" in done.stdout
    assert "SPDX" not in done.stdout and "set -" not in done.stdout


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name not in PASSED_ON])
def test_an_unknown_option_is_refused(script: str, tmp_path: Path) -> None:
    done = run(script, "--nonsense", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert script in done.stderr


def make_certs(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "scripts/make-certs", folder], capture_output=True, text=True, check=False)


def test_certificates_take_no_place_of_others(tmp_path: Path) -> None:
    own = tmp_path / "server.key"
    own.write_text("mine", encoding="utf-8")
    refused = make_certs(tmp_path)
    assert (refused.returncode, refused.stderr) == (
        1, f"make-certs: {tmp_path} is neither empty nor made by make-certs\n")
    assert [path.name for path in tmp_path.iterdir()] == ["server.key"]


def test_certificates_take_the_place_of_their_elders(tmp_path: Path) -> None:
    folder = tmp_path / "certs"
    assert make_certs(folder).returncode == 0
    first = (folder / "ec.key").read_bytes()
    assert make_certs(folder).returncode == 0
    assert (folder / "ec.key").read_bytes() != first
