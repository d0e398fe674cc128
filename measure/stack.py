# SPDX-License-Identifier: MIT
"""Deepest paths through the functions of a build. What is called outside of it costs nothing here:
ports, cryptography, callbacks of the application, the C library. A cycle is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from measure.assembly import Function, Module
from measure.pointers import Pointers, relative
from measure.steps import PERFORMERS, Event, Steps
from measure.toolchain import MeasureError

C_LIBRARY = r"mem(cpy|move|set|cmp|chr)|str(len|n?cmp|r?chr|c?spn|str)|v?s?n?printf|putchar|puts"
FACES_STAND_ON = r"sys_wss_port_\w+|websock_(os|port)_\w+|SYS_CMD_ADDGRP"
LAYERS_STAND_ON = r"mbedtls_\w+|TCPIP_\w+|NET_PRES_\w+|SYS_\w+|OSAL_\w+|wss_\w+|__u?(div|mod)di3"


class Recursion(MeasureError):
    """A function calls itself, by way of others or not; the text has the way."""


@dataclass(frozen=True)
class Node:
    """A function at work for an event, or for none in particular."""

    name: str
    event: Event | None = None

    def __str__(self) -> str:
        return f"{self.name}[{self.event}]" if self.event else self.name


@dataclass(frozen=True)
class Frame:
    """`tail`: it is gone when the next one comes."""

    node: Node
    size: int
    tail: bool = False


@dataclass(frozen=True)
class Path:
    """The deepest path from its first function on."""

    depth: int
    frames: tuple[Frame, ...]

    def __str__(self) -> str:
        """Functions with their frames, (-) where the frame is gone or there is none."""
        return " > ".join(f"{frame.node} ({'-' if frame.tail else frame.size or '-'})" for frame in self.frames)


class Graph:
    """`outside`: what may be called without being there, a pattern."""

    def __init__(self, modules: Iterable[Module], pointers: Pointers, steps: Steps, outside: str) -> None:
        self.functions: dict[str, Function] = {}
        for module in modules:
            self.functions |= {function.name: function for function in module.functions}
        self._pointers = pointers
        self._steps = steps
        self._outside = re.compile(outside)
        self._deepest: dict[Node, Path] = {}
        self._open: list[Node] = []

    @property
    def roots(self) -> list[str]:
        """The functions that work for no event, so that their paths can be asked for."""
        return [name for name, function in self.functions.items() if not self._works(function)]

    @property
    def visited(self) -> frozenset[str]:
        """The functions on the paths that were asked for so far."""
        return frozenset(node.name for node in self._deepest)

    def deepest(self, name: str) -> Path:
        """Recursion: a cycle. MeasureError: a call that leads nobody knows where."""
        return self._visit(Node(name))

    def _visit(self, node: Node) -> Path:
        if node in self._open:
            cycle = self._open[self._open.index(node):] + [node]
            raise Recursion("recursion: " + " > ".join(str(step) for step in cycle))
        if node not in self._deepest:
            self._open.append(node)
            self._deepest[node] = self._measure(node)
            self._open.pop()
        return self._deepest[node]

    def _measure(self, node: Node) -> Path:
        function = self.functions[node.name]
        best = Path(function.frame, (Frame(node, function.frame),))
        for callee, tail in self._callees(node, function):
            below = self._visit(callee)
            own = 0 if tail else function.frame
            if own + below.depth > best.depth:
                best = Path(own + below.depth, (Frame(node, function.frame, tail), *below.frames))
        return best

    def _callees(self, node: Node, function: Function) -> list[tuple[Node, bool]]:
        found: list[tuple[Node, bool]] = []
        for call in function.calls:
            if call.callee not in self.functions:
                if not self._outside.fullmatch(call.callee):
                    raise MeasureError(f"{function.file}: {node.name}() calls {call.callee}(), which is nowhere")
                continue
            if node.event and not self._steps.performs(node.event, call.callee):
                continue
            callee = self.functions[call.callee]
            if not self._steps.reaches(callee):
                continue
            found += [(Node(call.callee, event), call.tail)
                      for event in self._steps.events_of(function, call, node.event)] if self._works(callee) \
                else [(Node(call.callee), call.tail)]
        for place in function.by_pointer:
            found += [(Node(target), function.leaves_by_pointer) for target in self._pointers.targets(place)
                      if self._steps.reaches(self.functions[target])]
        return found

    def _works(self, function: Function) -> bool:
        """Whether it works for an event."""
        return function.name in self._steps.takers or relative(function.file) in PERFORMERS
