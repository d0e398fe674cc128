# SPDX-License-Identifier: MIT
"""Chromium as the client: the page that `wss serve` shows, and the browser's own API."""
from __future__ import annotations

from tests.interop import node_client
from tests.interop.server import Server


def test_chromium() -> None:
    with Server("--protocol", "chat") as server:
        outcome = node_client.run("browser.mjs", server.url.replace("ws:", "http:"))
    assert outcome["shown"] == "Grüße, 世界 🌍"
    assert outcome["problems"] == []
    assert outcome["api"] == {
        "wrong": [],
        "protocol": "chat",
        "extensions": "",
        "code": 4321,
        "wasClean": True,
    }


def test_the_page_without_a_connection() -> None:
    with Server("--origin", "https://example.org") as server:
        outcome = node_client.run("page.mjs", server.url.replace("ws:", "http:"))
        assert outcome["refused"] == (
            f"Refused: this page is of http://127.0.0.1:{server.port}, "
            "and only pages of https://example.org are let in (--origin)."
        )
        assert (outcome["disabled"], outcome["sockets"]) == (True, 1)
