# SPDX-License-Identifier: MIT
"""A client's way to the simulated NET_PRES with its own kind of TLS: a byte each way, then every
byte is masked. Clients connect to the relay and know nothing of it."""
from __future__ import annotations

import socket
import threading
from types import TracebackType

from tests.interop.server import HANG

MASK = bytes(byte ^ 0x5A for byte in range(256))


class Relay:
    """To a server at a port of this machine; a context manager that ends it."""

    def __init__(self, port: int) -> None:
        self.server_port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self.server_port), HANG) as far:
            far.sendall(b"C")
            if far.recv(1) != b"S":
                return
            back = threading.Thread(target=self.copy, args=(far, near), daemon=True)
            back.start()
            self.copy(near, far)
            back.join(HANG)

    @staticmethod
    def copy(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data.translate(MASK))
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def __enter__(self) -> Relay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.listener.close()
