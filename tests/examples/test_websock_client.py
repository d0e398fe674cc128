# SPDX-License-Identifier: MIT
"""The example of the websock API against a server of the package websockets."""
from __future__ import annotations

import asyncio
import queue
import ssl
import subprocess
import threading
from collections.abc import Iterator

import pytest
from websockets.legacy.server import WebSocketServerProtocol, serve

from tests.examples.test_examples import EXAMPLES
from tests.interop.server import HANG


CERTS = EXAMPLES.parent / "tests/tls/certs"


class EchoServer(threading.Thread):
    """Echoes on a free port until it is stopped; `?` is answered in fragments, `!` closes."""

    def __init__(self, secure: ssl.SSLContext | None = None) -> None:
        super().__init__(daemon=True)
        self.secure = secure
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.port = 0
        self.closes: queue.Queue[int] = queue.Queue()

    async def _talk(self, peer: WebSocketServerProtocol, path: str) -> None:
        async for message in peer:
            if message == "!":
                await peer.close(1001)
            elif message == "?":
                await peer.ping("between")
                await peer.send([path, " in ", "fragments"])
            else:
                await peer.send(message)
        assert peer.close_code is not None
        self.closes.put(peer.close_code)

    async def _serve(self) -> None:
        async with serve(
            self._talk, "127.0.0.1", 0, max_size=None, ssl=self.secure
        ) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            self.stopping = asyncio.Event()
            self.ready.set()
            await self.stopping.wait()

    def run(self) -> None:
        self.loop.run_until_complete(self._serve())
        self.loop.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.stopping.set)
        self.join(HANG)


def running(echo: EchoServer) -> Iterator[EchoServer]:
    echo.start()
    assert echo.ready.wait(HANG)
    yield echo
    echo.stop()


@pytest.fixture
def server() -> Iterator[EchoServer]:
    yield from running(EchoServer())


@pytest.fixture
def secure_server() -> Iterator[EchoServer]:
    if not CERTS.exists():
        pytest.skip("TLS is not built (WSS_TLS=OFF)")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTS / "ec.pem", CERTS / "ec.key")
    yield from running(EchoServer(context))


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(EXAMPLES / "websock_client"), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def answer(client: subprocess.Popen[str], line: str) -> str:
    assert client.stdin is not None and client.stdout is not None
    client.stdin.write(line + "\n")
    client.stdin.flush()
    return client.stdout.readline().rstrip("\n")


def test_it_talks_and_closes(server: EchoServer) -> None:
    with start("localhost", str(server.port), "/chat") as client:
        for line in ("hello", "zw\u00f6lf \u20ac", "", "x" * 1000):
            assert answer(client, line) == line
        assert answer(client, "?") == "/chat in fragments"
        client.communicate(timeout=HANG)
        assert client.returncode == 0
    assert server.closes.get(timeout=HANG) == 1000


def test_it_talks_by_tls(secure_server: EchoServer) -> None:
    with start("localhost", str(secure_server.port), "/chat", str(CERTS / "ca.pem")) as client:
        for line in ("hello", "x" * 1000):
            assert answer(client, line) == line
        client.communicate(timeout=HANG)
        assert client.returncode == 0
    assert secure_server.closes.get(timeout=HANG) == 1000


def test_it_refuses_a_server_that_it_does_not_trust(secure_server: EchoServer) -> None:
    authority = str(CERTS / "other-ca.pem")
    with start("localhost", str(secure_server.port), "/", authority) as client:
        _, errors = client.communicate(timeout=HANG)
    assert client.returncode == 1
    assert errors.endswith("The certificate does not lead to a trusted CA.\n")


def test_the_server_closes(server: EchoServer) -> None:
    with start("127.0.0.1", str(server.port)) as client:
        assert answer(client, "hello") == "hello"
        assert client.stdin is not None
        client.stdin.write("!\n")
        client.stdin.flush()
        assert server.closes.get(timeout=HANG) == 1001
        assert client.communicate(timeout=HANG) == ("", "")
        assert client.returncode == 0


def test_it_says_that_it_cannot_connect() -> None:
    with start("127.0.0.1", "1") as client:
        _, errors = client.communicate(timeout=HANG)
    assert client.returncode == 1
    assert errors.startswith("websock: No TCP connection could be made.")
    with start("127.0.0.1") as client:
        _, errors = client.communicate(timeout=HANG)
    assert (client.returncode, errors) == (2, "usage: websock_client HOST PORT [URI [CA]]\n")
    for arguments in (("ws://127.0.0.1/", "1"), ("127.0.0.1", "hi"), ("127.0.0.1", "65536")):
        with start(*arguments) as client:
            _, errors = client.communicate(timeout=HANG)
        assert client.returncode == 2
        assert errors.startswith("websock_client: HOST is a name or an address and no URL, PORT a number")
