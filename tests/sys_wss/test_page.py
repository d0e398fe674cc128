# SPDX-License-Identifier: MIT
"""The page of SYS_WSS_PAGE, over TCP."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interop import raw
from tests.ports import free_port
from tests.sys_wss.program import PAGE, SERVER, Program

TEXT = b"<!doctype html>\n<title>page</title>\n"


@pytest.fixture
def server() -> Iterator[Program]:
    with Program(PAGE, free_port()) as running:
        yield running


def ask(server: Program, *pieces: str) -> raw.Response:
    with server.connect() as client:
        client.send(pieces[0].encode())
        server.expect("0 connecting")
        for piece in pieces[1:]:
            client.send(piece.encode())
        response = client.response()
    server.expect("0 error", "0 closed")
    return response


def test_the_page_is_at_the_root(server: Program) -> None:
    for target in "/", "/?query", "http://host/":
        response = ask(server, f"GET {target} HTTP/1.1\r\nHost: host\r\n\r\n")
        assert (response.status, response.body) == (200, TEXT), target
        assert response.field("content-type") == "text/html; charset=utf-8"
        assert "connect-src 'self'" in (response.field("content-security-policy") or "")


def test_the_path_comes_in_pieces(server: Program) -> None:
    assert ask(server, *"GET / HTTP/1.1\r\nHost: host\r\n\r\n").status == 200
    assert ask(server, *"GET /x HTTP/1.1\r\nHost: host\r\n\r\n").status == 404
    assert ask(server, *"GET // HTTP/1.1\r\nHost: host\r\n\r\n").status == 404


def test_only_there(server: Program) -> None:
    for target in "/x", "//", "/x/", "/favicon.ico":
        assert ask(server, f"GET {target} HTTP/1.1\r\nHost: host\r\n\r\n").status == 404, target


def test_beside_it_is_the_service(server: Program) -> None:
    with server.open() as client:
        server.expect("0 connecting", "0 connected")
        client.send(raw.encode(raw.TEXT, b"abc"))
        assert client.frame().payload == b"abc"


def test_without_a_page() -> None:
    with Program(SERVER, free_port()) as server:
        assert ask(server, "GET / HTTP/1.1\r\nHost: host\r\n\r\n").status == 404
