# SPDX-License-Identifier: MIT
"""Reads the Kconfig files as Zephyr and ESP-IDF do, by Kconfiglib; what was chosen as a script of
CMake. It must not know what an option means.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import kconfiglib

from cmake.sources import ROOT

ZEPHYR = ROOT / "zephyr/Kconfig"
ESP_IDF = ROOT / "Kconfig"

_AROUND = {
    ZEPHYR: 'config MBEDTLS\n    bool "mbedTLS"\n',
    ESP_IDF: 'config LWIP_TCPIP_CORE_LOCKING\n    bool "lwIP"\n',
}
"""What the rest of a build has that our options look at."""


def load(file: Path, folder: Path, chosen: Mapping[str, str] | None = None) -> kconfiglib.Kconfig:
    """The options within a build's, with what a user chose. Warnings are failures."""
    top = folder / "Kconfig.top"
    top.write_text(f'mainmenu "A build"\n{_AROUND[file]}source "{file}"\n', encoding="utf-8")
    read = kconfiglib.Kconfig(str(top), warn_to_stderr=False)
    for name, value in (chosen or {}).items():
        assert read.syms[name].set_value(value), f"{name} cannot be {value}"
    assert read.warnings == []
    return read


def values(read: kconfiglib.Kconfig) -> dict[str, str]:
    return {symbol.name: symbol.str_value for symbol in read.unique_defined_syms if symbol.config_string}


def script(read: kconfiglib.Kconfig, file: Path) -> Path:
    """Sets the variables as both builds do: y for what is on; what is off is "" or not set."""
    lines = [f'set(CONFIG_{name} "{"" if value == "n" else value}")\n' for name, value in values(read).items()]
    file.write_text("".join(lines), encoding="utf-8")
    return file
