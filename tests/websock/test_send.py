# SPDX-License-Identifier: MIT
"""websock_send_*(): frames, fragments, masks, what is refused, several threads."""
from __future__ import annotations

import socket
import struct

import pytest

from tests.interop import sizes
from tests.websock.driver import Driver
from tests.websock.peer import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Listener, Peer, frame

SEND_SIZE = 4096


@pytest.mark.parametrize("length", sizes.LENGTHS)
def test_messages_arrive(driver: Driver, peer: Peer, length: int) -> None:
    driver.begin("a", "many", "text", 0, length, "t")
    assert peer.message() == (TEXT, b"t" * length)
    assert driver.finish("a") == "0"
    driver.begin("a", "many", "binary", 0, length, "b")
    assert peer.message() == (BINARY, b"b" * length)
    assert driver.finish("a") == "0"


def test_the_payload_is_not_changed(driver: Driver, peer: Peer) -> None:
    assert driver.ask("binary", 0, bytes(range(256))) == "0"
    assert peer.message() == (BINARY, bytes(range(256)))


def test_long_messages_go_out_in_fragments(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "many", "text", 0, 2 * SEND_SIZE + 1, "x")
    seen = [peer.frame() for _ in range(3)]
    assert [(f.fin, f.opcode, len(f.payload)) for f in seen] == [
        (False, TEXT, SEND_SIZE), (False, CONTINUATION, SEND_SIZE), (True, CONTINUATION, 1),
    ]
    assert driver.finish("a") == "0"
    assert driver.ask("many", "text", 0, SEND_SIZE, "x") == "0"
    assert peer.frame().fin


def test_masks_differ(driver: Driver, peer: Peer) -> None:
    masks = set()
    for _ in range(32):
        assert driver.ask("text", 0, "x") == "0"
        masks.add(peer.frame().mask)
    assert len(masks) == 32


@pytest.mark.parametrize(("kind", "opcode"), [("ping", PING), ("pong", PONG)])
@pytest.mark.parametrize("length", [0, 1, 125])
def test_control_frames(driver: Driver, peer: Peer, kind: str, opcode: int, length: int) -> None:
    assert driver.ask(kind, 0, "c" * length) == "0"
    got = peer.frame()
    assert (got.fin, got.opcode, got.payload) == (True, opcode, b"c" * length)


REFUSED: dict[str, tuple[str | bytes | int | None, ...]] = {
    "a length below 0": ("text", 0, "x", -1),
    "the lowest length": ("binary", 0, "x", -(2**31)),
    "a text that is missing": ("text", 0, None, 1),
    "bytes that are missing": ("binary", 0, None, 1),
    "a Ping that is missing": ("ping", 0, None, 1),
    "a Ping of 126 bytes": ("ping", 0, "x" * 126),
    "a Pong of 126 bytes": ("pong", 0, "x" * 126),
    "a text that is not UTF-8": ("text", 0, b"\xff"),
    "a text that ends within a character": ("text", 0, b"\xe2\x82"),
    "a long text that ends within a character": ("text", 0, b"x" * SEND_SIZE + b"\xe2\x82"),
    "a text with a surrogate": ("text", 0, b"\xed\xa0\x80"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_nothing_sent(driver: Driver, peer: Peer, case: str) -> None:
    assert driver.ask(*REFUSED[case]) == "-1"
    assert driver.ask("text", 0, "next") == "0"
    assert peer.message() == (TEXT, b"next")


@pytest.mark.parametrize("kind", ["text", "binary", "ping", "pong"])
def test_nothing_may_be_null(driver: Driver, peer: Peer, kind: str) -> None:
    assert driver.ask(kind, 0, None, 0) == "0"
    assert peer.frame().payload == b""


def test_text_may_be_cut_within_a_character_by_fragments(driver: Driver, peer: Peer) -> None:
    payload = "x" * (SEND_SIZE - 1) + "€€"
    assert driver.ask("text", 0, payload) == "0"
    assert peer.message() == (TEXT, payload.encode())


# ---------------------------------------------------------------------- several threads

def test_a_send_leaves_although_another_thread_waits(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "recv", 0, 100, 4294967)
    peer.until_answered()
    for i in range(50):
        assert driver.ask("text", 0, str(i), thread="b") == "0"
        assert peer.message() == (TEXT, str(i).encode())
    assert driver.idle("a")
    peer.send(frame(TEXT, b"x"))
    assert driver.received("a").payload == b"x"


@pytest.mark.parametrize("window", [None, 4096])
def test_messages_of_several_threads_are_not_mixed(driver: Driver, window: int | None) -> None:
    length = 2_000_000
    with Listener(window) as listener:
        peer = driver.opened(listener)
        driver.begin("a", "recv", 0, 100, 4294967)
        peer.until_answered()
        letters = "bcdefgh"
        for letter in letters:
            driver.begin(letter, "many", "binary", 0, length, letter)
        got = sorted(peer.message()[1] for _ in letters)
        assert got == [letter.encode() * length for letter in letters]
        assert [driver.finish(letter) for letter in letters] == ["0"] * len(letters)
        peer.send(frame(TEXT, b"x"))
        driver.received("a")


def test_pings_go_between_the_fragments(driver: Driver) -> None:
    """A thread sends more than TCP takes; another one's Ping does not wait for its end."""
    with Listener(window=4096) as listener:
        peer = driver.opened(listener)
        driver.begin("a", "many", "binary", 0, 64_000_000, "x")
        assert not peer.frame().fin
        driver.begin("b", "ping", 0, "now")
        while (got := peer.frame()).opcode != PING:
            assert not got.fin, "the Ping came after the message"
        assert driver.finish("b") == "0"
        assert driver.idle("a")
        peer.reset()
        assert driver.finish("a") == "-1"


def test_pings_are_answered_between_fragments(driver: Driver, peer: Peer) -> None:
    """Also where TCP takes all at once."""
    peer.send(frame(PING, b"between"))
    assert driver.ask("many", "binary", 0, 2 * SEND_SIZE + 1, "x") == "0"
    assert [peer.frame().opcode for _ in range(4)] == [BINARY, PONG, CONTINUATION, CONTINUATION]


def test_pings_are_answered_while_a_send_waits(driver: Driver) -> None:
    with Listener(window=4096) as listener:
        peer = driver.opened(listener)
        peer.send(frame(PING, b"between"))
        driver.begin("a", "many", "binary", 0, 8_000_000, "x")
        opcodes: list[int] = []
        while not opcodes or opcodes[-1] != PONG:
            opcodes.append(peer.frame().opcode)
        assert driver.idle("a")
        peer.reset()
        assert driver.finish("a") == "-1"


# ------------------------------------------------------------------------------- ends

@pytest.mark.parametrize("how", ["close", "fin", "reset"])
def test_the_peer_ends_while_a_send_waits(driver: Driver, how: str) -> None:
    with Listener(window=4096) as listener:
        peer = driver.opened(listener)
        driver.begin("a", "many", "binary", 0, 64_000_000, "x")
        peer.frame()
        if how == "close":
            peer.send(frame(CLOSE, struct.pack("!H", 1000)))
        elif how == "fin":
            peer.socket.shutdown(socket.SHUT_WR)
        else:
            peer.reset()
        assert driver.finish("a") == "-1"
        assert driver.ask("text", 0, "x") == "-1"
