# SPDX-License-Identifier: MIT
"""`wss serve --console`: commands on standard input, answers on standard output."""
from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.interop import raw
from tests.interop.server import HANG, command, run


class Console:
    """A server with a console."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*command(), "serve", "--port", "0", "--console", "--quiet", "--ping-interval", "0", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        found = re.fullmatch(r"wss: listening on wss?://[^:]+:(\d+)/\n", self.line())
        assert found is not None
        self.port = int(found[1])

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def answers(self, text: str, *lines: str) -> None:
        self.type(text + "\n")
        for line in lines:
            answer = self.line()
            assert re.fullmatch(line, answer.rstrip("\n")), answer


@pytest.fixture
def console() -> Iterator[Console]:
    running = Console()
    try:
        yield running
        assert running.process.poll() is None
    finally:
        running.process.kill()
        running.process.wait(HANG)


def test_state_and_stats(console: Console) -> None:
    with raw.Client(console.port) as client:
        assert client.open().status == 101
        client.send(raw.encode(raw.TEXT, b"abc"))
        assert client.message() == (raw.TEXT, b"abc")
        console.answers(
            "syswss state 0",
            r"0: CONNECTED, connection\.server in open, peer 127\.0\.0\.1:\d+, 9 bytes of frames received",
            r"  timers: idle \d+ ms", r"  next: rx_data .*",
        )
        console.answers("stats", "connections 1, opened 1, closed 0", "echoed 1 messages of 3 bytes")
    console.answers("state 1", "1: free")


def test_close(console: Console) -> None:
    with raw.Client(console.port) as client:
        assert client.open().status == 101
        console.type("close 0\n")
        assert client.frame().code == 1000
    console.answers("close 1", "1: not open")


def test_trace(console: Console) -> None:
    console.type("trace on\n")
    console.answers("stats", "connections 0, opened 0, closed 0", "echoed 0 messages of 0 bytes")
    with raw.Client(console.port):
        line = console.line()
        assert re.fullmatch(r"\d+ 0: connection\.server in idle: accept, then upgrading \(line \d+\)\n", line)


def test_lines_may_be_long_split_or_wrong(console: Console) -> None:
    console.type("\n \nsta")
    console.answers("te 1", "1: free")
    console.type("x" * 1000)
    console.answers("\nstate 1", "the line is too long", "1: free")
    console.type("x" * 256)
    console.answers("state 1\nstate 1", "the line is too long", "1: free")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("help", None),
        ("bogus", '"bogus" is not a command'),
        ("HELP", '"HELP" is not a command'),
        ("syswss bogus", '"bogus" is not a command'),
        ("close x", r'"x" is not an index: they are 0 to \d+'),
        ("close 99999", r'"99999" is not an index: they are 0 to \d+'),
        ("state -1", r'"-1" is not an index: they are 0 to \d+'),
        ("close", "close: INDEX has to follow"),
        ("trace maybe", '"maybe" is neither on nor off'),
        ("trace", r"trace: on\|off has to follow"),
        ("state 0 1", '"1" is too much'),
        ("stats now", '"now" is too much'),
        ("y" * 200, '"' + "y" * 40 + '" is not a command'),
    ],
)
def test_what_is_wrong_is_named(console: Console, line: str, says: str | None) -> None:
    usage = (r"state \[INDEX\]  \w.*", r"stats          \w.*", r"close INDEX    \w.*", r"trace on\|off   \w.*")
    console.answers(f"{line}\nstate 1", *([] if says is None else [says]), *usage, "1: free")


def test_the_end_of_the_input_ends_nothing(console: Console) -> None:
    assert console.process.stdin is not None
    console.process.stdin.close()
    with raw.Client(console.port) as client:
        assert client.open().status == 101


def test_not_with_workers() -> None:
    refused = run("serve", "--console", "--workers", "2")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "wss: --console: there is one for one worker only\n"
