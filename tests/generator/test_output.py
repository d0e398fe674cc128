# SPDX-License-Identifier: MIT
"""The same specification gives the same bytes everywhere, and stale files are named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.rows import CHARS
from tests.generator.specs import ROOT


def run(where: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-m", "generator", "--no-runtime-check", *arguments]
    return subprocess.run(command, cwd=where, env={**os.environ, **environment}, capture_output=True, text=True)


def house(where: Path) -> Path:
    """What the generator needs, copied elsewhere."""
    for room in ("generator", "spec"):
        shutil.copytree(ROOT / room, where / room, ignore=shutil.ignore_patterns("__pycache__"))
    (where / "runtime").mkdir()
    shutil.copy(CHARS, where / "runtime")
    return where


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    done = run(house(tmp_path))
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_the_committed_output_is_current() -> None:
    done = run(ROOT, "--check")
    assert done.returncode == 0, done.stderr


def test_same_bytes_in_another_place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = house(tmp_path_factory.mktemp("a place with a longer name"))
    done = run(other, "--out", "elsewhere", PYTHONHASHSEED="12345", LC_ALL="tr_TR.ISO-8859-9", TZ="Asia/Tokyo")
    assert done.returncode == 0, done.stderr
    assert contents(other / "elsewhere") == contents(made / "generated")


def test_text_files_only(made: Path) -> None:
    for name, data in contents(made / "generated").items():
        text = data.decode("utf-8")
        first = text.split("\n", 1)[0]
        assert "SPDX-License-Identifier: MIT" in first, name
        assert "do not edit" in text and text.endswith("\n") and "\r" not in text, name


def test_nothing_is_stale_after_a_run(made: Path) -> None:
    assert run(made, "--check").returncode == 0


def test_a_second_run_touches_nothing(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (made / "generated").rglob("*")}
    assert run(made).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (made / "generated").rglob("*")} == before


@pytest.mark.parametrize("change", ["edited", "missing", "left over"])
def test_drift_is_named(made: Path, change: str) -> None:
    name = "wss_left_over.c" if change == "left over" else "wss_machines.c"
    victim = made / "generated" / name
    if change == "missing":
        victim.unlink()
    else:
        with victim.open("a", encoding="utf-8") as file:
            file.write("/* by hand */\n")
    done = run(made, "--check")
    assert done.returncode == 1
    assert done.stderr == f"generated/{name}: stale; run python3 -m generator\n"


def test_a_changed_specification_is_drift(made: Path) -> None:
    spec = made / "spec" / "wss_states.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("Messages flow.", "Messages run."), encoding="utf-8")
    done = run(made, "--check")
    assert done.returncode == 1
    assert "generated/wss_machines.c: stale" in done.stderr


def test_nothing_is_written_for_a_refused_specification(tmp_path: Path) -> None:
    spec = house(tmp_path) / "spec" / "wss_states.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("initial: idle", "initial: idol", 1), encoding="utf-8")
    done = run(tmp_path)
    assert done.returncode == 1
    assert ": E103: the state `idol` of connection is not declared." in done.stderr
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize(("options", "said"), [
    (["--spec", "nowhere.yaml"], "nowhere.yaml:1: E001: the file cannot be read: No such file or directory.\n"),
    (["--spec", "spec"], "spec:1: E001: the file cannot be read: Is a directory.\n"),
    (["--out", "spec/wss_states.yaml"], "generator: spec/wss_states.yaml: File exists.\n"),
])
def test_files_that_cannot_be_used_are_named(tmp_path: Path, options: list[str], said: str) -> None:
    done = run(house(tmp_path), *options)
    assert (done.returncode, done.stderr) == (1, said)


def test_check_spec_only_writes_nothing(tmp_path: Path) -> None:
    assert run(house(tmp_path), "--check-spec-only").returncode == 0
    assert not (tmp_path / "generated").exists()
