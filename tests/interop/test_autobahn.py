# SPDX-License-Identifier: MIT
"""The Python package autobahn as the client, on asyncio."""
from __future__ import annotations

import asyncio
from typing import Any

import pytest
from autobahn.asyncio.websocket import WebSocketClientFactory, WebSocketClientProtocol

from tests.interop import sizes
from tests.interop.server import HANG, Server

Outcome = tuple[list[bytes], bool, int]


def echo(server: Server, messages: list[tuple[bytes, bool]], fragment: int | None) -> Outcome:
    """Sends each (payload, is binary) when the one before is back, then closes with 3999."""

    async def main() -> Outcome:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Outcome] = loop.create_future()
        received: list[bytes] = []

        class Client(WebSocketClientProtocol):  # type: ignore[misc]
            def advance(self) -> None:
                if len(received) < len(messages):
                    payload, is_binary = messages[len(received)]
                    self.sendMessage(payload, is_binary, fragmentSize=fragment)
                else:
                    self.sendClose(3999, "done")

            def onOpen(self) -> None:
                self.advance()

            def onMessage(self, payload: bytes, isBinary: bool) -> None:
                assert isBinary == messages[len(received)][1]
                received.append(payload)
                self.advance()

            def onClose(self, wasClean: bool, code: int, reason: str) -> None:
                if not done.done():
                    done.set_result((received, wasClean, code))

        factory: Any = WebSocketClientFactory(server.url)
        factory.protocol = Client
        await loop.create_connection(factory, server.host, server.port)
        return await asyncio.wait_for(done, HANG)

    return asyncio.run(main())


@pytest.mark.parametrize("fragment", [None, 1000])
def test_echoes_and_closes_cleanly(fragment: int | None) -> None:
    messages = [(sizes.text(length).encode(), False) for length in sizes.LENGTHS]
    messages += [(sizes.binary(length), True) for length in sizes.LENGTHS]
    with Server() as server:
        received, clean, code = echo(server, messages, fragment)
    assert received == [payload for payload, _ in messages]
    assert clean
    assert code == 3999
