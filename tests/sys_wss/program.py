# SPDX-License-Identifier: MIT
"""Runs one of the SYS_WSS programs and reads the events that it prints."""
from __future__ import annotations

import os
import re
import select
import subprocess
from pathlib import Path
from types import TracebackType

from tests.interop import raw
from tests.interop.server import HANG, ROOT

BUILD = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build"))
SERVER = BUILD / "examples/sys_wss_server"
CLIENT = BUILD / "examples/sys_wss_client"
EVENTS = BUILD / "tests/sys_wss/sys_wss_events"  # the server, for eight clients
IMPATIENT = [BUILD / "tests/sys_wss" / name for name in (  # with a client timeout of a second
    "sys_wss_impatient", "sys_wss_harmony_impatient")]
PAGE = BUILD / "tests/sys_wss/sys_wss_page"  # the same with a page
HARMONY = {name: BUILD / "tests/sys_wss" / name for name in (  # the same on the PIC32MZ W1 port
    "sys_wss_harmony", "sys_wss_harmony_rtos", "sys_wss_harmony_pres", "sys_wss_harmony_tls")}


class Program:
    """A running program; a context manager that ends it."""

    def __init__(self, path: Path, port: int, env: dict[str, str] | None = None) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [str(path), str(port)], stdout=subprocess.PIPE, bufsize=0, env={**os.environ, **(env or {})}
        )

    def next(self) -> str:
        """The next event, such as "0 connected"."""
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], HANG)[0], f"no event within {HANG} s"
        line = self.process.stdout.readline().decode()
        found = re.fullmatch(r"(?:client|server) (-?\d+: .*)\n", line.replace("\r", ""))
        assert found is not None, line
        return found[1].replace(":", "")

    def expect(self, *events: str) -> None:
        assert [self.next() for _ in events] == list(events)

    def connect(self) -> raw.Client:
        """A TCP connection to it, as soon as it listens."""
        while True:
            try:
                return raw.Client(self.port)
            except ConnectionRefusedError:
                assert self.process.poll() is None

    def open(self) -> raw.Client:
        client = self.connect()
        assert client.open().status == 101
        return client

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        ended = self.process.poll()
        self.process.terminate()
        self.process.communicate(timeout=HANG)
        assert kind is not None or ended is None, f"the program ended with {ended}"
