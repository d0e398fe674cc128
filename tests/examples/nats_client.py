# SPDX-License-Identifier: MIT
"""Runs nats_client for a test. Knows the command line and what it prints, no protocol.

Its output goes through a pipe that holds a few hundred lines: it cannot run far ahead of
the test, which so decides what happens in the middle.
"""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
from pathlib import Path
from types import TracebackType

from tests.interop.server import HANG, ROOT

PROGRAM = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "examples" / "nats_client"
PIPE = 4096  # bytes
COUNT = 1000  # of messages; several times what the pipe holds as lines


class Client:
    """A running nats_client; a context manager that ends it."""

    def __init__(
        self,
        stream: str,
        *options: str,
        urls: list[str],
        count: int = COUNT,
        env: dict[str, str] | None = None,
        under: tuple[str, ...] = (),
    ) -> None:
        self.stream = stream
        self.acknowledged: dict[int, int] = {}  # message: its sequence number in the stream
        self.read: list[str] = []
        self.last = ""
        arguments = ["--stream", stream, "--count", str(count), *options, *urls]
        self.process = subprocess.Popen(
            [*under, str(PROGRAM), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, **(env or {})},
        )
        assert self.process.stdout is not None
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, PIPE)

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode().rstrip("\n")
        if found := re.fullmatch(r"acknowledged (\d+) at (\d+)", line):
            self.acknowledged[int(found[1])] = int(found[2])
        elif found := re.fullmatch(r"read (\d+): (.*)", line):
            self.read.append(found[2])
        elif line:
            self.last = line
        return line

    def until(self, pattern: str) -> re.Match[str]:
        """Reads up to a line."""
        while line := self.line():
            if found := re.fullmatch(pattern, line):
                return found
        raise AssertionError(f"no line {pattern!r}; {self.errors()}")

    def connected(self) -> str:
        return self.until("connected (.+)")[1]

    def after(self, count: int) -> None:
        while len(self.acknowledged) < count:
            assert self.line(), self.errors()

    def end(self) -> int:
        """Reads the rest; the exit status."""
        while self.line():
            continue
        return self.process.wait(HANG)

    def until_complaint(self, part: str) -> None:
        """Reads stderr up to a line."""
        assert self.process.stderr is not None
        while line := self.process.stderr.readline().decode():
            if part in line:
                return
        raise AssertionError(f"no complaint {part!r}")

    def errors(self) -> str:
        """What is left of stderr, when the client has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

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
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
