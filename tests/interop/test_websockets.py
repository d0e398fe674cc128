# SPDX-License-Identifier: MIT
"""The Python package websockets as the client."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from websockets.legacy.client import WebSocketClientProtocol, connect
from websockets.typing import Subprotocol

from tests.interop import sizes
from tests.interop.server import HANG, Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server("--protocol", "chat.v2", "--protocol", "chat.v1") as running:
        yield running


def talk(
    server: Server,
    conversation: Callable[[WebSocketClientProtocol], Awaitable[None]],
    protocols: list[str] | None = None,
) -> None:
    offered = None if protocols is None else [Subprotocol(name) for name in protocols]

    async def main() -> None:
        async with connect(server.url, max_size=None, subprotocols=offered) as client:
            await conversation(client)

    asyncio.run(asyncio.wait_for(main(), HANG))


@pytest.mark.parametrize("length", sizes.LENGTHS)
def test_echoes_text_and_binary(server: Server, length: int) -> None:
    async def conversation(client: WebSocketClientProtocol) -> None:
        messages: tuple[str | bytes, ...] = (sizes.text(length), sizes.binary(length))
        for message in messages:
            await client.send(message)
            assert await client.recv() == message

    talk(server, conversation)


def test_echoes_fragmented_messages(server: Server) -> None:
    async def conversation(client: WebSocketClientProtocol) -> None:
        await client.send(("", "one ", "", "\u20ac", " two", ""))
        assert await client.recv() == "one \u20ac two"
        pieces = [sizes.binary(length) for length in sizes.LENGTHS]
        await client.send(pieces)
        assert await client.recv() == b"".join(pieces)

    talk(server, conversation)


def test_keeps_the_order_of_many_messages(server: Server) -> None:
    async def conversation(client: WebSocketClientProtocol) -> None:
        async def send() -> None:
            for number in range(2000):
                await client.send(str(number))

        sender = asyncio.create_task(send())
        for number in range(2000):
            assert await client.recv() == str(number)
        await sender

    talk(server, conversation)


def test_answers_pings(server: Server) -> None:
    async def conversation(client: WebSocketClientProtocol) -> None:
        for payload in (b"", b"x", bytes(range(125))):
            await (await client.ping(payload))

    talk(server, conversation)


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1011, 3000, 4999])
def test_echoes_the_close_code(server: Server, code: int) -> None:
    clients: list[WebSocketClientProtocol] = []

    async def conversation(client: WebSocketClientProtocol) -> None:
        clients.append(client)
        await client.close(code, "enough")

    talk(server, conversation)
    assert clients[0].close_rcvd is not None and clients[0].close_rcvd.code == code


@pytest.mark.parametrize(
    ("offered", "selected"),
    [
        (["chat.v1", "chat.v2"], "chat.v2"),
        (["other", "chat.v1"], "chat.v1"),
        (["other"], None),
        (None, None),
    ],
)
def test_selects_the_preferred_subprotocol(
    server: Server, offered: list[str] | None, selected: str | None
) -> None:
    async def conversation(client: WebSocketClientProtocol) -> None:
        assert client.subprotocol == selected

    talk(server, conversation, offered)


def test_serves_many_clients_at_once(server: Server) -> None:
    async def one(number: int) -> None:
        async with connect(server.url) as client:
            for turn in range(10):
                await client.send(f"{number} {turn}")
                assert await client.recv() == f"{number} {turn}"

    async def main() -> None:
        await asyncio.gather(*(one(number) for number in range(100)))

    asyncio.run(asyncio.wait_for(main(), HANG))
