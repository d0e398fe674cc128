# SPDX-License-Identifier: MIT
"""A thousand clients that begin to connect and go no further: while all of them stand, an
innocent client gets its echoes, and each of them ends as the specification says."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from tests.calm.crowd import echo, need_descriptors
from tests.calm.doors import Door, serving
from tests.interop.raw import Client, upgrade_request
from tests.interop.server import HANG
from tests.tls.openssl import identity
from tests.tools.test_console import Console

MANY = 1000
ECHOES = 200
FOR_EVER = "86400000"  # ms
SOON = "2000"  # ms; the handshakes of all take less
PATIENT = ("--ping-interval", "0", "--idle-timeout", "0")
LATE = b"HTTP/1.1 408 "

# Comes to the door and stops there.
Half = Callable[[Door], Client]


def tcp(door: Door) -> Client:
    return Client(door.port)


def part_of_a_request(door: Door) -> Client:
    client = door.client()
    client.send(upgrade_request()[:-1])
    return client


def part_of_a_hello(door: Door) -> Client:
    client = Client(door.port)
    client.send(door.hand().shake()[:100])
    return client


def hello(door: Door) -> Client:
    """The server has signed and waits."""
    client = Client(door.port)
    client.send(door.hand(resumes=False).shake())
    return client


def all_but_the_last_byte(door: Door) -> Client:
    client, hand = Client(door.port), door.hand()
    client.send(hand.shake())
    answer = b""
    while not answer:
        client.fill()
        answer = hand.shake(client.take(len(client.buffer)))
    client.send(answer[:-1])
    return client


# Over TLS or not, and what each of them hears before its end; None: TCP is reset.
Way = tuple[Half, bool, bytes | None]
WAYS: tuple[Way, ...] = (
    (tcp, False, None),
    (part_of_a_request, False, LATE),
    (tcp, True, None),
    (part_of_a_hello, True, None),
    (hello, True, None),
    (all_but_the_last_byte, True, None),
    (part_of_a_request, True, LATE),
)


def ways(chosen: Sequence[Way]) -> pytest.MarkDecorator:
    names = [f"{half.__name__}-{'tls' if secure else 'plain'}" for half, secure, _ in chosen]
    return pytest.mark.parametrize(("half", "secure", "hears"), chosen, ids=names)


@contextmanager
def standing(half: Half, door: Door) -> Iterator[list[Client]]:
    with ExitStack() as stack:
        yield [stack.enter_context(half(door)) for _ in range(MANY)]


def counts(console: Console) -> tuple[int, ...]:
    """Connections that began, opened, closed."""
    console.type("stats\n")
    line = console.line()
    while not line.startswith("connections "):
        line = console.line()
    return tuple(int(number) for number in re.findall(r"\d+", line))


@ways(WAYS)
def test_an_innocent_client_among_them(half: Half, secure: bool, hears: bytes | None) -> None:
    need_descriptors(MANY)
    tls = identity("ec") if secure else ()
    console = Console("--max-clients", str(MANY + 1), "--handshake-timeout", FOR_EVER, *tls)
    try:
        door = Door(console.port, secure)
        with door.client() as innocent, standing(half, door):
            innocent.open()
            for number in range(ECHOES):
                echo(innocent, number.to_bytes(4, "big"))
            assert counts(console) == (MANY + 1, 1, 0)
    finally:
        console.process.kill()
        console.process.wait(HANG)


def end(client: Client) -> bytes | None:
    """All that it hears; None: TCP was reset."""
    try:
        while client.fill():
            pass
    except ConnectionResetError:
        return None
    return client.buffer


@ways([way for way in WAYS if way[0] is not hello])  # it costs, and is in the state of the next one
def test_each_ends_while_an_innocent_client_goes_on(half: Half, secure: bool, hears: bytes | None) -> None:
    need_descriptors(MANY)
    options = ("--max-clients", str(MANY + 1), "--handshake-timeout", SOON, *PATIENT)
    with serving(secure, *options) as door, door.client() as innocent:
        innocent.open()
        with standing(half, door) as clients:
            for client in clients:
                heard = end(client)
                assert heard is None if hears is None else heard is not None and heard.startswith(hears)
                echo(innocent, b"innocent")
