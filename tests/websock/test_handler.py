# SPDX-License-Identifier: MIT
"""websock_set_event_handler(): its thread, its events, closing from inside and outside."""
from __future__ import annotations

import socket
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.interop.server import HANG
from tests.websock.driver import Driver
from tests.websock.peer import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Listener, Peer, frame

PIECE = 512  # WEBSOCK_EVENT_SIZE


@pytest.fixture
def watched(driver: Driver, peer: Peer) -> Driver:
    assert driver.ask("handler", 0, "tell") == "set"
    return driver


def test_frames_come_as_events(watched: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"one", fin=False) + frame(CONTINUATION, b"two") + frame(BINARY))
    seen = [watched.event() for _ in range(3)]
    assert [(e.kind, e.fin, e.opcode, e.payload_len, e.payload) for e in seen] == [
        ("data", 0, TEXT, 3, b"one"), ("data", 1, CONTINUATION, 3, b"two"), ("data", 1, BINARY, 0, b""),
    ]


def test_long_frames_come_in_pieces(watched: Driver, peer: Peer) -> None:
    payload = bytes(range(256)) * 8
    peer.send(frame(BINARY, payload))
    got = b""
    while len(got) < len(payload):
        event = watched.event()
        assert (event.opcode, event.payload_len) == (BINARY, len(payload))
        assert 0 < event.length <= PIECE
        got += event.payload
    assert got == payload


def test_pings_are_answered_without_any_call(watched: Driver, peer: Peer) -> None:
    peer.send(frame(PING, b"p"))
    got = peer.frame()
    assert (got.opcode, got.payload) == (PONG, b"p")


def test_other_threads_send(watched: Driver, peer: Peer) -> None:
    for i in range(20):
        assert watched.ask("text", 0, str(i), thread="b") == "0"
        assert peer.message() == (TEXT, str(i).encode())


def test_the_handler_sends(driver: Driver, peer: Peer) -> None:
    driver.ask("handler", 0, "echo")
    for i in range(20):
        peer.send(frame(TEXT, str(i).encode()))
        assert peer.message() == (BINARY, str(i).encode())


def test_recv_is_refused(driver: Driver, peer: Peer) -> None:
    driver.ask("handler", 0, "recv")
    assert driver.recv().result == -1
    peer.send(frame(TEXT, b"x"))
    assert driver.event().rest[0] == "-1"


def test_a_recv_that_waits_goes_first(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "recv", 0, 100, 4294967)
    peer.until_answered()
    driver.ask("handler", 0, "tell", thread="b")
    peer.send(frame(TEXT, b"x"))
    assert driver.received("a").payload == b"x"
    peer.send(frame(TEXT, b"y"))
    assert driver.event().payload == b"y"


def test_a_further_call_changes_the_handler(watched: Driver, peer: Peer) -> None:
    watched.ask("handler", 0, "echo")
    peer.send(frame(TEXT, b"x"))
    assert peer.message() == (BINARY, b"x")


def test_no_handler_changes_nothing(driver: Driver, peer: Peer) -> None:
    driver.ask("handler", 0, "null")
    peer.send(frame(TEXT, b"x"))
    assert driver.recv().payload == b"x"


# ---------------------------------------------------------------------------- ends

@pytest.mark.parametrize("how", ["close", "fin", "reset"])
def test_the_end_is_an_event_and_gives_the_handle_back(
    watched: Driver, peer: Peer, listener: Listener, how: str
) -> None:
    peer.send(frame(TEXT, b"last"))
    assert watched.event().payload == b"last"
    if how == "close":
        peer.send(frame(CLOSE, struct.pack("!H", 1000)))
        assert peer.frame().opcode == CLOSE
        peer.socket.shutdown(socket.SHUT_WR)
    elif how == "fin":
        peer.socket.shutdown(socket.SHUT_WR)
    else:
        peer.reset()
    event = watched.event()
    assert (event.kind, event.opcode, event.payload_len, event.length) == ("error", -1, 0, 0)
    for handle in (1, 2, 3):
        watched.opened(listener, handle)
    with ThreadPoolExecutor(1) as pool:
        fourth = pool.submit(lambda: listener.accept().upgrade())
        while not watched.open(listener.port, 4):  # until the thread has ended
            pass
        fourth.result(HANG)
    assert watched.ask("text", 0, "x") == "-1"


def test_close_from_another_thread(watched: Driver, peer: Peer, listener: Listener) -> None:
    watched.closed(peer)
    assert watched.open_again(listener)
    assert watched.idle("!"), "closing is no event"


def test_close_waits_for_the_handler(driver: Driver, peer: Peer) -> None:
    driver.ask("handler", 0, "wait")
    peer.send(frame(TEXT, b"x"))
    assert driver.event().payload == b"x"
    driver.begin("b", "close", 0)
    peer.answer_close()
    assert peer.at_end()
    assert driver.ask("text", 0, "x") == "-1"
    assert driver.idle("b")
    assert driver.ask("release") == "released"
    driver.finish("b")


@pytest.mark.parametrize("last", [b"x", None])
def test_close_from_the_handler(driver: Driver, peer: Peer, listener: Listener, last: bytes | None) -> None:
    """At the first data, or at the error."""
    driver.ask("handler", 0, "close")
    if last is None:
        peer.socket.shutdown(socket.SHUT_WR)
    else:
        peer.send(frame(TEXT, last))
        peer.answer_close()
    assert driver.event().kind == ("error" if last is None else "data")
    driver.ask("close", 0)
    assert driver.idle("!")


def test_close_from_both(driver: Driver, peer: Peer, listener: Listener) -> None:
    driver.ask("handler", 0, "close")
    peer.send(frame(TEXT, b"x"))
    driver.begin("b", "close", 0)
    peer.answer_close()
    driver.finish("b")
