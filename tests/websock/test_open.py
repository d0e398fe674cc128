# SPDX-License-Identifier: MIT
"""websock_open(): the request it sends, the answers it takes, what it refuses."""
from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

import pytest

from tests.websock.driver import Driver
from tests.websock.peer import TEXT, Listener, Peer, frame

Fields = list[tuple[str, str]]


def requested(driver: Driver, listener: Listener, *words: str | int | None) -> tuple[str, Fields]:
    """The request of an open that succeeds."""
    driver.begin("a", "open", 0, "port", listener.port, *words)
    peer = listener.accept()
    line, fields = peer.request()
    peer.send(peer.answer(dict(fields)["sec-websocket-key"]))
    assert driver.finish("a").startswith("open"), driver.errors
    driver.begin("a", "close", 0)
    peer.answer_close()
    driver.finish("a")
    return line, fields


def test_the_request_has_what_is_documented(driver: Driver, listener: Listener) -> None:
    line, fields = requested(driver, listener, "uri", "/chat?x=1")
    assert line == "GET /chat?x=1 HTTP/1.1"
    names = [name for name, _ in fields]
    assert sorted(names) == [
        "connection", "host", "sec-websocket-key", "sec-websocket-version", "upgrade",
    ]
    found = dict(fields)
    assert found["host"] == f"127.0.0.1:{listener.port}"
    assert found["sec-websocket-version"] == "13"


@pytest.mark.parametrize(
    ("uri", "target"),
    [
        (None, "/"), ("", "/"), ("/", "/"), ("/a/b?c", "/a/b?c"), ("a/b", "/a/b"), ("?x", "/?x"),
        ("ws://example.org:1/a?b", "/a?b"), ("wss://example.org", "/"), ("ws://h?q=/x", "/?q=/x"),
        ("/a?u=ws://b/c", "/a?u=ws://b/c"), ("?u=ws://b/c", "/?u=ws://b/c"), ("a?u=ws://b/c", "/a?u=ws://b/c"),
        ("a" * 254, "/" + "a" * 254),
    ],
)
def test_uri(driver: Driver, listener: Listener, uri: str | None, target: str) -> None:
    assert requested(driver, listener, "uri", uri)[0] == f"GET {target} HTTP/1.1"


def test_headers_are_added(driver: Driver, listener: Listener) -> None:
    words = [w for i in range(10) for w in ("name", f"X-{i}", "val", f"value {i}")]
    _, fields = requested(driver, listener, *words)
    for i in range(10):
        assert (f"x-{i}", f"value {i}") in fields


def test_origin_is_one_of_the_headers(driver: Driver, listener: Listener) -> None:
    _, fields = requested(driver, listener, "name", "Origin", "val", "https://example.org")
    assert ("origin", "https://example.org") in fields


def test_subprotocols_are_offered(driver: Driver, listener: Listener) -> None:
    driver.begin(
        "a", "open", 0, "port", listener.port,
        "name", "Sec-WebSocket-Protocol", "val", "mqtt , chat,", "name", "sec-websocket-PROTOCOL", "val", "x",
    )
    peer = listener.accept()
    fields = peer.upgrade("Sec-WebSocket-Protocol: chat")
    assert [p.strip() for p in fields["sec-websocket-protocol"].split(",")] == ["mqtt", "chat", "x"]
    assert driver.finish("a").startswith("open")


def test_a_subprotocol_that_was_not_offered_is_refused(driver: Driver, listener: Listener) -> None:
    driver.begin("a", "open", 0, "port", listener.port, "name", "Sec-WebSocket-Protocol", "val", "mqtt")
    listener.accept().upgrade("Sec-WebSocket-Protocol: chat")
    assert driver.finish("a").startswith("null")


def test_a_frame_behind_the_response_is_not_lost(driver: Driver, listener: Listener) -> None:
    driver.begin("a", "open", 0, "port", listener.port)
    peer = listener.accept()
    key = dict(peer.request()[1])["sec-websocket-key"]
    peer.send(peer.answer(key) + frame(TEXT, b"first"))
    assert driver.finish("a").startswith("open")
    assert driver.recv().payload == b"first"


def test_host_names_are_looked_up(driver: Driver, listener: Listener) -> None:
    driver.begin("a", "open", 0, "port", listener.port, "hostname", "localhost")
    assert listener.accept().upgrade()["host"] == f"localhost:{listener.port}"
    assert driver.finish("a").startswith("open")


# ------------------------------------------------------------------------------ refused

REFUSED: dict[str, tuple[str | int | None, ...]] = {
    "no host": ("hostname", None),
    "an empty host": ("hostname", ""),
    "a host with a line break": ("hostname", "a\r\nX: y"),
    "a port below 0": ("port", -1),
    "a port beyond 65535": ("port", 65536),
    "a uri with a line break": ("uri", "/a\r\nX: y"),
    "a uri with a space": ("uri", "/a b"),
    "a long uri without a slash": ("uri", "a" * 255),
    "a uri beyond the send room": ("uri", "/" + "a" * 8000),
    "a header with a line break": ("name", "X", "val", "a\r\nSec-WebSocket-Key: b"),
    "a header with a bare LF": ("name", "X", "val", "a\nb"),
    "a header with a bare CR": ("name", "X", "val", "a\rb"),
    "a name with a line break": ("name", "X\r\nY", "val", "a"),
    "a name with a colon": ("name", "X: a\r\nY", "val", "a"),
    "a name with a space": ("name", "X Y", "val", "a"),
    "an empty name": ("name", "", "val", "a"),
    "a name that is missing": ("name", None, "val", "a"),
    "a value that is missing": ("name", "X", "val", None),
    "a second Host": ("name", "Host", "val", "evil"),
    "a second key": ("name", "sec-websocket-key", "val", "dGhlIHNhbXBsZSBub25jZQ=="),
    "a second version": ("name", "Sec-WebSocket-Version", "val", "8"),
    "an Upgrade": ("name", "Upgrade", "val", "h2c"),
    "a Connection": ("name", "Connection", "val", "close"),
    "an extension": ("name", "Sec-WebSocket-Extensions", "val", "permessage-deflate"),
    "a body": ("name", "Content-Length", "val", "5"),
    "a protocol with a line break": ("name", "Sec-WebSocket-Protocol", "val", "a\r\nX: y"),
    "a protocol that is no token": ("name", "Sec-WebSocket-Protocol", "val", "a b"),
    "a protocol twice": ("name", "Sec-WebSocket-Protocol", "val", "a, a"),
    "too many protocols": ("name", "Sec-WebSocket-Protocol", "val", ",".join("abcdefghi")),
    "too long a list of protocols": ("name", "Sec-WebSocket-Protocol", "val", "a" * 128),
    "more headers than there are": ("count", 11),
    "fewer headers than none": ("count", -1),
    "headers that are not set": ("count", 1),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_before_anything_is_sent(driver: Driver, listener: Listener, case: str) -> None:
    assert driver.ask("open", 0, "port", listener.port, *REFUSED[case]).startswith("null")
    listener.socket.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_no_configuration(driver: Driver) -> None:
    assert driver.ask("none") == "null"


def test_nobody_listens(driver: Driver) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        assert not driver.open(holder.getsockname()[1])


def test_the_reason_is_logged(driver: Driver, listener: Listener) -> None:
    driver.begin("a", "open", 0, "port", listener.port)
    peer = listener.accept()
    peer.request()
    peer.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    assert driver.finish("a").startswith("null")
    driver.stop()
    assert driver.errors == ["websock: The server answered without an upgrade. 404"]


ANSWERS: dict[str, Callable[[Peer, str], bytes]] = {
    "not HTTP": lambda peer, key: b"220 ready\r\n\r\n",
    "200": lambda peer, key: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "a redirect": lambda peer, key: b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
    "no Upgrade": lambda peer, key: peer.answer(key).replace(b"Upgrade: websocket\r\n", b""),
    "no Connection": lambda peer, key: peer.answer(key).replace(b"Connection: Upgrade\r\n", b""),
    "an extension": lambda peer, key: peer.answer(key, "Sec-WebSocket-Extensions: permessage-deflate"),
    "a subprotocol": lambda peer, key: peer.answer(key, "Sec-WebSocket-Protocol: chat"),
    "two Accepts": lambda peer, key: peer.answer(key, "Sec-WebSocket-Accept: " + "a" * 27 + "="),
    "nothing": lambda peer, key: b"",
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_bad_answer_fails(driver: Driver, listener: Listener, case: str) -> None:
    driver.begin("a", "open", 0, "port", listener.port)
    peer = listener.accept()
    key = dict(peer.request()[1])["sec-websocket-key"]
    peer.send(ANSWERS[case](peer, key))
    with contextlib.suppress(OSError):  # it may have been reset
        peer.socket.shutdown(socket.SHUT_WR)
    assert driver.finish("a").startswith("null")
    assert driver.open_again(listener), "the connection was not given back"


def test_time_out_is_in_milliseconds_and_covers_the_handshake(
    driver: Driver, listener: Listener
) -> None:
    driver.begin("a", "open", 0, "port", listener.port, "time_out", 200)
    listener.accept().request()
    answer, milliseconds = driver.finish("a").split()
    assert answer == "null"
    assert int(milliseconds) >= 200  # 200 s would hang


# ------------------------------------------------------------------------- how many

def test_as_many_as_are_configured(driver: Driver, listener: Listener) -> None:
    for _ in range(2):
        peers = []
        for handle in range(4):
            driver.begin("a", "open", handle, "port", listener.port)
            peers.append(listener.accept())
            peers[-1].upgrade()
            assert driver.finish("a").startswith("open")
        assert not driver.open(listener.port, 9)
        for handle, peer in enumerate(peers):
            driver.begin("a", "close", handle)
            peer.answer_close()
            driver.finish("a")
    driver.stop()
    assert set(driver.errors) == {"websock: No connection is free."}
