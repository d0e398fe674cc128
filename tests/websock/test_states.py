# SPDX-License-Identifier: MIT
"""Every function in every state of a connection gives the documented result."""
from __future__ import annotations

import socket
import struct
from collections.abc import Callable

import pytest

from tests.websock.driver import Driver
from tests.websock.peer import CLOSE, TEXT, Listener, frame


def no_handle(driver: Driver, listener: Listener) -> str:
    return "none"


def no_handle_at_all(driver: Driver, listener: Listener) -> str:
    return "junk"


def never_opened(driver: Driver, listener: Listener) -> str:
    return "5"


def refused(driver: Driver, listener: Listener) -> str:
    driver.begin("a", "open", 0, "port", listener.port)
    peer = listener.accept()
    peer.request()
    peer.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    assert driver.finish("a").startswith("null")
    return "0"


def opened(driver: Driver, listener: Listener) -> str:
    driver.opened(listener).send(frame(TEXT, b"x"))
    return "0"


def closed_by_peer(driver: Driver, listener: Listener) -> str:
    driver.opened(listener).send(frame(CLOSE, struct.pack("!H", 1000)))
    assert driver.recv().result == -1
    return "0"


def lost(driver: Driver, listener: Listener) -> str:
    driver.opened(listener).reset()
    assert driver.recv().result == -1
    return "0"


def failed(driver: Driver, listener: Listener) -> str:
    driver.opened(listener).send(b"\xff")
    assert driver.recv().result == -1
    return "0"


def handled(driver: Driver, listener: Listener) -> str:
    driver.opened(listener)
    driver.ask("handler", 0, "tell")
    return "0"


def handled_and_lost(driver: Driver, listener: Listener) -> str:
    peer = driver.opened(listener)
    driver.ask("handler", 0, "tell")
    peer.socket.shutdown(socket.SHUT_WR)
    assert driver.event().kind == "error"
    return "0"


def closing(driver: Driver, listener: Listener) -> str:
    """Another thread closes, and the peer does not answer."""
    peer = driver.opened(listener)
    driver.begin("h", "close", 0)
    while peer.frame().opcode != CLOSE:
        pass
    return "0"


def closed(driver: Driver, listener: Listener) -> str:
    driver.closed(driver.opened(listener))
    return "0"


def reopened(driver: Driver, listener: Listener) -> str:
    """The handle of a life that is over, while another has the connection."""
    driver.closed(driver.opened(listener))
    driver.opened(listener, 1)
    return "0"


State = Callable[[Driver, Listener], str]
SENDS: list[State] = [opened, handled]
RECEIVES: list[State] = [opened]
STATES: list[State] = [
    no_handle, no_handle_at_all, never_opened, refused, opened, closed_by_peer, lost, failed, handled,
    handled_and_lost, closing, closed, reopened,
]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("kind", "payload"),
                         [("text", "x"), ("binary", "x"), ("ping", "x"), ("ping", ""), ("pong", "x")])
def test_send(impatient: Driver, listener: Listener, state: State, kind: str, payload: str) -> None:
    handle = state(impatient, listener)
    assert impatient.ask(kind, handle, payload) == ("0" if state in SENDS else "-1")


@pytest.mark.parametrize("state", STATES)
def test_recv(impatient: Driver, listener: Listener, state: State) -> None:
    handle = state(impatient, listener)
    got = impatient.recv(handle=handle)
    assert (got.result, got.opcode) == ((1, TEXT) if state in RECEIVES else (-1, -1))


@pytest.mark.parametrize("state", STATES)
def test_set_event_handler(impatient: Driver, listener: Listener, state: State) -> None:
    handle = state(impatient, listener)
    assert impatient.ask("handler", handle, "tell") == "set"
    if state in (closed_by_peer, lost, failed):
        assert impatient.event().kind == "error"
    elif state is opened:
        assert impatient.event().payload == b"x"


@pytest.mark.parametrize("state", STATES)
def test_close(impatient: Driver, listener: Listener, state: State) -> None:
    handle = state(impatient, listener)
    assert impatient.ask("close", handle).startswith("closed")
    assert impatient.ask("close", handle).startswith("closed")
    assert impatient.ask("text", handle, "x") == "-1"
    if state is closing:
        impatient.finish("h")
    if state is not reopened:
        assert impatient.open_again(listener)
