# SPDX-License-Identifier: MIT
"""`wss connect` and a server played by hand: what every test of the client needs."""
from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Iterator

from tests.interop import raw
from tests.interop.client import Client, Ended
from tests.interop.raw_server import Caller, Listener, unmasked
from tests.interop.server import HANG

UPGRADE = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: {accept}\r\n\r\n"
)


def opened(listener: Listener) -> Caller:
    """The next client, its opening handshake done."""
    caller = listener.accept()
    caller.answer(UPGRADE)
    return caller


def wait_until_open(caller: Caller) -> None:
    """Until the client has seen the end of the opening handshake."""
    caller.send(unmasked(raw.PING, b"open?"))
    assert caller.frame() == raw.Frame(True, raw.PONG, b"open?")


def close_frame(code: int, reason: str = "") -> bytes:
    return unmasked(raw.CLOSE, struct.pack("!H", code) + reason.encode())


def answer(caller: Caller, close: raw.Frame) -> None:
    """Answers a Close, and ends TCP as a server does."""
    caller.send(unmasked(raw.CLOSE, close.payload))
    caller.socket.shutdown(socket.SHUT_WR)


def messages(caller: Caller) -> Iterator[tuple[int, bytes]]:
    """The messages until the Close, which is answered."""
    opcode, payload = raw.CLOSE, b""
    while True:
        frame = caller.frame()
        if frame.opcode in (raw.PING, raw.PONG):
            continue
        if frame.opcode == raw.CLOSE:
            answer(caller, frame)
            return
        if frame.opcode != raw.CONTINUATION:
            opcode, payload = frame.opcode, b""
        payload += frame.payload
        if frame.fin:
            yield opcode, payload


def texts(caller: Caller) -> list[bytes]:
    received = list(messages(caller))
    assert all(opcode == raw.TEXT for opcode, _ in received)
    return [payload for _, payload in received]


def answer_close(caller: Caller) -> int:
    """Waits for the Close, answers it, and waits for the end of TCP; its code."""
    frame = caller.answer_pings()
    answer(caller, frame)
    assert caller.at_end()
    return frame.code


def beside(work: threading.Thread) -> threading.Thread:
    work.daemon = True
    work.start()
    return work


def sending(caller: Caller, data: bytes) -> threading.Thread:
    """Sends while the test does something else."""
    return beside(threading.Thread(target=caller.send, args=(data,)))


def joined(work: threading.Thread) -> None:
    work.join(HANG)
    assert not work.is_alive()


@contextlib.contextmanager
def talking(*options: str, env: dict[str, str] | None = None) -> Iterator[tuple[Client, Caller]]:
    """The command, connected to a server by hand."""
    with Listener() as listener, Client(listener.url, *options, env=env) as client:
        with opened(listener) as caller:
            yield client, caller


def assert_well(ended: Ended, output: bytes = b"") -> None:
    assert ended.status == 0, ended.errors
    assert ended.output == output


def assert_failed(ended: Ended, *words: str) -> None:
    """It says so in its last line."""
    assert ended.status == 1, ended.errors
    for word in words:
        assert word in ended.last_line, ended.errors


def assert_small(client: Client) -> None:
    """It has used little memory so far. Sanitizers take their own."""
    with open(f"/proc/{client.process.pid}/status", encoding="ascii") as status:
        most = int(next(line for line in status if line.startswith("VmHWM")).split()[1])
    assert most < 16384 or os.environ.get("WSS_SANITIZE", ""), f"{most} KiB"
