# SPDX-License-Identifier: MIT
"""Reads WssSources.cmake: which sources each part has. Knows its form, not its meaning."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = Path(__file__).with_name("WssSources.cmake")

_LIST = re.compile(r"^set\((\w+)((?:\n  \S+)+)\)$", re.M)


def parse(text: str) -> dict[str, tuple[str, ...]]:
    """The lists by their names. ValueError: the text has anything else but comments."""
    rest = re.sub(r"^#.*$", "", _LIST.sub("", text), flags=re.M).strip()
    if rest:
        raise ValueError(f"{FILE.name}: not a plain list: {rest.splitlines()[0]}")
    return {found[1]: tuple(found[2].split()) for found in _LIST.finditer(text)}


def sources(*lists: str) -> tuple[str, ...]:
    """The files of some lists, relative to ROOT."""
    known = parse(FILE.read_text(encoding="utf-8"))
    return tuple(file for name in lists for file in known[name])
