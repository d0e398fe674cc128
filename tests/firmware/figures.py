# SPDX-License-Identifier: MIT
"""What the firmware needs on its board, measured, into docs/DEVICE.md:

    /usr/bin/python3 -m tests.firmware.figures
"""
from __future__ import annotations

import asyncio

from websockets.legacy.client import connect

from cmake.sources import ROOT
from measure.board import CERTIFICATE, Board, Image
from measure.documents import filled
from tests.firmware import crowd

DOCUMENT = ROOT / "docs" / "DEVICE.md"
SECTIONS = ("text", "rodata", "data", "bss")
MESSAGES = 200
CLIENTS, CROWD = 8, 1000
PAYLOAD = b"32 bytes go there and come back."


async def per_message(board: Board) -> int:
    """Instructions of the board per echo of 32 bytes, one in flight; those of TCP included."""
    scheme, trust = ("wss", CERTIFICATE) if board.image.tls else ("ws", None)
    async with connect(f"{scheme}://127.0.0.1:{board.port}/", compression=None, ping_interval=None,
                       ssl=crowd.trusting(trust), open_timeout=crowd.PATIENCE) as client:
        async def echo(count: int) -> int:
            for _ in range(count):
                await client.send(PAYLOAD)
                assert await client.recv() == PAYLOAD
            return await asyncio.to_thread(board.instructions)

        begin = await echo(1)
        return (await echo(MESSAGES) - begin) // MESSAGES


def row(tls: bool) -> str:
    image = Image(tls=tls)
    image.build()
    sections = image.sections()
    with Board(image, counted=True) as board:
        instructions = asyncio.run(per_message(board))
    with Board(image) as board:
        url = f"{'wss' if tls else 'ws'}://127.0.0.1:{board.port}/"
        asyncio.run(crowd.crowd(url, CERTIFICATE if tls else None, CLIENTS, CROWD, seed=1))
        report = board.idle()
    cells = ["wss" if tls else "ws", *(sections.get(name, 0) for name in SECTIONS), report.stack_used,
             report.pool_used if tls else "none", instructions]
    return "| " + " | ".join(map(str, cells)) + " |\n"


def main() -> None:
    head = ("| | .text | .rodata | .data | .bss | stack used | TLS pool used | instructions per echo |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- |\n")
    table = head + row(False) + row(True)
    print(table)
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8"), "board", table), encoding="utf-8")


if __name__ == "__main__":
    main()
