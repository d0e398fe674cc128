# SPDX-License-Identifier: MIT
"""The options of Kconfig: each is a macro of the headers with the same default and range, and each
macro is an option."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import kconfiglib
import pytest

from cmake.sources import ROOT
from tests.embedding.kconfig import ESP_IDF, ZEPHYR, load, values

HEADERS = ("include/wss/wss_config.h", "generated/wss_vocabulary.h")
INCLUDES = [f"-I{ROOT / folder}" for folder in ("include", "generated", "runtime")]

NO_OPTION = {
    "WSS_CFG_FILE": "is another way to set them",
    "WSS_CFG_SMALL": "the compiler's options say it",
    "WSS_CFG_EVENTS_PER_STEP": "follows WSS_CFG_SMALL",
}

_MACRO = re.compile(r"/\*((?:(?!\*/).)*)\*/\n#ifndef (WSS_CFG_\w+)", re.S)


def comments() -> dict[str, str]:
    """What the headers say of each macro."""
    text = "".join((ROOT / header).read_text(encoding="utf-8") for header in HEADERS)
    return {name: comment for comment, name in _MACRO.findall(text)}


def defaults() -> dict[str, int]:
    """The macros' values, by the compiler."""
    names = [name for name in comments() if name != "WSS_CFG_FILE"]
    text = "".join(f'#include "{header}"\n' for header in HEADERS)
    text += "".join(f'value "{name}" {name}\n' for name in names)
    done = subprocess.run(["gcc", "-E", "-P", f"-I{ROOT}", *INCLUDES, "-"], input=text, capture_output=True, text=True,
                          check=True)
    return {name: int(value) for name, value in re.findall(r'^value "(\w+)" (\d+)$', done.stdout, re.M)}


@pytest.fixture(params=[ZEPHYR, ESP_IDF], ids=["zephyr", "esp_idf"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> kconfiglib.Kconfig:
    return load(request.param, tmp_path, {"WSS": "y"} if request.param == ZEPHYR else {})


def settings(read: kconfiglib.Kconfig) -> list[kconfiglib.Symbol]:
    return [symbol for symbol in read.unique_defined_syms if symbol.name.startswith("WSS_CFG_")]


def test_every_option_is_a_macro_with_the_same_default(read: kconfiglib.Kconfig) -> None:
    chosen = {symbol.name: {"n": "0", "y": "1"}.get(symbol.str_value, symbol.str_value) for symbol in settings(read)}
    macros = {name: str(value) for name, value in defaults().items() if name not in NO_OPTION}
    assert chosen == macros


def test_every_macro_is_an_option_or_has_a_reason(read: kconfiglib.Kconfig) -> None:
    names = {symbol.name for symbol in settings(read)}
    assert set(comments()) | {"WSS_CFG_FILE"} == names | set(NO_OPTION)
    assert not names & set(NO_OPTION)


def test_ranges_are_those_of_the_headers(read: kconfiglib.Kconfig) -> None:
    said = comments()
    for symbol in settings(read):
        comment = said[symbol.name]
        if re.search(r"\b1 or 0\b", comment):
            assert symbol.type == kconfiglib.BOOL, symbol.name
            continue
        assert symbol.type == kconfiglib.INT, symbol.name
        (low, high, _), = symbol.ranges
        most = re.search(r"at most\s+(?:\*\s+)?([\d,]+)", comment)
        if most is not None:
            assert int(high.str_value) == int(most[1].replace(",", "")), symbol.name
        assert 1 <= int(low.str_value) <= int(symbol.str_value) <= int(high.str_value) < 2**31, symbol.name


@pytest.mark.parametrize("end", [0, 1], ids=["least", "most"])
def test_the_ends_of_all_ranges_compile(tmp_path: Path, end: int) -> None:
    read = load(ESP_IDF, tmp_path)
    flags = [f"-D{symbol.name}={symbol.ranges[0][end].str_value}"
             for symbol in settings(read) if symbol.type == kconfiglib.INT]
    files = [str(ROOT / f"runtime/{name}.c") for name in ("wss_config", "wss_head", "wss_session", "wss_session_dial")]
    done = subprocess.run(["gcc", "-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fsyntax-only", *INCLUDES,
                           *flags, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_zephyr_has_nothing_unless_asked(tmp_path: Path) -> None:
    assert not any(value == "y" for value in values(load(ZEPHYR, tmp_path)).values())


def test_the_port_is_the_applications_own_unless_lwip_can_be_locked(tmp_path: Path) -> None:
    lwip = load(ESP_IDF, tmp_path).syms["WSS_PORT_LWIP"]
    assert lwip.assignable == ()
    read = load(ESP_IDF, tmp_path, {"LWIP_TCPIP_CORE_LOCKING": "y"})
    assert (read.syms["WSS_PORT_OWN"].str_value, read.syms["WSS_PORT_LWIP"].assignable) == ("y", (2,))
    read = load(ZEPHYR, tmp_path, {"WSS": "y"})
    assert (read.syms["WSS_PORT_OWN"].str_value, read.syms["WSS_PORT_LWIP"].assignable) == ("y", ())


def test_tls_brings_what_it_needs(tmp_path: Path) -> None:
    assert load(ESP_IDF, tmp_path, {"WSS_TLS": "y"}).syms["WSS_STREAMS"].str_value == "y"
    assert load(ESP_IDF, tmp_path, {"WSS_CRYPTO_MBEDTLS": "n"}).syms["WSS_TLS"].assignable == ()


def test_the_form_is_that_of_esp_idf() -> None:
    """Four spaces a level, no trailing ones, names of 50 capitals at most, lines of 120; none of what
    its parser does not read."""
    for line in ESP_IDF.read_text(encoding="utf-8").splitlines():
        assert len(line) <= 120 and line == line.rstrip() and "\t" not in line
        assert (len(line) - len(line.lstrip(" "))) % 4 == 0, line
        if found := re.match(r" *(?:config|choice) (\S+)$", line):
            assert re.fullmatch(r"WSS_[A-Z0-9_]{1,46}", found[1]), line
        assert not re.match(r" *(def_\w+|tristate|optional|option|---help---)\b", line), line
