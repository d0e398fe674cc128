# SPDX-License-Identifier: MIT
"""The installed library serves users of CMake and of pkg-config, wherever its tree was moved."""
from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from tests.interop.server import ROOT
from tests.packaging.consumer import (
    BUILD, FLAGS, PROGRAM, WEBSOCK, build, configuring, echoes, refusal, run, talks,
)

MODULES = ("wss", "wss-hal-posix", "wss-crypto-mbedtls", "wss-streams", "wss-tls", "wss-websock")


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installed tree that was moved afterwards."""
    first = tmp_path_factory.mktemp("install") / "first"
    run("cmake", "--install", BUILD, "--prefix", first)
    return first.rename(first.with_name("moved tree"))


def pkg_config(prefix: Path, *options: str) -> list[str]:
    (folder,) = prefix.glob("**/pkgconfig")
    return shlex.split(run("pkg-config", *options, env={"PKG_CONFIG_PATH": str(folder)}))


def test_find_package(prefix: Path, tmp_path: Path) -> None:
    assert echoes(build("find_package", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}"))


def test_find_package_of_a_face(prefix: Path, tmp_path: Path) -> None:
    options = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DPROGRAM={ROOT / 'examples/sys_wss_server.c'}"]
    assert echoes(build("sys_wss", tmp_path, *options))


@pytest.mark.parametrize("linking", [[], ["--static"]])
def test_pkg_config(prefix: Path, tmp_path: Path, linking: list[str]) -> None:
    options = pkg_config(prefix, *linking, "--cflags", "--libs", *MODULES)
    program = tmp_path / "user"
    run(os.environ.get("CC", "cc"), "-std=c11", *FLAGS, PROGRAM, "-o", program, *options)
    assert echoes(program)


def test_the_engine_needs_no_other_module(prefix: Path) -> None:
    assert [word for word in pkg_config(prefix, "--libs", "wss") if word[:2] == "-l"] == ["-lwss"]


def test_the_websock_api_by_find_package(prefix: Path, tmp_path: Path) -> None:
    program = build("websock", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DPROGRAM={WEBSOCK}")
    assert talks(program)


def test_the_websock_api_by_pkg_config(prefix: Path, tmp_path: Path) -> None:
    options = pkg_config(prefix, "--cflags", "--libs", "wss-websock")
    program = tmp_path / "user"
    run(os.environ.get("CC", "cc"), "-std=c11", *FLAGS, WEBSOCK, "-o", program, *options)
    assert talks(program)


def test_versions_agree(prefix: Path, tmp_path: Path) -> None:
    name, version = run(prefix / "bin/wss", "--version").split()
    assert name == "wss"
    for module in MODULES:
        assert pkg_config(prefix, "--modversion", module) == [version]
    found = run(*configuring("versions", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}", "-DWANTED=0.1"))
    assert f"-- found: {version}\n" in found


def test_another_minor_version_is_refused(prefix: Path, tmp_path: Path) -> None:
    for wanted in ("0.0", "0.2", "1.0"):
        options = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DWANTED={wanted}"]
        assert f'requested version "{wanted}"' in refusal(*configuring("versions", tmp_path, *options))


def test_every_header_stands_alone(prefix: Path, tmp_path: Path) -> None:
    headers = set((prefix / "include/wss").glob("*.h")) - {prefix / "include/wss/wss_layout.h"}
    cflags = pkg_config(prefix, "--cflags", *MODULES)
    assert {"wss.h", "wss_posix_static.h", "wss_crypto_mbedtls.h"} <= {path.name for path in headers}
    for header in headers:
        source = tmp_path / "user.c"
        source.write_text(f"#include <{header.name}>\n#include <wss/{header.name}>\n", encoding="utf-8")
        run("cc", "-std=c11", "-Wall", "-Werror", "-fsyntax-only", *cflags, source)


def test_nothing_tells_where_it_was_built(prefix: Path) -> None:
    """A path of the sources or the build is in no text; they may be as short as /wss."""
    folders = "|".join(re.escape(str(folder)) for folder in (ROOT, BUILD))
    told = re.compile(rf"(?<![\w}}./-])(?:-[IL])?(?:{folders})(?![\w.-])")
    texts = [path for path in prefix.rglob("*") if path.suffix in {".cmake", ".pc", ".h"}]
    assert [path for path in texts if told.search(path.read_text(encoding="utf-8"))] == []
