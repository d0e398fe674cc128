# SPDX-License-Identifier: MIT
"""Each example works, and the README shows the echo server as it is."""
from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop import raw, sizes
from tests.interop.server import HANG, ROOT

EXAMPLES = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "examples"


def free_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
    return port


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


def test_the_echo_server_says_that_it_cannot_start() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        refused = subprocess.run(
            [str(EXAMPLES / "echo_server"), port], capture_output=True, text=True, timeout=HANG
        )
    assert refused.returncode == 1
    assert refused.stderr == f"echo_server: cannot listen on port {port}\n"


def test_the_readme_shows_the_echo_server() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```c\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert (ROOT / "examples/echo_server.c").read_text(encoding="utf-8") in programs
