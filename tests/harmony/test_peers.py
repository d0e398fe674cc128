# SPDX-License-Identifier: MIT
"""Other people's clients and servers, and clients by hand, with the PIC32MZ W1 port on the
simulated stack: small FIFOs, two sockets."""
from __future__ import annotations

import asyncio
import queue
import random
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from types import TracebackType

import pytest
from websockets.legacy.client import connect

from tests.interop import sizes
from tests.interop.peers import Peer
from tests.interop.raw import BINARY, CLOSE, PING, PONG, TEXT, Client, encode, upgrade_request
from tests.interop.server import HANG
from tests.programs import program

VARIANTS = ("harmony", "harmony_rtos", "harmony_pres")


class Echo:
    """A running tests/harmony/echo.c; a context manager that ends it."""

    def __init__(self, variant: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*program(f"tests/harmony/{variant}_echo"), *arguments], stdout=subprocess.PIPE, text=True
        )
        self.lines: queue.Queue[str | None] = queue.Queue()  # None: it has ended
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def next(self) -> str:
        line = self.lines.get(timeout=HANG)
        assert line is not None, "the program ended"
        return line

    def port(self) -> int:
        word, number = self.next().split()
        assert word == "listening"
        return int(number)

    def __enter__(self) -> Echo:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(HANG)
        self.reader.join(HANG)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture(params=VARIANTS)
def server(request: pytest.FixtureRequest) -> Iterator[Echo]:
    with Echo(str(request.param)) as running:
        yield running


def opened(port: int) -> Client:
    client = Client(port)
    assert client.open().status == 101
    return client


def echoed(client: Client, payload: bytes) -> None:
    client.send(encode(BINARY, payload))
    got = b""
    while len(got) < len(payload):
        got += client.frame().payload
    assert got == payload


def reset(client: Client) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


def test_messages_of_any_size_are_echoed(server: Echo) -> None:
    port = server.port()

    async def main() -> None:
        async with connect(f"ws://127.0.0.1:{port}/", max_size=None) as client:
            for length in sizes.LENGTHS:
                messages: tuple[str | bytes, ...] = (sizes.text(length), sizes.binary(length))
                for message in messages:
                    await client.send(message)
                    assert await client.recv() == message
            await (await client.ping(b"p" * 125))

    asyncio.run(asyncio.wait_for(main(), HANG))
    assert server.next() == "closed 1000 "


def test_two_at_a_time_and_many_in_turn(server: Echo) -> None:
    port = server.port()
    for turn in range(8):
        with opened(port) as first, opened(port) as second:
            echoed(first, b"first %d" % turn)
            echoed(second, b"second %d" % turn)
            for client in (first, second):
                client.send(encode(CLOSE, b"\x03\xe8"))
                assert client.frame().code == 1000
                assert not client.fill()


def test_a_third_waits_for_a_socket(server: Echo) -> None:
    port = server.port()
    first, second = opened(port), opened(port)
    with Client(port) as third:
        third.send(upgrade_request())
        echoed(first, b"still here")
        first.send(encode(CLOSE))
        assert first.frame().code == 1005
        first.socket.close()
        assert third.response().status == 101
        echoed(third, b"at last")
    second.socket.close()


def test_resets_mix_up_nobody(server: Echo) -> None:
    """Whatever a client leaves behind, the next one in its socket sees nothing of it."""
    port = server.port()
    chance = random.Random(1)
    for turn in range(40):
        client = opened(port)
        client.send(encode(TEXT, b"x" * chance.randrange(3000), fin=chance.random() < 0.5))
        if chance.random() < 0.5:
            client.frame()
        reset(client)
        with opened(port) as after:
            payload = b"turn %d" % turn
            echoed(after, payload)


def test_a_close_that_comes_with_the_end_is_seen(server: Echo) -> None:
    client = opened(server.port())
    client.send(encode(TEXT, b"last words") + encode(CLOSE, struct.pack("!H", 4321)))
    client.socket.shutdown(socket.SHUT_WR)
    assert client.frame().payload == b"last words"
    assert client.frame().code == 4321
    assert not client.fill()
    assert server.next() == "closed 4321 "
    client.socket.close()


def test_one_byte_at_a_time(server: Echo) -> None:
    with opened(server.port()) as client:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in encode(PING, b"slow") + encode(BINARY, b"slower"):
            client.send(bytes([byte]))
        frame = client.frame()
        assert (frame.opcode, frame.payload) == (PONG, b"slow")
        got = b""
        while len(got) < 6:
            got += client.frame().payload
        assert got == b"slower"


def test_a_client_that_does_not_read_holds_up_nobody(server: Echo) -> None:
    port = server.port()
    with Client(port, window=4096) as deaf, opened(port) as other:
        assert deaf.open().status == 101
        deaf.socket.setblocking(False)
        with pytest.raises(BlockingIOError):
            for _ in range(1000):
                deaf.socket.send(encode(BINARY, bytes(1000)))
        for turn in range(20):
            echoed(other, b"%d" % turn * 100)


@pytest.mark.parametrize("variant", VARIANTS)
def test_as_a_client(variant: str) -> None:
    with Peer("websockets") as peer:
        arguments = ("peer.test", str(peer.port), "/drive/70000")
        with Echo(variant, *arguments) as client:
            assert client.next() == "closed 1000 "
            assert client.process.wait(HANG) == 0
        assert peer.outcome()["code"] in (1000, 1005)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_server_resets_the_client(variant: str) -> None:
    with Peer("websockets") as peer, Echo(variant, "127.0.0.1", str(peer.port), "/reset") as client:
        assert client.next() == "closed 1006 The connection was reset."


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_name_that_is_not_known(variant: str) -> None:
    with Echo(variant, "unknown.test", "80", "/") as client:
        assert client.next() == "closed 1006 The host name is not known."
