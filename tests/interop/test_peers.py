# SPDX-License-Identifier: MIT
"""`wss connect` against other people's servers, directly and behind nginx. What the servers
do is said in tests/interop/servers/scenarios.py; all of them offer compression.
"""
from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.interop import client, sizes
from tests.interop.client import Client, assert_failed
from tests.interop.gateways import Gateway
from tests.interop.peers import SERVERS, Peer


@pytest.fixture(scope="module", params=[*SERVERS, "nginx"])
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """A server; "nginx" is the package ws behind nginx."""
    with ExitStack() as stack:
        running = stack.enter_context(Peer("ws" if request.param == "nginx" else request.param))
        if request.param == "nginx":
            running.port = stack.enter_context(Gateway("nginx", running.port)).port
        yield running


def report(peer: Peer, *options: str) -> dict[str, object]:
    """What the server saw of the opening handshake."""
    ended = client.run(peer.url("/report"), "--quiet", *options)
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome() == {"scenario": "report", "code": 1000}
    seen: dict[str, object] = json.loads(ended.output)
    return seen


def fields(seen: dict[str, object], name: str) -> list[str]:
    listed = seen["fields"]
    assert isinstance(listed, list)
    return [value for key, value in listed if key == name]


def test_echoes_whatever_the_server_sends(peer: Peer) -> None:
    """Of each length text and binary, whole and in fragments with a Ping between; Pings; then
    many at once. The server compares."""
    slow = peer.name == "autobahn"
    url = peer.url(f"/drive/{1 << 20 if slow else sizes.LARGE}")
    ended = client.run(url, "--echo", "--quiet")
    compared = 336 if slow else 340
    expected = {"scenario": "drive", "compared": compared, "wrong": [], "code": 1000}
    assert peer.outcome() == expected
    assert (ended.status, ended.errors) == (0, "")


def test_lines_of_input_come_back(peer: Peer) -> None:
    """With Pings of the client between them."""
    lines = b"".join(sizes.text(length).encode() + b"\n" for length in sizes.LENGTHS)
    with Client(peer.url("/echo"), "--quiet", "--ping-interval", "1") as running:
        running.write(lines)
        assert running.read(len(lines)) == lines
        assert running.end() == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "echo", "code": 1000}


def test_a_long_line_comes_back(peer: Peer) -> None:
    line = sizes.text(1 << 20).encode() + b"\n"
    with Client(peer.url("/echo"), "--quiet") as running:
        running.write(line)
        assert running.read(len(line)) == line
        assert running.end() == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "echo", "code": 1000}


def test_binary_input_comes_back(peer: Peer) -> None:
    data = sizes.binary(3 << 20)
    with Client(peer.url("/echo"), "--quiet", "--binary") as running:
        running.write(data)
        assert running.read(len(data)) == data
        assert running.end() == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "echo", "code": 1000}


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], None),
        (["chat.v1"], "chat.v1"),
        (["other", "chat.v2", "chat.v1"], "chat.v2"),
        (["other"], None),
    ],
)
def test_agrees_on_a_subprotocol(peer: Peer, offered: list[str], chosen: str | None) -> None:
    seen = report(peer, *(f"--protocol={name}" for name in offered))
    assert seen["protocol"] == chosen


def test_extensions_are_not_offered(peer: Peer) -> None:
    seen = report(peer)
    assert seen["extensions"] == []
    assert fields(seen, "sec-websocket-extensions") == []


def test_header_fields_arrive(peer: Peer) -> None:
    seen = report(
        peer,
        "--header=X-First: one",
        "--header=X-Second:two words",
        "--header=Origin: https://app.example",
        "--header=Cookie: a=b; c=d",
    )
    assert fields(seen, "x-first") == ["one"]
    assert fields(seen, "x-second") == ["two words"]
    assert fields(seen, "origin") == ["https://app.example"]
    assert fields(seen, "cookie") == ["a=b; c=d"]
    if peer.name != "wsproto":  # shows no Host among its fields
        assert fields(seen, "host") == [f"127.0.0.1:{peer.port}"]


def test_user_information_becomes_basic_authorization(peer: Peer) -> None:
    url = peer.url("/report").replace("//", "//user:pass%20word@")
    ended = client.run(url, "--quiet")
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome()["code"] == 1000
    assert fields(json.loads(ended.output), "authorization") == ["Basic dXNlcjpwYXNzIHdvcmQ="]


@pytest.mark.parametrize(("code", "received"), [(1000, 1000), (1001, 1001), (0, 1005)])
def test_a_good_close_is_a_good_end(peer: Peer, code: int, received: int) -> None:
    """Code 0: without one."""
    ended = client.run(peer.url(f"/close/{code}/" + ("enough" if code else "")), "--quiet")
    assert ended == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "close", "code": received}


@pytest.mark.parametrize(("code", "reason"), [(1008, "policy"), (4000, "enough"), (4999, "")])
def test_another_close_is_a_failure_that_is_named(peer: Peer, code: int, reason: str) -> None:
    ended = client.run(peer.url(f"/close/{code}/{reason}"), "--quiet")
    assert_failed(ended, str(code), reason)
    assert peer.outcome() == {"scenario": "close", "code": code}


@pytest.mark.parametrize("end", ["fin", "reset"])
def test_the_end_of_tcp_without_a_close_is_a_failure(peer: Peer, end: str) -> None:
    ended = client.run(peer.url(f"/{end}"), "--quiet")
    assert_failed(ended, "1006")
    assert peer.outcome()["scenario"] == end
