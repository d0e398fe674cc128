# SPDX-License-Identifier: MIT
"""Runs other people's WebSocket servers for tests of the client. Knows their command lines
and the lines of JSON that they print (tests/interop/servers/scenarios.py), no protocol.
"""
from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from tests.interop.server import HANG, ROOT

SERVERS = {
    "websockets": [sys.executable, "-m", "tests.interop.servers.websockets_server"],
    "autobahn": [sys.executable, "-m", "tests.interop.servers.autobahn_server"],
    "wsproto": [sys.executable, "-m", "tests.interop.servers.wsproto_server"],
    "ws": ["node", "tests/interop/node/ws_server.mjs"],
}


class Peer:
    """A running server; a context manager that stops it."""

    def __init__(self, name: str, identity: tuple[str, str] | None = None) -> None:
        """`identity`: files of a certificate and its key, for those of SERVERS that speak TLS."""
        self.name = name
        self.scheme = "ws" if identity is None else "wss"
        certificate, key = identity or ("", "")
        self.process = subprocess.Popen(
            SERVERS[name],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "WSS_PEER_CERT": certificate, "WSS_PEER_KEY": key},
        )
        self.lines: queue.Queue[dict[str, Any] | None] = queue.Queue()  # None: it has ended
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.port = int(self.outcome()["port"])

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def outcome(self) -> dict[str, Any]:
        """What the server says of the next connection that has ended."""
        line = self.lines.get(timeout=HANG)
        assert line is not None, f"{self.name} ended; is it installed (see scripts/bootstrap)?"
        return line

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait(HANG)
        self.reader.join(HANG)
        if self.process.stdout is not None:
            self.process.stdout.close()
