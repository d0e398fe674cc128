# SPDX-License-Identifier: MIT
"""`wss connect`: several URLs, connecting again, redirects, proxies."""
from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import pytest

from tests.interop import raw
from tests.interop.client import Client, run
from tests.interop.raw_server import Caller, Listener, unmasked
from tests.interop.server import HANG, Server
from tests.tools.wire import (
    UPGRADE, answer_close, assert_failed, assert_well, close_frame, opened, texts, wait_until_open,
)

REFUSED = "The peer refused the connection."


@contextlib.contextmanager
def dead_url() -> Iterator[str]:
    """A port that is taken, and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"ws://127.0.0.1:{taken.getsockname()[1]}/"


def end_input(client: Client) -> None:
    assert client.process.stdin is not None
    client.process.stdin.close()
    client.process.stdin = None


def said(client: Client, words: str) -> list[str]:
    """The lines of stderr up to the first with these words."""
    assert client.process.stderr is not None
    lines = [client.process.stderr.readline().decode().rstrip("\n")]
    while words not in lines[-1]:
        assert lines[-1] != "", lines
        lines.append(client.process.stderr.readline().decode().rstrip("\n"))
    return lines


def close(caller: Caller) -> None:
    """The server closes."""
    caller.send(close_frame(1000))
    assert caller.answer_pings().code == 1000
    caller.socket.shutdown(1)
    assert caller.at_end()


def answered(caller: Caller, status: int, *fields: str) -> dict[str, str]:
    """Answers without an upgrade; the fields of the request."""
    request = caller.request()
    lines = [f"HTTP/1.1 {status} x", "Content-Length: 0", *fields]
    caller.send(("\r\n".join(lines) + "\r\n\r\n").encode())
    caller.socket.close()
    return request


# ---------------------------------------------------------------------------- failover


def test_the_first_url_that_answers_is_taken() -> None:
    with dead_url() as dead, Server() as server:
        ended = run(dead, server.url, "--send", "here", "--echo", "--max-message", "1")
        assert ended.errors.splitlines()[:2] == [
            f"wss: {dead}: {REFUSED}",
            f"wss: {server.url}: opened",
        ]


def test_a_server_that_answers_otherwise_is_passed_over() -> None:
    with Listener() as wrong, Listener() as right:
        with Client(wrong.url, right.url, "--quiet") as client:
            answered(wrong.accept(), 503)
            with opened(right) as caller:
                client.write(b"hello\n")
                assert caller.frame().payload == b"hello"
                close(caller)
            client.process.wait(HANG)
            ended = client.end()
    assert ended.errors == f"wss: {wrong.url}: the server answered 503\n"
    assert_well(ended)


def test_each_url_that_fails_is_said() -> None:
    with dead_url() as first, dead_url() as second:
        ended = run(first, second, "ws://nowhere.invalid/")
    assert ended.status == 1
    assert ended.errors.splitlines() == [
        f"wss: {first}: {REFUSED}",
        f"wss: {second}: {REFUSED}",
        "wss: ws://nowhere.invalid/: The host name nowhere.invalid is not known.",
    ]


def test_a_name_is_looked_up() -> None:
    with Listener() as listener:
        with Client(listener.url.replace("127.0.0.1", "localhost"), "--quiet") as client:
            with opened(listener) as caller:
                close(caller)
            client.process.wait(HANG)
            assert_well(client.end())


def test_one_connection_is_all_without_reconnect() -> None:
    with Listener() as listener, Client(listener.url, "--quiet") as client:
        with opened(listener) as caller:
            caller.reset()
        client.process.wait(HANG)
        assert_failed(client.end(), "1006")


# ---------------------------------------------------------------------------- reconnect


def test_it_connects_again_and_goes_on() -> None:
    with Listener() as listener:
        with Client(listener.url, "--reconnect", "--send", "subscribe") as client:
            with opened(listener) as caller:
                assert caller.frame().payload == b"subscribe"
                client.write(b"first\n")
                assert caller.frame().payload == b"first"
                caller.send(unmasked(raw.TEXT, b"cut", fin=False))
                assert client.read(3) == b"cut"
                caller.reset()
            lines = said(client, "next attempt")
            client.write(b"second\n")
            with opened(listener) as caller:
                assert caller.frame().payload == b"subscribe"
                assert caller.frame().payload == b"second"
                end_input(client)
                assert answer_close(caller) == 1000
            ended = client.end()
    assert_well(ended, b"\n")
    lines += ended.errors.splitlines()
    assert [line.split(": ")[-1] for line in (lines[0], lines[3])] == ["opened", "opened"]
    assert lines[1].startswith("wss: closed with 1006: ")
    assert lines[2].startswith("wss: the next attempt comes in ")
    assert lines[4:] == ["wss: closed with 1000"]


def test_it_connects_again_after_a_close() -> None:
    with Listener() as listener, Client(listener.url, "--reconnect", "--quiet") as client:
        with opened(listener) as caller:
            close(caller)
        with opened(listener) as caller:
            end_input(client)
            assert answer_close(caller) == 1000
        ended = client.end()
    assert_well(ended)
    assert ended.errors == ""


def test_the_rest_of_a_line_that_was_begun_is_dropped() -> None:
    with Listener() as listener, Client(listener.url, "--reconnect") as client:
        with opened(listener) as caller:
            client.write(b"x" * 65536)
            assert not caller.frame().fin
            caller.reset()
        said(client, "next attempt")
        client.write(b"rest of it\nnext\n")
        with opened(listener) as caller:
            assert caller.frame() == raw.Frame(True, raw.TEXT, b"next")
            end_input(client)
            assert texts(caller) == []
        assert client.end().status == 0


def test_a_server_that_comes_back_is_found() -> None:
    """Our own, killed and started again at the same port."""
    with Server() as first:
        with Client(first.url, "--reconnect", "--quiet") as client:
            client.write(b"one\n")
            assert client.read(4) == b"one\n"
            first.process.kill()
            first.process.wait(HANG)
            with Server("--port", str(first.port)) as second:
                assert second.port == first.port
                client.write(b"two\n")
                assert client.read(4) == b"two\n"
                assert client.end().status == 0


def test_a_signal_ends_the_wait() -> None:
    with dead_url() as dead, Client(dead, "--reconnect") as client:
        assert REFUSED in said(client, "next attempt")[0]
        client.process.terminate()
        client.process.wait(HANG)
        assert client.end().status == 1


# ---------------------------------------------------------------------------- redirects


def test_credentials_stay_with_the_servers_of_the_command_line() -> None:
    secrets = ["--header", "Authorization: Bearer x", "--header", "Cookie: a=b", "--header", "X-Mine: y"]
    with Listener() as first, Listener() as other, Client(first.url, *secrets) as client:
        request = answered(first.accept(), 302, f"Location: {first.url}again")
        assert (request["authorization"], request["cookie"]) == ("Bearer x", "a=b")
        request = answered(first.accept(), 307, f"Location: {other.url}else")
        assert (request["authorization"], request["cookie"]) == ("Bearer x", "a=b")
        with other.accept() as caller:
            head = caller.request()
            assert "authorization" not in head and "cookie" not in head
            assert head["x-mine"] == "y"
        client.process.wait(HANG)
        lines = client.end().errors.splitlines()
    assert lines[0] == f"wss: {first.url}: the server answered 302"
    assert lines[1] == f"wss: {first.url}again: the server answered 307"
    assert lines[2].startswith(f"wss: {other.url}else: ")


# ------------------------------------------------------------------------------ proxies


def tunnel(proxy: Listener, far: str, authorization: str | None = None) -> Caller:
    """Agrees to a CONNECT and is then the far end."""
    caller = proxy.accept()
    while b"\r\n\r\n" not in caller.buffer:
        assert caller.fill()
    line = caller.buffer.split(b"\r\n")[0].decode()
    assert line == f"CONNECT {far} HTTP/1.1"
    assert caller.request().get("proxy-authorization") == authorization
    caller.send(b"HTTP/1.1 200 OK\r\n\r\n")
    caller.answer(UPGRADE)
    return caller


def proxy_at(proxy: Listener, user: str = "") -> str:
    return f"http://{user}127.0.0.1:{proxy.port}"


def talks(client: Client, caller: Caller) -> None:
    with caller:
        client.write(b"through\n")
        assert caller.frame().payload == b"through"
        close(caller)
    client.process.wait(HANG)
    assert_well(client.end())


@pytest.mark.parametrize("user, sent", [("", None), ("user:p%40ss@", "Basic dXNlcjpwQHNz")])
def test_a_proxy_is_used(user: str, sent: str | None) -> None:
    with Listener() as proxy:
        with Client("ws://far.example:81/", "--quiet", "--proxy", proxy_at(proxy, user)) as client:
            talks(client, tunnel(proxy, "far.example:81", sent))


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy", "ALL_PROXY", "ws_proxy"])
def test_a_proxy_of_the_environment_is_used(variable: str) -> None:
    with Listener() as proxy:
        with Client("ws://far.example/", "--quiet", env={variable: proxy_at(proxy)}) as client:
            talks(client, tunnel(proxy, "far.example:80"))


@pytest.mark.parametrize(
    ("options", "env"),
    [
        (["--proxy", ""], {"http_proxy": "http://127.0.0.1:9"}),
        ([], {"http_proxy": "http://127.0.0.1:9", "no_proxy": "localhost,127.0.0.1"}),
        ([], {"http_proxy": "http://127.0.0.1:9", "NO_PROXY": "*"}),
        (["--proxy", "http://127.0.0.1:9"], {"no_proxy": "127.0.0.1"}),
        ([], {"HTTP_PROXY": "http://127.0.0.1:9"}),
        ([], {"https_proxy": "http://127.0.0.1:9"}),
    ],
)
def test_no_proxy_is_used(options: list[str], env: dict[str, str]) -> None:
    with Listener() as listener, Client(listener.url, "--quiet", *options, env=env) as client:
        with opened(listener) as caller:
            close(caller)
        client.process.wait(HANG)
        assert_well(client.end())


def test_the_option_comes_before_the_environment() -> None:
    env = {"http_proxy": "http://127.0.0.1:9"}
    with Listener() as proxy:
        with Client("ws://far.example/", "--quiet", "--proxy", proxy_at(proxy), env=env) as client:
            talks(client, tunnel(proxy, "far.example:80"))


def test_a_proxy_that_refuses_is_said() -> None:
    with Listener() as proxy, Client("ws://far.example/", "--proxy", proxy_at(proxy)) as client:
        answered(proxy.accept(), 407)
        client.process.wait(HANG)
        assert_failed(client.end(), "wss: ws://far.example/: ", "407")


def test_one_url_by_the_proxy_and_one_without() -> None:
    env = {"no_proxy": "127.0.0.1"}
    with Listener() as proxy, Listener() as near:
        arguments = ["ws://far.example/", near.url, "--proxy", proxy_at(proxy), "--quiet"]
        with Client(*arguments, env=env) as client:
            answered(proxy.accept(), 502)
            with opened(near) as caller:
                wait_until_open(caller)
                close(caller)
            client.process.wait(HANG)
            ended = client.end()
    assert_well(ended)
    assert "502" in ended.errors
