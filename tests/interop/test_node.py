# SPDX-License-Identifier: MIT
"""The npm package ws as the client."""
from __future__ import annotations

from tests.interop import node_client
from tests.interop.server import Server


def test_ws() -> None:
    with Server("--protocol", "chat") as server:
        outcome = node_client.run("ws_client.mjs", server.url)
    assert outcome == {
        "echoed": 20,
        "failures": [],
        "protocol": "chat",
        "extensions": "",
        "pong": "are you there?",
        "code": 4321,
    }
