# SPDX-License-Identifier: MIT
"""What documents say of the sources, their lists and counts, is what the sources say; the programs
that they show compile.
"""
from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from cmake.sources import ROOT, sources

WARNINGS = ("-Wall", "-Wextra", "-Werror", "-fsyntax-only")
SETTINGS = ("-DWSS_PIC32_HARDWARE_RNG", "-D_GNU_SOURCE")
STAND_INS = {  # what a project brings for a port
    "lwip": ("tests/lwip/include", "build-lwip/src/include", "build-lwip/port/include"),
    "pic32mzw1": ("tests/harmony/include", "tests/sys_wss/harmony"),
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def programs(name: str) -> list[str]:
    """The pieces of C in a page."""
    return re.findall(r"^```c\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)


def check(program: str, folders: tuple[str, ...], compiler: str = "gcc", *options: str) -> None:
    language = ["-xc", "-std=c11"]
    if compiler == "g++":  # which complains of members that C, and -Wextra in C, leave out
        language = ["-xc++", "-std=c++20"]
        options = (*options, "-Wno-missing-field-initializers")
    done = subprocess.run(
        [compiler, *language, *WARNINGS, *SETTINGS, *options, *(f"-I{ROOT / folder}" for folder in folders), "-"],
        input=program, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------- lists

def test_migrating_lists_the_sources_of_sys_wss() -> None:
    found = re.search(r"^Without CMake, compile `sys_wss\.c`.*?^They are in `api/`", text("docs/MIGRATING.md"), re.M | re.S)
    assert found is not None
    files = sources("WSS_SYS_WSS_SOURCES", "WSS_SYS_WSS_POSIX_SOURCES", "WSS_SYS_WSS_HARMONY_SOURCES")
    assert sorted(re.findall(r"`(\w+\.c)`", found[0])) == sorted(file.removeprefix("api/") for file in files)


def test_the_readme_leads_to_every_page() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"^\| \[(docs/\w+\.md)\]", text("README.md"), re.M))


def test_architecture_has_every_preset() -> None:
    presets = json.loads(text("CMakePresets.json"))["configurePresets"]
    table = re.search(r"^\| Preset .*?\n\n", text("docs/ARCHITECTURE.md"), re.M | re.S)
    assert table is not None
    rows = re.findall(r"^\| (`.*?`) \|", table[0], re.M)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == {
        preset["name"] for preset in presets if not preset.get("hidden")}


def test_what_is_named_of_a_file_is_in_it() -> None:
    """Such as "see `f()` in `runtime/x.c`"."""
    named = [(name, file) for page in sorted((ROOT / "docs").glob("*.md"))
             for name, file in re.findall(r"`(\w+)(?:\(\)|\[\])`\s+in\s+`(\w+/\w+\.[ch])`", text(f"docs/{page.name}"))]
    assert len(named) > 0
    assert [pair for pair in named if not re.search(rf"\b{pair[0]}[(\[]", text(pair[1]))] == []


# ------------------------------------------------------------------------------ counts

MEMBER = re.compile(r"\(\*(\w+)\)\(")
MAY_BE_NULL = re.compile(r"\bMay be NULL|\bNULL(?: pointer)?:|\bNULL where\b")


def functions(table: str) -> dict[str, bool]:
    """The functions of a port's table, and whether one may be left out on a server: the comment before a
    group of members, which an empty line ends, says so.
    """
    body = re.search(rf"^typedef struct {table} \{{\n(.*?)^\}}", text("include/wss/wss_hal.h"), re.M | re.S)
    assert body is not None
    return {name: MAY_BE_NULL.search(group) is not None
            for group in body[1].split("\n\n") for name in MEMBER.findall(group)}


HAL, STREAM, CRYPTO = (functions(table) for table in ("wss_hal", "wss_stream_ops", "wss_crypto"))


def test_the_functions_of_a_port_are_counted() -> None:
    every = [*HAL.values(), *STREAM.values(), *CRYPTO.values()]
    words = " ".join(text("README.md").split())
    assert (f"A port is {len(every)} small functions, {sum(every)} of them optional on a server: {len(HAL)} of the "
            f"platform, {len(STREAM)} of the byte stream, {len(CRYPTO)} of the cryptography;") in words
    words = " ".join(text("docs/PORTING.md").split())
    for table, count in (("wss_hal_t", len(HAL)), ("wss_stream_ops_t", len(STREAM)), ("wss_crypto_t", len(CRYPTO))):
        assert f"(`{table}`, {count})" in words


@pytest.mark.parametrize(("title", "table"), [("The platform", HAL), ("The stream", STREAM)])
def test_porting_has_a_row_for_each_function(title: str, table: dict[str, bool]) -> None:
    section = text("docs/PORTING.md").split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?`) \|", section, re.M)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(table)


# ---------------------------------------------------------------------------- programs

POSIX = ("include", "generated", "crypto", "hal/posix")


@pytest.mark.parametrize("compiler", ["gcc", "g++"])
def test_the_readmes_program_compiles(compiler: str) -> None:
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    check(programs("README.md")[0], POSIX, compiler)


def test_the_readmes_program_takes_tls() -> None:
    """As docs/TLS.md says where what of it belongs."""
    declared, done = programs("docs/TLS.md")[:2]
    program = programs("README.md")[0].replace(".hal = &hal", ".hal = &secure")
    places = (("#include <wss/wss.h>\n", "#include <wss_tls_files.h>\n#include <wss_tls_hal.h>\n"),
              ("    const wss_config_t config", declared), ("    if (wss_loop_init(", done))
    for place, more in places:
        assert program.count(place) == 1
        program = program.replace(place, more + place)
    check(program, (*POSIX, "streams", "tls"))


@pytest.mark.parametrize(("page", "room", "header"), [
    ("docs/LWIP.md", "lwip", "wss_lwip.h"), ("docs/PIC32MZW1.md", "pic32mzw1", "wss_pic32.h")])
def test_the_include_path_of_a_port_is_whole(page: str, room: str, header: str) -> None:
    if not all((ROOT / folder).is_dir() for folder in STAND_INS[room]):
        pytest.skip("what the project brings is not there (scripts/bootstrap)")
    named = re.search(r"Include path: (.*?)(?:and|the project's|;)", " ".join(text(page).split()))
    assert named is not None
    folders = re.findall(r"`([\w/]+)/`", named[1])
    engine = re.search(r"sources want (.*?) besides", " ".join(text(page).split()))
    assert engine is not None
    own = (*folders, *re.findall(r"`([\w/]+)/`", engine[1]))
    program = f"#include <wss/wss.h>\n#include <wss_crypto_mbedtls.h>\n#include <{header}>\n"
    check(program, (*folders, *STAND_INS[room]))
    for source in sources(*(f"WSS_{name}_SOURCES" for name in (room.upper(), "CRYPTO_MBEDTLS"))):
        check(f'#include "{ROOT / source}"\n', (*folders, *STAND_INS[room]))
    for source in sources("WSS_RUNTIME_SOURCES"):
        check(f'#include "{ROOT / source}"\n', own)


def test_functions_of_cmake_are_there() -> None:
    known = [name for file in [*(ROOT / "cmake").glob("*.cmake"), *ROOT.glob("*/CMakeLists.txt")]
             for name in re.findall(r"^function\((\w+)", file.read_text(encoding="utf-8"), re.M)]
    named = {name for page in (ROOT / "docs").glob("*.md") for name in re.findall(r"\bwss_add_\w+", page.read_text(encoding="utf-8"))}
    assert {"wss_add_lwip", "wss_add_pic32mzw1", "wss_add_hal_test"} <= named <= set(known)


def test_the_settings_in_a_name_of_the_linker_are_in_order() -> None:
    found = re.search(r"WSS_LOOP_NAME_\((WSS_CFG_[\w, ]+)\)", text("include/wss/wss.h"))
    assert found is not None
    page = " ".join(text("docs/EMBEDDING.md").split())
    told = re.search(r"`undefined reference to wss_loop_init_(\w+)` wants the values of (.*?), in this order", page)
    assert told is not None
    settings = re.findall(r"`(\w+)`", told[2])
    assert settings == found[1].split(", ") and len(told[1].split("_")) == len(settings)
