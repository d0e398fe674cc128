# SPDX-License-Identifier: MIT
"""What PlatformIO, Zephyr and ESP-IDF compile, compiled: by the compiler for MIPS32, and by CMake
with stand-ins for what of Zephyr and ESP-IDF is called.
"""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cmake.sources import ROOT, sources
from tests.embedding.kconfig import ESP_IDF, ZEPHYR, load, script, values
from tests.embedding.platformio import library

HERE = Path(__file__).parent
MIPS = ["mipsel-linux-gnu-gcc", "-march=mips32r2"]
LWIP = ROOT / "build-lwip"
LWIP_INCLUDES = [ROOT / "tests/lwip/include", LWIP / "src/include", LWIP / "port/include"]

STRING_H = ("memchr", "memcmp", "memcpy", "memmove", "memset", "strchr", "strcmp", "strlen", "strncmp")
ENGINE = ("WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES")
OTHERS = {"WSS_CFG_NAMES": "n", "WSS_CFG_TRACE": "n", "WSS_CFG_LONG_MESSAGES": "n", "WSS_CFG_MAX_MESSAGE": "1000000",
          "WSS_CFG_SESSION_URL": "300", "WSS_CFG_IDLE_TIMEOUT_MS": "31000"}


def run(*command: str | Path) -> str:
    """What a command that succeeds prints."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


# ---------------------------------------------------------------------------- PlatformIO

def test_platformio_for_mips(tmp_path: Path) -> None:
    """The library's sources are one object that wants the C library alone, and a program links with it."""
    made = library(ROOT)
    flags = [f"-I{folder}" for folder in made.includes]
    objects = {source: tmp_path / f"{source.stem}.o" for source in (*made.sources, HERE / "program.c")}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda it: run(*MIPS, "-std=gnu17", *flags, "-c", it[0], "-o", it[1]), objects.items()))
    whole, program = tmp_path / "wss.o", objects.pop(HERE / "program.c")
    run(*MIPS, "-r", "-nostdlib", *objects.values(), "-o", whole)
    wanted = {line.split()[-1] for line in run("mipsel-linux-gnu-nm", "-u", whole).splitlines()}
    assert wanted <= {*STRING_H, "_gp_disp"}
    run(*MIPS, program, whole, "-o", tmp_path / "program")


# --------------------------------------------------------------------- Zephyr and ESP-IDF

def configured(project: str, settings: Path, folder: Path) -> None:
    run("cmake", "-S", HERE / project, "-B", folder, "-G", "Ninja", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
        f"-DWSS_DIR={ROOT}", f"-DSETTINGS={settings}", f"-DLWIP={';'.join(map(str, LWIP_INCLUDES))}")


def compiled(folder: Path) -> set[str]:
    """The files of the repository but the application."""
    commands = json.loads((folder / "compile_commands.json").read_text(encoding="utf-8"))
    files = {str(Path(command["file"]).resolve().relative_to(ROOT)) for command in commands}
    return files - {"tests/embedding/program.c"}


def shown(folder: Path) -> dict[str, str]:
    """The settings that the application was compiled with."""
    run("cmake", "--build", folder)
    return dict(line.split() for line in run(folder / "application").splitlines())


def expected(chosen: dict[str, str]) -> dict[str, str]:
    return {name: {"n": "0", "y": "1"}.get(value, value)
            for name, value in chosen.items() if name.startswith("WSS_CFG_")}


def test_zephyr_with_all_parts_and_other_settings(tmp_path: Path) -> None:
    read = load(ZEPHYR, tmp_path, {"WSS": "y", "MBEDTLS": "y", "WSS_TLS": "y", **OTHERS})
    configured("zephyr", script(read, tmp_path / "settings.cmake"), tmp_path / "build")
    assert compiled(tmp_path / "build") == set(sources(
        *ENGINE, "WSS_CRYPTO_MBEDTLS_SOURCES", "WSS_STREAMS_SOURCES", "WSS_TLS_SOURCES"))
    assert shown(tmp_path / "build") == expected(values(read))
    assert expected(values(read)).items() >= expected(OTHERS).items()


def test_zephyr_without_the_option_has_nothing(tmp_path: Path) -> None:
    configured("zephyr", script(load(ZEPHYR, tmp_path), tmp_path / "settings.cmake"), tmp_path / "build")
    assert not (tmp_path / "build/compile_commands.json").exists() or compiled(tmp_path / "build") == set()


def test_zephyr_without_mbedtls_says_so(tmp_path: Path) -> None:
    settings = script(load(ZEPHYR, tmp_path, {"WSS": "y"}), tmp_path / "settings.cmake")
    with pytest.raises(AssertionError, match="CONFIG_WSS_CRYPTO_MBEDTLS needs CONFIG_MBEDTLS"):
        configured("zephyr", settings, tmp_path / "build")


def test_esp_idf_on_lwip_with_other_settings(tmp_path: Path) -> None:
    read = load(ESP_IDF, tmp_path, {"LWIP_TCPIP_CORE_LOCKING": "y", "WSS_PORT_LWIP": "y", **OTHERS})
    configured("espidf", script(read, tmp_path / "settings.cmake"), tmp_path / "build")
    assert compiled(tmp_path / "build") == set(sources(*ENGINE, "WSS_LWIP_SOURCES", "WSS_CRYPTO_MBEDTLS_SOURCES"))
    assert shown(tmp_path / "build") == expected(values(read))


def test_esp_idf_is_told_the_requirements_before_there_is_a_configuration() -> None:
    assert "requires lwip;mbedtls" in run("cmake", f"-DWSS_DIR={ROOT}", "-P", HERE / "espidf/requirements.cmake")
