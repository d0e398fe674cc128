# SPDX-License-Identifier: MIT
"""The firmware of examples/firmware on its board: a crowd of clients, a browser, and peers that
mean no good. Not a part of the suites: it wants QEMU, and some minutes. It is run by

    /usr/bin/python3 -m pytest tests/firmware/whole.py
"""
from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from measure.board import CERTIFICATE, Board, Image, free_port, tools_missing
from tests.firmware import crowd, vandals
from tests.firmware.caller import Caller
from tests.firmware.wire import Wire, frames
from tests.interop import node_client, raw

IMAGES = (Image(tls=False), Image(tls=True))
HEAP = re.compile(r"_*(malloc|calloc|realloc|free|memalign|aligned_alloc|sbrk|brk|mmap|strdup)(_r)?")

pytestmark = pytest.mark.skipif(tools_missing() != [], reason=f"{tools_missing()} are not installed")


def name_of(image: Image) -> str:
    return "wss" if image.tls else "ws"


@pytest.fixture(params=IMAGES, ids=name_of)
def image(request: pytest.FixtureRequest) -> Image:
    built: Image = request.param
    built.build()
    return built


@pytest.fixture
def board(image: Image) -> Iterator[Board]:
    with Board(image) as running:
        yield running
        report = running.idle()
        print(f"{name_of(image)}: {report}")
        assert running.faults() == []
        assert report.stack_used < report.stack * 3 // 4
        assert report.pool_used <= report.pool
        assert report.buffers_used < report.buffers, "lwIP had no buffer left for a frame"


def url_of(board: Board, scheme: str = "ws") -> str:
    return f"{scheme}{'s' if board.image.tls else ''}://127.0.0.1:{board.port}/"


def trust_of(board: Board) -> Path | None:
    return CERTIFICATE if board.image.tls else None


def still_serves(board: Board) -> None:
    asyncio.run(crowd.one_echo(url_of(board), trust_of(board)))


def test_no_heap_is_linked(image: Image) -> None:
    symbols = image.symbols()
    assert [name for name in symbols if HEAP.fullmatch(name)] == []
    assert "main" in symbols and "cpu_sleep" in symbols


def test_ten_thousand_messages(board: Board) -> None:
    messages = 2000 if board.image.tls else 10000
    tally = asyncio.run(crowd.crowd(url_of(board), trust_of(board), 8, messages, seed=1))
    report = board.idle()
    print(tally)
    assert tally.messages == messages
    assert tally.most == 8
    assert set(tally.ends) == {end.__name__ for end in crowd.ENDS}
    assert (report.messages, report.opened, report.refused) == (messages, tally.opened, 0)


def test_chromium(board: Board) -> None:
    shot = os.environ.get("WSS_SCREENSHOT", "") if not board.image.tls else ""
    outcome = node_client.run("board.mjs", url_of(board, "http"), {"WSS_ANY_CERTIFICATE": "1", "WSS_SCREENSHOT": shot})
    assert outcome == {"shown": "Grüße, 世界 🌍", "problems": [], "wrong": [], "code": 4321, "wasClean": True}


VANDALS = [(image, vandal) for image, vandals_ in zip(IMAGES, (vandals.PLAIN, vandals.OVER_TLS)) for vandal in vandals_]


@pytest.mark.parametrize(("image", "vandal"), VANDALS, indirect=["image"],
                         ids=lambda it: name_of(it) if isinstance(it, Image) else str(it.__name__))
def test_a_vandal(board: Board, vandal: vandals.Vandal) -> None:
    vandal(board.port)
    still_serves(board)


def served_by_wire(wire: Wire, port: int) -> None:
    caller = Caller(wire, port, patience=60)
    caller.send(raw.upgrade_request())
    assert caller.until(b"\r\n\r\n").startswith(b"HTTP/1.1 101 ")
    caller.send(raw.encode(raw.TEXT, b"still there?"))
    assert caller.take(14) == b"\x81\x0cstill there?"
    caller.reset()


@pytest.mark.parametrize("seed", range(2))
def test_frames_of_all_kinds(seed: int) -> None:
    IMAGES[0].build()
    wire = Wire(free_port(), free_port())
    try:
        with Board(IMAGES[0], wire.options, bare=True) as board:
            served_by_wire(wire, 5000)
            for number, frame in enumerate(frames(seed, 4000)):
                wire.send(frame)
                if number % 8 == 0:
                    time.sleep(0.002)
            served_by_wire(wire, 5001)
            report = board.report()
            print(report)
            assert (report.messages, board.faults()) == (2, [])
            assert report.stack_used < report.stack * 3 // 4
    finally:
        wire.close()
