# SPDX-License-Identifier: MIT
"""Specifications that the generator does not refuse, each broken in one way: Spin finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.promela.spin import HERE, MODELS, SPEC, build, machines, verify

BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def edited(text: str, edit: dict[str, str]) -> str:
    """The text with one line replaced: that of a state, or of all, which begins with `line`."""
    lines = text.split("\n")
    first, end = _block(lines, edit["state"]) if "state" in edit else (0, len(lines))
    found = [n for n in range(first, end) if " ".join(lines[n].split()).startswith(edit["line"])]
    assert len(found) == 1, f"one line of {edit.get('state', 'the file')} begins with `{edit['line']}`"
    indent = lines[found[0]][: len(lines[found[0]]) - len(lines[found[0]].lstrip())]
    by = [indent + line for line in edit["by"].splitlines()]
    return "\n".join([*lines[: found[0]], *by, *lines[found[0] + 1:]])


def _block(lines: list[str], state: str) -> tuple[int, int]:
    """The lines of a state of the connection, which is the first machine."""
    first = lines.index(f"      {state}:")
    return first, next(n for n in range(first + 1, len(lines)) if lines[n] == "")


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_broken(path: Path, tmp_path: Path) -> None:
    fixture: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = SPEC.read_text(encoding="utf-8")
    for edit in fixture["edits"]:
        text = edited(text, edit)
    (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    machines(tmp_path / "broken.yaml", tmp_path)
    model = MODELS[fixture["model"]]
    build(model, tmp_path)
    wanted = fixture["violates"]
    assert any(wanted in text for verdict in verify(model, tmp_path, whole=True) for text in verdict.violated)
