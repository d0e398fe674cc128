# SPDX-License-Identifier: MIT
"""Many raw clients at once, and what they cost a server. Knows no test."""
from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.calm.doors import Door
from tests.interop.raw import BINARY, Client, encode, upgrade_request

SPARE = 256  # descriptors beside those of the clients


def need_descriptors(count: int) -> None:
    """Raises the limit for this process and the server that it starts, or skips the test."""
    need = count + count // 64 + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= need:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (need, max(need, hard)))
    except (ValueError, OSError):
        pytest.skip(f"{need} file descriptors are more than this machine allows ({hard})")


@contextmanager
def crowd(door: Door, count: int) -> Iterator[list[Client]]:
    """Clients whose opening handshakes are done."""
    clients: list[Client] = []
    try:
        for _ in range(count):
            client = door.client()
            clients.append(client)
            client.send(upgrade_request())
        for client in clients:
            assert client.response().status == 101
        yield clients
    finally:
        for client in clients:
            client.socket.close()


def echo(client: Client, payload: bytes) -> None:
    client.send(encode(BINARY, payload))
    frame = client.frame()
    assert (frame.opcode, frame.payload) == (BINARY, payload)


def resident(pid: int) -> int:
    """Bytes of memory that the process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
