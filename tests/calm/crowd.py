# SPDX-License-Identifier: MIT
"""Many raw clients at once, and what they cost a server. Knows no test.

    python3 -m tests.calm.crowd plain|tls COUNT    prints bytes of each: idle | after a message
"""
from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.calm.doors import Door
from tests.interop.raw import BINARY, Client, encode, upgrade_request
from tests.interop.server import Server
from tests.tls.openssl import identity

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


def memory(pid: int, kind: str) -> int:
    """Bytes of the process: "VmSize", its address space; "VmRSS", what of it is in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(f"{kind}:"))


@dataclass(frozen=True)
class Cost:
    """Bytes of one of many connections."""

    allocated: int  # address space
    idle: int  # in memory once it is open
    used: int  # and after an echo of 16 KiB

    def __str__(self) -> str:
        return f"{self.allocated} allocated, {self.idle} resident when idle, {self.used} after a message of 16 KiB"


def cost(secure: bool, count: int) -> Cost:
    """Measures a server for as many clients."""
    tls = identity("ec") if secure else ()
    quiet = ("--quiet", "--ping-interval", "0", "--idle-timeout", "0")
    with Server(*quiet, "--max-clients", str(count), *tls) as server:
        pid = server.process.pid
        empty = memory(pid, "VmRSS")
        with crowd(Door(server.port, secure), count) as clients:
            idle = memory(pid, "VmRSS") - empty
            for client in clients:
                echo(client, b"x" * 16384)
            used = memory(pid, "VmRSS") - empty
            return Cost(memory(pid, "VmSize") // count, idle // count, used // count)


if __name__ == "__main__":
    crowded = int(sys.argv[2])
    need_descriptors(crowded)
    measured = cost(sys.argv[1] == "tls", crowded)
    print(f"{measured.idle} | {measured.used}")
