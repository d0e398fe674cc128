# SPDX-License-Identifier: MIT
"""What the engine has to do, by the specification's interpreter (machine.py), the RFCs, and what
wss.h and wss_hal.h promise: for each stimulus the guards that are asked and what they say, the
rows, the actions, the callbacks, the results, and the bytes that go out. The names of actions and
guards are methods here: `do_*` and `is_*`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.model import wire
from tests.model.engine import Setup
from tests.model.machine import SPEC, Running, Taken, declared
from tests.model.stream import ROOM, Stream

OK, WOULD_BLOCK, STATE, CLOSED, ORDER, TOO_BIG, TEXT, NETWORK, FULL = 0, 1, -2, -3, -4, -5, -6, -8, -11
WHOLE, MAX_MESSAGE = 400, 600
"""As in engine.c."""
DEED = b"deed"
CLOSES = {str(reason.name): (reason.close, reason.doc) for reason in SPEC.reasons if reason.close}
CODES = [(code.first, code.last) for code in SPEC.close_codes if code.receive]
MESSAGE_EVENTS = {wire.CONTINUATION: "continuation", wire.TEXT: "text", wire.BINARY: "binary"}
Seen = tuple[str, int, str, bool]
"""Machine, line, and of a guard its name and what it said."""


@dataclass(frozen=True)
class Close:
    """What the events close and rx_close carry."""

    code: int
    reason: bytes = b""


@dataclass
class Delivery:
    data: bytes
    last: bool
    result: int = OK


@dataclass
class Frames:
    """What is known of frames once the handshake is done."""

    receiver: Running
    sender: Running
    header: bytes = b""
    opcode: int = 0
    left: int | None = None
    """Payload to come of the frame being read; None: between frames."""
    final: bool = False
    type: int = 0
    first: bool = True
    message: int = 0
    collected: bytes = b""
    control: bytes = b""
    mask: bytes = bytes(4)
    pong: bytes | None = None
    kept: bytes = b""
    wanted: int = 0
    send_left: int = 0
    send_final: bool = False
    send_blocks: bool = False


@dataclass
class Life:
    """One connection, from its slot's taking to its giving back."""

    running: Running
    stream: Stream
    frames: Frames | None = None
    head: bytes = b""
    key: str = ""
    upgrade: bool = False
    rejection: str = ""
    owed: bytes = b""
    """A response of which nothing is sent: it goes out when the turn ends."""
    body: bytes = b""
    eof: bool = False
    held: bool = False
    failed: bool = False
    bad: bool = False
    lost: bool = False
    dirty: bool = False
    want_write: bool = False
    close_sent: bool = False
    sent_code: int = 0
    peer_code: int | None = None
    peer_first: bool = False
    phase: str = "up"
    """Of the stream: connecting, layering, up, failed."""


@dataclass
class Shadow:
    setup: Setup
    lines: list[str] = field(default_factory=list)
    seen: set[Seen] = field(default_factory=set)
    now: int = 0
    life: Life | None = None
    last: Stream | None = None
    """The stream of the life before: its peer may still read."""
    answer: int = OK
    deed: str = "nothing"
    dialled: int = 0
    """Whether calls are answered (0), refused (1), or neither."""
    knocks: bool = False
    """A peer has connected, and waits to be accepted."""
    event: object = None

    # ------------------------------------------------------------------ the world

    @property
    def role(self) -> str:
        return "client" if self.setup.client else "server"

    @property
    def state(self) -> str:
        return self.life.running.state if self.life else "idle"

    @property
    def stream(self) -> Stream:
        found = self.life.stream if self.life else self.last
        assert found is not None
        return found

    def begin(self) -> Life:
        timeouts = dict(self.setup.timeouts)
        self.life = Life(Running(declared("connection"), self.role, timeouts), Stream(connected=not self.setup.client))
        self.life.phase = "connecting" if self.setup.client else "layering" if self.setup.layered else "up"
        self.last = None
        return self.life

    # ----------------------------------------------------------------------- steps

    def step(self, event: str, args: object = None) -> bool:
        """False: the state refuses the event."""
        life = self.life
        if life is None:
            return False
        taken = life.running.step(event, self._ask(life), self.now)
        if taken is None:
            return False
        self._note_row(life.running, taken)
        self.event = args
        for action in taken.actions:
            self._do(action)
        if taken.target == "closed" and self.life is life:
            self._free(life)
        return True

    def _ask(self, life: Life) -> Callable[[str], bool]:
        def holds(guard: str) -> bool:
            said = bool(getattr(self, f"is_{guard}")(life))
            self.lines.append(f"guard {guard} {'yes' if said else 'no'}")
            return said
        return holds

    def _note_row(self, running: Running, taken: Taken) -> None:
        self.lines.append(f"row {taken.line}")
        self.seen.add((running.name, taken.line, "", True))
        self.seen.update((running.name, line, guard, said) for line, guard, said in taken.asked)

    def _do(self, action: str) -> None:
        self.lines.append(f"do {action}")
        getattr(self, f"do_{action}")()

    def step_message(self, running: Running, event: str) -> bool:
        """False: the frame is refused, or fails the connection."""
        taken = running.step(event, lambda guard: False, self.now)
        if taken is None:
            return False
        self._note_row(running, taken)
        if taken.why is not None:
            self.it.running.blame(str(taken.why))
        for action in taken.actions:
            self._do(action)
        return taken.why is None

    def _free(self, life: Life) -> None:
        self.life, self.last = None, life.stream
        life.stream.release(self._resets)

    @property
    def it(self) -> Life:
        assert self.life is not None
        return self.life

    @property
    def frames(self) -> Frames:
        assert self.it.frames is not None
        return self.it.frames

    @property
    def framed(self) -> bool:
        """Whether frames flow, or did."""
        return self.life is not None and self.life.frames is not None

    def allows(self, operation: str) -> bool:
        return self.life is not None and operation in self.it.running.declared_state.allow

    @property
    def input(self) -> str:
        return str(self.it.running.declared_state.input) if self.life else "none"

    # ---------------------------------------------------------------------- guards

    def is_layered(self, life: Life) -> bool:
        return life.phase != "up"

    def is_streaming(self, life: Life) -> bool:
        return self.frames.send_left > 0

    def is_peer_done(self, life: Life) -> bool:
        return life.eof

    def is_alive(self, life: Life) -> bool:
        heard = (life.running.armed["idle"] - life.running.armed["pong"]) % 2**32
        return 0 < heard < 2**31 or life.held

    def is_held_by_us(self, life: Life) -> bool:
        return life.held and self.frames.wanted == 0

    def is_can_ping(self, life: Life) -> bool:
        return self._pong_fits(0)

    def is_request_begun(self, life: Life) -> bool:
        return life.head != b""

    # --------------------------------------------------------------------- actions

    def do_send_request(self) -> None:
        self.it.head = b""
        self._put(wire.REQUEST)

    def do_ask_admission(self) -> None:
        life, said = self.it, self._call("on_request", True)
        if self.life is not life or self.state != "deciding":
            return
        if said == OK:
            said = self._admit()
        if said < 0 and not life.lost:
            self._reject("internal_error")

    def do_ask_page(self) -> None:
        life, said = self.it, self._call("on_page", True)
        if self.life is life and self.state == "deciding" and said <= 0:
            self._reject("internal_error" if said < 0 else "not_found")

    def do_send_rejection(self) -> None:
        self.it.owed = wire.rejection(self.it.rejection)

    def do_reject_late(self) -> None:
        self.it.owed = wire.rejection("request_timeout")

    def do_reject_unavailable(self) -> None:
        self.it.owed = wire.rejection("unavailable")

    def do_begin_frames(self) -> None:
        self.it.frames = Frames(Running(declared("message"), "receiver"), Running(declared("message"), "sender"))

    def do_deliver(self) -> None:
        delivery, f = self.event, self.frames
        assert isinstance(delivery, Delivery)
        flags = " first" * f.first + " last" * delivery.last
        delivery.result = self._call(f"on_data {f.type}{flags} {delivery.data.hex()}", True)

    def do_begin_text(self) -> None:
        self._begin_message(wire.TEXT)

    def do_begin_binary(self) -> None:
        self._begin_message(wire.BINARY)

    def do_reject_frame(self) -> None:
        self.it.bad = True

    def do_send_pong(self) -> None:
        payload, f = self.event, self.frames
        assert isinstance(payload, bytes)
        if f.pong is None and self._pong_fits(len(payload)):
            self._put_frame(wire.PONG, payload)
        else:
            f.pong = payload

    def do_send_pending(self) -> None:
        f = self.frames
        if f.pong is not None and self._pong_fits(len(f.pong)):
            self._put_frame(wire.PONG, f.pong)
            f.pong = None

    def do_send_ping(self) -> None:
        self._put_frame(wire.PING, b"")

    def do_keep_close(self) -> None:
        assert isinstance(self.event, Close)
        self.it.sent_code, self.it.held = self.event.code, False
        self.frames.kept = self.event.reason

    def do_send_close(self) -> None:
        life, f = self.it, self.frames
        if isinstance(self.event, Close):
            self._put_close(self.event.code, self.event.reason)
        elif f.kept:
            self._put_close(life.sent_code, f.kept)
        elif life.running.reason in CLOSES and life.sent_code == 0:
            code, reason = CLOSES[life.running.reason]
            self._put_close(code, reason.encode())
        else:
            self._put_close(life.sent_code, b"")

    def do_note_close(self) -> None:
        assert isinstance(self.event, Close)
        self.it.peer_code = self.event.code
        self.it.peer_first = not self.it.close_sent

    def do_echo_close(self) -> None:
        self._put_close(self.it.peer_code or 0, b"")

    def do_empty_stream(self) -> None:
        self.it.want_write = True

    def do_finish_stream(self) -> None:
        self.it.held = self.it.dirty = False
        self.it.stream.finish()
        self.it.want_write = True

    _resets = False

    def do_release_stream(self) -> None:
        self._resets = False

    def do_reset_stream(self) -> None:
        self._resets = True

    def do_report_connecting(self) -> None:
        self._call("on_connecting")

    def do_report_open(self) -> None:
        self._call("on_open")

    def do_report_ping(self) -> None:
        assert isinstance(self.event, bytes)
        self._call(f"on_ping {self.event.hex()}")

    def do_report_pong(self) -> None:
        assert isinstance(self.event, bytes)
        self._call(f"on_pong {self.event.hex()}")

    def do_report_writable(self) -> None:
        if not 0 < self.frames.wanted <= self.it.stream.room:
            return
        self.frames.wanted = 0
        self.it.held = False
        self._call("on_writable")

    def do_report_closing(self) -> None:
        by_peer = isinstance(self.event, Close) and self.it.peer_first
        self._call(self._closure("on_closing", self.event.reason if by_peer and isinstance(self.event, Close) else b""))

    def do_report_closed(self) -> None:
        self.lines.append(self._closure("on_closed", b""))

    def _closure(self, what: str, text: bytes) -> str:
        """RFC 6455, 7.1.4 to 7.1.6."""
        life = self.it
        code = 1006 if life.peer_code is None else life.peer_code or 1005
        flags = (" clean" * (life.peer_code is not None and life.close_sent) + " by_peer" * life.peer_first
                 + " opened" * (life.frames is not None))
        sent = life.sent_code if life.close_sent else 0
        return f"{what} {code} {sent}{flags} {life.running.reason} {text.decode()}"

    # ------------------------------------------------------------------- callbacks

    def _call(self, line: str, answers: bool = False) -> int:
        self.lines.append(line)
        deed, self.deed = self.deed, "nothing"
        if deed != "nothing":
            self.lines.append(f"result {self._deed(deed)}")
        return self.answer if answers else OK

    def _deed(self, deed: str) -> int:
        match deed:
            case "abort":
                return self.abort()
            case "close":
                return self.close(4000, DEED)
            case "send":
                return self.send(wire.TEXT, DEED, False)
            case "accept":
                return self.accept()
            case _:
                return self.reply(20)

    # --------------------------------------------------------------------- writing

    def _put(self, data: bytes) -> bool:
        self.it.dirty = True
        return self.it.stream.put(data)

    def _put_frame(self, opcode: int, payload: bytes, final: bool = True) -> None:
        self._put(wire.frame(opcode, payload, self.setup.client, final))

    def _put_close(self, code: int, reason: bytes) -> None:
        self.it.sent_code, self.it.close_sent, self.it.held = code, True, False
        self._put_frame(wire.CLOSE, wire.close_payload(code, reason))

    def _pong_fits(self, length: int) -> bool:
        """A Close of full length has to fit behind it."""
        return self.frames.send_left == 0 and self.it.stream.room >= 6 + length + wire.RESERVED // 2

    def _respond(self, message: bytes) -> None:
        """The head goes out whole, the body as there is room."""
        life = self.it
        length = message.index(b"\r\n\r\n") + 4
        if not self._put(message[:length]):
            self._lose()
            return
        life.body = message[length:]
        self._continue_body()

    def _continue_response(self) -> None:
        owed, self.it.owed = self.it.owed, b""
        if owed:
            self._respond(owed)
        else:
            self._continue_body()

    def _continue_body(self) -> None:
        life, sent = self.it, 0
        while life.body and life.stream.room > 0 and sent < ROOM:
            count = min(len(life.body), life.stream.room)
            self._put(life.body[:count])
            life.body, sent = life.body[count:], sent + count
        life.want_write = bool(life.body)
        if not life.body:
            self.step("response_sent")

    def _lose(self) -> int:
        self.it.running.blame("connection_lost")
        self.it.lost = True
        return NETWORK

    def _blame_refusal(self) -> None:
        self.it.running.blame("handshake_refused" if self.it.upgrade else "page_served")

    def _reject(self, name: str) -> None:
        self._blame_refusal()
        if self.step("refuse"):
            self.it.owed = wire.rejection(name)

    def _admit(self) -> int:
        if not self._put(wire.ADMISSION):
            return self._lose()
        self.step("admit")
        return OK

    # -------------------------------------------------------------- the application

    def accept(self) -> int:
        if self.state != "deciding" or not self.it.upgrade:
            return STATE
        return self._admit()

    def reply(self, body_length: int) -> int:
        if self.state != "deciding":
            return STATE
        self._blame_refusal()
        self.step("refuse")
        self._respond(wire.answer(403, bytes(body_length)))
        return NETWORK if self.life is not None and self.it.lost else OK

    def connect(self) -> int:
        self.begin()
        self.step("connect")
        return OK

    def close(self, code: int, reason: bytes) -> int:
        return OK if self.step("close", Close(code, reason)) else CLOSED

    def abort(self) -> int:
        return OK if self.step("abort") else CLOSED

    def _not_open(self) -> int:
        public = self.it.running.declared_state.public if self.life else "CLOSED"
        return STATE if public == "CONNECTING" else CLOSED

    def _find_room(self, payload: int, length: int) -> int:
        """For a header that says `payload`, and `length` bytes of it."""
        need = length + wire.RESERVED + len(wire.header(0, payload, self.setup.client))
        f = self.frames
        if need > ROOM:
            return TOO_BIG
        if f.send_left == 0 and self.it.stream.room >= need:
            return OK
        if f.send_left == 0:
            f.wanted = max(f.wanted, need)
        else:
            f.send_blocks = True
        return WOULD_BLOCK

    def _frame_event(self, opcode: int, more: bool) -> tuple[str, int]:
        """Of the message machine, and the opcode that goes out: a message is continued."""
        inside = self.frames.sender.state != "idle"
        return f"send_{MESSAGE_EVENTS[opcode]}{'' if more else '_fin'}", wire.CONTINUATION if inside else opcode

    def send(self, opcode: int, data: bytes, more: bool) -> int:
        if not self.allows("send"):
            return self._not_open()
        event, out = self._frame_event(opcode, more)
        result = self._find_room(len(data), len(data))
        if result != OK:
            return result
        if not self.step_message(self.frames.sender, event):
            return ORDER
        self._put_frame(out, data, not more)
        return OK

    def send_begin(self, opcode: int, length: int, more: bool) -> int:
        if not self.allows("send"):
            return self._not_open()
        f = self.frames
        event, out = self._frame_event(opcode, more)
        result = self._find_room(length, 0)
        if result != OK:
            return result
        if not self.step_message(f.sender, event):
            return ORDER
        self._put(wire.header(0x80 * (not more) | out, length, self.setup.client))
        f.send_left = length
        if length == 0:
            self._end_stream()
        return OK

    def send_stream(self, data: bytes) -> tuple[int, int]:
        """The result, and how much was taken."""
        if not self.allows("stream"):
            return self._not_open(), 0
        f = self.frames
        if len(data) > f.send_left or f.send_left == 0:
            return STATE, 0
        count = min(len(data), max(self.it.stream.room - wire.RESERVED, 0))
        if count > 0:
            self._put(data[:count])
        f.send_left -= count
        if count < len(data):
            f.wanted = max(f.wanted, wire.RESERVED + 1)
        if f.send_left == 0:
            self._end_stream()
        return (WOULD_BLOCK if count == 0 and data else OK), count

    def _end_stream(self) -> None:
        f = self.frames
        if f.send_blocks:
            f.wanted = max(f.wanted, wire.RESERVED + 1)
        f.send_blocks = False
        self.step("frame_sent")

    def control(self, opcode: int, data: bytes) -> int:
        if not self.allows("send"):
            return self._not_open()
        result = self._find_room(len(data), len(data))
        if result == OK:
            self._put_frame(opcode, data)
        return result

    def resume(self) -> None:
        self.it.held = False

    # --------------------------------------------------------------------- reading

    def _read(self) -> None:
        life = self.it
        if self.input == "none" or life.eof or life.held:
            return
        if life.stream.inbox:
            data = bytes(life.stream.inbox)
            used = self._feed(life, data)
            if self.life is life:
                del life.stream.inbox[:used]
        elif life.stream.broken:
            self.step("tcp_down")
        elif life.stream.peer_done:
            life.eof = True
            self.step("eof")

    def _feed(self, life: Life, data: bytes) -> int:
        used = 0
        while used < len(data) and self.life is life:
            kind = self.input
            if kind == "http":
                used += self._read_head(data[used:])
            elif kind == "frames" and not life.held:
                used += self._read_frames(data[used:])
            elif kind == "discard":
                used = len(data)
            else:
                break
        return used

    def _read_head(self, data: bytes) -> int:
        """The test says which heads it sends: those that are none end nowhere else."""
        life = self.it
        before = len(life.head)
        whole = life.head + data
        end = whole.find(b"\r\n\r\n")
        if end < 0:
            life.head = whole
            return len(data)
        found, life.head = whole[: end + 4], whole[: end + 4]
        event = self._request(life, found) if not self.setup.client else self._response(life, found)
        if event:
            self.step(event)
        return end + 4 - before

    def _request(self, life: Life, found: bytes) -> str:
        _bytes, event, life.rejection = next(one for one in wire.REQUESTS.values() if one[0] == found)
        life.upgrade = event == "request"
        return event

    def _response(self, life: Life, found: bytes) -> str:
        life.head = b""
        return next((event for kind in wire.RESPONSES for sent, event in [wire.response(kind, life.key)]
                     if sent == found), "")

    # ---------------------------------------------------------------------- frames

    def _touch(self) -> None:
        if "idle" in self.it.running.armed:
            self.it.running.armed["idle"] = self.now

    def _reads_on(self, life: Life) -> bool:
        return (self.life is life and self.input == "frames"
                and not (life.held or life.failed or life.bad))

    def _read_frames(self, data: bytes) -> int:
        life, used = self.it, 0
        self._touch()
        while True:
            f = self.frames
            while self._reads_on(life) and (used < len(data) or f.left == 0):
                rest = data[used:]
                used += self._read_header(rest) if f.left is None else self._read_payload(rest)
            if not self._conclude(life):
                return used

    def _conclude(self, life: Life) -> bool:
        """What frames have led to, or the application's word on them."""
        if self.life is not life or not (life.failed or life.bad):
            return False
        bad, life.failed, life.bad = life.bad, False, False
        self.step("rx_bad" if bad else "close", None if bad else Close(1011))
        return self.life is life

    def _fail(self, reason: str) -> None:
        self.it.running.blame(reason)
        self.it.bad = True

    def _read_header(self, data: bytes) -> int:
        f, taken = self.frames, 0
        while taken < len(data) and not self._header_whole():
            f.header += data[taken:taken + 1]
            taken += 1
            if (reason := self._wrong_header()):
                self._fail(reason)
                return taken
        if self._header_whole():
            self._begin_frame()
        return taken

    def _header_whole(self) -> bool:
        start = self.frames.header
        return len(start) >= 2 and len(start) == wire.size_of_header(start)

    def _wrong_header(self) -> str:
        """RFC 6455, 5.2 and 5.5: what is wrong with what there is of a header."""
        start = self.frames.header
        opcode, control = start[0] & 0xF, start[0] & 0x8
        if start[0] & 0x70:
            return "reserved_bits"
        if opcode not in (0, 1, 2, 8, 9, 10):
            return "reserved_opcode"
        if control and not start[0] & 0x80:
            return "control_fragmented"
        if len(start) < 2:
            return ""
        if bool(start[1] & 0x80) == self.setup.client:
            return "mask_unexpected" if self.setup.client else "mask_missing"
        if control and start[1] & 0x7F > wire.CONTROL_MAX:
            return "control_too_long"
        if not self._header_whole():
            return ""
        length = self._length()
        if length >> 63:
            return "length_top_bit"
        if start[1] & 0x7F == 126 and length < 126 or start[1] & 0x7F == 127 and length < 2**16:
            return "length_not_minimal"
        return ""

    def _length(self) -> int:
        start = self.frames.header
        short = start[1] & 0x7F
        return short if short < 126 else int.from_bytes(start[2 : 4 if short == 126 else 10], "big")

    def _begin_frame(self) -> None:
        f = self.frames
        f.opcode, f.final, f.left = f.header[0] & 0xF, bool(f.header[0] & 0x80), self._length()
        f.mask = bytes(4) if self.setup.client else f.header[-4:]
        f.header, f.control = b"", b""
        control = f.opcode >= wire.CLOSE
        event = "control" if control else MESSAGE_EVENTS[f.opcode] + ("_fin" if f.final else "")
        if self.step_message(f.receiver, event) and not control and self._too_big():
            self._fail("message_too_big")

    def _too_big(self) -> bool:
        f = self.frames
        assert f.left is not None
        return f.message + f.left > (min(WHOLE, MAX_MESSAGE) if self.setup.whole else MAX_MESSAGE)

    def _begin_message(self, opcode: int) -> None:
        f = self.frames
        f.type, f.first, f.message, f.collected = opcode, True, 0, b""

    def _read_payload(self, data: bytes) -> int:
        f = self.frames
        assert f.left is not None
        data = data[: f.left]
        if f.opcode >= wire.CLOSE:
            return self._read_control(data)
        return self._read_part(data) if self.setup.whole else self._read_piece(data)

    def _unmask(self, data: bytes) -> bytes:
        return wire.xor(data, self.frames.mask)

    def _turn_mask(self, count: int) -> None:
        f = self.frames
        f.mask = f.mask[count % 4:] + f.mask[: count % 4]

    def _deliver(self, data: bytes, last: bool) -> bool:
        """False: it is to come again."""
        life, f = self.it, self.frames
        delivery = Delivery(data, last)
        self.step("rx_data", delivery)
        if self.life is not life:
            return True
        if delivery.result == WOULD_BLOCK:
            life.held = True
            return False
        f.first = False
        life.failed = life.failed or delivery.result < 0
        return True

    def _good(self, plain: bytes) -> int:
        """How much of it is text: of bytes that are none the tests send 0xFF alone."""
        at = plain.find(b"\xff") if self.frames.type == wire.TEXT else -1
        return len(plain) if at < 0 else at

    def _read_piece(self, data: bytes) -> int:
        life, f = self.it, self.frames
        assert f.left is not None
        plain = self._unmask(data)
        good = self._good(plain)
        bad = good < len(plain)
        last = not bad and len(data) == f.left and f.final
        if (good > 0 or last) and not self._deliver(plain[:good], last):
            return 0
        if self.life is not life:
            return len(data)
        self._count(good)
        if bad:
            self._fail("text_not_utf8")
        elif f.left == 0:
            f.left = None
        return len(data)

    def _count(self, count: int) -> None:
        f = self.frames
        assert f.left is not None
        self._turn_mask(count)
        f.left -= count
        f.message += count

    def _read_part(self, data: bytes) -> int:
        life, f = self.it, self.frames
        assert f.left is not None
        plain = self._unmask(data)
        good = self._good(plain)
        complete = len(data) == f.left and f.final
        f.collected += plain[:good]
        self._count(good)
        if good < len(plain):
            self._fail("text_not_utf8")
        elif (not complete or self._deliver(f.collected, True)) and self.life is life and f.left == 0:
            f.left = None
        return len(data)

    def _read_control(self, data: bytes) -> int:
        life, f = self.it, self.frames
        assert f.left is not None
        f.control += self._unmask(data)
        self._turn_mask(len(data))
        f.left -= len(data)
        if f.left > 0:
            return len(data)
        if f.opcode == wire.CLOSE:
            self._take_close(f.control)
        else:
            self.step("rx_ping" if f.opcode == wire.PING else "rx_pong", f.control)
        if self.life is life:
            f.left = None
        return len(data)

    def _take_close(self, payload: bytes) -> None:
        """RFC 6455, 5.5.1 and 7.4."""
        if len(payload) == 1:
            self._fail("close_too_short")
            return
        code = int.from_bytes(payload[:2], "big")
        if payload and not any(first <= code <= last for first, last in CODES):
            self._fail("close_code_invalid")
        elif b"\xff" in payload[2:]:
            self._fail("close_not_utf8")
        else:
            self.step("rx_close", Close(code, payload[2:]))

    # ------------------------------------------------------------------- the loop

    def _writable(self) -> bool:
        """Something waits for room, and would fit now."""
        f = self.it.frames
        if f is None:
            return False
        room = self.it.stream.room
        if self.allows("pong") and f.pong is not None and f.send_left == 0 and room >= wire.RESERVED:
            return True
        return (self.allows("send") or self.allows("stream")) and 0 < f.wanted <= room

    def _write_ready(self) -> None:
        life = self.it
        if not self.allows("drain") and life.stream.room == 0 and life.stream.pending == 0:
            self.step("tcp_down")
        elif self.allows("respond"):
            self._continue_response()
        elif self.allows("drain"):
            if life.stream.pending == 0:
                life.want_write = False
                self.step("drained")
        else:
            self._touch()
            if self._writable():
                self.step("writable")

    def _opening(self) -> None:
        life = self.it
        if life.phase == "failed":
            _ = self.step("tls_failed") or self.step("tcp_failed")
        elif life.phase == "layering":
            self.step("tcp_up")
        elif life.phase == "up":
            _ = self.step("tcp_up") or self.step("tls_up")

    def _resume(self, life: Life) -> None:
        if self.life is life and life.owed:
            self._continue_response()
        elif self.life is life and self.input == "frames" and self.frames.left == 0 and not life.held:
            self._read_frames(b"")

    def _settle(self, life: Life) -> None:
        """What the end of a turn does: it flushes, and says what is watched."""
        if self.life is not life:
            return
        if life.lost:
            self.step("abort")
            return
        if life.dirty:
            life.dirty = False
            life.stream.flush()
        watched = set()
        if self.input != "none" and not (life.eof or life.held):
            watched.add("read")
        f = life.frames
        blocked = f is not None and (self.allows("send") or self.allows("stream")) and f.wanted > 0
        pongs = f is not None and self.allows("pong") and f.send_left == 0 and f.pong is not None
        if life.want_write or blocked or pongs:
            watched.add("write")
        life.stream.watched = frozenset(watched)

    def _serve(self, life: Life, what: frozenset[str]) -> None:
        if self.input == "none":
            self._opening()
        if "read" in what and self.life is life:
            self._read()
        if "write" in what and self.life is life:
            self._write_ready()
        self._resume(life)
        self._settle(life)

    def _network(self) -> None:
        """What moves by itself: bytes that go out, a call that is answered."""
        life = self.life
        if life is None:
            if self.last is not None:
                self.last.move()
            return
        life.stream.move()
        if self.state == "connecting" and life.phase == "connecting" and self.dialled != 2:
            life.stream.phase_changed = True
            life.phase = "failed" if self.dialled == 1 else "layering" if self.setup.layered else "up"
            life.stream.broken = self.dialled == 1
            life.stream.connected = not life.stream.broken

    def turn(self) -> None:
        """One step of the loop."""
        self._network()
        life = self.life
        if life is not None:
            what = life.stream.report()
            if what:
                self._serve(life, what)
        elif self.knocks:
            self.knocks = False
            self.begin()
            self.step("accept")
        while self.life is not None and (event := self.life.running.due(self.now)) is not None:
            self.step(event)
        if self.life is not None:
            self._resume(self.life)
        if self.life is not None:
            self._settle(self.life)
