# SPDX-License-Identifier: MIT
"""What each source of the engine is about, so that bytes can be told by it. It must not know how
many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cmake.sources import ROOT

MESSAGES = "frames and messages"
CONNECTIONS = "connections, their loop and timers"
HANDSHAKE = "opening handshake and HTTP"
SCANNER = "HTTP scanner, generated"
MACHINES = "tables of the machines, generated"
WORDS = "words and sentences, generated"
SESSIONS = "sessions and URLs"
FACE = "SYS_WSS face"

_RUNTIME = {
    MESSAGES: ("close", "control", "frame", "output", "receive", "receive_control", "receive_data",
               "receive_header", "send", "utf8"),
    CONNECTIONS: ("config", "conn", "inspect", "lock", "loop", "report", "step", "timer"),
    HANDSHAKE: ("admit", "authority", "body", "chars", "connect", "extensions", "fields", "head", "headers", "reply",
                "request", "response", "tokens", "values", "words", "writer"),
    SESSIONS: ("session", "session_dial", "url", "url_host", "url_resolve", "url_write"),
}
_GENERATED = {MACHINES: ("machines",), SCANNER: ("http_scanner",), WORDS: ("names", "vocabulary")}

_ROOM_OF = {f"{folder}/wss_{name}.c": room for folder, rooms in (("runtime", _RUNTIME), ("generated", _GENERATED))
            for room, names in rooms.items() for name in names}

ROOMS = (MESSAGES, CONNECTIONS, HANDSHAKE, SCANNER, MACHINES, WORDS, SESSIONS, FACE)


def room_of(source: Path) -> str:
    """KeyError: nothing is said of the source."""
    name = str(source.relative_to(ROOT))
    return FACE if name.startswith("api/") else _ROOM_OF[name]


def by_room(kept: Mapping[Path, int]) -> dict[str, int]:
    """The bytes of sources by rooms, in their order; rooms of which there is nothing are left out."""
    sums = dict.fromkeys(ROOMS, 0)
    for source, size in kept.items():
        sums[room_of(source)] += size
    return {room: size for room, size in sums.items() if size > 0}
