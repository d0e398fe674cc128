# SPDX-License-Identifier: MIT
"""Runs mqtt_client and reads what it prints. Its output goes through a pipe that holds a few
hundred lines: it cannot run far ahead of the test, which so decides what happens in the middle.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from tests.interop.server import HANG, ROOT

PROGRAM = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "examples" / "mqtt_client"
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full"]
HAS_VALGRIND = shutil.which("valgrind") is not None and not os.environ.get("WSS_SANITIZE")


class Client:
    """A running mqtt_client; a context manager that ends it."""

    def __init__(self, *options: str, valgrind: bool = False, **environment: str) -> None:
        self.acknowledged: list[str] = []
        self.received: list[str] = []  # payloads
        self.connected: list[str] = []  # URLs
        self.subscribed = 0
        self.last = ""
        self._errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [*(VALGRIND if valgrind else []), str(PROGRAM), *options],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **environment},
        )
        assert self.process.stdout is not None
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, 4096)
        self.output = self.process.stdout

    def line(self) -> str:
        line = self.output.readline().decode().rstrip("\n")
        if found := re.fullmatch(r"acknowledged (.*)", line):
            self.acknowledged.append(found[1])
        elif found := re.fullmatch(r"received [^:]*: (.*)", line):
            self.received.append(found[1])
        elif found := re.fullmatch(r"connected (.*)", line):
            self.connected.append(found[1])
        elif line.startswith("subscribed "):
            self.subscribed += 1
        elif line:
            self.last = line
        return line

    def until(self, pattern: str) -> None:
        """Reads up to a line."""
        while line := self.line():
            if re.fullmatch(pattern, line):
                return
        raise AssertionError(f"no line {pattern!r}; {self.errors()}")

    def end(self) -> int:
        """Reads the rest; the exit status."""
        while self.line():
            continue
        return self.process.wait(HANG)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def errors(self) -> str:
        self._errors.seek(0)
        return self._errors.read()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait(HANG)
        self.output.close()
        self._errors.close()


def messages(count: int) -> list[str]:
    return [f"message {number}" for number in range(1, count + 1)]
