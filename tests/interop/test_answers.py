# SPDX-License-Identifier: MIT
"""`wss connect` where a server answers without an upgrade: redirects, challenges, errors."""
from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.interop import client
from tests.interop.client import assert_failed
from tests.interop.gateways import PASSWORD, USER, Gateway
from tests.interop.peers import Peer


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with Peer("websockets") as running:
        yield running


@pytest.fixture(scope="module")
def nginx(peer: Peer) -> Iterator[Gateway]:
    with Gateway("nginx", peer.port) as running:
        yield running


@pytest.fixture(params=["websockets", "nginx"])
def front(request: pytest.FixtureRequest, peer: Peer, nginx: Gateway) -> str:
    """The beginning of a URL of either: the package answers with a relative Location, nginx
    with an absolute one whose scheme is http."""
    port = peer.port if request.param == "websockets" else nginx.port
    return f"ws://127.0.0.1:{port}"


def with_user(url: str, user: str) -> str:
    return url.replace("//", f"//{user}@", 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(front: str, peer: Peer, status: int) -> None:
    ended = client.run(f"{front}/redirect/{status}", "--quiet")
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome() == {"scenario": "report", "code": 1000}
    assert "fields" in json.loads(ended.output)


def test_credentials_follow_a_redirect_to_the_same_server(front: str, peer: Peer) -> None:
    ended = client.run(with_user(f"{front}/redirect/302", "user:pass%20word"), "--quiet")
    assert peer.outcome()["code"] == 1000
    seen = dict(json.loads(ended.output)["fields"])
    assert seen["authorization"] == "Basic dXNlcjpwYXNzIHdvcmQ="


def test_a_circle_of_redirects_ends(nginx: Gateway) -> None:
    assert_failed(client.run(f"ws://127.0.0.1:{nginx.port}/loop", "--quiet"), "redirect")


def test_a_challenge_is_a_failure(peer: Peer) -> None:
    assert_failed(client.run(peer.url("/private"), "--quiet"), "401", "tests")


def test_wrong_credentials_are_a_failure(peer: Peer) -> None:
    url = with_user(peer.url("/private"), "user:other")
    assert_failed(client.run(url, "--quiet"), "401")


def test_credentials_are_taken(peer: Peer) -> None:
    ended = client.run(with_user(peer.url("/private"), "user:pass%20word"), "--quiet")
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome() == {"scenario": "report", "code": 1000}


def test_nginx_wants_credentials(nginx: Gateway, peer: Peer) -> None:
    url = f"ws://127.0.0.1:{nginx.port}/private/report"
    assert_failed(client.run(url, "--quiet"), "401", "tests")
    ended = client.run(with_user(url, f"{USER}:{PASSWORD}"), "--quiet")
    assert (ended.status, ended.errors) == (0, "")
    assert peer.outcome() == {"scenario": "report", "code": 1000}


def test_absent(front: str) -> None:
    assert_failed(client.run(f"{front}/absent", "--quiet"), "404")


def test_a_dead_server_behind_nginx(nginx: Gateway) -> None:
    assert_failed(client.run(f"ws://127.0.0.1:{nginx.port}/dead/", "--quiet"), "502")


def test_a_server_that_answers_404_gives_way_to_the_next(peer: Peer, nginx: Gateway) -> None:
    first = f"ws://127.0.0.1:{nginx.port}/absent"
    ended = client.run(first, peer.url("/report"), "--quiet")
    assert ended.status == 0
    assert peer.outcome() == {"scenario": "report", "code": 1000}
    host = dict(json.loads(ended.output)["fields"])["host"]
    assert host == urlsplit(peer.url("/")).netloc
