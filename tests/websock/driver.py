# SPDX-License-Identifier: MIT
"""Runs the program that calls the websock API, and asks it for calls. Knows no protocol."""
from __future__ import annotations

import os
import queue
import string
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.interop.server import HANG, ROOT
from tests.websock.peer import Listener, Peer

PROGRAMS = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "tests/websock"
USUAL = PROGRAMS / "websock_driver"
IMPATIENT = PROGRAMS / "websock_impatient"
STRICT = PROGRAMS / "websock_strict"
EVENTS = "!"


@dataclass(frozen=True)
class Received:
    result: int
    length: int  # what *len became
    fin: int
    opcode: int
    payload_len: int
    milliseconds: int
    payload: bytes


@dataclass(frozen=True)
class Event:
    kind: str
    fin: int
    opcode: int
    payload_len: int
    length: int
    rest: list[str]

    @property
    def payload(self) -> bytes:
        return bytes.fromhex(self.rest[-1])


def encoded(value: str | bytes | int | None) -> str:
    if value is None:
        return "null"
    raw = value if isinstance(value, bytes) else str(value).encode()
    plain = (string.ascii_letters + string.digits + "-_./:").encode()
    return "".join(chr(byte) if byte in plain else f"%{byte:02x}" for byte in raw)


class Driver:
    """Eight threads, a to h, that call the API; a context manager that stops them."""

    def __init__(self, program: Path = USUAL) -> None:
        self.process = subprocess.Popen(
            [str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        self.answers: dict[str, queue.Queue[str]] = {name: queue.Queue() for name in "abcdefgh!"}
        self.errors: list[str] = []
        self.threads = [
            threading.Thread(target=self._read_answers, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    def _read_answers(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.answers[line[0]].put(line[2:].rstrip("\n"))

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line.rstrip("\n"))

    def begin(self, thread: str, *words: str | bytes | int | None) -> None:
        """Lets a thread call; finish() waits for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{thread} {' '.join(encoded(word) for word in words)}\n")
        self.process.stdin.flush()

    def finish(self, thread: str) -> str:
        return self.answers[thread].get(timeout=HANG)

    def idle(self, thread: str) -> bool:
        """Whether a thread has not answered yet."""
        return self.answers[thread].empty()

    def ask(self, *words: str | bytes | int | None, thread: str = "a") -> str:
        self.begin(thread, *words)
        return self.finish(thread)

    def open(self, port: int, handle: int = 0, /, **fields: str | int | None) -> bool:
        """Whether websock_open() gave a handle, without a server by hand."""
        words = [word for key, value in fields.items() for word in (key, value)]
        return self.ask("open", handle, "port", port, *words).startswith("open")

    def opened(self, listener: Listener, handle: int = 0, /, **fields: str | int | None) -> Peer:
        """Opens a connection and returns the server's end of it."""
        words = [word for key, value in fields.items() for word in (key, value)]
        self.begin("a", "open", handle, "port", listener.port, *words)
        peer = listener.accept()
        peer.upgrade()
        answer = self.finish("a")
        assert answer.startswith("open"), self.errors
        return peer

    def closed(self, peer: Peer, handle: int = 0) -> int:
        """Closes a connection in good order; how long it took in milliseconds."""
        self.begin("a", "close", handle)
        peer.answer_close()
        return int(self.finish("a").split()[1])

    def open_again(self, listener: Listener) -> bool:
        """Whether all connections are free."""
        peers = [self.opened(listener, handle) for handle in range(4)]
        for handle, peer in enumerate(peers):
            self.closed(peer, handle)
        return True

    def received(self, thread: str = "a") -> Received:
        *numbers, payload = self.finish(thread).split(" ")
        result, length, fin, opcode, payload_len, milliseconds = map(int, numbers)
        return Received(
            result, length, fin, opcode, payload_len, milliseconds, bytes.fromhex(payload)
        )

    def recv(self, capacity: int = 4096, timeout: int = HANG * 1000, handle: str | int = 0,
             thread: str = "a") -> Received:
        self.begin(thread, "recv", handle, capacity, timeout)
        return self.received(thread)

    def event(self) -> Event:
        kind, fin, opcode, payload_len, length, *rest = self.finish(EVENTS).split(" ")
        return Event(kind, int(fin), int(opcode), int(payload_len), int(length), rest)

    def stop(self) -> None:
        """Ends the program, which has to have nothing to complain of."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(HANG) == 0, self.errors
        for thread in self.threads:
            thread.join(HANG)

    def __enter__(self) -> Driver:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.stop()
        finally:
            self.process.terminate()
            self.process.wait(HANG)
