# SPDX-License-Identifier: MIT
"""Runs `wss serve` for a test. Knows the command line and what it prints, no protocol.

WSS_BUILD_DIR names the build folder (default: build/). WSS_COMMAND replaces the
command, to try the tests against another server.
"""
from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
HANG = 60  # seconds after which a test is stuck


def command() -> list[str]:
    build = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build"))
    return shlex.split(os.environ.get("WSS_COMMAND", str(build / "wss")))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run([*command(), *arguments], capture_output=True, text=True, timeout=HANG)


class Server:
    """A running `wss serve --port 0`; a context manager that stops it."""

    def __init__(self, *options: str, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [*command(), "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(env or {})},
        )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline().rstrip("\n")
        found = re.fullmatch(r"wss: listening on (wss?://([^/]+):(\d+)(/.*))", self.line)
        if found is None:
            raise AssertionError(f"{self.line!r}; {self.process.communicate(timeout=HANG)[1]}")
        self.url = found[1]
        self.host = found[2].strip("[]")
        self.port = int(found[3])

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> tuple[int, str]:
        """The exit status and what was printed to stderr."""
        _, errors = self.process.communicate(timeout=HANG)
        return self.process.returncode, errors

    def stop(self) -> tuple[int, str]:
        self.signal(signal.SIGTERM)
        return self.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate(timeout=HANG)
        elif kind is None and self.process.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"the server ended with {self.process.returncode}")
