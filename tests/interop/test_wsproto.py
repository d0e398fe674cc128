# SPDX-License-Identifier: MIT
"""The Python package wsproto as the client: a protocol engine without I/O."""
from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Message,
    Ping,
    Pong,
    Request,
    TextMessage,
)

from tests.interop import sizes
from tests.interop.server import HANG, Server


class Peer:
    def __init__(self, server: Server, subprotocols: list[str]) -> None:
        self.socket = socket.create_connection((server.host, server.port), timeout=HANG)
        self.engine = WSConnection(ConnectionType.CLIENT)
        self.events: list[Event] = []
        self.send(Request(host="localhost", target="/", subprotocols=subprotocols))
        accepted = self.next()
        assert isinstance(accepted, AcceptConnection)
        self.subprotocol = accepted.subprotocol

    def send(self, event: Event) -> None:
        self.socket.sendall(self.engine.send(event))

    def next(self) -> Event:
        while not self.events:
            data = self.socket.recv(65536)
            self.engine.receive_data(data or None)
            self.events.extend(self.engine.events())
        return self.events.pop(0)

    def message(self) -> bytes | str:
        parts: list[Message[Any]] = []
        while not parts or not parts[-1].message_finished:
            event = self.next()
            assert isinstance(event, Message), event
            parts.append(event)
        empty: bytes | str = "" if isinstance(parts[0], TextMessage) else b""
        return empty.__class__().join(part.data for part in parts)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Server("--protocol", "chat") as server:
        client = Peer(server, ["chat"])
        yield client
        client.socket.close()


@pytest.mark.parametrize("length", sizes.LENGTHS)
def test_echoes_text_and_binary(peer: Peer, length: int) -> None:
    assert peer.subprotocol == "chat"
    peer.send(TextMessage(sizes.text(length)))
    assert peer.message() == sizes.text(length)
    peer.send(BytesMessage(sizes.binary(length)))
    assert peer.message() == sizes.binary(length)


def test_answers_a_ping_between_fragments(peer: Peer) -> None:
    peer.send(TextMessage("one ", message_finished=False))
    peer.send(Ping(b"between"))
    peer.send(TextMessage("two"))
    seen: list[Event] = [peer.next()]
    while not (isinstance(seen[-1], Message) and seen[-1].message_finished):
        seen.append(peer.next())
    pongs = [event for event in seen if isinstance(event, Pong)]
    words = "".join(event.data for event in seen if isinstance(event, TextMessage))
    assert [pong.payload for pong in pongs] == [b"between"]
    assert words == "one two"


def test_echoes_the_close(peer: Peer) -> None:
    peer.send(CloseConnection(code=4001, reason="enough"))
    event = peer.next()
    assert isinstance(event, CloseConnection)
    assert event.code == 4001
