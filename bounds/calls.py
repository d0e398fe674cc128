# SPDX-License-Identifier: MIT
"""Recursion: cycles in the graph of calls of whole programs. Calls through the contracts of port,
stream and cryptography, and callbacks of the application, lead out of it (measure/pointers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bounds import rooms
from measure import pointers
from measure.assembly import Module
from measure.parts import ENGINE_PART, FACE_WITH_CONSOLE, STREAMS, Part
from measure.pointers import Pointers, Rule, plain, relative
from measure.stack import Graph, Recursion
from measure.steps import Steps
from measure.toolchain import MeasureError

NOT_OURS = re.compile(r"(?!wss_|websock_|sys_wss_|SYS_WSS_)\w+")
"""What may be called without being there."""


@dataclass(frozen=True)
class Program:
    """What is linked together. `rules`: where its calls through pointers lead."""

    name: str
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]


_LAYERS = (rooms.CRYPTO, STREAMS, rooms.TLS)
_ENGINE = (*pointers.CONTRACTS, *pointers.ENGINE)
_NATIVE = (*_ENGINE, *pointers.NATIVE, *pointers.LAYER)
_SERVICE = (*_ENGINE, *pointers.SYS_WSS, *pointers.CONSOLE, *pointers.LAYER)
_WEBSOCK = (*_ENGINE, *pointers.WEBSOCK, *pointers.LAYER)

PROGRAMS = (
    Program("native, POSIX", (ENGINE_PART, *_LAYERS, rooms.POSIX), _NATIVE),
    Program("native, POSIX by poll", (ENGINE_PART, *_LAYERS, rooms.POSIX_POLL), _NATIVE),
    Program("native, lwIP", (ENGINE_PART, *_LAYERS, rooms.LWIP), _NATIVE),
    Program("native, simulator", (ENGINE_PART, *_LAYERS, rooms.SIM), _NATIVE),
    Program("SYS_WSS, POSIX", (ENGINE_PART, *_LAYERS, rooms.POSIX, FACE_WITH_CONSOLE, rooms.SYS_WSS_POSIX), _SERVICE),
    Program("SYS_WSS, PIC32MZ W1", (ENGINE_PART, *_LAYERS, rooms.PIC32, FACE_WITH_CONSOLE, rooms.SYS_WSS_HARMONY),
            _SERVICE),
    Program("native, PIC32MZ W1 by NET_PRES", (ENGINE_PART, *_LAYERS, rooms.PIC32_PRES), _NATIVE),
    Program("websock, POSIX", (ENGINE_PART, *_LAYERS, rooms.POSIX, rooms.WEBSOCK), _WEBSOCK),
)


@dataclass(frozen=True)
class Calls:
    """`functions`: with their files; `cycles`: the first of each program."""

    functions: frozenset[tuple[str, str]]
    cycles: tuple[str, ...]


def calls_of(name: str, modules: Sequence[Module], rules: Iterable[Rule], steps: Steps) -> Calls:
    """MeasureError: a call that leads nobody knows where, or a function that nobody can call."""
    led = Pointers(tuple(rules), modules)
    led.check_taken()
    graph = Graph(modules, led, steps, NOT_OURS.pattern)
    functions = frozenset((relative(function.file), plain(function.name)) for function in graph.functions.values())
    try:
        for root in graph.roots:
            graph.deepest(root)
    except Recursion as cycle:
        return Calls(functions, (f"{name}: {cycle}",))
    if missed := graph.functions.keys() - graph.visited:
        raise MeasureError(f"{name}: nobody calls {', '.join(sorted(missed))}")
    return Calls(functions, ())


def union(parts: Iterable[Calls]) -> Calls:
    every = list(parts)
    return Calls(frozenset().union(*(one.functions for one in every)),
                 tuple(dict.fromkeys(cycle for one in every for cycle in one.cycles)))
