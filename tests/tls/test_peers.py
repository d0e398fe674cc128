# SPDX-License-Identifier: MIT
"""Other implementations over TLS: Chromium, Python's websockets, Node's ws, as clients of
`wss serve` and as servers of `wss connect`, directly and through HTTP proxies."""
from __future__ import annotations

import asyncio

import pytest
from websockets.client import connect

from tests.interop import client, node_client, sizes
from tests.interop.gateways import PASSWORD, USER, Gateway
from tests.interop.peers import Peer
from tests.interop.server import Server
from tests.tls.openssl import CA, certificate, client_context, identity, key

TLS_PEERS = ["websockets", "ws"]


def test_chromium_as_the_client() -> None:
    with Server("--protocol", "chat", *identity("ec")) as server:
        outcome = node_client.run(
            "browser.mjs", server.url.replace("wss:", "https:"), {"WSS_ANY_CERTIFICATE": "1"}
        )
    assert outcome["shown"] == "Grüße, 世界 🌍"
    assert outcome["problems"] == []
    assert (outcome["api"]["wrong"], outcome["api"]["code"]) == ([], 4321)


def test_ws_as_the_client() -> None:
    with Server("--protocol", "chat", *identity("rsa")) as server:
        outcome = node_client.run("ws_client.mjs", server.url, {"NODE_EXTRA_CA_CERTS": CA})
    assert (outcome["failures"], outcome["echoed"], outcome["code"]) == ([], 20, 4321)


@pytest.mark.parametrize("name", ["ec", "rsa", "chain"])
def test_websockets_as_the_client(name: str) -> None:
    async def talk(url: str) -> None:
        async with connect(url, ssl=client_context(), max_size=None, compression=None) as socket:
            for length in sizes.LENGTHS:
                messages: tuple[str | bytes, ...] = (sizes.text(length), sizes.binary(length))
                for message in messages:
                    await socket.send(message)
                    assert await socket.recv() == message

    with Server(*identity(name)) as server:
        asyncio.run(asyncio.wait_for(talk(server.url), 60))


@pytest.mark.parametrize("name", TLS_PEERS)
def test_as_the_server(name: str) -> None:
    """It drives an echo of each length, text and binary, whole and in fragments."""
    with Peer(name, (certificate("ec"), key("ec"))) as peer:
        ended = client.run(peer.url(f"/drive/{sizes.LARGE}"), "--echo", "--quiet", "--ca", CA)
        expected = {"scenario": "drive", "compared": 340, "wrong": [], "code": 1000}
        assert peer.outcome() == expected
        assert (ended.status, ended.errors) == (0, "")


@pytest.mark.parametrize("program", ["tinyproxy", "squid"])
@pytest.mark.parametrize("name", TLS_PEERS)
def test_through_a_proxy(name: str, program: str) -> None:
    with Peer(name, (certificate("ec"), key("ec"))) as peer, Gateway(program, private=True) as proxy:
        way = ("--proxy", proxy.url(f"{USER}:{PASSWORD}@"))
        with client.Client(peer.url("/echo"), "--quiet", "--ca", CA, *way) as running:
            running.write(b"hello\n")
            assert running.read(6) == b"hello\n"
            ended = running.end()
        assert (ended.status, ended.output, ended.errors) == (0, b"", "")
        assert proxy.logged("CONNECT")
