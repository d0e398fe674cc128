# SPDX-License-Identifier: MIT
"""Each example works, and the README shows the echo server as it is."""
from __future__ import annotations

import os
import re
import select
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop import raw, sizes
from tests.interop.server import HANG, ROOT
from tests.ports import free_port

EXAMPLES = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "examples"


@pytest.fixture
def echo_port() -> Iterator[int]:
    port = free_port()
    with subprocess.Popen([str(EXAMPLES / "echo_server"), str(port)]) as process:
        yield port
        assert process.poll() is None
        process.kill()
        process.wait(HANG)


def connect(port: int) -> raw.Client:
    """Connects as soon as somebody listens."""
    while True:
        try:
            return raw.Client(port)
        except ConnectionRefusedError:
            continue


def test_the_echo_server_echoes(echo_port: int) -> None:
    with connect(echo_port) as client:
        assert client.open().status == 101
        for length in (*sizes.LENGTHS, 1 << 20):
            client.send(raw.encode(raw.TEXT, sizes.text(length).encode()))
            assert client.message() == (raw.TEXT, sizes.text(length).encode())


def refusal(*arguments: str) -> tuple[int, str, str]:
    """How the echo server ends that does not begin: status, output, errors."""
    ended = subprocess.run(
        [str(EXAMPLES / "echo_server"), *arguments], capture_output=True, text=True, timeout=HANG
    )
    return ended.returncode, ended.stdout, ended.stderr


def test_the_echo_server_says_where_it_is() -> None:
    port = free_port()
    with subprocess.Popen([str(EXAMPLES / "echo_server"), str(port)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert select.select([process.stdout], [], [], HANG)[0], "it says nothing"
            assert process.stdout.readline() == f"listening on ws://127.0.0.1:{port}/\n"
        finally:
            process.kill()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", ""])
def test_the_echo_server_refuses_what_is_no_port(port: str) -> None:
    assert refusal(port) == (1, "", "echo_server: the port is a number from 1 to 65535\n")


def test_the_echo_server_says_that_it_cannot_start() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        refused = refusal(str(holder.getsockname()[1]))
    assert refused == (1, "", "echo_server: cannot listen on this port\n")


def test_the_readme_shows_the_echo_server() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```c\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert (ROOT / "examples/echo_server.c").read_text(encoding="utf-8") in programs
