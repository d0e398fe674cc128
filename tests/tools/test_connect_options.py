# SPDX-License-Identifier: MIT
"""`wss connect`: what is refused before it connects, and what a request then carries."""
from __future__ import annotations

import pytest

from tests.interop import client, server
from tests.interop.raw_server import Listener
from tests.tools.wire import UPGRADE, answer_close, assert_well

URL = "ws://127.0.0.1:9/"


def test_prints_help() -> None:
    shown = server.run("connect", "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "usage: wss connect URL..." in shown.stdout
    assert server.run("connect", URL, "-h").stdout == shown.stdout
    assert server.run("connect", "--send", "--help", "--", "--help").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], ["URL", "--help"]),
        (["--quiet"], ["URL", "--help"]),
        (["http://127.0.0.1/"], ["URL", '"http://127.0.0.1/"', "byte 1"]),
        (["ws://127.0.0.1:0/"], ["URL", '"ws://127.0.0.1:0/"']),
        (["ws://127.0.0.1/#part"], ["URL", "#part"]),
        (["ws:///"], ["URL", '"ws:///"']),
        (["ws://a b/"], ["URL", "byte 7"]),
        (["ws://me:se cret@a/"], ["URL", '"ws://**********@a/"', "byte 11"]),
        (["ws://a/\r\nX: y"], ["URL", r'"ws://a/\r\nX: y"', "control"]),
        (["ws://a/\x1b[2J"], ["URL", r'"ws://a/\x1b[2J"']),
        (["ws://a\n/"], ["URL", r'"ws://a\n/"']),
        ([URL, "ws://b:x/"], ["URL", '"ws://b:x/"']),
        ([URL, "--", "--quiet"], ["URL", '"--quiet"']),
        ([URL, "--header", "X"], ["--header", '"X"', "Name: value"]),
        ([URL, "--header", ": y"], ["--header", '""', "name"]),
        ([URL, "--header", "X Y: z"], ["--header", '"X Y"', "name"]),
        ([URL, "--header", "X : z"], ["--header", '"X "', "name"]),
        ([URL, "--header", "X: y\r\nHost: z"], ["--header", '"X"', "line break"]),
        ([URL, "--header", "X: y\nZ: a"], ["--header", '"X"', "line break"]),
        ([URL, "--header", "X\r\n: y"], ["--header", r'"X\r\n"', "name"]),
        ([URL, "--header", "X: \x7f"], ["--header", '"X"', "control"]),
        ([URL, "--header", "X: \x01"], ["--header", '"X"', "control"]),
        ([URL, "--header", "Host: a"], ["--header", '"Host"', "handshake"]),
        ([URL, "--header", "hOST: a"], ["--header", '"hOST"', "handshake"]),
        ([URL, "--header", "Upgrade: a"], ["--header", '"Upgrade"', "handshake"]),
        ([URL, "--header", "Connection: a"], ["--header", '"Connection"', "handshake"]),
        ([URL, "--header", "Content-Length: 1"], ["--header", '"Content-Length"']),
        ([URL, "--header", "Transfer-Encoding: chunked"], ["--header", '"Transfer-Encoding"']),
        ([URL, "--header", "Sec-WebSocket-Key: a"], ["--header", '"Sec-WebSocket-Key"']),
        ([URL, "--header", "sec-websocket-version: 8"], ["--header", '"sec-websocket-version"']),
        ([URL, "--header", "Sec-WebSocket-Extensions: a"], ["--header", "handshake"]),
        ([URL, "--header", "Sec-WebSocket-Protocol: a"], ["--header", "--protocol"]),
        ([URL, "--header", "Origin: a", "--header=origin: b"], ["--header", '"origin"', "twice"]),
        ([URL, "--header=Authorization: a", "--header=authorization: b"], ["--header", "twice"]),
        ([URL, "--header"], ["--header: a value has to follow\n"]),
        ([URL, "--protocol", "a b"], ["--protocol", '"a b"', "token"]),
        ([URL, "--protocol", "a\r\nX: y"], ["--protocol", r'"a\r\nX: y"', "token"]),
        ([URL, "--protocol", ""], ["--protocol", '""', "token"]),
        ([URL, "--protocol", "a", "--protocol", "a"], ["--protocol", '"a"', "twice"]),
        ([URL, "--send"], ["--send: a value has to follow\n"]),
        ([URL, "--send", "\udcff"], ["--send", "UTF-8"]),
        ([URL, "--key", "client.key"], ["--key", "--cert"]),
        ([URL, "--echo=yes"], ["--echo", '"yes"']),
        ([URL, "--ping-interval", "-1"], ["--ping-interval", '"-1"']),
        ([URL, "--close-timeout", "0"], ["--close-timeout", '"0"']),
        ([URL, "--max-message", "0"], ["--max-message", '"0"']),
        ([URL, "--max-message", "9223372036854775808"], ["--max-message"]),
        ([URL, "--proxy", "https://p/"], ["--proxy", "http only"]),
        ([URL, "--proxy", "p\r\nX: y"], ["--proxy"]),
        ([URL, "--proxy", "socks5://p"], ["--proxy"]),
        ([URL, "--verbose"], ['"--verbose"', "connect --help"]),
        ([URL, "-q"], ['"-q"']),
    ],
)
def test_names_what_is_wrong(arguments: list[str], named: list[str]) -> None:
    refused = client.run(*arguments)
    assert (refused.status, refused.output) == (2, b"")
    assert len(refused.errors.splitlines()) == 1, refused.errors
    assert refused.errors.startswith("wss: ")
    for word in named:
        assert word in refused.errors


def test_a_secret_with_a_line_break_is_not_said() -> None:
    """As a file with CRLF has it."""
    refused = client.run(URL, "--header", "Authorization: Bearer secret\r")
    assert (refused.status, refused.output) == (2, b"")
    assert '"Authorization"' in refused.errors and "secret" not in refused.errors


def test_a_wrong_variable_is_named_and_its_password_is_not() -> None:
    refused = client.run(URL, env={"http_proxy": "https://user:secret@p/"})
    assert refused.status == 2
    assert refused.last_line.startswith("wss: http_proxy: ")
    assert "secret" not in refused.errors


def test_too_many_header_fields_are_refused() -> None:
    refused = client.run(URL, *(f"--header=X-{number}: y" for number in range(129)))
    assert refused.status == 2
    assert "--header" in refused.last_line


def requested(*options: str, user: str = "") -> dict[str, str]:
    """The fields of the request that these options make."""
    with Listener() as listener:
        url = listener.url.replace("//", f"//{user}", 1) + "path?query=1"
        with client.Client(url, "--quiet", *options) as calling, listener.accept() as caller:
            while b"\r\n\r\n" not in caller.buffer:
                assert caller.fill()
            assert caller.buffer.startswith(b"GET /path?query=1 HTTP/1.1\r\n")
            names = [line.split(b":")[0].lower() for line in caller.buffer.split(b"\r\n")[1:-2]]
            assert len(names) == len(set(names)) or "--header=X-Twice: 1" in options
            head = caller.buffer
            fields = caller.request()
            caller.buffer = head
            caller.answer(UPGRADE)
            assert calling.process.stdin is not None
            calling.process.stdin.close()
            calling.process.stdin = None
            assert answer_close(caller) == 1000
            assert_well(calling.end())
            return fields


def test_the_request_has_what_it_must_and_no_more() -> None:
    fields = requested()
    assert set(fields) == {
        "host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version",
    }
    assert fields["sec-websocket-version"] == "13"


def test_the_request_carries_the_options() -> None:
    fields = requested(
        "--header", "X-Plain:  some text\t", "--header=Origin: https://example.org",
        "--header", "Cookie: a=b", "--header", "X-Empty:", "--header", "X-Colons: a:b:c",
        "--header", "X-Utf8: \u20ac", "--protocol", "b", "--protocol=a",
    )
    assert fields["x-plain"] == "some text"
    assert fields["origin"] == "https://example.org"
    assert fields["cookie"] == "a=b"
    assert fields["x-empty"] == ""
    assert fields["x-colons"] == "a:b:c"
    assert fields["x-utf8"].encode("latin-1").decode() == "\u20ac"
    assert fields["sec-websocket-protocol"] == "b, a"


def test_user_information_becomes_basic_authorization() -> None:
    fields = requested(user="us%65r:p%3Aw@")
    assert fields["authorization"] == "Basic dXNlcjpwOnc="
    assert "user" not in fields["host"]


def test_an_authorization_field_is_sent_as_it_is() -> None:
    assert requested("--header", "Authorization: Bearer x.y")["authorization"] == "Bearer x.y"


def test_authorization_is_said_once() -> None:
    refused = client.run("ws://user:secret@127.0.0.1:9/", "--header", "Authorization: Bearer x")
    assert refused.status == 2
    assert "Authorization" in refused.last_line
    assert "secret" not in refused.errors


def test_a_hundred_header_fields_are_sent() -> None:
    fields = requested(*(f"--header=X-{number}: {number}" for number in range(100)))
    assert all(fields[f"x-{number}"] == str(number) for number in range(100))


def test_a_url_of_8000_bytes_is_used() -> None:
    with Listener() as listener:
        url = listener.url + "x" * (8000 - len(listener.url))
        with client.Client(url, "--quiet"), listener.accept() as caller:
            while b"\r\n\r\n" not in caller.buffer:
                assert caller.fill()
            assert caller.buffer.split(b" ")[1] == b"/" + b"x" * (8000 - len(listener.url))
