# SPDX-License-Identifier: MIT
"""OpenSSL, by Python's ssl, as the other side of a TLS connection. Knows no WebSockets."""
from __future__ import annotations

import contextlib
import os
import socket
import ssl
from pathlib import Path

from tests.interop import raw
from tests.interop.raw_server import Caller
from tests.interop.server import HANG, ROOT

CERTS = Path(os.environ.get("WSS_BUILD_DIR", ROOT / "build")) / "tests/tls/certs"
CA = str(CERTS / "ca.pem")


def certificate(name: str) -> str:
    return str(CERTS / f"{name}.pem")


def key(name: str) -> str:
    return str(CERTS / f"{name}.key")


def identity(name: str) -> tuple[str, str, str, str]:
    """The options of wss for a certificate."""
    return ("--cert", certificate(name), "--key", key(name))


def own(context: ssl.SSLContext, name: str | None) -> ssl.SSLContext:
    if name is not None:
        context.load_cert_chain(certificate(name), key(name))
    return context


def client_context(name: str | None = None) -> ssl.SSLContext:
    """One that checks what a browser would."""
    return own(ssl.create_default_context(cafile=CA), name)


def server_context(name: str, demands: str | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.set_alpn_protocols(["http/1.1"])
    if demands is not None:
        context.load_verify_locations(certificate(demands))
        context.verify_mode = ssl.CERT_REQUIRED
    return own(context, name)


class TlsClient(raw.Client):
    """A client over TLS. An end of TCP without close_notify raises."""

    def __init__(
        self,
        port: int,
        context: ssl.SSLContext,
        name: str = "localhost",
        session: ssl.SSLSession | None = None,
        prelude: bytes = b"",
        window: int | None = None,
    ) -> None:
        super().__init__(port, window=window)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(prelude)
        self.tls = context.wrap_socket(
            self.socket, server_hostname=name, session=session, suppress_ragged_eofs=False
        )
        self.socket = self.tls


class Hand:
    """A client's part of a TLS handshake, whose bytes go where the test wants them."""

    def __init__(self, context: ssl.SSLContext, session: ssl.SSLSession | None = None) -> None:
        self.heard, self.said = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(
            self.heard, self.said, server_hostname="localhost", session=session
        )

    def shake(self, heard: bytes = b"") -> bytes:
        """What the client says to that."""
        self.heard.write(heard)
        with contextlib.suppress(ssl.SSLWantReadError):
            self.tls.do_handshake()
        return self.said.read()


def secured(plain: socket.socket, context: ssl.SSLContext) -> tuple[Caller, ssl.SSLSocket]:
    """The server's side of a connection that was accepted, as one that speaks WebSocket."""
    plain.settimeout(HANG)
    tls = context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=False)
    return Caller(tls), tls
