# SPDX-License-Identifier: MIT
"""Messages of 16 MiB, whole and in fragments, and a client that reads late."""
from __future__ import annotations

import asyncio
import threading

import pytest
from websockets.legacy.client import connect

from tests.interop import raw, sizes
from tests.interop.server import HANG, Server


@pytest.mark.parametrize("fragment", [None, 1 << 20, 4093])
def test_echoes_16_mib(fragment: int | None) -> None:
    message = sizes.binary(sizes.LARGE)
    step = fragment or len(message)
    pieces = [message[start : start + step] for start in range(0, len(message), step)]

    async def main(url: str) -> None:
        async with connect(url, max_size=None, compression=None) as client:
            sender = asyncio.create_task(client.send(pieces if fragment else message))
            assert await client.recv() == message
            await sender

    with Server() as server:
        asyncio.run(asyncio.wait_for(main(server.url), HANG))


def test_echoes_16_mib_of_text() -> None:
    message = sizes.text(sizes.LARGE)

    async def main(url: str) -> None:
        async with connect(url, max_size=None, compression=None) as client:
            sender = asyncio.create_task(client.send(message))
            assert await client.recv() == message
            await sender

    with Server() as server:
        asyncio.run(asyncio.wait_for(main(server.url), HANG))


def test_waits_for_a_client_that_reads_late() -> None:
    """While it does not read, it cannot send on, and others are served."""
    message = sizes.binary(sizes.LARGE)
    with Server("--idle-timeout", "0", "--ping-interval", "0") as server:
        with raw.Client(server.port, window=65536) as slow, raw.Client(server.port) as other:
            assert slow.open().status == 101
            assert other.open().status == 101
            sender = threading.Thread(target=slow.send, args=(raw.encode(raw.BINARY, message),))
            sender.start()
            for number in range(100):
                other.send(raw.encode(raw.TEXT, str(number).encode()))
                assert other.message() == (raw.TEXT, str(number).encode())
            assert sender.is_alive(), "16 MiB cannot be in flight without a reader"
            assert slow.message() == (raw.BINARY, message)
            sender.join(HANG)
            assert not sender.is_alive()
