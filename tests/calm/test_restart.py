# SPDX-License-Identifier: MIT
"""A server that is told to stop while a thousand clients talk: each gets every echo that was
sent to it, then 1001, then the end of TCP."""
from __future__ import annotations

import selectors
import signal
import socket
import struct
from dataclasses import dataclass, field

from tests.calm.crowd import crowd, need_descriptors
from tests.calm.doors import Door
from tests.interop.raw import BINARY, CLOSE, Client, encode
from tests.interop.server import HANG, Server

CLIENTS = 1000
IN_FLIGHT = 4
PATIENT = ("--ping-interval", "0", "--idle-timeout", "0", "--handshake-timeout", "60000", "--close-timeout", "60000")
TALK = 20  # echoes that the average client has seen when the server is stopped


@dataclass
class Talker:
    """Sends numbers and expects them back, in order and without a gap."""

    client: Client
    sent: int = 0
    echoed: int = 0
    code: int | None = None
    ended: bool = False
    unread: bytearray = field(default_factory=bytearray)

    def talk(self) -> None:
        while self.code is None and self.sent - self.echoed < IN_FLIGHT:
            self.client.socket.sendall(encode(BINARY, struct.pack("!Q", self.sent)))
            self.sent += 1

    def hear(self) -> None:
        data = self.client.socket.recv(65536)
        self.ended = data == b""
        self.unread += data
        while len(self.unread) >= 2 and len(self.unread) >= 2 + self.unread[1]:
            first, length = self.unread[0], self.unread[1]
            self.take(first & 15, bytes(self.unread[2 : 2 + length]))
            del self.unread[: 2 + length]

    def take(self, opcode: int, payload: bytes) -> None:
        assert self.code is None, "a frame after the Close"
        if opcode == CLOSE:
            self.code = struct.unpack("!H", payload[:2])[0]
            self.client.socket.sendall(encode(CLOSE, payload[:2]))
            return
        assert payload == struct.pack("!Q", self.echoed)
        self.echoed += 1


def test_each_gets_its_echoes_then_1001() -> None:
    need_descriptors(CLIENTS)
    with Server("--quiet", "--max-clients", str(CLIENTS), *PATIENT) as server:
        with crowd(Door(server.port), CLIENTS) as clients, selectors.DefaultSelector() as selector:
            talkers = [Talker(client) for client in clients]
            for talker in talkers:
                selector.register(talker.client.socket, selectors.EVENT_READ, talker)
                talker.talk()
            open_ones, stopped = CLIENTS, False
            while open_ones > 0:
                ready = selector.select(HANG)
                assert ready, f"{open_ones} clients hear nothing any more"
                for key, _ in ready:
                    talker = key.data
                    talker.hear()
                    if talker.ended:
                        selector.unregister(talker.client.socket)
                        open_ones -= 1
                    else:
                        talker.talk()
                if not stopped and sum(talker.echoed for talker in talkers) > TALK * CLIENTS:
                    server.signal(signal.SIGTERM)
                    stopped = True
        assert [talker.code for talker in talkers] == [1001] * CLIENTS
        assert all(not talker.unread for talker in talkers)
        assert server.wait()[0] == 0
        refused = socket.socket().connect_ex(("127.0.0.1", server.port))
        assert refused != 0
