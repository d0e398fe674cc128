# SPDX-License-Identifier: MIT
"""`wss connect` through HTTP proxies of others: tinyproxy, whose answers are HTTP/1.0, and
squid. The test is through a proxy if its log says so.
"""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interop import client, sizes
from tests.interop.client import Client, assert_failed
from tests.interop.gateways import PASSWORD, USER, Gateway
from tests.interop.peers import Peer
from tests.ports import dead_port

PROGRAMS = ["tinyproxy", "squid"]


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with Peer("ws") as running:
        yield running


@pytest.fixture(scope="module", params=PROGRAMS)
def proxy(request: pytest.FixtureRequest) -> Iterator[Gateway]:
    with Gateway(request.param) as running:
        yield running


@pytest.fixture(scope="module", params=PROGRAMS)
def private_proxy(request: pytest.FixtureRequest) -> Iterator[Gateway]:
    with Gateway(request.param, private=True) as running:
        yield running


@pytest.fixture
def dead() -> Iterator[int]:
    """A port on which nobody listens."""
    with dead_port() as port:
        yield port


def test_echoes_through_a_proxy(proxy: Gateway, peer: Peer) -> None:
    url = peer.url(f"/drive/{sizes.LARGE}")
    ended = client.run(url, "--echo", "--quiet", "--proxy", proxy.url())
    outcome = peer.outcome()
    assert (outcome["wrong"], outcome["code"]) == ([], 1000)
    assert (ended.status, ended.errors) == (0, "")
    assert proxy.logged(f"CONNECT 127.0.0.1:{peer.port}")


def test_input_through_a_proxy(proxy: Gateway, peer: Peer) -> None:
    lines = b"".join(sizes.text(length).encode() + b"\n" for length in sizes.LENGTHS)
    with Client(peer.url("/echo"), "--quiet", "--proxy", proxy.url()) as running:
        running.write(lines)
        assert running.read(len(lines)) == lines
        assert running.end() == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "echo", "code": 1000}


def test_the_environment_names_the_proxy(proxy: Gateway, peer: Peer) -> None:
    """The name is the proxy's to look up."""
    url = f"ws://localhost:{peer.port}/close/1000/"
    ended = client.run(url, "--quiet", env={"http_proxy": proxy.url()})
    assert ended == client.Ended(0, b"", "")
    assert peer.outcome() == {"scenario": "close", "code": 1000}
    assert proxy.logged(f"CONNECT localhost:{peer.port}")


def test_closes_come_through_a_proxy(proxy: Gateway, peer: Peer) -> None:
    ended = client.run(peer.url("/close/4000/enough"), "--quiet", "--proxy", proxy.url())
    assert_failed(ended, "4000", "enough")
    assert peer.outcome() == {"scenario": "close", "code": 4000}


@pytest.mark.parametrize("end", ["fin", "reset"])
def test_the_end_of_tcp_comes_through_a_proxy(proxy: Gateway, peer: Peer, end: str) -> None:
    ended = client.run(peer.url(f"/{end}"), "--quiet", "--proxy", proxy.url())
    assert_failed(ended, "1006")
    assert peer.outcome()["scenario"] == end


def test_a_server_that_the_proxy_does_not_reach(proxy: Gateway, dead: int) -> None:
    url = f"ws://127.0.0.1:{dead}/"
    ended = client.run(url, "--quiet", "--proxy", proxy.url())
    status = {"squid": "503", "tinyproxy": "500"}[proxy.program]
    assert_failed(ended, status)


def test_a_proxy_that_is_not_there(dead: int) -> None:
    ended = client.run("ws://127.0.0.1:9/", "--quiet", "--proxy", f"http://127.0.0.1:{dead}")
    assert_failed(ended)


def test_a_proxy_takes_credentials(private_proxy: Gateway, peer: Peer) -> None:
    """They are for the proxy alone."""
    user = private_proxy.url(f"{USER}:{PASSWORD}@")
    ended = client.run(peer.url("/report"), "--quiet", "--proxy", user)
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome() == {"scenario": "report", "code": 1000}
    assert b"authorization" not in ended.output
    assert private_proxy.logged(f"CONNECT 127.0.0.1:{peer.port}")


@pytest.mark.parametrize("user", ["", f"{USER}:wrong@"])
def test_a_proxy_refuses_credentials(private_proxy: Gateway, user: str) -> None:
    """tinyproxy answers wrong ones with 401, which is not the server's."""
    ended = client.run("ws://127.0.0.1:9/", "--quiet", "--proxy", private_proxy.url(user))
    wrong = private_proxy.program == "tinyproxy" and user != ""
    assert_failed(ended, "401" if wrong else "407", "proxy")


def test_the_second_server_of_a_list_through_a_proxy(proxy: Gateway, peer: Peer, dead: int) -> None:
    """The first is reached without one, and is not there."""
    urls = [f"ws://127.0.0.1:{dead}/", f"ws://localhost:{peer.port}/close/1000/"]
    env = {"http_proxy": proxy.url(), "no_proxy": "127.0.0.1"}
    ended = client.run(*urls, "--quiet", env=env)
    assert ended.status == 0
    assert peer.outcome() == {"scenario": "close", "code": 1000}
    assert proxy.logged(f"CONNECT localhost:{peer.port}")
    assert "CONNECT 127.0.0.1" not in proxy.log.read_text().splitlines()[-1]


def test_the_second_server_of_a_list_without_a_proxy(proxy: Gateway, peer: Peer, dead: int) -> None:
    """The first is reached through one, and is not there."""
    urls = [f"ws://localhost:{dead}/", peer.url("/close/1000/")]
    env = {"http_proxy": proxy.url(), "no_proxy": "127.0.0.1"}
    ended = client.run(*urls, "--quiet", env=env)
    assert ended.status == 0
    assert peer.outcome() == {"scenario": "close", "code": 1000}
    assert proxy.logged(f"CONNECT localhost:{dead}")
