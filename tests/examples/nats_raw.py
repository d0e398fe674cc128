# SPDX-License-Identifier: MIT
"""Reads a stream over NATS's own TCP port, by hand: independent of the client under test."""

from __future__ import annotations

import base64
import json
import socket
from contextlib import closing
from typing import Any

from tests.interop.server import HANG


class Raw:
    """A connection for requests to the JetStream API, one at a time."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=HANG)
        self._input = self._socket.makefile("rb")
        self._send('CONNECT {"verbose":false}\r\nSUB answer 1\r\n')

    def _send(self, text: str) -> None:
        self._socket.sendall(text.encode())

    def request(self, call: str, **body: Any) -> dict[str, Any]:
        text = json.dumps(body)
        self._send(f"PUB $JS.API.{call} answer {len(text)}\r\n{text}\r\n")
        while True:
            verb, *words = self._input.readline().split()
            if verb == b"PING":
                self._send("PONG\r\n")
            elif verb == b"MSG":
                answer: dict[str, Any] = json.loads(self._input.read(int(words[-1])))
                self._input.readline()
                return answer
            else:
                assert verb in (b"INFO", b"PONG"), verb

    def close(self) -> None:
        self._input.close()
        self._socket.close()


def stored(port: int, stream: str) -> dict[int, str]:
    """The messages of a stream by their sequence numbers."""
    messages = {}
    with closing(Raw(port)) as raw:
        last = raw.request(f"STREAM.INFO.{stream}")["state"]["last_seq"]
        for number in range(1, last + 1):
            answer = raw.request(f"STREAM.MSG.GET.{stream}", seq=number)
            messages[number] = base64.b64decode(answer["message"]["data"]).decode()
    return messages


def leader(port: int, stream: str) -> str:
    """The name of the server that leads a stream."""
    with closing(Raw(port)) as raw:
        return str(raw.request(f"STREAM.INFO.{stream}")["cluster"]["leader"])
