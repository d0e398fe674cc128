# SPDX-License-Identifier: MIT
"""Upgrade requests as Hypothesis strategies: near the border of what is valid, on both sides of it."""

from __future__ import annotations

from hypothesis import strategies as st

METHODS = st.sampled_from([b"GET"] * 9 + [b"POST", b"get", b"HEAD", b"!"])
TARGETS = st.sampled_from([b"/", b"/chat?a=b", b"http://h/", b"ws://h:80/x", b"*", b"h:80", b"//", b"/%41", b"/;,"])
VERSIONS = st.sampled_from([b"1.1"] * 9 + [b"1.0", b"1.2", b"2.0", b"0.9"])
OTHERS = st.sampled_from([
    (b"X-A", b"b"), (b"!", b""), (b"Cookie", b"a=b; c"), (b"Origin", b"http://h"), (b"Content-Length", b"0"),
    (b"Content-Length", b"0, 0"), (b"Content-Length", b"5"), (b"Content-Length", b"x"), (b"Transfer-Encoding", b"chunked"),
    (b"Transfer-Encoding", b"x"), (b"Sec-WebSocket-Protocol", b"a, b"), (b"Sec-WebSocket-Protocol", b"a,,b"),
    (b"Sec-WebSocket-Extensions", b"x; y=\"z\""), (b"Expect", b"100-continue"), (b"Y", b"\xe9\xff"),
])
VALID = {
    b"Host": [b"h", b"h:80", b"[::1]:8", b"", b"a b", b"h:x"],
    b"Upgrade": [b"websocket", b"WebSocket", b"h2c, websocket", b"websocket/13", b"web", b",websocket,"],
    b"Connection": [b"Upgrade", b"keep-alive, upgrade", b"close", b"close, Upgrade", b"Upgrade,", b"\"Upgrade\""],
    b"Sec-WebSocket-Key": [b"dGhlIHNhbXBsZSBub25jZQ==", b"AAAAAAAAAAAAAAAAAAAAAA==", b"AAAAAAAAAAAAAAAAAAAAAB==", b"AAAA"],
    b"Sec-WebSocket-Version": [b"13", b"8", b"13, 8", b"013"],
}
"""Of each field of the handshake, the first values are good ones."""


@st.composite
def upgrade_requests(draw: st.DrawFn) -> bytes:
    """Mostly one or two things are unusual."""
    fields = [(name, draw(st.sampled_from([values[0]] * 12 + values))) for name, values in VALID.items()]
    for _ in range(draw(st.integers(0, 2))):
        fields.insert(draw(st.integers(0, len(fields))), draw(OTHERS))
    if draw(st.integers(0, 9)) == 0:
        del fields[draw(st.integers(0, len(fields) - 1))]
    if draw(st.integers(0, 9)) == 0:
        fields.append(draw(st.sampled_from(fields)))
    lines = [b"%s %s HTTP/%s" % (draw(METHODS), draw(TARGETS), draw(VERSIONS))]
    lines += [draw(_line(name, value)) for name, value in fields]
    return draw(st.sampled_from([b""] * 9 + [b"\r\n"])) + b"\r\n".join(lines) + b"\r\n\r\n"


@st.composite
def _line(draw: st.DrawFn, name: bytes, value: bytes) -> bytes:
    written = draw(st.sampled_from([name] * 3 + [name.lower(), name.upper()]))
    before = draw(st.sampled_from([b" "] * 5 + [b"", b"\t", b" \t "]))
    after = draw(st.sampled_from([b""] * 60 + [b" ", b"\t"] * 4 + [b" \x0b", b"\0"]))
    return written + draw(st.sampled_from([b":"] * 79 + [b" :"])) + before + value + after
