# SPDX-License-Identifier: MIT
"""Attacks on the opening handshake (RFC 9112, RFC 6455, 4.2)."""
from __future__ import annotations

from tests.hostile.attack import Attack, lines

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def key(value: str) -> bytes:
    return lines(f"Sec-WebSocket-Key: {value}", without=("Sec-WebSocket-Key",))


def version(*values: str) -> bytes:
    return lines(*(f"Sec-WebSocket-Version: {value}" for value in values), without=("Sec-WebSocket-Version",))


def connection(*fields: str) -> bytes:
    return lines(*fields, without=("Connection", "Upgrade"))


def field(line: str) -> bytes:
    return lines(line)


def host(*fields: str) -> bytes:
    return lines(*fields, without=("Host",))


HANDSHAKES = (
    Attack(1, "a good request", lines(), 101),
    Attack(3, "a request line of 8,000 octets", lines(start=f"GET /{'a' * (8000 - len('GET / HTTP/1.1'))} HTTP/1.1"), 101),
    Attack(3, "a request line beyond the limit", lines(start=f"GET /{'a' * 9000} HTTP/1.1"), 414),
    Attack(3, "a field beyond the limit of the head", field("X: " + "a" * 20000), 431),
    Attack(3, "a hundred fields too many", lines(*(f"X{number}: y" for number in range(200))), 431),
    Attack(4, "no key", lines(without=("Sec-WebSocket-Key",)), 400),
    Attack(4, "two keys", field(f"Sec-WebSocket-Key: {KEY}"), 400),
    Attack(4, "a key of 23 characters", key(KEY[1:]), 400),
    Attack(4, "a key of 25 characters", key("A" + KEY), 400),
    Attack(4, "a key of 1,000 characters", key("A" * 998 + "=="), 400),
    Attack(4, "a key that is not base64", key("dGhlIHNhbXBsZSBub25j*Q=="), 400),
    Attack(4, "a key whose padding hides bits", key(KEY[:21] + "R=="), 400,
           choice="RFC 4648, 3.5 lets a decoder refuse pad bits that are not zero"),
    Attack(4, "a key of 15 bytes", key("AAAAAAAAAAAAAAAAAAAA"), 400),
    Attack(5, "no version", lines(without=("Sec-WebSocket-Version",)), 426),
    Attack(5, "version 8", version("8"), 426),
    Attack(5, "the version twice", version("13", "13"), 426,
           choice="RFC 6455, 4.4 lets only responses have it more than once"),
    Attack(5, "a huge version", version("13" + "0" * 200), 426),
    Attack(6, "lists, any case, tabs, empty elements",
           connection("Connection:\tkeep-alive ,, UPGRADE ,", "Upgrade:h2c,\tWebSocket"), 101),
    Attack(6, "both fields twice, no space behind the colon",
           connection("Connection:close", "Connection:upgrade", "Upgrade:h2c", "Upgrade:websocket"), 101),
    Attack(7, "obs-fold", field("X: a\r\n b"), 400),
    Attack(7, "a bare LF", lines().replace(b"\r\nUpgrade", b"\nUpgrade", 1), 400,
           choice="RFC 9112, 2.2 lets a recipient take it for a line's end; we do not"),
    Attack(7, "a bare CR", field("X: a\rb"), 400),
    Attack(7, "NUL in a value", field("X: a\0b"), 400),
    Attack(7, "a name beyond ASCII", field("X\xe4: a"), 400),
    Attack(7, "a space before the colon", field("X : a"), 400),
    Attack(7, "an empty name", field(": a"), 400),
    Attack(7, "a value beyond ASCII", field("X: \xe4\xff"), 101),
    Attack(8, "no Host", host(), 400),
    Attack(8, "two Hosts", field("Host: localhost"), 400),
    Attack(8, "a malformed Host", host("Host: a b"), 400),
    Attack(8, "the absolute form", lines(start="GET http://localhost/ HTTP/1.1"), 101),
    Attack(8, "HTTP/1.0", lines(start="GET / HTTP/1.0"), 400,
           choice="426 would do as well, as it asks for an upgrade; but its version is what is wrong"),
    Attack(8, "HTTP/0.9", b"GET /\r\n\r\n", 400),
    Attack(8, "HTTP/2.0", lines(start="GET / HTTP/2.0"), 505),
    Attack(8, "POST", lines(start="POST / HTTP/1.1"), 405),
    Attack(9, "a body's length", field("Content-Length: 5"), 400),
    Attack(9, "a negative length", field("Content-Length: -1"), 400),
    Attack(9, "two lengths", lines("Content-Length: 0", "Content-Length: 5"), 400),
    Attack(9, "chunks", field("Transfer-Encoding: chunked"), 400),
    Attack(10, "protocols of commas alone", field("Sec-WebSocket-Protocol: ,, ,"), 101,
           choice="RFC 9110, 5.6.1.2 lets empty elements stand; none is selected"),
    Attack(10, "a thousand protocols", field("Sec-WebSocket-Protocol: " + ",".join(f"p{n}" for n in range(1000))), 101),
    Attack(11, "extensions with doubtful parameters",
           field("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99; x; x, y"), 101),
    Attack(11, "a malformed list of extensions", field("Sec-WebSocket-Extensions: ;=,"), 400),
    Attack(15, "a page of another origin", field("Origin: https://evil.example"), 403),
    Attack(15, "a page of an origin that is let in", field("Origin: https://good.example"), 101),
    Attack(15, "the hello of TLS", b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03" + bytes(range(1, 33)) + b"\r\n\r\n", 400),
)
