# SPDX-License-Identifier: MIT
"""websock_close(): the closing handshake, threads that are inside, peers that do not answer."""
from __future__ import annotations

import socket
import struct

import pytest

from tests.websock.driver import Driver
from tests.websock.peer import CLOSE, PING, PONG, TEXT, Listener, Peer, frame

NORMAL = struct.pack("!H", 1000)


def test_the_closing_handshake(driver: Driver, peer: Peer, listener: Listener) -> None:
    driver.begin("a", "close", 0)
    close = peer.frame()
    assert (close.fin, close.opcode, close.payload) == (True, CLOSE, NORMAL)
    assert driver.idle("a")
    peer.send(frame(CLOSE, NORMAL))
    peer.socket.shutdown(socket.SHUT_WR)
    driver.finish("a")
    assert peer.at_end()
    assert driver.open_again(listener)


def test_a_peer_that_does_not_answer(impatient: Driver, listener: Listener) -> None:
    """The wait ends after WEBSOCK_CLOSE_TIMEOUT_MS, and TCP with it."""
    peer = impatient.opened(listener)
    answer, milliseconds = impatient.ask("close", 0).split()
    assert answer == "closed"
    assert int(milliseconds) >= 200
    assert peer.frame().opcode == CLOSE
    assert impatient.open_again(listener)


def test_a_peer_that_answers_but_keeps_tcp(impatient: Driver, listener: Listener) -> None:
    peer = impatient.opened(listener)
    impatient.begin("a", "close", 0)
    assert peer.frame().opcode == CLOSE
    peer.send(frame(CLOSE, NORMAL))
    assert impatient.finish("a").startswith("closed")
    assert impatient.open_again(listener)


def test_a_peer_that_goes_on_sending(driver: Driver, peer: Peer) -> None:
    """What nobody received stands before the peer's Close, and is dropped."""
    peer.send(frame(TEXT, b"x" * 100_000) + frame(PING, b"p") + frame(TEXT, b"y"))
    assert driver.recv(10).payload == b"x" * 10
    driver.begin("a", "close", 0)
    while peer.frame().opcode != CLOSE:
        pass
    peer.send(frame(TEXT, b"z" * 100_000) + frame(CLOSE, NORMAL))
    peer.socket.shutdown(socket.SHUT_WR)
    answer = peer.frame()
    assert (answer.opcode, answer.payload) == (PONG, b"p")
    assert peer.at_end(), "a reset raises"
    assert driver.finish("a").startswith("closed")


def test_a_receiver_inside_returns(driver: Driver, peer: Peer) -> None:
    for thread in "bcd":
        driver.begin(thread, "recv", 0, 100, 4294967)
    peer.until_answered()
    driver.closed(peer)
    assert [driver.received(thread).result for thread in "bcd"] == [-1, -1, -1]


def test_a_sender_inside_returns(impatient: Driver) -> None:
    with Listener(window=4096) as listener:
        peer = impatient.opened(listener)
        impatient.begin("b", "many", "binary", 0, 64_000_000, "x")
        impatient.begin("c", "many", "binary", 0, 64_000_000, "x")
        peer.frame()
        assert impatient.ask("close", 0).startswith("closed")
        assert [impatient.finish("b"), impatient.finish("c")] == ["-1", "-1"]
    with Listener() as listener:
        assert impatient.open_again(listener)


def test_several_threads_close(driver: Driver, peer: Peer, listener: Listener) -> None:
    for thread in "abcdefgh":
        driver.begin(thread, "close", 0)
    peer.answer_close()
    for thread in "abcdefgh":
        driver.finish(thread)
    assert driver.open_again(listener)


@pytest.mark.parametrize("how", ["close", "fin", "reset"])
def test_after_the_peer_ended(driver: Driver, peer: Peer, listener: Listener, how: str) -> None:
    if how == "close":
        peer.send(frame(CLOSE, NORMAL))
        peer.socket.shutdown(socket.SHUT_WR)
    elif how == "fin":
        peer.socket.shutdown(socket.SHUT_WR)
    else:
        peer.reset()
    assert driver.recv().result == -1
    driver.ask("close", 0)
    assert driver.open_again(listener)


def test_an_old_handle_is_not_its_successor(driver: Driver, listener: Listener) -> None:
    old = driver.opened(listener, 0)
    driver.closed(old, 0)
    new = driver.opened(listener, 1)
    for words in (("text", 0, "x"), ("binary", 0, "x"), ("ping", 0, ""), ("pong", 0, "")):
        assert driver.ask(*words) == "-1"
    assert driver.recv(timeout=0).result == -1
    driver.ask("handler", 0, "tell")
    driver.ask("close", 0)
    assert driver.ask("text", 1, "still here") == "0"
    assert new.message() == (TEXT, b"still here")
