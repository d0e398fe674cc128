# SPDX-License-Identifier: MIT
"""The committed figures as Markdown: which table stands between which marks of which document. It
must not know how a figure is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from measure import goals, rooms
from measure.documents import filled
from measure.figures import Committed
from measure.parts import CONFIGURATIONS, LAYERS, STACK_BUILDS
from measure.pointers import APPLICATION, CONSOLE, CONTRACTS, ENGINE, HANDED_OUT, LAYER, NATIVE, SYS_WSS, WEBSOCK, Rule

TARGETS = ("MIPS32", "microMIPS")

README, MIGRATING, PIC32, DEVICE = "README.md", "docs/MIGRATING.md", "docs/PIC32MZW1.md", "docs/DEVICE.md"


class Tables:
    def __init__(self, committed: Committed) -> None:
        self._figures = committed.figures
        self._paths = committed.paths
        self._compiler = committed.compiler

    def all(self) -> dict[str, dict[str, str]]:
        """By document and mark."""
        return {
            README: {"sizes": self._readme()},
            MIGRATING: {"sizes": self._sys_wss()},
            PIC32: {"code": self._layers("PIC32MZ W1"), "memory": self._pic32_memory()},
            DEVICE: {"goals": self._goals(), "too much": self._too_much(), "rooms": self._rooms(),
                     "compiler": f"`mipsel-linux-gnu-gcc` {self._compiler}\n", "code": self._code(),
                     "layers": self._layers(""), "memory": self._memory(), "stack": self._stack(),
                     "paths": self._deepest(), "layer stacks": self._layer_stacks(), "pointers": _pointers()},
        }

    # ----------------------------------------------------------------------- goals

    def _goals(self) -> str:
        return table(["bytes", "goal: at most", "measured", "met?"], goals.rows(self._figures))

    def _too_much(self) -> str:
        """Why goals are missed, as far as figures say it."""
        core = {name: sum(self._room("MIPS32", name, room) for room in (rooms.MESSAGES, rooms.CONNECTIONS))
                for name in ("SYS_WSS", "SYS_WSS, least")}
        goal = goals.GOALS[0].most
        size = (f"- *Size.* Messages and connections alone, without HTTP, tables and face, are "
                f"{core['SYS_WSS']} bytes on MIPS32, {core['SYS_WSS, least']} with the least settings; "
                f"the goal for all is {goal}.\n")
        return size + "".join(f"- *Stack.* {self._why_deep(group)}\n"
                              for group in ("server/sys_wss.h", "all/sys_wss.h", "all/websock.h"))

    def _why_deep(self, group: str) -> str:
        path = [(name, int(size)) for name, size in re.findall(r"(\S+) \((\d+)\)", self._paths[group])]
        largest, size = max(path, key=lambda frame: frame[1])
        return (f"{group.split('/')[0]}: `{path[0][0]}` takes {sum(size for _, size in path)}, in {len(path)} frames one in "
                f"the other, down to `{path[-1][0]}`; the largest is {size}, of `{largest}`.")

    def _rooms(self) -> str:
        names = ("SYS_WSS", "SYS_WSS, least")
        found = [[room, *(self._room(target, name, room) for name in names for target in TARGETS)]
                 for room in rooms.ROOMS]
        kept = [row for row in found if any(row[1:])]
        whole = ["all", *(sum(column) for column in zip(*(row[1:] for row in kept)))]
        head = [f"{target}, {name}" for name in names for target in TARGETS]
        return table([".text and .rodata, server", *head], [*kept, whole])

    def _room(self, target: str, name: str, room: str) -> int:
        return sum(self._figures.get(f"{target}/rooms/server/{name}/{room}/{kind}", 0) for kind in ("text", "rodata"))

    # ------------------------------------------------------------------------ code

    def _flash(self, name: str) -> int:
        """What stands in flash: code, tables, and the initial values of data."""
        return sum(self._figures[f"{name}/{section}"] for section in ("text", "rodata", "data"))

    def _code(self) -> str:
        rows = []
        for it in CONFIGURATIONS:
            names = [f"{target}/code/{it.key}" for target in TARGETS]
            rows.append([f"{it.role}: {it.name}", *self._sections(names[0]), self._flash(names[0]),
                         *self._sections(names[1])[:2], self._flash(names[1])])
        return table(["MIPS32, `-Os`", ".text", ".rodata", ".data", ".bss", "in flash",
                      "microMIPS .text", ".rodata", "in flash"], rows)

    def _sections(self, name: str) -> list[int]:
        return [self._figures[f"{name}/{section}"] for section in ("text", "rodata", "data", "bss")]

    def _layers(self, beginning: str) -> str:
        layers = [layer.name for layer in LAYERS if layer.name.startswith(beginning)]
        return table(["in flash", *TARGETS], [[layer, *(self._flash(f"{target}/layer/{layer}") for target in TARGETS)]
                                               for layer in layers])

    def _readme(self) -> str:
        shown = [("server", "engine", "server"), ("client", "engine", "client"), ("both", "engine", "both"),
                 ("server", "engine, least", "server, least"), ("server", "engine, least, LTO", "server, least")]
        rows = []
        for role, name, memory in shown:
            sizes = [self._flash(f"{target}/code/{role}/{name}") for target in TARGETS]
            state = [self._figures[f"MIPS32/memory/{memory}/{what}"] for what in ("connection", "loop")]
            rows.append([f"{role}{name.removeprefix('engine')}", *sizes, *state])
        return table(["`-Os`", *TARGETS, "each connection", "loop"], rows)

    def _sys_wss(self) -> str:
        rows = []
        for target in TARGETS:
            whole, engine = (self._flash(f"{target}/code/server/{name}") for name in ("SYS_WSS", "engine"))
            memory = [self._figures[f"{target}/memory/SYS_WSS/{what}"] for what in ("client", "service")]
            rows.append([target, whole, whole - engine, *memory])
        head = ["`-Os`, server", "engine and face", "of it the face", "memory of each client", "and of the service"]
        return table(head, rows)

    # ---------------------------------------------------------------------- memory

    def _memory(self) -> str:
        prefix = "MIPS32/memory/"
        rows = [[name.removeprefix(prefix).replace("/", ": "), size]
                for name, size in self._figures.items() if name.startswith(prefix)]
        return table(["bytes, `sizeof`", "MIPS32 and microMIPS"], rows)

    def _pic32_memory(self) -> str:
        kinds = ("PIC32MZ W1", "PIC32MZ W1, NET_PRES")
        return table(["bytes", "TCPIP_TCP", "NET_PRES"],
                     [[shown, *(self._figures[f"MIPS32/memory/{kind}/{what}"] for kind in kinds)]
                      for what, shown in (("stream", "each stream"), ("port", "the port"))])

    # ----------------------------------------------------------------------- stack

    def _stack(self) -> str:
        rows: list[list[object]] = []
        for header, function in self._public():
            cells = [self._figures.get(f"{target}/stack/{build.name}/{header}/{function}", "")
                     for target in TARGETS for build in STACK_BUILDS]
            rows.append([f"`{function}()`", header, *cells])
        return table(["bytes of stack", "header", *(f"{target}, {build.name}" for target in TARGETS
                                                    for build in STACK_BUILDS)], rows)

    def _public(self) -> list[tuple[str, str]]:
        """Header and name of each function whose stack is known."""
        names = (name.split("/") for name in self._figures)
        return [(words[3], words[4]) for words in names if words[:3] == [TARGETS[0], "stack", "all"]]

    def _layer_stacks(self) -> str:
        prefix = "MIPS32/stack/layer/"
        layers = [name.removeprefix(prefix) for name in self._figures if name.startswith(prefix)]
        return table(["bytes of stack", *TARGETS],
                     [[layer, *(self._figures[f"{target}/stack/layer/{layer}"] for target in TARGETS)]
                      for layer in layers])

    def _deepest(self) -> str:
        return "".join(f"- {name}: {path}\n" for name, path in self._paths.items())


def _pointers() -> str:
    rows: list[list[object]] = []
    for rules, where in ((CONTRACTS, ""), (ENGINE, ""), (NATIVE, "native"), (SYS_WSS, "SYS_WSS"), (CONSOLE, "console"),
                         (WEBSOCK, "websock"), (LAYER, "layers")):
        rows += [[f"`{rule.name}`", f"`{rule.file}`" if rule.file != "*" else "", where, _lead(rule)] for rule in rules]
    rows += [["functions given away", f"`{file}`", "", who] for file, who in HANDED_OUT.items()]
    return table(["call", "in", "build", "leads to"], rows)


def _lead(rule: Rule) -> str:
    if rule.outside:
        return rule.outside
    if rule.members:
        return f"the member's functions of `{rule.taken}`"
    if rule.given:
        return f"the functions of members `{rule.given}` of `{rule.taken}`"
    return f"{f'`{rule.only}`' if rule.only != '*' else 'all that is given away'} of `{rule.taken}`"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line)+ " |\n" for line in lines)


def documents(committed: Committed, read: dict[str, str]) -> dict[str, str]:
    """The documents with their tables."""
    made = {}
    for document, tables in Tables(committed).all().items():
        text = read[document]
        for mark, content in tables.items():
            try:
                text = filled(text, mark, content)
            except ValueError as error:
                raise ValueError(f"{document}: {error}") from None
        made[document] = text
    return made
