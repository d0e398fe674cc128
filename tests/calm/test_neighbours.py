# SPDX-License-Identifier: MIT
"""Bad neighbours: whatever others do, an innocent client gets its echoes, over TLS, too."""
from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest

from tests.calm.crowd import crowd, echo, need_descriptors
from tests.calm.doors import Door, serving
from tests.interop.raw import BINARY, CLOSE, PING, TEXT, Client, encode, upgrade_request

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
        except (BlockingIOError, ssl.SSLWantWriteError):
            pass


def reset(client: Client) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


@contextmanager
def never_reads(door: Door) -> Iterator[Nuisance]:
    with door.client(window=4096) as client:
        client.open()
        yield Pusher(client, encode(BINARY, bytes(65536)))


@contextmanager
def a_byte_at_a_time(door: Door) -> Iterator[Nuisance]:
    request = iter(upgrade_request() + encode(TEXT, b"x" * ECHOES))
    with door.client() as client:
        yield lambda: client.send(bytes([next(request)]))


@contextmanager
def floods_pings(door: Door) -> Iterator[Nuisance]:
    with door.client(window=4096) as client:
        client.open()
        yield Pusher(client, encode(PING, b"x" * 125) * 100)


@contextmanager
def half_pings(door: Door) -> Iterator[Nuisance]:
    with crowd(door, MANY) as clients:
        for client in clients:
            client.send(encode(PING, b"x" * 125)[:-1])
        yield lambda: None


@contextmanager
def connects_and_resets(door: Door) -> Iterator[Nuisance]:
    def nuisance() -> None:
        for cut in (0, 10, 100):
            with door.client() as client:
                client.send(upgrade_request()[:cut])
                reset(client)

    yield nuisance


@contextmanager
def warns_for_ever(door: Door) -> Iterator[Nuisance]:
    """user_canceled as a warning after the ClientHello: TLS 1.2 goes on (RFC 5246, 7.2.2)."""
    with Client(door.port) as client:
        client.send(door.hand().shake())
        pusher = Pusher(client, b"\x15\x03\x03\x00\x02\x01\x5a" * 9000)

        def nuisance() -> None:
            with suppress(ConnectionError):  # TLS 1.3 does not
                pusher()

        yield nuisance


@contextmanager
def says_hello_and_resets(door: Door) -> Iterator[Nuisance]:
    """Each costs the server a signature."""

    def nuisance() -> None:
        with Client(door.port) as client:
            client.send(door.hand(resumes=False).shake())
            reset(client)

    yield nuisance


PLAIN = (never_reads, a_byte_at_a_time, floods_pings, half_pings, connects_and_resets)
SECURE = (*PLAIN, warns_for_ever, says_hello_and_resets)


@pytest.mark.parametrize(
    ("neighbour", "secure"),
    [*((neighbour, False) for neighbour in PLAIN), *((neighbour, True) for neighbour in SECURE)],
    ids=lambda value: ("tls" if value else "plain") if isinstance(value, bool) else value.__name__,
)
def test_an_innocent_client_does_not_notice(
    neighbour: Callable[[Door], AbstractContextManager[Nuisance]], secure: bool
) -> None:
    need_descriptors(MANY)
    patient = ("--ping-interval", "0", "--idle-timeout", "0")
    with serving(secure, *patient, "--max-clients", str(MANY + 100)) as door, door.client() as innocent:
        innocent.open()
        with neighbour(door) as nuisance:
            for number in range(ECHOES):
                nuisance()
                echo(innocent, number.to_bytes(4, "big"))
        echo(innocent, b"and afterwards")


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("length", [(1 << 63) - 1, 1 << 62, 1 << 32])
def test_a_length_beyond_the_limit_costs_nothing(length: int, secure: bool) -> None:
    with serving(secure) as door, door.client() as client, door.client() as innocent:
        innocent.open()
        client.open()
        client.send(b"\x82\xff" + length.to_bytes(8, "big") + b"mask" + b"payload")
        frame = client.frame()
        assert (frame.opcode, frame.code) == (CLOSE, 1009)
        echo(innocent, b"innocent")
        client.send(encode(CLOSE, frame.payload[:2]))
        assert client.at_end()
