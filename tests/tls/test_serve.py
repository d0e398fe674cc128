# SPDX-License-Identifier: MIT
"""`wss serve` over TLS, and OpenSSL as the client."""
from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess

import pytest

from tests.interop import raw, sizes
from tests.interop.server import HANG, Server, run
from tests.tls.openssl import CA, CERTS, TlsClient, certificate, client_context, identity, key

AEAD = ("GCM", "CHACHA20")
# In TLS 1.3 mbedTLS encrypts this alert with keys that are no longer used (its issue 10877).
ALERT = "alert|BAD_RECORD_MAC"


def echoes(client: raw.Client, *lengths: int) -> None:
    assert client.open().status == 101
    for length in lengths:
        client.send(raw.encode(raw.BINARY, sizes.binary(length)))
        assert client.message() == (raw.BINARY, sizes.binary(length))


def close(client: raw.Client) -> None:
    """Both Close frames; then the server ends TLS, and TCP."""
    client.send(raw.encode(raw.CLOSE, b"\x03\xe8"))
    assert client.answer_pings().code == 1000
    assert client.at_end()


def complaint(server: Server) -> str:
    """What it says of the next connection that does not open."""
    assert server.process.stderr is not None
    line = server.process.stderr.readline()
    while line.startswith("wss: --cert: "):  # what is wrong with its own is said first
        line = server.process.stderr.readline()
    assert " failed: " in line, line
    return line.split(" failed: ")[1].rstrip("\n")


# -------------------------------------------------------------------------- good ones


@pytest.mark.parametrize("name", ["ec", "rsa", "chain"])
def test_echo(name: str) -> None:
    with Server(*identity(name)) as server:
        assert server.url.startswith("wss://")
        context = client_context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with TlsClient(server.port, context) as client:
            echoes(client, 0, 125, 126, 16384, 16385, 65536, 1 << 20)
            assert client.tls.version() in ("TLSv1.2", "TLSv1.3")
            assert client.tls.selected_alpn_protocol() == "http/1.1"
            cipher = client.tls.cipher()
            assert cipher is not None and any(word in cipher[0] for word in AEAD)
            close(client)


def test_a_fast_curve_comes_first() -> None:
    """mbedTLS 2.28 would take the largest: five times the work for each handshake."""
    with Server(*identity("ec")) as server:
        assert re.search(r"Server Temp Key: (X25519|ECDH, prime256v1)", s_client(server, words="Q\n"))


def test_one_byte_per_record() -> None:
    with Server(*identity("ec")) as server, TlsClient(server.port, client_context()) as client:
        request = raw.upgrade_request() + raw.encode(raw.TEXT, b"one byte per record")
        for at in range(len(request)):
            client.send(request[at : at + 1])
        assert client.response().status == 101
        assert client.message() == (raw.TEXT, b"one byte per record")
        close(client)


def test_many_frames_in_a_record() -> None:
    with Server(*identity("ec")) as server, TlsClient(server.port, client_context()) as client:
        frames = [b"%d" % number for number in range(1000)]
        client.send(raw.upgrade_request() + b"".join(raw.encode(raw.TEXT, text) for text in frames))
        assert client.response().status == 101
        assert [client.message()[1] for _ in frames] == frames
        close(client)


def test_a_page_over_https() -> None:
    with Server(*identity("ec")) as server, TlsClient(server.port, client_context()) as client:
        client.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert client.response().status == 200
        assert client.at_end()


def test_key_in_the_file_of_the_certificate(tmp_path_factory: pytest.TempPathFactory) -> None:
    both = tmp_path_factory.mktemp("certs") / "both.pem"
    both.write_bytes((CERTS / "ec.key").read_bytes() + (CERTS / "ec.pem").read_bytes())
    with Server("--cert", str(both)) as server, TlsClient(server.port, client_context()) as client:
        echoes(client, 5)


def test_workers_and_the_proxy_protocol() -> None:
    with Server(*identity("ec"), "--workers", "2", "--proxy-protocol") as server:
        for _ in range(4):
            header = b"PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n"
            with TlsClient(server.port, client_context(), prelude=header) as client:
                echoes(client, 5)
                close(client)
        status, errors = server.stop()
        assert status == 0
        assert errors.count("wss: 192.0.2.7:4711 opened") == 4


def test_a_signal_closes() -> None:
    with Server(*identity("ec")) as server:
        with TlsClient(server.port, client_context()) as client:
            assert client.open().status == 101
            server.signal(signal.SIGTERM)
            assert client.answer_pings().code == 1001
            client.send(raw.encode(raw.CLOSE, b"\x03\xe9"))
            assert client.at_end()
        assert server.wait()[0] == 0


# ------------------------------------------------------------------------- resumption


@pytest.mark.parametrize("demands", [(), ("--client-ca", CA)])
def test_resumption(demands: tuple[str, ...]) -> None:
    with Server(*identity("ec"), *demands) as server:
        context = client_context("client")
        with TlsClient(server.port, context) as first:
            echoes(first, 5)
            assert not first.tls.session_reused
            session = first.tls.session
            close(first)
        for _ in range(3):
            with TlsClient(server.port, context, session=session) as again:
                echoes(again, 5)
                assert again.tls.session_reused
                close(again)


def s_client(server: Server, *options: str, words: str = "") -> str:
    """What openssl s_client prints, its input ended by the words."""
    result = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", "-CAfile", CA, *options],
        input=words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=HANG,
    )
    return result.stdout


def test_openssl_shows_the_resumption() -> None:
    with Server(*identity("ec")) as server:
        shown = s_client(server, "-tls1_2", "-reconnect", words="Q\n")
        assert shown.count("New, TLSv1.2, Cipher is ECDHE-ECDSA") == 1
        assert shown.count("Reused, TLSv1.2, Cipher is ECDHE-ECDSA") == 5
        assert "Verify return code: 0 (ok)" in shown


# --------------------------------------------------------------------- client certificates


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("client", None),
        ("client-rsa", None),
        (None, "The client has no certificate."),
        ("client-expired", "The certificate has expired."),
        ("client-stranger", "The certificate does not lead to a trusted CA."),
        ("ec", "The certificate is not for this use."),
    ],
)
def test_client_certificates(name: str | None, says: str | None) -> None:
    with Server(*identity("ec"), "--client-ca", CA) as server:
        if says is None:
            with TlsClient(server.port, client_context(name)) as client:
                echoes(client, 5)
        else:
            with pytest.raises(ssl.SSLError, match=ALERT):
                with TlsClient(server.port, client_context(name)) as client:
                    client.open()
            assert complaint(server) == says


# --------------------------------------------------------------------------- bad clients


def old_version(context: ssl.SSLContext) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1


def old_cipher(context: ssl.SSLContext) -> None:
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA256")


def other_protocol(context: ssl.SSLContext) -> None:
    context.set_alpn_protocols(["h2"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("change", "alert", "says"),
    [
        (old_version, "protocol version", "There is no common version of TLS."),
        (old_cipher, "handshake failure", "There is no common cipher that suits the certificate."),
        (other_protocol, "no application protocol", "There is no common application protocol."),
    ],
)
def test_no_agreement(change: object, alert: str, says: str) -> None:
    context = client_context()
    assert callable(change)
    change(context)
    with Server(*identity("ec")) as server:
        with pytest.raises(ssl.SSLError, match=alert):
            TlsClient(server.port, context)
        assert complaint(server) == says


@pytest.mark.parametrize(
    ("name", "alert"), [("stranger", "unknown_ca"), ("expired", "certificate_expired")]
)
def test_a_client_that_refuses(name: str, alert: str) -> None:
    with Server(*identity(name)) as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            TlsClient(server.port, client_context())
        assert complaint(server) == f"The peer sent the alert {alert}."


def test_plain_http_at_the_port_of_tls() -> None:
    with Server(*identity("ec")) as server, raw.Client(server.port) as client:
        client.send(raw.upgrade_request())
        assert complaint(server) == "The peer does not speak TLS."


def test_tls_at_the_port_of_plain_http() -> None:
    with Server() as server:
        with pytest.raises(ssl.SSLError):
            TlsClient(server.port, client_context())


def test_tcp_that_ends_in_the_handshake() -> None:
    with Server(*identity("ec")) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as caller:
            caller.sendall(b"\x16\x03\x01\x02\x00\x01")
        assert complaint(server) == "The peer ended TCP in the TLS handshake."


def test_a_client_that_says_nothing() -> None:
    with Server(*identity("ec"), "--handshake-timeout", "50") as server:
        with socket.create_connection(("127.0.0.1", server.port), HANG) as caller:
            with pytest.raises(ConnectionResetError):
                caller.recv(1)


def test_renegotiation_is_refused() -> None:
    """mbedTLS 2.28 and 3.6 answer by an alert, which OpenSSL takes for the end."""
    with Server(*identity("ec")) as server:
        assert "no renegotiation" in s_client(server, "-tls1_2", words="R\n")
        with TlsClient(server.port, client_context()) as client:
            echoes(client, 5)


def test_a_client_that_only_offers_its_end_of_tcp() -> None:
    """Without close_notify the connection ends abnormally, after all that came before."""
    with Server(*identity("ec")) as server:
        with TlsClient(server.port, client_context()) as client:
            assert client.open().status == 101
            client.send(raw.encode(raw.TEXT, b"last"))
            assert client.message() == (raw.TEXT, b"last")
            socket.socket.shutdown(client.socket, socket.SHUT_WR)
            with pytest.raises((ssl.SSLError, OSError, EOFError)):
                client.frame()
        status, errors = server.stop()
        assert status == 0
        assert "closed 1006: The peer ended TCP without close_notify.\n" in errors


# ------------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--cert", "/nowhere"), '--cert: "/nowhere": No such file or directory'),
        (("--cert", certificate("ec"), "--key", "/nowhere"), '--key: "/nowhere": No such file'),
        (("--cert", certificate("ec")),
         f'--cert: "{certificate("ec")}": The key cannot be read. It is looked for there, as --key is missing.'),
        (("--cert", key("ec")), f'--cert: "{key("ec")}": The certificate cannot be read.'),
        (("--cert", key("ec"), "--key", certificate("ec")), f'--cert: "{key("ec")}": The certificate cannot be read.'),
        # It needs a password; an mbedTLS that reads no such keys cannot tell.
        (("--cert", certificate("ec"), "--key", key("locked")), f'--key: "{key("locked")}": The key '),
        (("--cert", certificate("ec"), "--key", key("rsa")),
         f'--key: "{key("rsa")}": The key does not belong to the certificate.'),
        (identity("short"), f'--key: "{key("short")}": The key is too short.'),
        ((*identity("ec"), "--client-ca", key("ec")),
         f'--client-ca: "{key("ec")}": The CA certificates cannot be read.'),
    ],
)
def test_wrong_files(options: tuple[str, ...], says: str) -> None:
    result = run("serve", "--port", "0", *options)
    assert result.returncode == 1
    assert result.stderr.startswith(f"wss: {says}"), result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("expired", "The certificate has expired."),
        ("future", "The certificate is not valid yet."),
        ("weak", "The certificate's RSA key has less than 2048 bits, which most peers refuse."),
        ("ec", ""), ("rsa", ""), ("chain", ""),
    ],
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_peers_may_refuse_is_said_once_at_the_start(name: str, says: str, workers: str) -> None:
    with Server(*identity(name), "--workers", workers) as server:
        status, errors = server.stop()
    assert status == 0
    assert errors == (f'wss: --cert: "{certificate(name)}": {says}\n' if says else "")


@pytest.mark.parametrize("option", ["--key", "--client-ca"])
def test_options_that_want_a_certificate(option: str) -> None:
    result = run("serve", option, CA)
    assert (result.returncode, result.stderr) == (2, f"wss: {option}: TLS wants --cert, too\n")
