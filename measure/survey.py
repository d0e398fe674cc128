# SPDX-License-Identifier: MIT
"""Measures all there is to measure with one compiler: figures by their names, such as
"MIPS32/code/server/engine/text". It must not know which figures are good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from amalgamation.bundle import bundle
from amalgamation.parts import Choice
from cmake.sources import ROOT
from measure.assembly import read_module
from measure.parts import (CLIENT_ONLY, CONFIGURATIONS, CRYPTO, ENGINE_PART, FACE, LAYER_STACKS, LAYERS, LEAST, PIC32,
                           SERVER_ONLY, STACK_BUILDS, TLS, UNTRACED, Configuration, Face, Layer, Part, StackBuild,
                           flags_of)
from measure.pointers import CONTRACTS, LAYER, Pointers
from measure.public import public_functions
from measure.roles import missing
from measure.rooms import by_room
from measure.stack import C_LIBRARY, FACES_STAND_ON, LAYERS_STAND_ON, Graph, Path as StackPath
from measure.steps import Steps
from measure.toolchain import MIPS32, MeasureError, Program, Target, Unit, Workshop

Figures = dict[str, int]

_LEFT_OPEN = re.compile(rf"{C_LIBRARY}|{FACES_STAND_ON}|{LAYERS_STAND_ON}|port|crypto")


class Survey:
    """`gated`: only what CI looks at each time, and of targets but MIPS32 only code."""

    def __init__(self, target: Target, folder: Path, gated: bool = False) -> None:
        self._workshop = Workshop(target, folder / target.name)
        self._target = target
        self._gated = gated
        self._steps = Steps()
        self.paths: dict[str, StackPath] = {}
        system = folder / "system"
        system.mkdir(parents=True, exist_ok=True)
        if not (system / "mbedtls").exists():
            (system / "mbedtls").symlink_to("/usr/include/mbedtls")
        self._system = (f"-I{system}",)

    def figures(self) -> Figures:
        found: Figures = {}
        for configuration in CONFIGURATIONS:
            if configuration.gated or not self._gated:
                found |= self._code(configuration)
        if not self._gated:
            for layer in LAYERS:
                found |= self._layer(layer)
            found |= self._layer_stacks()
        if self._target == MIPS32 or not self._gated:
            found |= self._memory()
            for build in STACK_BUILDS:
                found |= self._stack(build)
        return {f"{self._target.name}/{name}": value for name, value in found.items()}

    # ------------------------------------------------------------------------ code

    def _code(self, it: Configuration) -> Figures:
        units = self._few_files(it) if it.few_files is not None else [self._with_system(unit) for unit in it.units()]
        programs = [Unit(ROOT / f"bench/size/{program}.c", (*it.units()[0].flags, *self._face_flags(it)))
                    for program in it.programs]
        roots = [*(f"run_{program}" for program in it.programs), *it.roots]
        program = self._linked(f"code/{it.key}", units, programs, roots, it.lto)
        return _sizes_of(f"code/{it.key}", program) | (self._rooms(it, program) if it.rooms and not self._gated else {})

    def _few_files(self, it: Configuration) -> list[Unit]:
        faces = it.few_files or ()
        folder = self._workshop.written_folder(bundle(Choice(it.role, faces=faces), "0", "measure"))
        return [Unit(folder / f"{part}.c", (f"-I{folder}", *it.definitions)) for part in ("wss", *faces)]

    def _rooms(self, it: Configuration, program: Program) -> Figures:
        return {f"rooms/{it.key}/{room}/{kind}": size for kind, kept in program.kept.items()
                for room, size in by_room(kept).items()}

    def _layer(self, it: Layer) -> Figures:
        units = [self._with_system(unit) for part in it.parts for unit in part.units(it.definitions)]
        return _sizes_of(f"layer/{it.name}", self._linked(f"layer/{it.name}", units, [], it.roots, False))

    def _linked(self, name: str, units: list[Unit], programs: list[Unit], roots: Iterable[str], lto: bool) -> Program:
        plain = [Unit(unit.source, unit.flags) for unit in units]  # LTO hides what the C library is asked for
        stubs = self._workshop.undefined([*plain, *programs])
        for stub in sorted(stubs):
            if not _LEFT_OPEN.fullmatch(stub):
                raise MeasureError(f"{self._target.name}, {name}: {stub} is wanted, and nobody has it")
        return self._workshop.link(units, programs, stubs, roots, lto)

    def _with_system(self, unit: Unit) -> Unit:
        return Unit(unit.source, (*unit.flags, *self._system), unit.lto) if _uses_mbedtls(unit) else unit

    def _face_flags(self, it: Configuration) -> tuple[str, ...]:
        return next((flags_of(part.includes, part.definitions) for part in it.parts if "api" in part.includes), ())

    # ---------------------------------------------------------------------- memory

    def _memory(self) -> Figures:
        """Sizes of what is there once for each connection, and once."""
        found: Figures = {}
        for role, definitions in (("server", SERVER_ONLY), ("client", CLIENT_ONLY), ("both", ()),
                                  ("server, least", (*SERVER_ONLY, *LEAST))):
            sizes = {"connection": "wss_conn_t", "loop": "wss_loop_t"}
            found |= self._sizes(f"memory/{role}", sizes, ("wss/wss.h",), Part((), ()), (*definitions, *UNTRACED))
        found |= self._sizes("memory", {"control payload": "wss_control_t", "session": "wss_session_t"},
                             ("wss/wss_session.h",), Part((), ()), UNTRACED)
        found |= self._sizes("memory", {"TLS connection": "wss_tls_stream_t", "TLS context": "wss_tls_context_t",
                                        "TLS port": "wss_tls_hal_t"}, ("wss_tls_hal.h",), TLS, ())
        found |= self._sizes("memory", {"cryptography": "wss_crypto_mbedtls_t"}, ("wss_crypto_mbedtls.h",), CRYPTO, ())
        for kind, flags in (("PIC32MZ W1", ()), ("PIC32MZ W1, NET_PRES", ("-DWSS_PIC32_NET_PRES=1",))):
            sizes = {"stream": "wss_pic32_stream_t", "port": "wss_pic32_t"}
            found |= self._sizes(f"memory/{kind}", sizes, ("wss_pic32.h",), PIC32, flags)
        return found | self._face_memory()

    def _sizes(self, name: str, types: dict[str, str], headers: tuple[str, ...], part: Part,
               definitions: tuple[str, ...]) -> Figures:
        text = "".join(f'#include "{header}"\n' for header in headers)
        text += "".join(f"char size_{i}[sizeof({type_})];\n" for i, type_ in enumerate(types.values()))
        flags = (*flags_of(part.includes, part.definitions), *definitions, *self._system)
        made = self._workshop.objects([self._workshop.unit_of("sizes", text, flags)])[0]
        symbols = self._workshop.symbols(made.file)
        return {f"{name}/{shown}": symbols[f"size_{i}"] for i, shown in enumerate(types)}

    def _face_memory(self) -> Figures:
        """The static memory of the SYS_WSS service: for each of its two clients, and the rest."""
        definitions = (*SERVER_ONLY, *UNTRACED)
        service = next(unit for unit in FACE.units(definitions) if unit.source.name == "sys_wss.c")
        symbols = self._workshop.symbols(self._workshop.objects([service])[0].file)
        each = sum(symbols[name] for name in ("conns", "controls", "messages")) // 2
        return {"memory/SYS_WSS/client": each, "memory/SYS_WSS/service":
                sum(symbols[name] for name in ("received", "sys_wss", "g_wssSrvcObj"))}

    # ----------------------------------------------------------------------- stack

    def _stack(self, build: StackBuild) -> Figures:
        found: Figures = {}
        for face in build.faces:
            found |= self._stack_of(build, face)
        return found

    def _stack_of(self, build: StackBuild, face: Face) -> Figures:
        face_units = [unit for part in face.parts for unit in part.units(build.definitions)]
        engine, above = ([read_module(made) for made in self._workshop.objects(units)]
                         for units in (ENGINE_PART.units(build.definitions), face_units))
        modules = [*engine, *above]
        pointers = Pointers(face.rules, modules)
        pointers.check_taken()
        steps = Steps(missing(above)) if above else self._steps
        graph = Graph(modules, pointers, steps, f"{C_LIBRARY}|{FACES_STAND_ON}")
        found = {}
        flags = [flag for unit in face_units[-1:] or ENGINE_PART.units(build.definitions) for flag in unit.flags]
        for function in public_functions(self._workshop, face.headers, flags):
            if function.symbol not in graph.functions and not build.definitions:
                raise MeasureError(f"{function.header}: {function.name}() is declared, but nobody has it")
            if function.symbol in graph.functions:
                name = f"stack/{build.name}/{function.header.rsplit('/', 1)[-1]}/{function.name}"
                self.paths[f"{self._target.name}/{name}"] = path = graph.deepest(function.symbol)
                found[name] = path.depth
        return found

    def _layer_stacks(self) -> Figures:
        """The deepest path of any function of a layer, down to what it stands on."""
        found = {}
        for room in LAYER_STACKS:
            found[f"stack/layer/{room.name}"] = self._deepest(room)
        return found

    def _deepest(self, it: Layer) -> int:
        units = [self._with_system(unit) for part in it.parts for unit in part.units(it.definitions)]
        modules = [read_module(made) for made in self._workshop.objects(units)]
        graph = Graph(modules, Pointers((*LAYER, *CONTRACTS), modules), self._steps, f"{C_LIBRARY}|{LAYERS_STAND_ON}")
        paths = [graph.deepest(function) for function in graph.functions]
        deepest = max(paths, key=lambda path: path.depth)
        self.paths[f"{self._target.name}/stack/layer/{it.name}"] = deepest
        return deepest.depth


def _sizes_of(name: str, program: Program) -> Figures:
    return {f"{name}/{section}": size for section, size in asdict(program.sections).items()}


def _uses_mbedtls(unit: Unit) -> bool:
    return any("MBEDTLS" in flag for flag in unit.flags)
