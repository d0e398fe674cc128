# SPDX-License-Identifier: MIT
"""websock_recv(): frames, pieces, timeouts, control frames, ends."""
from __future__ import annotations

import os
import socket
import struct

import pytest

from tests.interop import sizes
from tests.websock.driver import Driver, Received
from tests.websock.peer import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Listener, Peer, frame

MAX_RECV_TIMEOUT = 4294967


def frames_of(driver: Driver, capacity: int = 4096) -> Received:
    """One frame, put together from its pieces, each with the same header."""
    first = driver.recv(capacity)
    assert first.opcode >= 0
    payload = first.payload
    while len(payload) < first.payload_len:
        piece = driver.recv(capacity)
        assert (piece.fin, piece.opcode, piece.payload_len) == (first.fin, first.opcode, first.payload_len)
        assert 0 < piece.result <= capacity
        payload += piece.payload
    assert len(payload) == first.payload_len
    return Received(first.result, first.length, first.fin, first.opcode, first.payload_len, 0, payload)


def nothing(received: Received) -> bool:
    return (received.result, received.opcode, received.payload_len) == (0, -1, 0)


def over(received: Received) -> bool:
    return (received.result, received.opcode, received.payload_len) == (-1, -1, 0)


@pytest.mark.parametrize("length", sizes.LENGTHS)
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_a_message(driver: Driver, peer: Peer, opcode: int, length: int) -> None:
    payload = sizes.text(length).encode() if opcode == TEXT else sizes.binary(length)
    peer.send(frame(opcode, payload))
    got = frames_of(driver)
    assert (got.fin, got.opcode, got.payload) == (1, opcode, payload)


@pytest.mark.parametrize("capacity", [1, 2, 3, 7, 100, 4096])
def test_pieces_of_any_size(driver: Driver, peer: Peer, capacity: int) -> None:
    """What a buffer leaves comes next, and nothing of the frame behind it."""
    peer.send(frame(TEXT, "zwölf €".encode()) + frame(BINARY, b"12345678") + frame(TEXT, b"z"))
    assert frames_of(driver, capacity).payload == "zwölf €".encode()
    assert frames_of(driver, capacity).payload == b"12345678"
    assert frames_of(driver, capacity).payload == b"z"


def test_every_byte_on_its_own(driver: Driver, peer: Peer) -> None:
    for byte in frame(TEXT, b"a" * 130):
        peer.send(bytes([byte]))
    assert frames_of(driver).payload == b"a" * 130


def test_fragments_are_frames_of_their_own(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"one ", fin=False) + frame(CONTINUATION, b"two ", fin=False))
    peer.send(frame(CONTINUATION, b"three"))
    seen = [driver.recv() for _ in range(3)]
    assert [(r.fin, r.opcode, r.payload_len, r.payload) for r in seen] == [
        (0, TEXT, 4, b"one "), (0, CONTINUATION, 4, b"two "), (1, CONTINUATION, 5, b"three"),
    ]


def test_an_empty_message(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT) + frame(BINARY, b"x", fin=False) + frame(CONTINUATION))
    got = driver.recv()
    assert (got.result, got.fin, got.opcode, got.payload_len) == (0, 1, TEXT, 0)
    assert driver.recv().payload == b"x"
    got = driver.recv()
    assert (got.result, got.fin, got.opcode, got.payload_len) == (0, 1, CONTINUATION, 0)


def test_an_empty_fragment_that_ends_nothing_does_not_show(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False))
    assert nothing(driver.recv(timeout=50))
    peer.send(frame(CONTINUATION, b"abc"))
    got = driver.recv()
    assert (got.fin, got.opcode, got.payload_len, got.payload) == (1, TEXT, 3, b"abc")


def fails(peer: Peer, code: int) -> None:
    """The client closes with `code`, and the server ends TCP."""
    close = peer.frame()
    assert (close.opcode, close.payload[:2]) == (CLOSE, struct.pack("!H", code))
    peer.socket.shutdown(socket.SHUT_WR)


# --------------------------------------------------------------------- partial headers

@pytest.mark.parametrize("cut", range(1, 10))
def test_a_partial_header_is_no_error(driver: Driver, peer: Peer, cut: int) -> None:
    data = frame(BINARY, b"x" * 65536)
    peer.send(data[:cut])
    assert nothing(driver.recv(timeout=30))
    assert nothing(driver.recv(timeout=0))
    peer.send(data[cut:])
    assert frames_of(driver).payload == b"x" * 65536


# --------------------------------------------------------------------------- timeouts

@pytest.mark.parametrize("timeout", [0, 1, 80])
def test_nothing_comes_within_the_timeout(driver: Driver, peer: Peer, timeout: int) -> None:
    got = driver.recv(timeout=timeout)
    assert nothing(got)
    assert got.milliseconds >= timeout


@pytest.mark.parametrize("timeout", [MAX_RECV_TIMEOUT, MAX_RECV_TIMEOUT + 1, 2**31 - 1, -1, -(2**31)])
def test_the_longest_wait_ends_when_something_comes(driver: Driver, peer: Peer, timeout: int) -> None:
    driver.begin("a", "recv", 0, 100, timeout)
    peer.until_answered()
    assert driver.recv(timeout=50, thread="b").result == 0  # waits for its turn
    assert driver.idle("a")
    peer.send(frame(TEXT, b"at last"))
    assert driver.received("a").payload == b"at last"


def test_polling_gets_what_is_there(driver: Driver, peer: Peer) -> None:
    """A timeout of 0 takes one message after the other out of one segment."""
    peer.send(b"".join(frame(TEXT, str(i).encode()) for i in range(20)))
    assert driver.recv().payload == b"0"
    assert [driver.recv(timeout=0).payload for _ in range(19)] == [str(i).encode() for i in range(1, 20)]
    assert nothing(driver.recv(timeout=0))


def test_polling_while_another_thread_waits(driver: Driver, peer: Peer) -> None:
    driver.begin("b", "recv", 0, 100, MAX_RECV_TIMEOUT)
    peer.until_answered()
    assert nothing(driver.recv(timeout=0))
    assert driver.idle("b")
    peer.send(frame(TEXT, b"x"))
    assert driver.received("b").payload == b"x"


# ---------------------------------------------------------------------- control frames

def test_pings_are_answered_while_a_call_waits(driver: Driver, peer: Peer) -> None:
    driver.begin("a", "recv", 0, 100, MAX_RECV_TIMEOUT)
    for payload in (b"", b"1", b"x" * 125):
        peer.send(frame(PING, payload))
        pong = peer.frame()
        assert (pong.opcode, pong.payload) == (PONG, payload)
    peer.send(frame(TEXT, b"done"))
    assert driver.received("a").payload == b"done"


def test_control_frames_between_fragments(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"a", fin=False) + frame(PING, b"p") + frame(CONTINUATION, b"b"))
    assert [driver.recv().payload, driver.recv().payload] == [b"a", b"b"]
    assert peer.frame().payload == b"p"


def test_a_pong_shows(driver: Driver, peer: Peer) -> None:
    assert driver.ask("ping", 0, "are you there") == "0"
    ping = peer.frame()
    assert (ping.opcode, ping.payload) == (PING, b"are you there")
    peer.send(frame(PONG, ping.payload))
    got = driver.recv()
    assert (got.fin, got.opcode, got.payload_len, got.payload) == (1, PONG, 13, b"are you there")


def test_a_pong_in_pieces_between_fragments(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"abc", fin=False) + frame(PONG, b"12345") + frame(CONTINUATION, b"de"))
    seen = [driver.recv(2) for _ in range(6)]
    assert [(r.opcode, r.payload_len, r.payload) for r in seen] == [
        (TEXT, 3, b"ab"), (TEXT, 3, b"c"), (PONG, 5, b"12"), (PONG, 5, b"34"), (PONG, 5, b"5"),
        (CONTINUATION, 2, b"de"),
    ]


def test_half_a_pong_is_not_replaced(driver: Driver, peer: Peer) -> None:
    """Nobody takes the second one: the first is not done with."""
    peer.send(frame(PONG, b"12345"))
    assert driver.recv(2).payload == b"12"
    peer.send(frame(PONG, b"abc"))
    assert driver.ask("pong", 0, "reads on") == "0"
    assert [driver.recv(2).payload, driver.recv(2).payload] == [b"34", b"5"]
    peer.send(frame(TEXT, b"x"))
    assert driver.recv().payload == b"x"


def test_the_last_of_several_pongs_shows(driver: Driver, peer: Peer) -> None:
    peer.send(frame(PONG, b"one") + frame(PONG, b"two"))
    assert driver.ask("pong", 0, "reads on") == "0"
    assert driver.recv().payload == b"two"
    assert nothing(driver.recv(timeout=0))


def test_an_empty_pong_shows_if_it_was_asked_for(driver: Driver, peer: Peer) -> None:
    peer.send(frame(PONG) + frame(TEXT, b"x"))
    assert driver.recv().payload == b"x"
    assert driver.ask("ping", 0, "") == "0"
    assert peer.frame().opcode == PING
    peer.send(frame(PONG) + frame(PONG) + frame(TEXT, b"y"))
    got = driver.recv()
    assert (got.result, got.opcode, got.payload_len) == (0, PONG, 0)
    assert driver.recv().payload == b"y"


# ---------------------------------------------------------------------------- large

@pytest.mark.parametrize("length", [2**32 + 5, 2**32, 2**63 - 1])
def test_lengths_of_64_bits(driver: Driver, peer: Peer, length: int) -> None:
    """A part of a frame that never ends; its header tells the truth all the time."""
    peer.send(frame(BINARY, b"", length=length))
    for _ in range(20):
        payload = os.urandom(1000)
        peer.send(payload)
        while payload != b"":
            got = driver.recv()
            assert (got.fin, got.opcode, got.payload_len) == (1, BINARY, length)
            assert payload.startswith(got.payload)
            payload = payload[len(got.payload):]
    assert driver.recv(timeout=0).payload_len in (0, length)


def test_a_length_with_the_top_bit_fails(driver: Driver, peer: Peer) -> None:
    peer.send(frame(BINARY, b"", length=2**63))
    driver.begin("a", "recv", 0, 100, MAX_RECV_TIMEOUT)
    fails(peer, 1002)
    assert over(driver.received("a"))


def test_a_reader_that_waits_holds_the_sender_back(driver: Driver) -> None:
    """Nobody receives: TCP stops the peer, and all arrives later."""
    with Listener() as listener:
        peer = driver.opened(listener)
        peer.socket.setblocking(False)
        sent = b""
        data = frame(BINARY, os.urandom(1 << 24))
        try:
            while len(sent) < len(data):
                sent = data[: len(sent) + peer.socket.send(data[len(sent):])]
        except BlockingIOError:
            pass
        assert len(sent) < len(data)
        got = b""
        while len(got) < len(sent) - 10:
            piece = driver.recv()
            assert piece.payload_len == 1 << 24
            got += piece.payload
        assert got == sent[10:]


# ----------------------------------------------------------------------------- ends

def test_what_came_before_the_close_is_delivered(driver: Driver, peer: Peer) -> None:
    peer.send(frame(TEXT, b"last words") + frame(CLOSE, struct.pack("!H", 1001) + b"bye"))
    assert driver.recv(4).payload == b"last"
    assert driver.recv(4).payload == b" wor"
    assert driver.recv(4).payload == b"ds"
    assert over(driver.recv(timeout=0))
    answer = peer.frame()
    assert (answer.opcode, answer.payload[:2]) == (CLOSE, struct.pack("!H", 1001))
    assert over(driver.recv(timeout=0))


def test_tcp_ends_in_good_order_within_the_call(driver: Driver, peer: Peer) -> None:
    """Some servers wait for the client's end of TCP; nobody else would see to it."""
    peer.send(frame(CLOSE, struct.pack("!H", 1001)))
    driver.begin("a", "recv", 0, 100, MAX_RECV_TIMEOUT)
    assert peer.frame().opcode == CLOSE
    assert driver.idle("a")
    peer.socket.shutdown(socket.SHUT_WR)
    assert peer.at_end()
    assert over(driver.received("a"))


@pytest.mark.parametrize("how", ["fin", "reset"])
def test_tcp_ends(driver: Driver, peer: Peer, how: str) -> None:
    driver.begin("a", "recv", 0, 100, MAX_RECV_TIMEOUT)
    peer.send(frame(TEXT, b"x"))
    assert driver.received("a").payload == b"x"
    driver.begin("a", "recv", 0, 100, MAX_RECV_TIMEOUT)
    if how == "fin":
        peer.socket.shutdown(socket.SHUT_WR)
    else:
        peer.reset()
    assert over(driver.received("a"))
    assert driver.ask("text", 0, "x") == "-1"


BROKEN = {
    "a masked frame": (bytes([0x81, 0x81, 0, 0, 0, 0, 0x61]), 1002),
    "a reserved bit": (bytes([0xC1, 1, 0x61]), 1002),
    "a reserved opcode": (bytes([0x83, 0]), 1002),
    "a continuation of nothing": (frame(CONTINUATION, b"x"), 1002),
    "a message inside a message": (frame(TEXT, b"", fin=False) + frame(TEXT, b"x"), 1002),
    "a long control frame": (frame(PING, b"x" * 126), 1002),
    "a cut control frame": (frame(PING, b"x", fin=False), 1002),
    "a text that is not UTF-8": (frame(TEXT, b"\xc0\xaf"), 1007),
    "a text that ends within a character": (frame(TEXT, b"\xe2\x82"), 1007),
    "a Close of one byte": (frame(CLOSE, b"x"), 1002),
    "a length that is not minimal": (bytes([0x81, 126, 0, 1, 0x61]), 1002),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_frame_fails_the_connection(driver: Driver, peer: Peer, case: str) -> None:
    data, code = BROKEN[case]
    peer.send(data)
    while not over(got := driver.recv(timeout=0)):
        assert got.opcode in (-1, TEXT)  # what was good of a text
    fails(peer, code)
    assert over(driver.recv())


# ------------------------------------------------------------------------ arguments

@pytest.mark.parametrize("capacity", [0, -1, -(2**31)])
def test_a_buffer_without_room(driver: Driver, peer: Peer, capacity: int) -> None:
    peer.send(frame(TEXT, b"x"))
    assert over(driver.recv(capacity, timeout=0))
    assert driver.recv().payload == b"x"


def test_the_length_becomes_what_came(driver: Driver, peer: Peer) -> None:
    """And stays where nothing came: a loop that sets it once goes on."""
    assert driver.recv(100, timeout=0).length == 100
    peer.send(frame(TEXT) + frame(TEXT, b"abc"))
    assert driver.recv(100).length == 100
    assert driver.recv(100).length == 3
    peer.send(frame(CLOSE))
    peer.socket.shutdown(socket.SHUT_WR)
    got = driver.recv(100)
    assert (got.result, got.length) == (-1, 100)


def test_missing_pointers(driver: Driver, peer: Peer) -> None:
    assert driver.ask("bad", 0) == "-1 -1 -1"
