# SPDX-License-Identifier: MIT
"""A copy of the sources in which mutants are built and tested, one after the other."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mutation.mutant import Mutant
from mutation.same import is_same
from mutation.suites import ROUNDS, Suite

OPTIONS = ("-G", "Ninja", "-DCMAKE_BUILD_TYPE=Mutant", "-DCMAKE_C_FLAGS=-O1 -w", "-DWSS_EXAMPLES=OFF", "-DWSS_REGENERATE=ON")
SLOWER = 3
"""Times what the unchanged engine takes, and TIME_TO_START seconds: a test that hangs has seen the mutant."""
TIME_TO_START = 5
MEMORY = 8 << 30
"""Bytes of address space of a test."""


class WorkshopError(Exception):
    """The unchanged sources do not build or fail a test."""


@dataclass(frozen=True)
class Verdict:
    """`by`: the suite that saw the mutant; "compiler" or "generator": it refused; "same": to the compiler
    it is the unchanged program; "": it lives."""

    mutant: str
    by: str


@dataclass
class Workshop:
    root: Path
    """Of the project."""
    place: Path
    """Its copy, and everything else of ours."""
    usual: dict[str, float] = field(default_factory=dict)
    """Seconds that each suite takes."""

    @property
    def build(self) -> Path:
        return self.place / "build"

    def copy(self) -> None:
        """The files of the repository, as they are now."""
        shutil.rmtree(self.place, ignore_errors=True)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=self.root, check=True, capture_output=True, text=True)
        for name in listed.stdout.rstrip("\0").split("\0"):
            (self.place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / name, self.place / name, follow_symlinks=False)

    def configure(self) -> None:
        self._need(self.run(["cmake", "-S", ".", "-B", "build", *OPTIONS], 600), "cmake")

    def open(self) -> None:
        """Copies and builds; sees how long the suites take."""
        self.copy()
        self.configure()
        for suites in ROUNDS:
            self._need(self.make(_targets(suites)), "the build")
        for suite in (suite for suites in ROUNDS for suite in suites):
            start = time.monotonic()
            self._need(self.run(suite.argv(str(self.build)), 600), suite.name)
            self.usual[suite.name] = time.monotonic() - start

    def judge(self, mutant: Mutant) -> Verdict:
        path = self.place / mutant.file
        before = path.read_text(encoding="utf-8")
        if is_same(self.place, mutant):
            return Verdict(mutant.name, "same")
        path.write_text(mutant.applied(before), encoding="utf-8")
        try:
            return Verdict(mutant.name, self._seen_by(mutant))
        finally:
            path.write_text(before, encoding="utf-8")

    def _seen_by(self, mutant: Mutant) -> str:
        for suites in ROUNDS:
            meant = [suite for suite in suites if mutant.file.startswith(suite.only)]
            if not self.make(_targets(meant)):
                return "generator" if mutant.file.startswith("spec/") else "compiler"
            for suite in meant:
                limit = TIME_TO_START + SLOWER * self.usual[suite.name]
                if not self.run(suite.argv(str(self.build)), limit):
                    return suite.name
        return ""

    def make(self, targets: Iterable[str]) -> bool:
        return self.run(["cmake", "--build", "build", "-j1", "--target", *targets], 600)

    def _need(self, good: bool, what: str) -> None:
        if not good:
            raise WorkshopError(f"{what} fails without any change; see {self.place / 'log'}")

    def run(self, argv: list[str], limit: float, memory: int = MEMORY) -> bool:
        """Whether it succeeds in time. What it starts ends with it."""
        environment = os.environ | {"WSS_BUILD_DIR": str(self.build), "PYTHONPATH": str(self.place),
                                    "PYTHONDONTWRITEBYTECODE": "1", "WSS_SHRINK": "0", "CK_DEFAULT_TIMEOUT": "4"}
        with open(self.place / "log", "wb") as log:
            process = subprocess.Popen(argv, cwd=self.place, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=subprocess.STDOUT, start_new_session=True,
                                       preexec_fn=lambda: _bound(int(limit), memory))
            try:
                return process.wait(limit) == 0
            except subprocess.TimeoutExpired:
                return False
            finally:
                _end(process)


def _targets(suites: Iterable[Suite]) -> list[str]:
    return sorted({target for suite in suites for target in suite.targets})


def _bound(seconds: int, memory: int) -> None:
    """Also what a test starts: a program that hangs does not take all of its time."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
