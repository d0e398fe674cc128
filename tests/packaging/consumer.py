# SPDX-License-Identifier: MIT
"""Builds a project that uses the library, and tries its program. Knows no layout of files.

WSS_BUILD_DIR names the build folder that is installed from (default: build/), WSS_SANITIZE the
sanitizers that it was built with.
"""
from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

from tests.interop import raw
from tests.interop.server import HANG, ROOT, Server

BUILD = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build"))
CONSUMERS = ROOT / "tests/packaging/consumers"
PROGRAM = ROOT / "examples/echo_server.c"  # the README's
WEBSOCK = ROOT / "examples/websock_client.c"

_SANITIZE = os.environ.get("WSS_SANITIZE", "")
FLAGS = [f"-fsanitize={_SANITIZE}"] if _SANITIZE else []


def run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    """What a command that succeeds prints; it is shown if it fails."""
    result = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **(env or {})},
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def refusal(*command: str | Path) -> str:
    """What a command that fails prints, on one line."""
    result = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert result.returncode != 0, result.stdout
    return " ".join(result.stdout.split())


def configuring(project: str, folder: Path, *options: str) -> list[str]:
    """The command that configures one of the consumers."""
    return [
        "cmake", "-G", "Ninja", "-S", str(CONSUMERS / project), "-B", str(folder),
        f"-DCMAKE_C_FLAGS={' '.join(FLAGS)}", f"-DPROGRAM={PROGRAM}", *options,
    ]


def build(project: str, folder: Path, *options: str) -> Path:
    """Builds a consumer's program."""
    run(*configuring(project, folder, *options))
    run("cmake", "--build", folder, "--target", "user")
    return folder / "user"


def _connect(process: subprocess.Popen[bytes], port: int) -> raw.Client:
    while True:  # until it listens
        assert process.poll() is None
        try:
            return raw.Client(port)
        except ConnectionRefusedError:
            continue


def echoes(program: Path) -> bool:
    """Whether the program, started with a port, serves it and echoes."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    with subprocess.Popen([str(program), str(port)]) as process:
        try:
            with _connect(process, port) as client:
                assert client.open().status == 101
                client.send(raw.encode(raw.TEXT, b"hello"))
                return client.message() == (raw.TEXT, b"hello")
        finally:
            process.kill()
            process.wait(HANG)


def talks(program: Path) -> bool:
    """Whether the program, a client that sends its lines and prints messages, gets an echo."""
    with Server() as server, subprocess.Popen(
        [str(program), server.host, str(server.port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as client:
        assert client.stdin is not None and client.stdout is not None
        client.stdin.write("hello\n")
        client.stdin.flush()
        line = client.stdout.readline()
        client.communicate(timeout=HANG)
        return line == "hello\n" and client.returncode == 0
