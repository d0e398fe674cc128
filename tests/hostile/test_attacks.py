# SPDX-License-Identifier: MIT
"""Each attack on one and the same `wss serve`, whole and in single bytes, beside an innocent
connection, whose echoes come before it, in the midst of it, and after it.
"""
from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.attack import Attack
from tests.hostile.entries import ENTRIES
from tests.hostile.frames import FRAMES
from tests.hostile.handshakes import HANDSHAKES
from tests.interop import raw
from tests.interop.server import Server

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ("--quiet", "--ping-interval", "0", "--idle-timeout", "0", "--max-message", "65536",
           "--protocol", "echo.v1", "--origin", "https://good.example")
PIECES = 300  # at most; longer attacks are cut into longer ones
NUMBERS = itertools.count()


@pytest.fixture(scope="module", name="server")
def one_server() -> Iterator[Server]:
    with Server(*OPTIONS) as server:
        yield server
        assert server.stop() == (0, "")


@pytest.fixture(scope="module", name="innocent")
def innocent_connection(server: Server) -> Iterator[raw.Client]:
    with raw.Client(server.port) as client:
        assert client.open().status == 101
        yield client


def echoes(client: raw.Client) -> None:
    message = b"message %d" % next(NUMBERS)
    client.send(raw.encode(raw.TEXT, message))
    assert client.frame() == raw.Frame(True, raw.TEXT, message)


def send(client: raw.Client, innocent: raw.Client, data: bytes, whole: bool) -> None:
    """The server may end the connection before it has all."""
    size = len(data) if whole else max(1, len(data) // PIECES)
    pieces = [data[at:at + size] for at in range(0, len(data), size)]
    with contextlib.suppress(ConnectionError):
        for number, piece in enumerate(pieces):
            client.send(piece)
            if number == len(pieces) // 2:
                echoes(innocent)


WHOLE = pytest.mark.parametrize("whole", [True, False], ids=["whole", "in pieces"])


@pytest.mark.parametrize("attack", HANDSHAKES, ids=str)
@WHOLE
def test_handshake(server: Server, innocent: raw.Client, attack: Attack, whole: bool) -> None:
    echoes(innocent)
    with raw.Client(server.port) as client:
        client.socket.setsockopt(6, 1, 1)  # TCP_NODELAY: pieces go out as they are
        send(client, innocent, attack.sends, whole)
        response = client.response()
        assert response.status == attack.expected
        if attack.expected == 101:
            assert response.field("sec-websocket-protocol") is None
            assert response.field("sec-websocket-extensions") is None
            echoes(client)
        else:
            assert client.at_end()
        if attack.expected == 426:
            assert response.field("sec-websocket-version") == "13"
            assert response.field("upgrade") == "websocket"
        if attack.expected == 405:
            assert response.field("allow") == "GET"
    echoes(innocent)


@pytest.mark.parametrize("attack", FRAMES, ids=str)
@WHOLE
def test_frames(server: Server, innocent: raw.Client, attack: Attack, whole: bool) -> None:
    echoes(innocent)
    with raw.Client(server.port) as client:
        client.socket.setsockopt(6, 1, 1)
        assert client.open().status == 101
        send(client, innocent, attack.sends, whole)
        for reply in attack.replies:
            got = client.frame()
            while not got.fin:
                more = client.frame()
                got = raw.Frame(more.fin, got.opcode, got.payload + more.payload)
            assert got == reply
        if attack.expected == 0:
            echoes(client)
        else:
            frame = client.frame()
            while frame.opcode != raw.CLOSE:  # what was echoed of a message that then went wrong
                frame = client.frame()
            assert frame.code == attack.expected
            with contextlib.suppress(ConnectionError):
                client.send(raw.encode(raw.CLOSE, frame.payload))
                assert client.at_end()
    echoes(innocent)


def test_every_entry_has_its_tests() -> None:
    attacked = {attack.entry for attack in (*HANDSHAKES, *FRAMES)}
    assert set(ENTRIES) == set(range(1, 30))
    assert [number for number, entry in ENTRIES.items() if number not in attacked and not entry.tests] == []
    assert attacked <= set(ENTRIES)


@pytest.mark.parametrize("test", sorted({test for entry in ENTRIES.values() for test in entry.tests}))
def test_what_an_entry_names_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert (ROOT / file).exists()
    assert not name or re.search(rf"(def |START_TEST\(){name}\b", (ROOT / file).read_text(encoding="utf-8"))


def test_no_two_attacks_have_one_name() -> None:
    names = [str(attack) for attack in (*HANDSHAKES, *FRAMES)]
    assert len(names) == len(set(names))
