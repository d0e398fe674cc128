# SPDX-License-Identifier: MIT
"""What the figures shall be at most. It must not know how they are measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALL, SMALLER = 512, 400


@dataclass(frozen=True)
class Goal:
    """`figures`, added, are at most `most`."""

    what: str
    most: int
    figures: tuple[str, ...]

    def measured(self, figures: Mapping[str, int]) -> int:
        return sum(figures[name] for name in self.figures)


def _code(target: str, configuration: str) -> tuple[str, ...]:
    return tuple(f"{target}/code/server/{configuration}/{section}" for section in ("text", "rodata"))


def _state(configuration: str) -> tuple[str, ...]:
    return (f"MIPS32/memory/{configuration}/connection",)


GOALS = (
    *(Goal(f"code and tables of a server with SYS_WSS{named}, {target} `-Os`", most, _code(target, f"SYS_WSS{named}"))
      for target, most in (("MIPS32", 16 * 1024), ("microMIPS", 10 * 1024))
      for named in ("", ", few files", ", least, LTO")),
    Goal("state of a connection, both roles", 160, _state("both")),
    Goal("the same, of a server", 128, _state("server")),
    Goal("the same, of a server, least", 128, _state("server, least")),
    Goal("state, message buffer of 1,400 and share of the pool of a SYS_WSS client", 1699,
         ("MIPS32/memory/SYS_WSS/client",)),
)


@dataclass(frozen=True)
class StackGoal:
    """Each public function of `build`, a pattern of headers within it, keeps to `most`."""

    what: str
    most: int
    build: str

    def functions(self, figures: Mapping[str, int]) -> dict[str, int]:
        """Stack by function, for MIPS32."""
        prefix = f"MIPS32/stack/{self.build}/"
        return {name.rsplit("/", 1)[-1]: size for name, size in figures.items() if name.startswith(prefix)}


STACK_GOALS = tuple(StackGoal(f"stack of each public call, {shown}", most, build)
                    for shown, build in (("server and SYS_WSS", "server"), ("both roles and all faces", "all"))
                    for most in (SMALL, SMALLER))


def rows(figures: Mapping[str, int]) -> Iterable[tuple[str, int, str, str]]:
    """What, the goal, what is measured, and whether it is met."""
    for goal in GOALS:
        measured = goal.measured(figures)
        yield goal.what, goal.most, str(measured), _answer(measured <= goal.most)
    for stack in STACK_GOALS:
        functions = stack.functions(figures)
        deepest = max(functions, key=lambda name: functions[name])
        deeper = sum(size > stack.most for size in functions.values())
        yield (stack.what, stack.most, f"{functions[deepest]} (`{deepest}()`); {deeper} of {len(functions)} take more",
               _answer(deeper == 0))


def _answer(met: bool) -> str:
    return "yes" if met else "no"
