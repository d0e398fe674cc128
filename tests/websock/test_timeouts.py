# SPDX-License-Identifier: MIT
"""What ends by itself: sends to a peer that takes nothing in, connections to one that vanished."""
from __future__ import annotations

from tests.websock.driver import Driver
from tests.websock.peer import BINARY, PING, PONG, TEXT, Listener, frame


def test_a_message_that_cannot_be_completed_ends_the_connection(impatient: Driver) -> None:
    with Listener(window=4096) as listener:
        peer = impatient.opened(listener)
        impatient.begin("b", "recv", 0, 60, 4294967)
        assert impatient.ask("many", "binary", 0, 64_000_000, "x") == "-1"
        assert impatient.received("b").result == -1
        while (got := peer.frame()).opcode == PING:
            pass
        assert not got.fin
        assert impatient.recv().result == -1
        assert impatient.ask("text", 0, "x") == "-1"
    impatient.stop()
    assert impatient.errors == [], "it was not the pong timeout"


def test_a_message_of_which_nothing_went_out_does_no_harm(impatient: Driver) -> None:
    with Listener(window=4096) as listener:
        peer = impatient.opened(listener)
        sent = 0
        while impatient.ask("many", "binary", 0, 250, "x") == "0":
            sent += 1
        impatient.begin("b", "recv", 0, 60, 4294967)  # what TCP did not take leaves meanwhile
        for _ in range(sent):
            while (got := peer.frame()).opcode == PING:
                peer.send(frame(PONG, got.payload))
            assert (got.fin, got.opcode, len(got.payload)) == (True, BINARY, 250)
        assert impatient.ask("text", 0, "next") == "0"
        while (got := peer.frame()).opcode == PING:
            pass
        assert (got.opcode, got.payload) == (TEXT, b"next")
        peer.send(frame(TEXT, b"x"))
        assert impatient.received("b").payload == b"x"


def test_a_peer_that_answers_no_ping_is_given_up(strict: Driver, listener: Listener) -> None:
    peer = strict.opened(listener)
    assert strict.recv().result == -1
    assert peer.frame().opcode == PING
    strict.stop()
    assert strict.errors == ["websock: The peer did not answer a Ping within the pong timeout."]


def test_keepalive_does_not_show(impatient: Driver, listener: Listener) -> None:
    """Pings of the API's own are empty, and so are the Pongs that nobody sees."""
    peer = impatient.opened(listener)
    impatient.begin("a", "recv", 0, 60, 4294967)
    for _ in range(3):
        ping = peer.frame()
        assert (ping.opcode, ping.payload) == (PING, b"")
        peer.send(frame(PONG))
    assert impatient.idle("a")
    peer.send(frame(TEXT, b"x"))
    got = impatient.received("a")
    assert (got.opcode, got.payload) == (TEXT, b"x")
