# SPDX-License-Identifier: MIT
"""Bad neighbours: whatever others do, an innocent client gets its echoes."""
from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest

from tests.calm.crowd import crowd, echo, need_descriptors
from tests.interop.raw import BINARY, CLOSE, PING, TEXT, Client, encode, upgrade_request
from tests.interop.server import Server

MANY = 1000
ECHOES = 200

# What a neighbour does between two echoes of the innocent client, again and again.
Nuisance = Callable[[], None]


class Pusher:
    """Sends the same bytes again and again, as far as the kernel takes them without waiting."""

    def __init__(self, client: Client, data: bytes) -> None:
        self.socket, self.data, self.rest = client.socket, data, b""
        self.socket.setblocking(False)

    def __call__(self) -> None:
        self.rest = self.rest or self.data
        try:
            self.rest = self.rest[self.socket.send(self.rest) :]
        except BlockingIOError:
            pass


def reset(client: Client) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


@contextmanager
def never_reads(port: int) -> Iterator[Nuisance]:
    with Client(port, window=4096) as client:
        client.open()
        yield Pusher(client, encode(BINARY, bytes(65536)))


@contextmanager
def a_byte_at_a_time(port: int) -> Iterator[Nuisance]:
    request = iter(upgrade_request() + encode(TEXT, b"x" * ECHOES))
    with Client(port) as client:
        yield lambda: client.send(bytes([next(request)]))


@contextmanager
def floods_pings(port: int) -> Iterator[Nuisance]:
    with Client(port, window=4096) as client:
        client.open()
        yield Pusher(client, encode(PING, b"x" * 125) * 100)


@contextmanager
def half_pings(port: int) -> Iterator[Nuisance]:
    with crowd(port, MANY) as clients:
        for client in clients:
            client.send(encode(PING, b"x" * 125)[:-1])
        yield lambda: None


@contextmanager
def half_open_connections(port: int) -> Iterator[Nuisance]:
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(Client(port))
        yield lambda: None


@contextmanager
def half_open_handshakes(port: int) -> Iterator[Nuisance]:
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(Client(port)).send(upgrade_request()[:-1])
        yield lambda: None


@contextmanager
def connects_and_resets(port: int) -> Iterator[Nuisance]:
    def nuisance() -> None:
        for cut in (0, 10, 100):
            with Client(port) as client:
                client.send(upgrade_request()[:cut])
                reset(client)

    yield nuisance


@pytest.mark.parametrize(
    "neighbour",
    [
        never_reads,
        a_byte_at_a_time,
        floods_pings,
        half_pings,
        half_open_connections,
        half_open_handshakes,
        connects_and_resets,
    ],
    ids=lambda neighbour: str(neighbour.__name__),
)
def test_an_innocent_client_does_not_notice(neighbour: Callable[[int], AbstractContextManager[Nuisance]]) -> None:
    need_descriptors(MANY)
    with Server("--quiet", "--max-clients", str(MANY + 100)) as server, Client(server.port) as innocent:
        innocent.open()
        with neighbour(server.port) as nuisance:
            for number in range(ECHOES):
                nuisance()
                echo(innocent, number.to_bytes(4, "big"))
        echo(innocent, b"and afterwards")


@pytest.mark.parametrize("length", [(1 << 63) - 1, 1 << 62, 1 << 32])
def test_a_length_beyond_the_limit_costs_nothing(length: int) -> None:
    with Server("--quiet") as server, Client(server.port) as client, Client(server.port) as innocent:
        innocent.open()
        client.open()
        client.send(b"\x82\xff" + length.to_bytes(8, "big") + b"mask" + b"payload")
        frame = client.frame()
        assert (frame.opcode, frame.code) == (CLOSE, 1009)
        echo(innocent, b"innocent")
        client.send(encode(CLOSE, frame.payload[:2]))
        assert client.at_end()
