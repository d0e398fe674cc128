# SPDX-License-Identifier: MIT
"""Makes a project of the component's files, compiles and links it with the simulation of Harmony's
stack, as MPLAB X would with the stack itself, and runs it."""
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.interop.server import HANG
from tests.mcc.configurator import Project, path_of
from tests.mcc.scenarios import SCENARIOS
from tests.programs import BUILD, ROOT

RENDERED = ROOT / "tests/mcc/rendered"
CERTS = BUILD / "tests/tls/certs"
SIMULATION = [
    *(f"tests/harmony/harmony_{part}.c" for part in ("system", "stack", "listen", "tcp", "pres")),
    "tests/mcc/command.c", "tests/mcc/freertos/freertos.c", "tests/mcc/main.c",
]
SIMULATION_FOLDERS = ["tests/harmony", "tests/harmony/include", "tests/mcc/freertos"]


@dataclass(frozen=True)
class Toolchain:
    """A compiler, and how to run what it makes."""

    compiler: tuple[str, ...] = ("cc",)
    flags: tuple[str, ...] = ("-O0", "-Wall", "-Wextra", "-Werror")
    libraries: tuple[str, ...] = ("-lmbedtls", "-lmbedx509", "-lmbedcrypto", "-lpthread")
    emulator: tuple[str, ...] = ()


HOST = Toolchain()


def project_of(package: Path, name: str) -> Project:
    others, options = SCENARIOS[name]
    project = Project(str(package), others)
    for option, value in options:
        project.set(option, value)
    return project


def committed(name: str) -> dict[str, str]:
    """What the templates became, by its path in src/."""
    folder = RENDERED / name
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*")) if path.is_file()}


def credentials(server: bool) -> str:
    chosen = [f"certificate={CERTS}/ec.pem", f"key={CERTS}/ec.key"] if server else [f"ca={CERTS}/ca.pem"]
    command = [str(ROOT / "scripts/make-credentials"), *chosen]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def write(project: Project, rendered: Mapping[str, str], folder: Path) -> Path:
    """The project's src/ in `folder`, and its credentials if it wants some."""
    texts = dict(rendered)
    for output in project.outputs():
        path = path_of(output)
        target = folder / "src" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if output.type != "STRING" and not output.markup:
            shutil.copy(Path(project.root) / output.source, target)
    if project.get("SYS_WSS_MBEDTLS_TLS"):
        texts["wss_credentials.h"] = credentials(project.get("SYS_WSS_MODE") == "SERVER")
    for path, text in texts.items():
        (folder / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "src" / path).write_text(text, encoding="utf-8")
    return folder / "src"


def includes(project: Project, source: Path) -> list[str]:
    """The project's own folders are those that the component named, and what every project has."""
    (source.parent / "proj.X").mkdir(exist_ok=True)
    own = [source.parent / "proj.X" / folder for folder in project.include_folders()]
    return [f"-I{folder}" for folder in (*own, source, source / "config/default",
                                         *(ROOT / folder for folder in SIMULATION_FOLDERS))]


def compile_one(command: Sequence[str]) -> str:
    """What the compiler says if it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stderr if done.returncode != 0 else ""


def objects(project: Project, source: Path, toolchain: Toolchain) -> list[Path]:
    folder = source.parent / "objects"
    sources = [*sorted(source.rglob("*.c")), *(ROOT / name for name in SIMULATION)]
    made = [folder / f"{number}_{path.stem}.o" for number, path in enumerate(sources)]
    folder.mkdir()
    common = [*toolchain.compiler, "-std=c11", *toolchain.flags, *includes(project, source)]
    commands = [[*common, "-c", str(path), "-o", str(object)] for path, object in zip(sources, made)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        errors = [error for error in pool.map(compile_one, commands) if error]
    assert not errors, errors[0]
    return made


def link(project: Project, source: Path, toolchain: Toolchain = HOST) -> Path:
    """The firmware of the project."""
    program = source.parent / "firmware"
    made = objects(project, source, toolchain)
    subprocess.run([*toolchain.compiler, *map(str, made), *toolchain.libraries, "-o", program], check=True)
    return program


class Firmware:
    """A running firmware, whose port is one of this machine's; a context manager that ends it."""

    def __init__(self, program: Path, port: int, emulator: Sequence[str] = ()) -> None:
        ports = {"HARMONY_SERVED_PORT": str(port), "HARMONY_CALLED_PORT": str(port)}
        self.process = subprocess.Popen(
            [*emulator, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **ports},
        )
        self.port = port

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the firmware ended"
        return line.strip()

    def until(self, words: str) -> list[str]:
        """The lines up to one with these words."""
        lines = [self.line()]
        while words not in lines[-1]:
            lines.append(self.line())
        return lines

    def command(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def __enter__(self) -> Firmware:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ended = self.process.poll()
        self.process.kill()
        self.process.communicate(timeout=HANG)
        assert kind is not None or ended is None, f"the firmware ended with {ended}"
