# SPDX-License-Identifier: MIT
"""The engine and its shadow side by side: each stimulus goes to both, and all that can be seen of
them has to be the same after every step of the loop.
"""

from __future__ import annotations

from tests.model import wire
from tests.model.engine import Engine, Setup
from tests.model.shadow import Seen, Shadow
from tests.model.stream import WINDOW

seen: set[Seen] = set()
"""What both did: the line of a row that was taken, or of one whose guard said so."""
QUIET, TURNS = 2, 40
"""After so many steps without anything nothing more comes; and it never takes so many."""


class Pair:
    def __init__(self, engine: Engine, setup: Setup) -> None:
        self.c = engine
        self.model = Shadow(setup, now=setup.now)
        self.setup = setup
        self._begin_wire()
        engine.start(setup)

    def _begin_wire(self) -> None:
        self._sent = bytearray()
        self._readable = (wire.Readable(), wire.Readable())

    # ------------------------------------------------------------------- comparing

    def same_result(self, c: object, model: object) -> None:
        assert c == model
        self._same_lines()

    def settle(self) -> None:
        quiet = 0
        for _turn in range(TURNS):
            self.c.step()
            self.model.turn()
            stirred = (self._same_lines(), self._same_wire())
            quiet = 0 if any(stirred) else quiet + 1
            if quiet == QUIET:
                break
        else:
            raise AssertionError("it does not come to rest")
        self._same_state()
        seen.update(self.model.seen)
        self.model.seen.clear()

    def _same_lines(self) -> bool:
        """Whether there were any."""
        lines, self.model.lines = self.model.lines, []
        came = self.c.lines()
        assert came == lines, "\n".join(["the engine:", *came, "the model:", *lines])
        return bool(lines)

    def _same_wire(self) -> bool:
        """Whether anything came over it."""
        came, life, last = self.c.wire(), self.model.life, self.model.last
        stream = life.stream if life is not None else last
        if stream is None:
            return False
        due, stream.wire = bytes(stream.wire), bytearray()
        self._sent += came
        assert self.c.end == stream.end
        if self.setup.client:
            came, due = self._readable[0].take(came), self._readable[1].take(due)
            assert not self._readable[0].repeated, "a mask came twice"
        assert came == due, f"{came!r} is not {due!r}"
        return bool(came)

    def _same_state(self) -> None:
        model, life = self.model, self.model.life
        assert self.c.state == model.state
        assert self.c.faults == 0
        if life is None:
            return
        assert self.c.reason == life.running.reason
        for number, (name, _timeout) in enumerate(self.setup.timeouts):
            assert self.c.left(number) == life.running.left(name, model.now), name
        if life.frames is not None:
            assert self.c.message_state("receiver") == life.frames.receiver.state
            assert self.c.message_state("sender") == life.frames.sender.state

    # -------------------------------------------------------------------- the peer

    def begin(self) -> None:
        """A connection: the peer's, or the client's."""
        self._begin_wire()
        if self.setup.client:
            self.same_result(self.c.connect(), self.model.connect())
        else:
            self.c.peer_connect()
            self.model.knocks = True
        self.settle()

    def dialled(self, how: int) -> None:
        self.c.dialled(how)
        self.model.dialled = how

    def layer(self, up: bool) -> None:
        self.c.layer(up)
        life = self.model.it
        life.phase, life.stream.phase_changed = "up" if up else "failed", True
        self.settle()

    @property
    def peer_may_send(self) -> bool:
        life = self.model.life
        return life is not None and life.stream.connected and not (life.stream.broken or life.stream.peer_done)

    def send(self, data: bytes, cut: int = 0) -> None:
        """What the peer sends comes whole, or in two parts. None is left out that fits."""
        for part in (data[:cut], data[cut:]):
            if part and self.peer_may_send and len(self.model.stream.inbox) + len(part) <= WINDOW // 2:
                self.c.peer_send(part)
                self.model.stream.inbox += part
                self.settle()

    def respond(self, kind: str, cut: int = 0) -> None:
        """The peer of a client answers the request that it has read."""
        key = wire.key_of(bytes(self._sent))
        self.model.it.key = key
        self.send(wire.response(kind, key)[0], cut)

    def finish(self) -> None:
        self.c.peer_finish()
        self.model.stream.peer_done = True
        self.settle()

    def reset(self) -> None:
        self.c.peer_reset()
        self.model.stream.break_off()
        self.settle()

    def takes(self, count: int | None) -> None:
        self.c.peer_takes(count)
        self.model.stream.takes = count
        self.settle()

    def time(self, milliseconds: int) -> None:
        self.c.advance(milliseconds)
        self.model.now = (self.model.now + milliseconds) % 2**32
        self.settle()

    # ------------------------------------------------------------- the application

    def answer(self, result: int) -> None:
        self.c.answer(result)
        self.model.answer = result

    def deed(self, deed: str) -> None:
        self.c.deed(deed)
        self.model.deed = deed

    def accept(self) -> None:
        self.same_result(self.c.accept(), self.model.accept())
        self.settle()

    def reply(self, length: int) -> None:
        self.same_result(self.c.reply(length), self.model.reply(length))
        self.settle()

    def app_send(self, opcode: int, data: bytes, more: bool) -> None:
        self.same_result(self.c.send(opcode, data, more), self.model.send(opcode, data, more))
        self.settle()

    def app_begin(self, opcode: int, length: int, more: bool) -> None:
        self.same_result(self.c.send_begin(opcode, length, more), self.model.send_begin(opcode, length, more))
        self.settle()

    def app_stream(self, data: bytes) -> None:
        self.same_result(self.c.send_stream(data), self.model.send_stream(data))
        self.settle()

    def app_ping(self, data: bytes) -> None:
        self.same_result(self.c.ping(data), self.model.control(wire.PING, data))
        self.settle()

    def app_pong(self, data: bytes) -> None:
        self.same_result(self.c.pong(data), self.model.control(wire.PONG, data))
        self.settle()

    def close(self, code: int, reason: str) -> None:
        self.same_result(self.c.close(code, reason), self.model.close(code, reason.encode()))
        self.settle()

    def abort(self) -> None:
        self.same_result(self.c.abort(), self.model.abort())
        self.settle()

    def resume(self) -> None:
        self.c.resume()
        self.model.resume()
        self.settle()
