# SPDX-License-Identifier: MIT
"""The SYS_WSS examples with other implementations: Python's websockets and Chromium."""
from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from websockets.legacy.client import connect
from websockets.legacy.server import WebSocketServerProtocol, serve

from tests.interop import node_client, sizes
from tests.interop.server import HANG
from tests.ports import free_port
from tests.sys_wss.program import CLIENT, SERVER, Program

MOST = 1400  # SYS_WSS_MAX_RX_BUFFER
LENGTHS = [length for length in sizes.LENGTHS if length <= MOST] + [MOST]


@pytest.fixture
def server() -> Iterator[Program]:
    with Program(SERVER, free_port()) as running:
        running.connect().socket.close()  # it listens
        running.expect("0 connecting", "0 error", "0 closed")
        yield running


def test_websockets_as_the_client(server: Program) -> None:
    async def talk() -> None:
        async with connect(f"ws://127.0.0.1:{server.port}/") as client:
            for length in LENGTHS:
                messages: tuple[str | bytes, ...] = (sizes.text(length), sizes.binary(length))
                for message in messages:
                    await client.send(message)
                    assert await client.recv() == message
            await client.send(["frag", "", "ments"])
            assert await client.recv() == "fragments"
            await (await client.ping(b"ping"))
            await client.close(4000, "enough")
        assert (client.close_code, client.close_reason) == (4000, "")

    asyncio.run(asyncio.wait_for(talk(), HANG))


def test_websockets_as_the_server() -> None:
    echoed: list[str | bytes] = []

    async def talk(peer: WebSocketServerProtocol) -> None:
        for length in LENGTHS:
            messages: tuple[str | bytes, ...] = (sizes.text(length), sizes.binary(length))
            for message in messages:
                await peer.send(message)
                echoed.append(await peer.recv())
                assert echoed[-1] == message
        await (await peer.ping(b"ping"))
        await peer.close(1000, "enough")

    async def main() -> None:
        over = asyncio.Event()

        async def once(peer: WebSocketServerProtocol) -> None:
            await talk(peer)
            over.set()

        async with serve(once, "127.0.0.1", 0) as listening:
            port = next(iter(listening.sockets)).getsockname()[1]
            with Program(CLIENT, port) as client:
                await over.wait()
                client.expect("0 connecting", "0 connected", *(
                    f"0 {len(m.encode() if isinstance(m, str) else m)} bytes" for m in echoed))
                client.expect("0 ping", "0 close frame", "0 closing", "0 closed")

    asyncio.run(asyncio.wait_for(main(), HANG))
    assert len(echoed) == 2 * len(LENGTHS)


def test_chromium(server: Program) -> None:
    outcome = node_client.run("echo.mjs", f"ws://127.0.0.1:{server.port}/")
    assert outcome == {"wrong": [], "code": 4321, "wasClean": True}
    server.expect("0 connecting", "0 connected")
