# SPDX-License-Identifier: MIT
"""What PlatformIO makes of library.json and of build_src_filter, as it is documented: a filter's
patterns apply in their order, relative to the folder of the sources; a folder means all in it. It
must not know what the files are.
"""

from __future__ import annotations

import glob
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_COMPILED = {".c", ".cc", ".cpp", ".cxx", ".c++", ".S", ".s", ".sx", ".asm"}


@dataclass(frozen=True)
class Library:
    """What a project gets: sources to compile, folders to find headers in."""

    sources: tuple[Path, ...]
    includes: tuple[Path, ...]


def library(root: Path) -> Library:
    build = json.loads((root / "library.json").read_text(encoding="utf-8"))["build"]
    folder = root / build["srcDir"]
    flags = [flag for text in build["flags"] for flag in text.split()]
    assert all(flag.startswith("-I") for flag in flags), "no other flags are known here"
    includes = (root / build["includeDir"], folder, *(root / flag.removeprefix("-I") for flag in flags))
    return Library(filtered(folder, build["srcFilter"]), includes)


def filtered(folder: Path, patterns: Iterable[str]) -> tuple[Path, ...]:
    """The files to compile."""
    chosen: set[str] = set()
    for sign, pattern in re.findall(r"([+-])<([^<>]+)>", " ".join(patterns)):
        found = {file for path in glob.glob(os.path.join(glob.escape(str(folder)), pattern), recursive=True)
                 for file in _files(path)}
        chosen = chosen | found if sign == "+" else chosen - found
    return tuple(sorted(Path(file) for file in chosen if Path(file).suffix in _COMPILED))


def _files(path: str) -> list[str]:
    if not os.path.isdir(path):
        return [os.path.normpath(path)]
    return [os.path.normpath(os.path.join(root, name)) for root, _, names in os.walk(path) for name in names]
