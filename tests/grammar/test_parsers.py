# SPDX-License-Identifier: MIT
"""What is accepted here other parsers accept, h11 and wsproto, or it is one of a few classes in which
they differ, each with its reason; what the grammar refuses never reaches an application.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import h11
import pytest
from hypothesis import given, strategies as st
from wsproto import ConnectionType, WSConnection
from wsproto.events import Request
from wsproto.utilities import RemoteProtocolError

from tests.effort import examples
from tests.grammar import reading
from tests.grammar.automaton import export
from tests.grammar.reading import Reading
from tests.grammar.requests import upgrade_requests
from tests.grammar.walks import accepted, near_misses
from tests.programs import program

AUTOMATA = export()
REQUEST, RESPONSE = AUTOMATA["http_request"], AUTOMATA["http_response"]


@dataclass(frozen=True)
class Difference:
    """We accept what the other parser refuses with this complaint."""

    complaint: str
    where: Callable[[bytes], bool]
    because: str


DIFFERENCES = (
    Difference("no request line received", lambda head: head.startswith(b"\r\n"),
               "RFC 9112, 2.2: a server should ignore an empty line before the request line."),
    Difference("Missing mandatory Host: header", lambda head: b"HTTP/1.1\r\n" in head,
               "RFC 9112, 3.2: Host is not syntax; behind the grammar a request without it is refused."),
    Difference("_SWITCH_UPGRADE event without a pending proposal", lambda head: b" 101\r\n" in head or b" 101 " in head,
               "RFC 9110, 15.2.2: a 101 answers an Upgrade, which is not syntax; ours asks for one."),
    Difference("Missing header, 'Upgrade: WebSocket'", lambda head: b", websocket" in head,
               "RFC 9110, 7.8: Upgrade is a list of protocols."),
    Difference("Missing header, 'Upgrade: WebSocket'", lambda head: b",websocket," in head,
               "RFC 9110, 5.6.1.2: empty elements of a list are ignored."),
)
"""At most twenty."""


def explained(head: bytes, complaint: str) -> bool:
    return any(known.complaint in complaint and known.where(head) for known in DIFFERENCES)


def complaint_about_request(head: bytes) -> str:
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
    connection.receive_data(head)
    try:
        assert isinstance(connection.next_event(), h11.Request)
    except h11.RemoteProtocolError as error:
        return str(error)
    return ""


def complaint_about_response(head: bytes) -> str:
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 20)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "h")]))
    connection.receive_data(head)
    try:
        assert isinstance(connection.next_event(), (h11.Response, h11.InformationalResponse))
    except h11.RemoteProtocolError as error:
        return str(error)
    return ""


def complaint_about_upgrade(head: bytes) -> str:
    """Without empty lines before it: h11 is asked about these."""
    connection = WSConnection(ConnectionType.SERVER)
    try:
        connection.receive_data(head.lstrip(b"\r\n"))
        assert isinstance(next(iter(connection.events())), Request)
    except RemoteProtocolError as error:
        return str(error)
    return ""


@given(head=accepted(REQUEST))
@examples(120)
def test_requests_that_the_grammar_accepts(head: bytes) -> None:
    complaint = complaint_about_request(head)
    assert complaint == "" or explained(head, complaint), complaint


@given(head=accepted(RESPONSE))
@examples(120)
def test_responses_that_the_grammar_accepts(head: bytes) -> None:
    complaint = complaint_about_response(head)
    assert complaint == "" or explained(head, complaint), complaint


def told(head: bytes) -> str:
    """What the application of the engine was told first: "request", "page", or nothing; whole and at every cut."""
    done = subprocess.run([*program("tests/handshake/replay_request"), "page", "200"], input=head, capture_output=True,
                          check=True, timeout=60)
    first = done.stdout.split(b"\n")[0].split(b" ")[0].decode()
    return first if first in ("request", "page") else ""


@given(head=upgrade_requests())
@examples(120)
def test_requests_that_reach_the_application(head: bytes) -> None:
    reached = told(head)
    if reached == "":
        return
    assert Reading(REQUEST).read(head) == reading.COMPLETE
    complaints = [complaint_about_request(head)]
    if reached == "request":
        complaints.append(complaint_about_upgrade(head))
    for complaint in complaints:
        assert complaint == "" or explained(head, complaint), complaint


@given(data=st.data())
@examples(80)
def test_requests_that_the_grammar_refuses_do_not(data: st.DataObject) -> None:
    head = data.draw(near_misses(REQUEST))
    if Reading(REQUEST).read(head) != reading.COMPLETE:
        assert told(head) == ""


@pytest.mark.parametrize("difference", DIFFERENCES, ids=[difference.because for difference in DIFFERENCES])
def test_each_difference_exists(difference: Difference) -> None:
    """One that is gone leaves the list."""
    plain = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUpgrade: %s\r\n\r\n"
    complaints = [(head, complain(head)) for head, complain in (
        (b"\r\n" + plain % b"websocket", complaint_about_request),
        (b"GET / HTTP/1.1\r\n\r\n", complaint_about_request),
        (b"HTTP/1.1 101\r\n\r\n", complaint_about_response),
        *((plain % upgrade, complaint_about_upgrade) for upgrade in (b",websocket,", b"h2c, websocket")))]
    assert any(difference.complaint in complaint and difference.where(head) for head, complaint in complaints)
    assert len(DIFFERENCES) <= 20
