# SPDX-License-Identifier: MIT
"""The Debian packages: what is in them, that it works, and that lintian has nothing to say."""
from __future__ import annotations

import gzip
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.consumer import BUILD, PROGRAM, build, echoes, run

SANITIZED = bool(os.environ.get("WSS_SANITIZE"))


@dataclass(frozen=True)
class Packages:
    files: dict[str, Path]  # by the packages' names
    root: Path  # where all of them are unpacked


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    folder = tmp_path_factory.mktemp("debian")
    packed = "umask 077; exec cpack -G DEB -B $1 --config $2"
    run("sh", "-c", packed, "sh", folder, BUILD / "CPackConfig.cmake")
    files = {path.name.split("_")[0]: path for path in folder.glob("*.deb")}
    for path in files.values():
        run("dpkg-deb", "-x", path, folder / "root")
    return Packages(files, folder / "root")


def contents(package: Path) -> set[str]:
    lines = run("dpkg-deb", "-c", package).splitlines()
    return {line.split(" ./", 1)[1] for line in lines if not line.startswith("d")}


def field(package: Path, name: str) -> str:
    return run("dpkg-deb", "-f", package, name).strip()


def test_there_are_two(packages: Packages) -> None:
    assert set(packages.files) == {"wss", "libwss-dev"}


def test_the_command_and_what_belongs_to_it(packages: Packages) -> None:
    inside = contents(packages.files["wss"])
    assert {
        "usr/bin/wss",
        "usr/share/man/man1/wss.1.gz",
        "usr/share/bash-completion/completions/wss",
        "usr/share/doc/wss/copyright",
        "usr/share/doc/wss/changelog.gz",
    } <= inside
    assert not [name for name in inside if name.endswith((".h", ".a", ".cmake", ".pc"))]
    assert "libmbedcrypto" in field(packages.files["wss"], "Depends")


def test_the_command_runs(packages: Packages) -> None:
    version = field(packages.files["wss"], "Version")
    assert run(packages.root / "usr/bin/wss", "--version") == f"wss {version}\n"


def test_the_library_builds_a_program(packages: Packages, tmp_path: Path) -> None:
    assert "usr/include/wss/wss.h" in contents(packages.files["libwss-dev"])
    assert field(packages.files["libwss-dev"], "Depends") == "libmbedtls-dev"
    program = build("find_package", tmp_path, f"-DCMAKE_PREFIX_PATH={packages.root}/usr")
    assert echoes(program)


def test_the_library_brings_the_program_of_the_readme(packages: Packages) -> None:
    example = packages.root / "usr/share/doc/libwss-dev/examples/echo_server.c"
    assert example.read_bytes() == PROGRAM.read_bytes()


def test_changelog_and_synopsis_are_their_own(packages: Packages) -> None:
    for name, path in packages.files.items():
        text = gzip.open(packages.root / f"usr/share/doc/{name}/changelog.gz", "rt").read()
        assert text.startswith(f"wss ({field(path, 'Version')}) ")
    synopses = {field(path, "Description").splitlines()[0] for path in packages.files.values()}
    assert len(synopses) == 2


@pytest.mark.skipif(shutil.which("lintian") is None, reason="lintian is not installed")
@pytest.mark.skipif(SANITIZED, reason="sanitizers are not for packages")
def test_lintian_has_nothing_to_say(packages: Packages) -> None:
    folder = "pkg-config-unavailable-for-cross-compilation"  # only the preset deb has Debian's
    files = packages.files.values()
    assert run("lintian", "--allow-root", "--suppress-tags", folder, *files) == ""
