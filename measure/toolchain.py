# SPDX-License-Identifier: MIT
"""Runs compilers: objects with what is known of their calls, and linked programs. It must not
know what is compiled.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from measure import linkmap

COMMON = ("-std=c11", "-Os", "-ffunction-sections", "-fdata-sections",
          "-fno-asynchronous-unwind-tables", "-w")

_SECTIONS = {"text": "text", "rodata": "rodata", "data": "data", "sdata": "data", "bss": "bss", "sbss": "bss"}
_UNCOUNTED = re.compile(r"\.(app|reginfo|MIPS|note|comment|pdr|gnu|mdebug|debug|symtab|strtab|shstrtab)")


class MeasureError(Exception):
    """Something cannot be measured; the text names the place."""


@dataclass(frozen=True)
class Target:
    """A compiler and what it is told."""

    name: str
    prefix: str
    flags: tuple[str, ...]

    def tool(self, name: str) -> str:
        return self.prefix + name

    @property
    def present(self) -> bool:
        return shutil.which(self.tool("gcc")) is not None

    @property
    def version(self) -> str:
        return run([self.tool("gcc"), "-dumpfullversion"]).strip()


_MIPS = ("-march=mips32r2", "-mno-abicalls", "-fno-pic", "-G0")
MIPS32 = Target("MIPS32", "mipsel-linux-gnu-", _MIPS)
MICROMIPS = Target("microMIPS", "mipsel-linux-gnu-", (*_MIPS, "-mmicromips"))


@dataclass(frozen=True)
class Unit:
    """A source, and how it is compiled."""

    source: Path
    flags: tuple[str, ...]
    lto: bool = False


@dataclass(frozen=True)
class Object:
    """What became of a unit. Assembly and call information are not there with `lto`."""

    source: Path
    file: Path
    assembly: Path
    calls: Path


@dataclass(frozen=True)
class Sections:
    """Bytes of a linked program."""

    text: int
    rodata: int
    data: int
    bss: int


@dataclass(frozen=True)
class Program:
    """A linked program, and what of it comes from each source: bytes of .text and of .rodata."""

    sections: Sections
    kept: Mapping[str, Mapping[Path, int]]


def run(command: Sequence[str | Path]) -> str:
    """The output of a command. MeasureError: it failed, or is not there."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MeasureError(f"{words[0]} is not there (scripts/bootstrap installs it)") from None
    if done.returncode != 0:
        raise MeasureError(f"{' '.join(words)}\n{done.stderr}")
    return done.stdout


class Workshop:
    """Compiles for one target into a folder; a unit is compiled once."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target = target
        self._folder = folder
        self._objects: dict[Unit, Object] = {}

    def objects(self, units: Iterable[Unit]) -> list[Object]:
        wanted = list(dict.fromkeys(units))
        new = [unit for unit in wanted if unit not in self._objects]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            self._objects.update(zip(new, pool.map(self._compile, new)))
        return [self._objects[unit] for unit in wanted]

    def preprocess(self, text: str, flags: Sequence[str]) -> str:
        source = self._written("preprocessed", text)
        return run([*self._compiler(), *flags, "-E", source])

    def link(self, parts: Iterable[Unit], programs: Iterable[Unit], stubs: Iterable[str],
             roots: Iterable[str], lto: bool = False) -> Program:
        """What the linker keeps of the parts for programs and roots. `stubs` stand for functions
        that are elsewhere; they and the programs are not counted."""
        kept = self.objects(parts)
        shown = [self._aside(unit.file) for unit in self.objects([*programs, self._stubs(stubs)])]
        program, linked = self._folder / "program", self._folder / "program.map"
        whole = ["-flto", "-Os"] if lto else []
        run([*self._compiler(), *whole, "-w", "-nostdlib", "-static", "-no-pie", "-Wl,--gc-sections,-e,0",
             *(f"-Wl,-u,{root}" for root in roots), f"-Wl,-Map={linked}", *(made.file for made in kept),
             *shown, "-o", program])
        found = linkmap.contents(linked.read_text(encoding="utf-8"))
        return Program(self._sections(program), {
            kind: {made.source: sizes[made.file] for made in kept if made.file in sizes}
            for kind, sizes in found.items()})

    def symbols(self, file: Path) -> dict[str, int]:
        """Sizes of a file's symbols."""
        lines = (line.split() for line in run([self.target.tool("nm"), "-S", "-t", "d", file]).splitlines())
        return {words[3]: int(words[1]) for words in lines if len(words) == 4}

    def undefined(self, units: Iterable[Unit]) -> set[str]:
        """What objects want of each other and do not find."""
        wanted: set[str] = set()
        given: set[str] = set()
        files = [made.file for made in self.objects(units)]
        for line in run([self.target.tool("nm"), "-g", "-P", *files]).splitlines():
            words = line.split()
            if len(words) > 1:  # else the name of a file
                (wanted if words[1] == "U" else given).add(words[0])
        return wanted - given

    def _compiler(self) -> list[str]:
        return [self.target.tool("gcc"), *self.target.flags]

    def _place(self, unit: Unit) -> Path:
        key = hashlib.sha256(repr(unit).encode()).hexdigest()[:16]
        place = self._folder / key
        place.mkdir(parents=True, exist_ok=True)
        return place / unit.source.stem

    def _compile(self, unit: Unit) -> Object:
        place = self._place(unit)
        made = Object(unit.source, place.with_suffix(".o"), place.with_suffix(".s"), place.with_suffix(".ci"))
        command = [*self._compiler(), *COMMON, *unit.flags]
        if unit.lto:
            run([*command, "-flto", "-ffat-lto-objects", "-c", unit.source, "-o", made.file])
            return made
        run([*command, "-fcallgraph-info=su", "-S", unit.source, "-o", made.assembly])
        run([*self._compiler(), "-c", made.assembly, "-o", made.file])
        return made

    def _written(self, name: str, text: str) -> Path:
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        source = self._folder / f"{name}-{key}.c"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")
        return source

    def written_folder(self, files: Mapping[str, str]) -> Path:
        """A folder that holds these files."""
        key = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
        folder = self._folder / f"written-{key}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def unit_of(self, name: str, text: str, flags: tuple[str, ...]) -> Unit:
        """A unit of a source that is not in the repository."""
        return Unit(self._written(name, text), flags)

    def _stubs(self, names: Iterable[str]) -> Unit:
        text = "".join(f"void {name}(void) {{}}\n" for name in sorted(names))
        return self.unit_of("stubs", text, ("-fno-builtin",))

    def _aside(self, file: Path) -> Path:
        """The object with all its sections renamed, so that they can be told apart."""
        aside = file.with_suffix(".aside.o")
        if not aside.exists():
            names = re.findall(r"^\s*\d+ (\.(?:text|rodata|data|bss|sdata|sbss)\S*)",
                               run([self.target.tool("objdump"), "-h", file]), re.M)
            renames = [f"--rename-section={name}=.app{name}" for name in names]
            run([self.target.tool("objcopy"), *renames, file, aside])
        return aside

    def _sections(self, program: Path) -> Sections:
        sums = {"text": 0, "rodata": 0, "data": 0, "bss": 0}
        for line in run([self.target.tool("size"), "-A", program]).splitlines()[2:]:
            words = line.split()
            if len(words) != 3 or not words[0].startswith(".") or _UNCOUNTED.match(words[0]):
                continue
            kind = _SECTIONS.get(words[0].split(".")[1])
            if kind is None:
                raise MeasureError(f"{self.target.name}: a section {words[0]} in a linked program")
            sums[kind] += int(words[1])
        return Sections(**sums)
