# SPDX-License-Identifier: MIT
"""Ways from idle to where a connection may be, and what may come there: each is done to the engine
and to its shadow (pair.py). What is impossible where it comes does nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.model import wire
from tests.model.machine import OFF, declared
from tests.model.pair import Pair
from tests.model.shadow import OK, WOULD_BLOCK
from tests.model.stream import ROOM

Deed = Callable[[Pair], None]
TIMERS = [str(timer.name) for timer in declared("connection").timers]

# -------------------------------------------------------------------------- the peer says


def peer_says(pair: Pair, opcode: int, payload: bytes, final: bool = True) -> None:
    """Where it is not read as a part of a head."""
    if pair.model.state not in ("connecting", "securing", "upgrading"):
        pair.send(wire.peers(opcode, payload, not pair.setup.client, final))


def peer_closes(pair: Pair) -> None:
    peer_says(pair, wire.CLOSE, wire.close_payload(1000, b"bye"))


def peer_pings(pair: Pair) -> None:
    peer_says(pair, wire.PING, b"ping")


def peer_pongs(pair: Pair) -> None:
    peer_says(pair, wire.PONG, b"pong")


def peer_errs(pair: Pair) -> None:
    """The opcode is reserved."""
    peer_says(pair, 3, b"")


# ------------------------------------------------------------------------------- ways


def dial(pair: Pair, how: int, answer: int = OK) -> None:
    pair.answer(answer)
    pair.deed("nothing")
    pair.dialled(how)
    pair.begin()


def begin_handshake(pair: Pair, answer: int) -> None:
    """Until the peer has spoken."""
    dial(pair, 0, answer)
    if pair.setup.layered:
        pair.layer(True)
    if pair.setup.client:
        pair.respond("upgrade")
    else:
        pair.send(wire.REQUESTS["upgrade"][0])


def be_refused(pair: Pair) -> None:
    dial(pair, 1)


def be_connecting(pair: Pair) -> None:
    """Nobody answers a client's call; a server waits for a request."""
    dial(pair, 2)


def be_upgrading(pair: Pair) -> None:
    """Or securing."""
    dial(pair, 0)


def be_upgrading_late(pair: Pair) -> None:
    """A byte has come."""
    be_upgrading(pair)
    if pair.setup.layered:
        pair.layer(True)
    pair.send(b"H" if pair.setup.client else b"G")


def be_deciding(pair: Pair) -> None:
    """At a client: open."""
    begin_handshake(pair, WOULD_BLOCK)


def be_responding(pair: Pair) -> None:
    be_deciding(pair)
    if not pair.setup.client:
        pair.takes(0)
        pair.reply(3000)


def open_up(pair: Pair) -> None:
    begin_handshake(pair, OK)


def hold(pair: Pair) -> None:
    open_up(pair)
    pair.answer(WOULD_BLOCK)
    peer_says(pair, wire.TEXT, b"held")


def block(pair: Pair) -> None:
    """A send was refused."""
    open_up(pair)
    pair.takes(0)
    for _ in range(2):
        pair.app_send(wire.BINARY, 500 * b"s", False)


def block_twice(pair: Pair) -> None:
    """The smaller frame was refused last."""
    block(pair)
    pair.app_send(wire.BINARY, 300 * b"s", False)


def hold_blocked(pair: Pair) -> None:
    block(pair)
    pair.answer(WOULD_BLOCK)
    peer_says(pair, wire.TEXT, b"held")


def hold_streaming(pair: Pair) -> None:
    stream(pair)
    pair.answer(WOULD_BLOCK)
    peer_says(pair, wire.TEXT, b"held")


def leave(room: int) -> Deed:
    """So much room, and no more: a frame as long as may be, and a Pong."""
    def fill(pair: Pair) -> None:
        open_up(pair)
        pair.takes(0)
        header = len(wire.header(0, 126, pair.setup.client))
        pair.app_send(wire.BINARY, (ROOM - wire.RESERVED - header) * b"s", False)
        pong = len(wire.header(0, 0, pair.setup.client))
        peer_says(pair, wire.PING, (wire.RESERVED - pong - room) * b"x")
        assert pair.model.stream.room == room
    return fill


def stream(pair: Pair) -> None:
    open_up(pair)
    pair.app_begin(wire.BINARY, 2000, False)


def stream_full(pair: Pair) -> None:
    stream(pair)
    pair.takes(0)
    pair.app_stream(1000 * b"t")


def be_inside(opcode: int) -> Deed:
    """A message, both ways."""
    def inside(pair: Pair) -> None:
        open_up(pair)
        pair.app_send(opcode, b"f", True)
        peer_says(pair, opcode, b"f", False)
    return inside


def ping(pair: Pair) -> None:
    """Ours is on its way."""
    open_up(pair)
    if dict(pair.setup.timeouts)["ping"] != OFF:
        pair.time(dict(pair.setup.timeouts)["ping"])


def drain(pair: Pair) -> None:
    stream(pair)
    pair.close(4001, "bye")


def drain_full(pair: Pair) -> None:
    stream_full(pair)
    pair.close(1000, "")


def be_answering(pair: Pair) -> None:
    stream(pair)
    peer_closes(pair)


def answer_full(pair: Pair) -> None:
    stream_full(pair)
    peer_closes(pair)


def be_closing(pair: Pair) -> None:
    open_up(pair)
    pair.close(1000, "")


def close_behind_pongs(pair: Pair) -> None:
    """Closing, and a Pong waits for room."""
    open_up(pair)
    pair.takes(0)
    pair.app_send(wire.BINARY, 650 * b"s", False)
    pair.close(1000, "")
    for _ in range(3):
        peer_says(pair, wire.PING, 125 * b"x")


def close_full(pair: Pair) -> None:
    """Flushing, or a client's emptying."""
    open_up(pair)
    pair.takes(0)
    peer_closes(pair)


def end_full(pair: Pair) -> None:
    """Flushing, and the peer has ended."""
    close_full(pair)
    pair.finish()


def close_clean(pair: Pair) -> None:
    """Lingering, or a client's wait for the server's end."""
    open_up(pair)
    peer_closes(pair)


def fail(pair: Pair) -> None:
    """Lingering."""
    open_up(pair)
    peer_errs(pair)


def fail_full(pair: Pair) -> None:
    """Flushing, without the peer's Close."""
    open_up(pair)
    pair.takes(0)
    peer_errs(pair)


WAYS: list[Deed] = [
    be_refused, be_connecting, be_upgrading, be_upgrading_late, be_deciding, be_responding, open_up, hold, block,
    block_twice, hold_blocked, hold_streaming, leave(136), leave(137), stream, stream_full, be_inside(wire.TEXT),
    be_inside(wire.BINARY), ping, drain, drain_full, be_answering, answer_full, be_closing, close_behind_pongs,
    close_full, end_full, close_clean, fail, fail_full]

# ---------------------------------------------------------------------------- stimuli


def first_deadline(pair: Pair) -> int | None:
    life = pair.model.life
    if life is None:
        return None
    left = (life.running.left(name, pair.model.now) for name in TIMERS)
    return min((some for some in left if some is not None), default=None)


def timers(count: int) -> Deed:
    """One after the other is due."""
    def pass_time(pair: Pair) -> None:
        for _ in range(count):
            left = first_deadline(pair)
            if left is not None:
                pair.time(left)
    return pass_time


def while_it_lives(deed: Deed) -> Deed:
    def some(pair: Pair) -> None:
        if pair.model.life is not None:
            deed(pair)
    return some


def in_a_connection(deed: Deed) -> Deed:
    return while_it_lives(lambda pair: deed(pair) if pair.model.stream.connected else None)


def while_the_peer_may(deed: Deed) -> Deed:
    def some(pair: Pair) -> None:
        if pair.peer_may_send:
            deed(pair)
    return some


def in_state(state: str, deed: Deed) -> Deed:
    def some(pair: Pair) -> None:
        if pair.model.state == state:
            deed(pair)
    return some


def sends(opcode: int, final: bool) -> Deed:
    return while_it_lives(lambda pair: pair.app_send(opcode, b"sent", not final))


def says(opcode: int, final: bool) -> Deed:
    return lambda pair: peer_says(pair, opcode, b"said", final)


def asks(kind: str) -> Deed:
    """A request, or a response: of its role."""
    def one(pair: Pair) -> None:
        known = wire.RESPONSES if pair.setup.client else tuple(wire.REQUESTS)
        if pair.model.state != "upgrading" or pair.model.it.head or kind not in known:
            return
        if pair.setup.client:
            pair.respond(kind)
        else:
            pair.send(wire.REQUESTS[kind][0])
    return one


def takes(count: int) -> Deed:
    """The peer, so many bytes."""
    return in_a_connection(lambda pair: pair.takes(count))


def take_up(pair: Pair) -> None:
    """What was not taken."""
    if pair.model.framed:
        pair.resume()


def peer_hears(pair: Pair) -> None:
    in_a_connection(lambda here: here.takes(None))(pair)


def go_on(pair: Pair) -> None:
    """With a streamed frame, to its end, as there is room."""
    while pair.model.framed and pair.model.frames.send_left > 0:
        pair.takes(None)
        pair.app_stream(pair.model.frames.send_left * b"t")


STIMULI: list[Deed] = [
    while_it_lives(lambda pair: pair.close(1000, "bye")), while_it_lives(lambda pair: pair.abort()),
    while_the_peer_may(lambda pair: pair.finish()), while_the_peer_may(lambda pair: pair.reset()),
    timers(1), timers(2), timers(5), take_up, go_on, peer_hears, peer_closes, peer_pings, peer_pongs, peer_errs,
    *(one(opcode, final) for one in (says, sends) for opcode in (wire.CONTINUATION, wire.TEXT, wire.BINARY)
      for final in (True, False)),
    *(asks(kind) for kind in ("upgrade", "page", "no host", "redirect", "other key")),
    *(in_state("deciding", deed) for deed in (Pair.accept, lambda pair: pair.reply(20), lambda pair: pair.reply(1))),
    in_state("securing", lambda pair: pair.layer(True)), in_state("securing", lambda pair: pair.layer(False))]
AFTERWARDS: dict[str, list[Deed]] = {
    "talk": [take_up, peer_pings, peer_hears, go_on, peer_pongs, timers(3)],
    "silence": [timers(3), peer_hears, timers(2)],
    "nibbles": [takes(60), timers(1), takes(200), take_up, timers(2), takes(500), go_on, timers(1)]}
"""What any stimulus is followed by."""
