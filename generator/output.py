# SPDX-License-Identifier: MIT
"""The output directory: writes what has changed, names what is stale. Everything in it is
the generator's.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(out: Path, files: Mapping[str, str]) -> None:
    """Files whose text is the same keep their time, so that builds stay small."""
    for name, text in files.items():
        path = out / name
        if _read(path) != text.encode("utf-8"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))


def stale(out: Path, files: Mapping[str, str]) -> list[str]:
    """Files that differ, are missing, or that nothing generates any more."""
    differing = {name for name, text in files.items() if _read(out / name) != text.encode("utf-8")}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    return sorted((out / name).as_posix() for name in differing | (present - set(files)))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
