# SPDX-License-Identifier: MIT
"""What came from a client, between a library that calls back and a scenario that waits."""
from __future__ import annotations

import asyncio

from tests.interop.servers.scenarios import Ended, Message


class Inbox:
    def __init__(self) -> None:
        self.messages: asyncio.Queue[Message | None] = asyncio.Queue()  # None: the end
        self.pongs: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def message(self, message: Message) -> None:
        self.messages.put_nowait(message)

    def pong(self, payload: bytes) -> None:
        self.pongs.put_nowait(payload)

    def end(self, code: int) -> None:
        if not self.code.done():
            self.code.set_result(code)
        self.messages.put_nowait(None)
        self.pongs.put_nowait(None)

    def check(self) -> None:
        """Raises once the connection is over."""
        if self.code.done():
            raise Ended(self.code.result())

    async def receive(self) -> Message:
        message = await self.messages.get()
        if message is None:
            raise Ended(await self.code)
        return message

    async def ponged(self, payload: bytes) -> None:
        """Returns when the Pong with this payload has come; those before it are passed."""
        while (pong := await self.pongs.get()) != payload:
            if pong is None:
                raise Ended(await self.code)

    async def ended(self) -> int:
        return await self.code
