# SPDX-License-Identifier: MIT
"""TCP ports of 127.0.0.1: for servers that tests start, and for none.

They are not among those that the system gives to sockets that ask for none, so that nobody takes one
before the server has it, or while it restarts."""
from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST, LAST = 10000, 65535


def _pool() -> list[int]:
    low, high = (int(number) for number in EPHEMERAL.read_text().split())
    return [port for port in range(FIRST, LAST + 1) if not low <= port <= high] or list(range(FIRST, LAST + 1))


def _bound(pool: list[int], held: ExitStack) -> int:
    while True:
        holder = held.enter_context(socket.socket())
        port = random.choice(pool)
        try:
            holder.bind(("127.0.0.1", port))
        except OSError:
            continue
        return port


def free_ports(count: int) -> list[int]:
    """On which nobody listens."""
    pool = _pool()
    with ExitStack() as held:
        ports = [_bound(pool, held) for _ in range(count)]
    return ports


def free_port() -> int:
    return free_ports(1)[0]


@contextmanager
def dead_port() -> Iterator[int]:
    """On which nobody will listen meanwhile."""
    with ExitStack() as held:
        yield _bound(_pool(), held)
