# SPDX-License-Identifier: MIT
"""What TLS takes of a pool (tls/firmware/): measured at `wss serve`, by its console.

    python3 -m tests.tls.memory    prints what is shared, each connection, one in its handshake
"""
from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.interop.server import HANG, ROOT
from tests.tls.openssl import TlsClient, client_context, identity
from tests.tools.test_console import Console


@dataclass(frozen=True)
class Marks:
    used: int
    most: int


@dataclass(frozen=True)
class Cost:
    shared: int  # contexts, certificates, keys
    each: int  # a connection that is up
    handshake: int  # beyond that, while it comes up

    def __str__(self) -> str:
        return f"{self.shared} shared, {self.each} each connection, {self.each + self.handshake} in its handshake"


def has_pool() -> bool:
    """Whether this build of mbedTLS has a pool, and counts."""
    cache = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "CMakeCache.txt"
    text = cache.read_text(encoding="utf-8") if cache.exists() else ""
    found = re.search(r"^WSS_MBEDTLS_DEFINITIONS:\w+=(.*)$", text, re.MULTILINE)
    return found is not None and "WSS_MBEDTLS_MARKS=1" in found[1]


def marks(console: Console) -> Marks:
    console.type("stats\n")
    line = console.line()
    while not line.startswith("TLS has"):
        line = console.line()
    used, most = re.findall(r"\d+", line)
    return Marks(int(used), int(most))


def connect(console: Console) -> TlsClient:
    client = TlsClient(console.port, client_context())
    assert client.open().status == 101
    return client


def measure() -> Cost:
    console = Console("--max-clients", "8", *identity("ec"))
    try:
        begin = marks(console)
        with connect(console):
            one = marks(console)
            with connect(console):
                two = marks(console)
        each = max(one.used - begin.used, two.used - one.used)  # blocks lie differently
        return Cost(begin.used, each, two.most - one.used - each)
    finally:
        console.process.kill()
        console.process.wait(HANG)


if __name__ == "__main__":
    measured = measure()
    print(measured.shared, measured.each, measured.each + measured.handshake)
