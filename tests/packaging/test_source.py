# SPDX-License-Identifier: MIT
"""The library as a part of another project's build, which stays as it was."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop.server import ROOT
from tests.packaging.consumer import build, echoes, run


@pytest.mark.parametrize("way", ["subdirectory", "fetch_content"])
def test_a_project_with_the_sources(way: str, tmp_path: Path) -> None:
    program = build(way, tmp_path / "build", f"-DWSS_DIR={ROOT}", "-DCMAKE_BUILD_TYPE=Debug")
    assert echoes(program)
    run("cmake", "--install", tmp_path / "build", "--prefix", tmp_path / "prefix")
    installed = [path for path in (tmp_path / "prefix").rglob("*") if path.is_file()]
    assert installed == [tmp_path / "prefix/bin/user"]
