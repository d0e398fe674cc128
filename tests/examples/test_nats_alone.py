# SPDX-License-Identifier: MIT
"""nats_client and one server: how its bytes are cut, credentials, servers that are none."""

from __future__ import annotations

import asyncio
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest
from websockets.legacy.server import WebSocketServerProtocol, serve

from tests.examples import nats_raw
from tests.examples.nats_client import PROGRAM, Client
from tests.examples.nats_cluster import JETSTREAM, SERVER, Cluster
from tests.interop.server import HANG

Handler = Callable[[WebSocketServerProtocol], Awaitable[None]]

COUNT = 40
LOCKED = JETSTREAM + 'authorization {{ user: "someone", password: "p a$s" }}\n'
VALGRIND = ("valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full")

needs_server = pytest.mark.skipif(
    SERVER is None, reason="there is no nats-server; scripts/bootstrap installs it"
)


class Stand:
    """A WebSocket server in place of a NATS server; a context manager that ends it."""

    url: str

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        async with serve(self._handler, "127.0.0.1", 0) as server:
            self.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            self._loop = asyncio.get_running_loop()
            self._over = asyncio.Event()
            self._ready.set()
            await self._over.wait()

    def __enter__(self) -> Stand:
        self._thread.start()
        assert self._ready.wait(HANG)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(HANG)


def bridge(port: int, size: int) -> Handler:
    """Leads to NATS's TCP port; what comes from there is cut into messages of `size` bytes."""

    async def down(reader: asyncio.StreamReader, client: WebSocketServerProtocol) -> None:
        while data := await reader.read(65536):
            for at in range(0, len(data), size):
                await client.send(data[at : at + size])

    async def handle(client: WebSocketServerProtocol) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        task = asyncio.create_task(down(reader, client))
        async for message in client:
            assert isinstance(message, bytes)
            writer.write(message)
        task.cancel()
        writer.close()

    return handle


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("nats"), count=1) as server:
        yield server


@needs_server
@pytest.mark.parametrize("size", [1, 7, 100, 65536])
def test_messages_of_any_size_are_one_stream_of_bytes(alone: Cluster, size: int) -> None:
    port = alone.nodes[0].ports.client
    with Stand(bridge(port, size)) as stand:
        with Client(f"cut{size}", urls=[stand.url], count=COUNT) as client:
            assert client.end() == 0, client.errors()
    assert len(nats_raw.stored(port, f"cut{size}")) == COUNT


@needs_server
@pytest.mark.skipif(
    shutil.which("valgrind") is None or bool(os.environ.get("WSS_SANITIZE")),
    reason="there is no Valgrind, or a sanitizer takes its place",
)
def test_memory_is_not_misused(alone: Cluster) -> None:
    with Client("clean", urls=alone.urls, count=COUNT, under=VALGRIND) as client:
        assert client.end() == 0, client.errors()
        assert client.errors() == ""


@needs_server
def test_credentials_are_shown(tmp_path: Path) -> None:
    right = {"NATS_USER": "someone", "NATS_PASSWORD": "p a$s"}
    with Cluster(tmp_path, count=1, more=LOCKED) as locked:
        with Client("locked", urls=locked.urls, count=COUNT, env=right) as client:
            assert client.end() == 0, client.errors()
        wrong = {**right, "NATS_PASSWORD": "guess"}
        with Client("locked", "--patience", "1", urls=locked.urls, env=wrong) as client:
            assert client.end() == 1
            assert client.last == "0 acknowledged, 0 read"
            assert "the server says 'Authorization Violation'\n" in client.errors()


@needs_server
def test_a_server_without_streams_ends_the_patience(tmp_path: Path) -> None:
    with Cluster(tmp_path, count=1, more="") as plain:
        with Client("nowhere", "--patience", "1", urls=plain.urls) as client:
            assert client.end() == 1
            errors = client.errors().splitlines()
    assert errors[0] == "nats_client: the stream is not created: NATS/1.0 503"
    assert errors[-1] == "nats_client: no progress: giving up"


def test_a_server_that_says_nothing_is_left() -> None:
    met: queue.Queue[None] = queue.Queue()

    async def say_nothing(client: WebSocketServerProtocol) -> None:
        met.put(None)
        await client.wait_closed()

    with Stand(say_nothing) as stand, Client("silent", urls=[stand.url]):
        met.get(timeout=HANG)
        met.get(timeout=HANG)


def test_nonsense_is_answered_with_a_close() -> None:
    codes: queue.Queue[int | None] = queue.Queue()

    async def talk(client: WebSocketServerProtocol) -> None:
        await client.send(b"220 mail.example ready\r\n")
        await client.wait_closed()
        codes.put(client.close_code)

    with Stand(talk) as stand, Client("other", urls=[stand.url]) as client:
        assert codes.get(timeout=HANG) == 1008
        client.process.kill()
        assert f"{stand.url}: it does not speak NATS\n" in client.errors()


@needs_server
def test_a_server_that_is_none_is_left_for_another(alone: Cluster) -> None:
    """Chance decides which server is the first."""
    met: queue.Queue[None] = queue.Queue()

    async def talk(client: WebSocketServerProtocol) -> None:
        met.put(None)
        await client.send(b"220 mail.example ready\r\n")
        await client.wait_closed()

    with Stand(talk) as stand:
        while met.empty():
            with Client("second", urls=[stand.url, *alone.urls], count=COUNT) as client:
                assert client.end() == 0, client.errors()
    assert met.qsize() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--stream"],
        ["--stream", "a.b", "ws://h"],
        ["--name", "", "ws://h"],
        ["--count", "0", "ws://h"],
        ["--count", "65537", "ws://h"],
        ["--patience", "1s", "ws://h"],
        ["--color", "red", "ws://h"],
        ["http://h"],
        ["ws://h"] * 17,
    ],
)
def test_what_cannot_be_used_is_refused(arguments: list[str]) -> None:
    done = subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, timeout=HANG, check=False
    )
    assert done.returncode == (1 if arguments == ["http://h"] else 2) and done.stdout == ""
    assert done.stderr.startswith(("nats_client: ", "usage: nats_client ")) and done.stderr.count("\n") == 1


def test_help_is_the_usage() -> None:
    done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=HANG, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: nats_client ")


def test_credentials_that_need_quoting_are_refused() -> None:
    with Client("quoted", urls=["ws://h"], env={"NATS_PASSWORD": 'a"b'}) as client:
        assert client.end() == 2
        assert "NATS_PASSWORD" in client.errors()
