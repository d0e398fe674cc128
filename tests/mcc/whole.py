# SPDX-License-Identifier: MIT
"""The component as the configurator would run it: scripts in Jython, templates by FreeMarker; all
projects, every option at its limits, projects that are not possible, and firmware for MIPS32. Run by
`scripts/test full`."""
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.mcc import mips
from tests.mcc.build import HOST, SIMULATION_FOLDERS, committed, includes, link, objects, project_of, write
from tests.mcc.configurator import BooleanSymbol, ComboSymbol, IntegerSymbol, Project
from tests.mcc.echo import works
from tests.mcc.rendering import THERE, Request, render
from tests.mcc.scenarios import FEW, FREERTOS, SCENARIOS
from tests.programs import ROOT

pytestmark = pytest.mark.skipif(not THERE, reason="needs java, jython and libfreemarker-java (bootstrap full)")

Files = Mapping[str, str]


# ------------------------------------------------------------------- all that is rendered, at once

TEXTS = [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_HOST_NAME", "ws://a:b@c.example:1/d'e?f=%20&g"),
         ("SYS_WSS_SERVER_IP", "10.0.0.1"), ("SYS_WSS_INTF_NAME", "wlan0")]

IMPOSSIBLE: list[tuple[str, Mapping[str, Mapping[str, Any]], list[tuple[str, Any]], list[str]]] = [
    ("no generator", {}, [("lib_wolfcrypt.wolfcrypt_random_hw", False)],
     ["The hardware random number generator is off", "Switch the hardware random number generator on"]),
    ("no sockets", {"tcpipTcp": {"TCPIP_TCP_MAX_SOCKETS": 1}}, [], ["TCP has 1 sockets"]),
    ("another RTOS", {"HarmonyCore": {"SELECT_RTOS": "ThreadX"}}, [], ["bare metal and FreeRTOS only"]),
    ("no certificate", {}, [("SYS_WSS_ENABLE_TLS", True)], ["put certificates and key in the place of this line"]),
    ("NET_PRES does TLS and is not there", {},
     [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_PROVIDER", "NET_PRES")],
     ["TLS by NET_PRES needs the socket layer NET_PRES", "SYS_WSS_NET_PRES_TLS needs WSS_PIC32_NET_PRES"]),
    ("a priority that is none", FREERTOS, [("SYS_WSS_RTOS_TASK_PRIORITY", 10)], ["below configMAX_PRIORITIES"]),
]


def limits(project: Project) -> list[tuple[str, Any]]:
    """Each value that an option may have, of integers the least and the greatest."""
    found: list[tuple[str, Any]] = []
    for symbol in project.own().order:
        if not symbol.label or getattr(symbol, "read_only", False):
            continue
        if isinstance(symbol, BooleanSymbol):
            found += [(symbol.getID(), value) for value in (False, True)]
        elif isinstance(symbol, IntegerSymbol):
            found += [(symbol.getID(), value) for value in (symbol.low, symbol.high)]
        elif isinstance(symbol, ComboSymbol):
            found += [(symbol.getID(), value) for value in symbol.choices]
    return found


# What options need so that they matter, and go together with the others.
BASES: list[Request] = [
    ({}, []),
    (FREERTOS, [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_HOST_NAME", "ws://10.0.0.1/")]),
    (FREERTOS, [("SYS_WSS_ENABLE_TLS", True)]),
]


def request_of_limit(package: Path, base: Request, name: str, value: Any) -> Request | None:
    """None: it does not go together with the base."""
    others, first = base
    request: Request = (others, [*first, (name, value)])
    return None if made(package, request).complaints() else request


def made(package: Path, request: Request) -> Project:
    project = Project(str(package), {name: dict(symbols) for name, symbols in request[0].items()})
    for option, value in request[1]:
        project.set(option, value)
    return project


@dataclass(frozen=True)
class Rendered:
    projects: dict[str, Files]
    impossible: dict[str, Files]
    texts: Files
    limits: list[tuple[Request, Files]]


@pytest.fixture(scope="session")
def rendered(package: Path) -> Rendered:
    """By one run of Java, as it takes its time to begin."""
    asked: list[Request] = [*SCENARIOS.values(), *((others, options) for _, others, options, _ in IMPOSSIBLE),
                            ({}, TEXTS)]
    values = limits(Project(str(package)))
    tried = [request_of_limit(package, base, *value) for base in BASES for value in values]
    bounds = [request for request in tried if request is not None]
    files = iter(render(package, [*asked, *bounds]))
    return Rendered(
        projects={name: next(files) for name in SCENARIOS},
        impossible={name: next(files) for name, *_ in IMPOSSIBLE},
        texts=next(files),
        limits=list(zip(bounds, files)),
    )


# ------------------------------------------------------------------------------------ projects

def test_the_committed_rendering_is_what_freemarker_makes(rendered: Rendered) -> None:
    assert {name: committed(name) for name in FEW} == {name: rendered.projects[name] for name in FEW}


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in FEW])
def test_a_project_works(package: Path, rendered: Rendered, tmp_path: Path, name: str) -> None:
    project = project_of(package, name)
    works(project, link(project, write(project, rendered.projects[name], tmp_path)))


# ------------------------------------------------------------------------ options at their limits

def check_sources(project: Project, files: Files, folder: Path) -> None:
    """Those that see the options are compiled: what the templates made, the service, the port."""
    source = write(project, files, folder)
    service = source / "config/default/system/wss"
    wanted = [*source.glob("*.c"), *source.glob("config/default/*.c"), *service.glob("*.c"),
              *service.glob("hal/pic32mzw1/*.c"), service / "runtime/wss_loop.c"]
    command = [*HOST.compiler, "-std=c11", "-fsyntax-only", "-DconfigMAX_PRIORITIES=32", *HOST.flags,
               *includes(project, source)]
    done = subprocess.run([*command, *map(str, wanted)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def check_limit(package: Path, request: Request, files: Files, folder: Path) -> None:
    check_sources(made(package, request), files, folder)
    shutil.rmtree(folder)


def test_every_option_at_its_limits_makes_code_that_compiles(package: Path, rendered: Rendered, tmp_path: Path) -> None:
    covered = {request[1][-1] for request, _ in rendered.limits}
    assert covered == set(limits(Project(str(package))))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        checks = [pool.submit(check_limit, package, request, files, tmp_path / str(number))
                  for number, (request, files) in enumerate(rendered.limits)]
    for check in checks:
        check.result()


def test_texts_arrive_as_they_are(rendered: Rendered) -> None:
    configuration = rendered.texts["config/default/configuration.h"]
    for _, text in TEXTS[1:]:
        assert f' "{text}"\n' in configuration


# ------------------------------------------------------------------------- what is not possible

@pytest.mark.parametrize(("name", "others", "options", "words"), IMPOSSIBLE)
def test_what_is_not_possible_does_not_compile(
    package: Path, rendered: Rendered, tmp_path: Path,
    name: str, others: Mapping[str, Mapping[str, Any]], options: list[tuple[str, Any]], words: list[str],
) -> None:
    project = made(package, (others, options))
    files = rendered.impossible[name]
    source = write(project, files, tmp_path)
    for path in files:  # the template of the credentials, not those that tests have
        (source / path).write_text(files[path], encoding="utf-8")
    service = source / "config/default/system/wss"
    command = [*HOST.compiler, "-std=c11", "-fsyntax-only", *includes(project, source)]
    done = subprocess.run([*command, *map(str, source.glob("config/default/*.c")), *map(str, service.glob("*.c")),
                           str(service / "hal/pic32mzw1/wss_pic32.c")], capture_output=True, text=True)
    assert done.returncode != 0
    for said in words:
        assert said in done.stderr, name


# ------------------------------------------------------------------------------------- MIPS32

@pytest.mark.skipif(mips.TOOLCHAIN is None, reason="needs gcc-mipsel-linux-gnu, qemu-user and scripts/mips-sysroot")
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_project_works_as_mips32(package: Path, rendered: Rendered, tmp_path: Path, name: str) -> None:
    assert mips.TOOLCHAIN is not None
    project = project_of(package, name)
    program = link(project, write(project, rendered.projects[name], tmp_path), mips.TOOLCHAIN)
    works(project, program, mips.TOOLCHAIN.emulator)


@pytest.mark.skipif(mips.MICROMIPS is None, reason="needs gcc-mipsel-linux-gnu")
@pytest.mark.parametrize("name", FEW)
def test_a_project_compiles_as_micromips(package: Path, tmp_path: Path, name: str) -> None:
    assert mips.MICROMIPS is not None
    project = project_of(package, name)
    assert len(objects(project, write(project, committed(name), tmp_path), mips.MICROMIPS)) > 60


def test_the_simulation_is_not_in_the_way() -> None:
    """No header of the project is the simulation's."""
    ours = {path.name for folder in SIMULATION_FOLDERS for path in (ROOT / folder).glob("*.h")}
    assert not ours & {path.name for path in (ROOT / "api").glob("*.h")}
