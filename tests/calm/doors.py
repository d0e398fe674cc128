# SPDX-License-Identifier: MIT
"""How raw clients come to a server, in the plain and over TLS. Knows no test."""
from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from tests.interop.raw import Client
from tests.interop.server import Server
from tests.tls.openssl import Hand, TlsClient, client_context, identity


class Door:
    """A port where clients enter. Over TLS all but the first resume its session (TLS 1.2)."""

    def __init__(self, port: int, secure: bool = False) -> None:
        self.port = port
        self.context = client_context() if secure else None
        self.session: ssl.SSLSession | None = None

    def client(self, window: int | None = None) -> Client:
        """`window`: bytes that the kernel may buffer each way on the client's side."""
        if self.context is None:
            return Client(self.port, window=window)
        client = TlsClient(self.port, self.context, session=self.session, window=window)
        self.session = self.session or client.tls.session
        return client

    def hand(self, resumes: bool = True) -> Hand:
        """The client's part of a handshake at this door, by hand."""
        assert self.context is not None
        return Hand(self.context, self.session if resumes else None)


@contextmanager
def serving(secure: bool, *options: str) -> Iterator[Door]:
    tls = identity("ec") if secure else ()
    with Server("--quiet", *tls, *options) as server:
        yield Door(server.port, secure)
