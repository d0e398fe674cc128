# SPDX-License-Identifier: MIT
"""`wss connect` over TLS, and OpenSSL as the server."""
from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator

import pytest

from tests.interop import raw
from tests.interop.client import Client, run
from tests.interop.raw_server import Caller, Listener
from tests.interop.server import Server
from tests.tls.openssl import CA, certificate, identity, key, secured, server_context
from tests.tools.wire import UPGRADE, assert_failed, assert_well, close_frame

TRUST = ("--ca", CA)


def secure(listener: Listener, host: str = "localhost") -> str:
    return f"wss://{host}:{listener.port}/"


@contextlib.contextmanager
def talking(context: ssl.SSLContext, *options: str) -> Iterator[tuple[Client, Caller, ssl.SSLSocket]]:
    """The command, connected to a server by hand."""
    with Listener() as listener, Client(secure(listener), *TRUST, *options) as client:
        caller, tls = secured(listener.socket.accept()[0], context)
        with caller:
            caller.answer(UPGRADE)
            yield client, caller, tls


def refused(context: ssl.SSLContext, *options: str, host: str = "localhost") -> tuple[str, str]:
    """The last line of the command, and what the server hears."""
    with Listener() as listener, Client(secure(listener, host), *options) as client:
        plain = listener.socket.accept()[0]
        heard = ""
        try:
            with secured(plain, context)[0] as caller:
                caller.fill()
        except (ssl.SSLError, OSError) as error:
            heard = str(error)
        ended = client.end()
    assert ended.status == 1, ended.errors
    return ended.last_line.split("/: ")[1], heard


# ------------------------------------------------------------------------------ good ones


@pytest.mark.parametrize("name", ["ec", "rsa", "chain"])
def test_messages(name: str) -> None:
    with talking(server_context(name)) as (client, caller, tls):
        client.write(b"one\ntwo\n" + b"x" * 100000 + b"\n")
        assert tls.selected_alpn_protocol() == "http/1.1"
        assert client.process.stdin is not None
        assert [caller.message()[1] for _ in range(3)] == [b"one", b"two", b"x" * 100000]
        caller.send(b"\x81\x05hello" + close_frame(1000))
        assert caller.answer_pings().code == 1000
        tls.unwrap()
        assert_well(client.end(), b"hello\n")


def test_one_byte_per_record() -> None:
    with talking(server_context("ec"), "--echo") as (client, caller, _):
        for byte in b"\x81\x05hello":
            caller.send(bytes([byte]))
        assert caller.message() == (raw.TEXT, b"hello")
        caller.send(close_frame(1000))
        assert caller.answer_pings().code == 1000
        caller.socket.close()
        assert client.end().output == b"hello\n"


@pytest.mark.parametrize(("host", "asked"), [("localhost", "localhost"), ("localhost.", "localhost"), ("127.0.0.1", None)])
def test_server_name(host: str, asked: str | None) -> None:
    names: list[str | None] = []
    context = server_context("ec")
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with Listener() as listener, Client(secure(listener, host), *TRUST, "--echo") as client:
        with secured(listener.socket.accept()[0], context)[0] as caller:
            caller.answer(UPGRADE)
            caller.send(close_frame(1000))
            assert caller.answer_pings().code == 1000
        client.end()
    assert names == [asked]


def test_client_certificate() -> None:
    with talking(server_context("ec", "ca"), *identity("client"), "--send", "x") as (client, caller, tls):
        assert "'commonName', 'client'" in str(tls.getpeercert())
        assert caller.message() == (raw.TEXT, b"x")
        caller.send(close_frame(1000))
        assert caller.answer_pings().code == 1000
        tls.unwrap()
        assert_well(client.end())


def test_resumption() -> None:
    """The second connection of --reconnect resumes the session of the first."""
    context = server_context("ec")
    reused: list[bool | None] = []
    with Listener() as listener, Client(secure(listener), *TRUST, "--reconnect", "--echo") as client:
        for _ in range(3):
            caller, tls = secured(listener.socket.accept()[0], context)
            with caller:
                caller.answer(UPGRADE)
                caller.send(close_frame(1000))
                assert caller.answer_pings().code == 1000
                reused.append(tls.session_reused)
                tls.unwrap()
        client.process.terminate()
        client.end()
    assert reused == [False, True, True]


def tunnel(plain: socket.socket) -> str:
    """Plays the proxy; whom it is asked for."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        request += plain.recv(1)
    plain.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    return request.split(b" ")[1].decode()


def test_through_a_proxy() -> None:
    with Listener() as listener:
        url = "wss://localhost:4433/"
        with Client(url, *TRUST, "--proxy", f"127.0.0.1:{listener.port}", "--send", "x") as client:
            plain = listener.socket.accept()[0]
            assert tunnel(plain) == "localhost:4433"
            caller, _ = secured(plain, server_context("ec"))
            with caller:
                caller.answer(UPGRADE)
                assert caller.message() == (raw.TEXT, b"x")
                caller.send(close_frame(1000))
                assert caller.answer_pings().code == 1000
            client.end()


def test_with_our_server() -> None:
    with Server(*identity("rsa"), "--client-ca", CA) as server:
        with Client(server.url, *TRUST, *identity("client"), "--send", "a", "--send", "b") as client:
            assert client.read(4) == b"a\nb\n"
            assert_well(client.end())


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "says", "alert"),
    [
        ("expired", "The certificate has expired.", "CERTIFICATE_EXPIRED"),
        ("future", "The certificate is not valid yet.", "CERTIFICATE_UNKNOWN"),
        ("elsewhere", "The certificate is for another host.", "BAD_CERTIFICATE"),
        ("stranger", "The certificate does not lead to a trusted CA.", "UNKNOWN_CA"),
        ("usage", "The certificate is not for this use.", "UNSUPPORTED_CERTIFICATE"),
        ("large", "A handshake message of the peer is larger than the buffer for it.", ""),
        (
            "weak",
            "The certificate's key or signature is too weak or of a kind that is not taken.",
            "UNSUPPORTED_CERTIFICATE",
        ),
    ],
)
def test_certificates_of_servers(name: str, says: str, alert: str) -> None:
    line, heard = refused(server_context(name), *TRUST)
    assert line == says
    assert alert in heard


def test_another_address() -> None:
    assert refused(server_context("alpha"), *TRUST, host="127.0.0.1")[0] == "The certificate is for another host."


def test_no_ca_of_the_system() -> None:
    """Without --ca the system's CAs count."""
    assert refused(server_context("ec"))[0] == "The certificate does not lead to a trusted CA."


def test_insecure() -> None:
    with Listener() as listener, Client(secure(listener), "--insecure", "--send", "x") as client:
        caller, _ = secured(listener.socket.accept()[0], server_context("expired"))
        with caller:
            caller.answer(UPGRADE)
            assert caller.message() == (raw.TEXT, b"x")
            caller.send(close_frame(1000))
            assert caller.answer_pings().code == 1000
        client.end()


def test_a_certificate_is_demanded() -> None:
    line, _ = refused(server_context("ec", "ca"), *TRUST)
    assert line.startswith("The peer sent the alert ")


def test_old_versions() -> None:
    context = server_context("ec")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    assert refused(context, *TRUST)[0].startswith("The peer sent the alert ")


def test_a_server_that_ends_tcp_alone() -> None:
    with talking(server_context("ec"), "--echo") as (client, caller, tls):
        caller.send(b"\x81\x05hello")
        assert caller.message() == (raw.TEXT, b"hello")
        socket.socket.shutdown(tls, socket.SHUT_RDWR)
        assert_failed(client.end(), "1006", "The peer ended TCP without close_notify.")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--ca", "/nowhere"), 'wss: --ca: "/nowhere": No such file or directory'),
        (("--ca", key("ec")), f'wss: --ca: "{key("ec")}": The CA certificates cannot be read.'),
        ((*TRUST, "--cert", certificate("ec")), f'wss: --cert: "{certificate("ec")}": The key cannot be read. '
         "It is looked for there, as --key is missing."),
    ],
)
def test_wrong_files(options: tuple[str, ...], says: str) -> None:
    ended = run("wss://localhost:1/", *options)
    assert (ended.status, ended.errors) == (1, says + "\n")
