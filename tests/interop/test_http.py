# SPDX-License-Identifier: MIT
"""What plain HTTP clients get from `wss serve` (RFC 9110, 9112)."""
from __future__ import annotations

from tests.interop import raw
from tests.interop.server import Server


def ask(server: Server, request: str) -> raw.Response:
    """Sends a request; the response must be followed by the end of the stream."""
    with raw.Client(server.port) as client:
        client.send(request.encode())
        response = client.response()
        assert client.at_end()
    return response


def get(path: str, *fields: str) -> str:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *fields, "", ""])


def test_the_root_is_a_page() -> None:
    with Server() as server:
        response = ask(server, get("/", "User-Agent: curl/7.88.1", "Accept: */*"))
    assert response.status == 200
    assert response.field("content-type") == "text/html; charset=utf-8"
    assert (response.field("connection") or "").lower() == "close"
    assert response.field("content-security-policy") is not None
    assert response.body.startswith(b"<!doctype html>")
    assert b'data-path="/"' in response.body


def test_the_page_knows_the_path() -> None:
    with Server("--path", "/a&amp;b", "--path", "/c") as server:
        assert server.line.endswith("/a&amp;b")
        response = ask(server, get("/"))
    assert b'data-path="/a&amp;amp;b"' in response.body


def test_the_page_knows_the_origins() -> None:
    with Server("--origin", "https://a.example", "--origin", "http://[::1]:8080") as server:
        response = ask(server, get("/"))
    assert b'data-origins="https://a.example http://[::1]:8080"' in response.body


def test_the_page_ignores_the_query() -> None:
    with Server() as server:
        assert ask(server, get("/?x=1")).status == 200


def test_other_pages_are_not_found() -> None:
    with Server() as server:
        for path in ("/favicon.ico", "//", "/%2f", "/index.html", "/x/"):
            assert ask(server, get(path)).status == 404, path


def test_a_websocket_path_asks_for_an_upgrade() -> None:
    with Server("--path", "/chat") as server:
        response = ask(server, get("/chat"))
        assert response.status == 426
        assert (response.field("upgrade") or "").lower() == "websocket"
        assert (response.field("connection") or "").lower().split(", ")[0] == "upgrade"
        assert ask(server, get("/other")).status == 404
        with raw.Client(server.port) as client:
            assert client.open("/other").status == 404
        with raw.Client(server.port) as client:
            assert client.open("/chat?room=1").status == 101


def test_any_path_without_a_list() -> None:
    with Server() as server, raw.Client(server.port) as client:
        assert client.open("/any/where").status == 101
        client.send(raw.encode(raw.TEXT, b"here"))
        assert client.message() == (raw.TEXT, b"here")


def test_only_get() -> None:
    with Server() as server:
        request = get("/").replace("GET", "POST")
        response = ask(server, request)
    assert response.status == 405
    assert response.field("allow") == "GET"


def test_foreign_origins_are_refused() -> None:
    with Server("--origin", "https://example.org", "--origin", "http://localhost:8080") as server:
        cases = {
            "https://example.org": 101,
            "HTTPS://EXAMPLE.ORG": 101,
            "http://localhost:8080": 101,
            "http://example.org": 403,
            "https://example.org.evil.example": 403,
            "https://example.or": 403,
            "null": 403,
        }
        for origin, status in cases.items():
            with raw.Client(server.port) as client:
                assert client.open(Origin=origin).status == status, origin
        with raw.Client(server.port) as client:
            assert client.open().status == 101


def test_the_accept_field_of_the_rfc() -> None:
    """The example of RFC 6455, 1.3."""
    with Server() as server, raw.Client(server.port) as client:
        client.send(raw.upgrade_request(key="dGhlIHNhbXBsZSBub25jZQ=="))
        assert client.response().field("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def test_a_frame_glued_to_the_request() -> None:
    with Server() as server, raw.Client(server.port) as client:
        client.send(raw.upgrade_request() + raw.encode(raw.TEXT, b"early"))
        assert client.response().status == 101
        assert client.message() == (raw.TEXT, b"early")


def test_one_byte_at_a_time() -> None:
    with Server() as server, raw.Client(server.port) as client:
        for byte in raw.upgrade_request() + raw.encode(raw.TEXT, b"slowly"):
            client.send(bytes([byte]))
        assert client.response().status == 101
        assert client.message() == (raw.TEXT, b"slowly")
