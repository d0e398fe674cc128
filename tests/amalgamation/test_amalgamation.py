# SPDX-License-Identifier: MIT
"""The sources in few files: they compile without a warning, behave as the library does, and are the
same each time.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import websockets.client

from amalgamation.bundle import bundle
from amalgamation.parts import ENGINE, EVERY, Choice, ChoiceError
from cmake.sources import ROOT
from tests.engine.case_files import CASES, Case
from tests.ports import free_port

COMPILERS = [compiler for compiler in ("gcc", "clang") if shutil.which(compiler)]
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
LIBRARIES = ["-lmbedtls", "-lmbedx509", "-lmbedcrypto", "-pthread"]
LEAST = ["-DWSS_CFG_TEXTS=0", "-DWSS_CFG_NAMES=0", "-DWSS_CFG_TRACE=0", "-DWSS_CFG_LONG_MESSAGES=0", "-Os"]

HOST = Choice(hal="posix", crypto="mbedtls", tls="mbedtls", faces=("sys_wss", "websock"))
DEVICE = Choice(role="server", hal="pic32mzw1", crypto="mbedtls", faces=("sys_wss",))
SIMULATED = {role: Choice(role=role, hal="sim", crypto="mbedtls") for role in ("both", "server")}


def written(folder: Path, choice: Choice) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in bundle(choice, "0", "test").items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def compiled(folder: Path, compiler: str, *arguments: str | Path) -> None:
    command = [compiler, *WARNINGS, f"-I{folder}", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stderr}"


def objects(folder: Path, compiler: str, *options: str) -> None:
    compiled(folder, compiler, *options, "-c", *sorted(folder.glob("*.c")))


@pytest.mark.parametrize("compiler", COMPILERS)
def test_a_host_compiles_it(tmp_path: Path, compiler: str) -> None:
    objects(written(tmp_path, HOST), compiler, "-O1", "-DSYS_WSS_WITH_TLS=1", "-DWEBSOCK_TLS=1")
    compiled(tmp_path, compiler, *LEAST, "-c", "wss.c")


@pytest.mark.parametrize("role", ["server", "client"])
@pytest.mark.parametrize("compiler", COMPILERS)
def test_each_role_compiles_alone(tmp_path: Path, compiler: str, role: str) -> None:
    compiled(written(tmp_path, Choice(role=role)), compiler, "-O1", "-c", "wss.c")
    text = (tmp_path / "wss.c").read_text(encoding="utf-8")
    assert [f"runtime/{file}" in text for file in ("wss_admit.c", "wss_session.c")] == [role == "server", role == "client"]
    other = "CLIENT" if role == "server" else "SERVER"
    refused = subprocess.run(["gcc", f"-DWSS_CFG_{other}=1", "-c", "wss.c"], cwd=tmp_path, capture_output=True, text=True)
    assert f"These files were made for {role}s alone" in refused.stderr


def test_the_device_compiles_it(tmp_path: Path) -> None:
    """With declarations of Harmony's functions of our own."""
    folders = [f"-I{ROOT / folder}" for folder in ("tests/harmony/include", "tests/sys_wss/harmony")]
    objects(written(tmp_path, DEVICE), "gcc", "-O1", "-DWSS_PIC32_HARDWARE_RNG", "-DSYS_WSS_HARMONY", *folders)


def test_lwip_compiles_it(tmp_path: Path) -> None:
    """Which scripts/bootstrap fetches."""
    folders = [f"-I{ROOT / folder}" for folder in
               ("tests/lwip/include", "build-lwip/src/include", "build-lwip/port/include")]
    folder = written(tmp_path, Choice(hal="lwip"))
    compiled(folder, "gcc", "-O1", "-D_GNU_SOURCE", "-c", "wss_lwip.c", *folders)


def test_only_what_is_public_has_a_name_for_the_linker(tmp_path: Path) -> None:
    folder = written(tmp_path, Choice())
    compiled(folder, "gcc", "-c", "wss.c")
    listed = subprocess.run(["nm", "-g", "--defined-only", folder / "wss.o"], capture_output=True, text=True, check=True)
    functions = {line.split()[2] for line in listed.stdout.splitlines() if line.split()[1] == "T"}
    header = (folder / "wss.h").read_text(encoding="utf-8")
    assert "wss_send" in functions
    joined = ("wss_loop_init_", "wss_session_start_")  # made of settings
    assert {name for name in functions if f"{name}(" not in header and not name.startswith(joined)} == set()


def test_headers_are_cplusplus(tmp_path: Path) -> None:
    folder = written(tmp_path, HOST)
    for header in sorted(folder.glob("*.h")):
        done = subprocess.run(["g++", "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-xc++",
                               "-"], input=f'#include "{header}"\n', capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------ behaviour

def included_here(program: str) -> str:
    """A program with the includes that docs/EMBEDDING.md asks for: of the part that declares."""
    parts = {f"wss/{header.name}": "wss" for header in (ROOT / "include/wss").glob("*.h")}
    parts |= {Path(header).name: part.name for part in EVERY if part is not ENGINE for header in part.headers}

    def include(found: re.Match[str]) -> str:
        return f'#include "{parts[found[1]]}.h"' if found[1] in parts else found[0]

    return re.sub(r'^#include [<"](.+)[>"]', include, program, flags=re.M)


def readme_program() -> str:
    program = (ROOT / "README.md").read_text(encoding="utf-8").split("```c\n")[1].split("```")[0]
    changed = included_here(program)
    assert re.findall(r'^#include "(.*)"', changed, re.M) == ["wss.h", "wss_crypto_mbedtls.h", "wss_posix.h"]
    return changed


@pytest.mark.parametrize("compiler", COMPILERS)
def test_the_program_of_the_readme_echoes(tmp_path: Path, compiler: str) -> None:
    folder = written(tmp_path, Choice(role="server", hal="posix", crypto="mbedtls"))
    (folder / "echo.c").write_text(readme_program(), encoding="utf-8")
    compiled(folder, compiler, "-O1", "echo.c", "wss.c", "wss_posix.c", "wss_crypto_mbedtls.c", "-o", "echo", *LIBRARIES)
    asyncio.run(echoed(folder / "echo"))


async def echoed(program: Path) -> None:
    port = free_port()
    server = await asyncio.create_subprocess_exec(program, str(port))
    try:
        await listens(server, port)
        async with websockets.client.connect(f"ws://127.0.0.1:{port}/", max_size=None, open_timeout=60) as client:
            messages: list[str | bytes] = ["hello", "ü" * 70000, b"\x00\xff" * 40000, ""]
            for message in messages:
                await client.send(message)
                assert await client.recv() == message
    finally:
        server.kill()
        await server.wait()


async def listens(server: asyncio.subprocess.Process, port: int) -> None:
    while True:
        assert server.returncode is None
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return


@pytest.fixture(scope="module", name="players")
def built_players(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The player of the engine's cases on the engine in one file."""
    players = {}
    for role, choice in SIMULATED.items():
        folder = written(tmp_path_factory.mktemp(role), choice)
        source = folder / "player.d"
        source.mkdir()
        for file in (ROOT / "tests" / "engine").glob("*.[ch]"):
            (source / file.name).write_text(included_here(file.read_text(encoding="utf-8")), encoding="utf-8")
        player = [source / f"{file}.c" for file in ("script", "words", "dial", "world", "wire", "layer")]
        compiled(folder, "gcc", "-O0", *player, *sorted(folder.glob("*.c")), "-o", "player", *LIBRARIES)
        players[role] = folder / "player"
    return players


@pytest.mark.parametrize("role", SIMULATED)
def test_the_engine_plays_its_cases(players: dict[str, Path], role: str) -> None:
    failed = [case.name for case in CASES if role in ("both", case.role) and not plays(players[role], case)]
    assert failed == []


def plays(player: Path, case: Case) -> bool:
    options = ["--whole", *(["--client"] if case.role == "client" else [])]
    done = subprocess.run([player, *options], input=case.script, capture_output=True, text=True, timeout=60, check=False)
    return (done.stdout, done.stderr, done.returncode) == (case.log, "", 0)


# ---------------------------------------------------------------------------- the command

def test_the_output_is_the_same_each_time(tmp_path: Path) -> None:
    choices = ["--server", "--hal", "posix", "--crypto", "mbedtls", "--face", "sys_wss"]
    folders = [tmp_path / "a", tmp_path / "b" / "c"]
    for folder, cwd, hashes in zip(folders, (ROOT, tmp_path), ("1", "2")):
        subprocess.run([ROOT / "scripts" / "amalgamate", *choices, folder], cwd=cwd, check=True,
                       env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": hashes})
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert first == second
    assert sorted(first) == ["LICENSE", "sys_wss.c", "sys_wss.h", "wss.c", "wss.h", "wss_crypto_mbedtls.c",
                             "wss_crypto_mbedtls.h", "wss_posix.c", "wss_posix.h"]
    assert b"scripts/amalgamate --server --hal posix --crypto mbedtls --face sys_wss" in first["wss.h"]


@pytest.mark.parametrize(("choice", "message"), [
    (Choice(hal="posix", faces=("websock",)), "websock needs --hal posix and --crypto mbedtls"),
    (Choice(role="server", hal="posix", crypto="mbedtls", faces=("websock",)), "websock is for clients"),
    (Choice(hal="posix", faces=("sys_wss",)), "sys_wss on this port needs --crypto mbedtls"),
])
def test_what_does_not_go_together_is_refused(choice: Choice, message: str) -> None:
    with pytest.raises(ChoiceError, match=re.escape(message)):
        bundle(choice, "0", "test")


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "amalgamation", "--face", "websock", tmp_path / "out"], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "amalgamate: websock needs --hal posix and --crypto mbedtls\n")
    assert not (tmp_path / "out").exists()
