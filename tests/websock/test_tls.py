# SPDX-License-Identifier: MIT
"""`secured` connections against Python's TLS: what ssl_config means, and what is said on failure."""
from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.interop.server import HANG, ROOT
from tests.websock.driver import IMPATIENT, USUAL, Driver
from tests.websock.peer import BINARY, CLOSE, PING, PONG, TEXT, Listener, Peer, frame

CERTS = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "tests/tls/certs"
NONE, OPTIONAL, REQUIRED = 0, 1, 2
Fields = dict[str, str | int | None]


if not CERTS.exists():
    pytest.skip("TLS is not built (WSS_TLS=OFF)", allow_module_level=True)


def cert(name: str) -> str:
    return str(CERTS / name)


class SecurePeer(Peer):
    """A server's end with TLS below."""

    def answer_close(self, code: int = 1000) -> None:
        got = self.answer_pings()
        assert got.opcode == CLOSE
        self.send(frame(CLOSE, got.payload))
        assert isinstance(self.socket, ssl.SSLSocket)
        self.socket = self.socket.unwrap()


class SecureListener(Listener):
    def __init__(self, name: str = "ec", client_ca: str | None = None) -> None:
        super().__init__()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(cert(f"{name}.pem"), cert(f"{name}.key"))
        if client_ca is not None:
            self.context.load_verify_locations(cert(f"{client_ca}.pem"))
            self.context.verify_mode = ssl.CERT_REQUIRED

    def accept(self) -> Peer:
        connection = self.socket.accept()[0]
        connection.settimeout(HANG)
        self.peers.append(SecurePeer(self.context.wrap_socket(connection, server_side=True)))
        return self.peers[-1]


@pytest.fixture
def secure() -> Iterator[SecureListener]:
    with SecureListener() as listening:
        yield listening


def checked(**more: str | int) -> Fields:
    fields: Fields = {"hostname": "localhost", "secured": 1, "auth_mode": REQUIRED}
    return {**fields, "ca_cert": cert("ca.pem"), **more}


def refused(listener: SecureListener, /, **fields: str | int | None) -> str:
    """What is logged of an open that fails while the server shakes hands."""
    with Driver() as driver, ThreadPoolExecutor(1) as pool:
        server: Future[Peer] = pool.submit(listener.accept)
        assert not driver.open(listener.port, **fields)
        assert isinstance(server.exception(HANG), OSError)
        driver.stop()
        assert len(driver.errors) == 1
        return driver.errors[0]


# ---------------------------------------------------------------------------- it works

@pytest.mark.parametrize("program", [USUAL, IMPATIENT])
@pytest.mark.parametrize("name", ["ec", "rsa", "chain"])
def test_messages_both_ways(name: str, program: Path) -> None:
    with SecureListener(name) as listener, Driver(program) as driver:
        peer = driver.opened(listener, **checked())
        payload = os.urandom(100_000)
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(peer.send, frame(BINARY, payload))
            got = b""
            while len(got) < len(payload):
                piece = driver.recv()
                assert piece.payload_len == len(payload)
                got += piece.payload
            sent.result(HANG)
        assert got == payload
        driver.begin("a", "many", "binary", 0, 100_000, "x")
        assert peer.message() == (BINARY, b"x" * 100_000)
        assert driver.finish("a") == "0"
        driver.closed(peer)
        driver.stop()
        assert driver.errors == []


def test_a_receiver_and_a_sender(driver: Driver, secure: SecureListener) -> None:
    peer = driver.opened(secure, **checked())
    driver.begin("a", "recv", 0, 100, 4294967)
    peer.until_answered()
    for i in range(100):
        assert driver.ask("text", 0, str(i), thread="b") == "0"
        assert peer.message() == (TEXT, str(i).encode())
    peer.send(frame(TEXT, b"x"))
    assert driver.received("a").payload == b"x"
    driver.closed(peer)


def test_many_frames_in_one_record(driver: Driver, secure: SecureListener) -> None:
    """What TLS has decrypted is reported although the socket is silent."""
    peer = driver.opened(secure, **checked())
    peer.send(b"".join(frame(TEXT, str(i).encode()) for i in range(500)) + frame(PING, b"p"))
    assert [driver.recv().payload for _ in range(500)] == [str(i).encode() for i in range(500)]
    driver.recv(timeout=0)
    assert (got := peer.frame()).opcode == PONG, got
    driver.closed(peer)


def test_a_handler(driver: Driver, secure: SecureListener) -> None:
    peer = driver.opened(secure, **checked())
    driver.ask("handler", 0, "echo")
    peer.send(frame(TEXT, b"x"))
    assert peer.message() == (BINARY, b"x")
    driver.closed(peer)


def test_all_connections_again_and_again(driver: Driver, secure: SecureListener) -> None:
    for _ in range(3):
        peers = [driver.opened(secure, handle, **checked()) for handle in range(4)]
        for handle, peer in enumerate(peers):
            driver.closed(peer, handle)


@pytest.mark.parametrize("key", ["ca_cert", "ca_bytes", "ca_text"])
def test_forms_of_certificates(driver: Driver, secure: SecureListener, key: str) -> None:
    """A file; its bytes; its bytes with a terminating zero."""
    fields: Fields = {"hostname": "localhost", "secured": 1, "auth_mode": REQUIRED}
    fields[key] = cert("ca.pem")
    peer = driver.opened(secure, **fields)
    driver.closed(peer)


@pytest.mark.parametrize("key", ["ca_cert", "ca_bytes", "ca_text"])
def test_der(driver: Driver, key: str, tmp_path: Path) -> None:
    der = tmp_path / "ca.der"
    der.write_bytes(ssl.PEM_cert_to_DER_cert(Path(cert("ca.pem")).read_text(encoding="ascii")))
    fields: Fields = {"hostname": "localhost", "secured": 1, "auth_mode": REQUIRED, key: str(der)}
    if key == "ca_text":
        assert not driver.open(1, **fields)  # a zero is no part of DER
        return
    with SecureListener() as listener:
        driver.closed(driver.opened(listener, **fields))


@pytest.mark.parametrize("mode", [NONE, OPTIONAL])
@pytest.mark.parametrize("name", ["expired", "elsewhere", "stranger"])
def test_without_verification_anybody_may_be_the_server(driver: Driver, name: str, mode: int) -> None:
    with SecureListener(name) as listener:
        peer = driver.opened(listener, hostname="localhost", secured=1, auth_mode=mode)
        driver.closed(peer)


@pytest.mark.parametrize("code", [1, 4])
def test_max_frag_len(driver: Driver, secure: SecureListener, code: int) -> None:
    peer = driver.opened(secure, **checked(max_frag_len=code))
    peer.send(frame(TEXT, b"x" * 3000))
    got = b""
    while len(got) < 3000:
        got += driver.recv().payload
    driver.closed(peer)


def test_a_client_certificate(driver: Driver) -> None:
    with SecureListener(client_ca="ca") as listener:
        fields = checked(client_cert=cert("client.pem"), client_key=cert("client.key"))
        peer = driver.opened(listener, **fields)
        assert isinstance(peer.socket, ssl.SSLSocket)
        assert peer.socket.getpeercert()
        driver.closed(peer)


# ------------------------------------------------------------------------------ it fails

SENTENCES = {
    "expired": "The certificate has expired.",
    "future": "The certificate is not valid yet.",
    "elsewhere": "The certificate is for another host.",
    "stranger": "The certificate does not lead to a trusted CA.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_verification_is_done(name: str) -> None:
    with SecureListener(name) as listener:
        said = refused(listener, **checked())
    assert said.endswith(SENTENCES[name])


def test_the_systems_cas_do_not_know_ours(secure: SecureListener) -> None:
    said = refused(secure, hostname="localhost", secured=1, auth_mode=REQUIRED)
    assert said.endswith(SENTENCES["stranger"])


def test_a_server_without_tls(driver: Driver, listener: Listener) -> None:
    with ThreadPoolExecutor(1) as pool:
        server = pool.submit(lambda: listener.accept().send(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
        assert not driver.open(listener.port, **checked())
        server.result(HANG)
    driver.stop()
    assert len(driver.errors) == 1
    assert driver.errors[0].endswith("The peer does not speak TLS.")


BAD: dict[str, tuple[dict[str, str | int], str]] = {
    "a CA that is not there": ({"ca_cert": "/nowhere"}, "ca_cert cannot be read."),
    "a certificate that is not there": ({"client_cert": "/nowhere"}, "client_cert cannot be read."),
    "a key that is not there": ({"client_key": "/nowhere"}, "client_key cannot be read."),
    "a length below 0": ({"max_frag_len": -1}, "max_frag_len is to be 0..4."),
    "a length beyond 4": ({"max_frag_len": 5}, "max_frag_len is to be 0..4."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings(driver: Driver, secure: SecureListener, case: str) -> None:
    fields, sentence = BAD[case]
    assert not driver.open(secure.port, **checked(**fields))
    for handle in range(4):
        driver.opened(secure, handle, **checked())
    driver.stop()
    assert driver.errors == [f"websock: {sentence}"]


@pytest.mark.parametrize(
    "fields", [{"client_cert": "ca.key"}, {"client_cert": "client.pem", "client_key": "ec.key"}]
)
def test_certificates_that_do_not_fit(driver: Driver, fields: dict[str, str]) -> None:
    paths = {name: cert(file) for name, file in fields.items()}
    assert not driver.open(1, **checked(**paths))
    driver.stop()
    assert len(driver.errors) == 1


def test_an_end_without_close_notify(driver: Driver, secure: SecureListener) -> None:
    peer = driver.opened(secure, **checked())
    driver.begin("a", "recv", 0, 100, 4294967)
    peer.until_answered()
    peer.socket.close()
    assert driver.received("a").result == -1
    driver.ask("close", 0)
    driver.stop()
    assert driver.errors == [
        "websock: TCP was reset, timed out or could not be used. The peer ended TCP without close_notify."
    ]
