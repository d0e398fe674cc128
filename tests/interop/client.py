# SPDX-License-Identifier: MIT
"""Runs `wss connect` for a test. Knows the command line and the exit status, no protocol."""
from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import dataclass
from types import TracebackType

from tests.interop.server import HANG, command

PROXIES = ("ws_proxy", "wss_proxy", "http_proxy", "https_proxy", "all_proxy", "no_proxy")


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """Without proxies, but those of the test."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES}
    return {**kept, **(more or {})}


@dataclass(frozen=True)
class Ended:
    status: int
    output: bytes
    errors: str

    @property
    def last_line(self) -> str:
        """What it says of its end."""
        return self.errors.splitlines()[-1] if self.errors else ""


def assert_failed(ended: Ended, *words: str) -> None:
    """It printed no message, and on one line why it failed."""
    assert (ended.status, ended.output) == (1, b"")
    assert len(ended.errors.splitlines()) == 1, ended.errors
    for word in words:
        assert word in ended.errors


class Client:
    """A running `wss connect`; a context manager that leaves none behind."""

    def __init__(self, *arguments: str, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [*command(), "connect", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(env),
        )

    def write(self, data: bytes) -> None:
        """Writes to standard input while others read."""
        assert self.process.stdin is not None
        target = self.process.stdin

        def write() -> None:
            target.write(data)
            target.flush()

        threading.Thread(target=write, daemon=True).start()

    def read(self, count: int) -> bytes:
        """So many bytes of standard output, or fewer at its end."""
        assert self.process.stdout is not None
        return self.process.stdout.read(count)

    def end(self) -> Ended:
        """Ends standard input and waits for the end of the command."""
        output, errors = self.process.communicate(timeout=HANG)
        return Ended(self.process.returncode, output, errors.decode())

    def __enter__(self) -> Client:
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


def run(*arguments: str, env: dict[str, str] | None = None) -> Ended:
    """Runs `wss connect` with an input that stays open until it ends by itself."""
    with Client(*arguments, env=env) as client:
        waiting = threading.Timer(HANG, client.process.kill)
        waiting.start()
        output = client.read(-1)
        client.process.wait(HANG)
        waiting.cancel()
        ended = client.end()
        return Ended(ended.status, output + ended.output, ended.errors)
