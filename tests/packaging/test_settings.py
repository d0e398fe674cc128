# SPDX-License-Identifier: MIT
"""What a library was built with, and without, reaches those who use it installed."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.interop.server import ROOT
from tests.packaging.consumer import CONSUMERS, FLAGS, build, configuring, refusal, run

SETTINGS = """\
#ifndef SETTINGS_H
#define SETTINGS_H
#define WSS_CFG_TRACE 0
#define WSS_CFG_MAX_MESSAGE 1234
#endif
"""


def configuring_engine(folder: Path, *options: str) -> list[str]:
    return [
        "cmake", "-G", "Ninja", "-S", str(ROOT), "-B", str(folder), "-DCMAKE_BUILD_TYPE=Debug",
        "-DWSS_TOOLS=OFF", "-DWSS_EXAMPLES=OFF", "-DWSS_TESTS=OFF", "-DWSS_PORT_POSIX=OFF", *options,
    ]


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine without a port, with settings from a file and from a compiler option."""
    folder = tmp_path_factory.mktemp("settings")
    file = folder / "settings.h"
    file.write_text(SETTINGS, encoding="utf-8")
    flags = " ".join(["-DWSS_CFG_IDLE_TIMEOUT_MS=4321", *FLAGS])
    run(*configuring_engine(folder / "build", f"-DWSS_CONFIG_FILE={file}", f"-DCMAKE_C_FLAGS={flags}"))
    run("cmake", "--build", folder / "build")
    run("cmake", "--install", folder / "build", "--prefix", folder / "prefix")
    file.unlink()
    return folder / "prefix"


def test_settings_reach_users_of_cmake(prefix: Path, tmp_path: Path) -> None:
    run(build("settings", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}"))


def test_settings_reach_users_without_cmake(prefix: Path, tmp_path: Path) -> None:
    (library,) = prefix.glob("lib*/**/libwss.a")
    source = CONSUMERS / "settings/main.c"
    run("cc", "-std=c11", *FLAGS, f"-I{prefix}/include", source, library, "-o", tmp_path / "user")
    run(tmp_path / "user")


def test_a_setting_said_otherwise_is_seen(prefix: Path) -> None:
    command = ["cc", "-std=c11", "-Werror", "-fsyntax-only", f"-I{prefix}/include"]
    header = prefix / "include/wss/wss.h"
    assert "WSS_CFG_TRACE" in refusal(*command, "-DWSS_CFG_TRACE=1", header)


def test_what_was_not_built_is_not_there(prefix: Path, tmp_path: Path) -> None:
    printed = run(*configuring("settings", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}"))
    assert "-- targets: wss;crypto_mbedtls;streams\n" in printed
    refused = configuring("settings", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}", "-DWSS_WANTED=hal_posix")
    assert "wss::hal_posix needs a build of wss with it." in refusal(*refused)


def test_a_component_that_there_is_not_is_named_once(prefix: Path, tmp_path: Path) -> None:
    said = refusal(*configuring("settings", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}", "-DWSS_WANTED=streams;nonsense"))
    assert len(re.findall(r"There is no component nonsense; there are streams, crypto_mbedtls[a-z_, ]*\.", said)) == 1
    assert "needs" not in said


def test_what_is_missing_is_said_once(prefix: Path, tmp_path: Path) -> None:
    said = refusal(*configuring("settings", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}", "-DWSS_WANTED=hal_posix"))
    assert said.count("a build of wss with it") == 1


def test_mbedtls_is_found_again_or_missed_by_name(prefix: Path, tmp_path: Path) -> None:
    without = [f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_DISABLE_FIND_PACKAGE_MbedTLS=ON"]
    printed = run(*configuring("settings", tmp_path, *without))
    assert "-- wss::crypto_mbedtls is left out: it needs mbedTLS" in printed
    assert "-- targets: wss;streams\n" in printed
    refused = refusal(*configuring("settings", tmp_path, *without, "-DWSS_WANTED=crypto_mbedtls"))
    assert "wss::crypto_mbedtls needs mbedTLS (Debian: libmbedtls-dev)." in refused


def test_a_settings_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "nope.h", tmp_path):
        said = refusal(*configuring_engine(tmp_path / "build", f"-DWSS_CONFIG_FILE={file}"))
        assert f'WSS_CONFIG_FILE: there is no file "{file}"' in said


def test_a_settings_file_that_would_not_be_installed_is_refused(tmp_path: Path) -> None:
    options = ["-DCMAKE_C_FLAGS=-DWSS_CFG_FILE=SETTINGS"]
    assert "say WSS_CONFIG_FILE=" in refusal(*configuring_engine(tmp_path, *options))
