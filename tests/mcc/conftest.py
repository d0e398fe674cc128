# SPDX-License-Identifier: MIT
"""The package for Harmony's configurator, made once for all tests."""
from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.programs import ROOT


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harmony") / "wss"
    subprocess.run([ROOT / "scripts/harmony-package", folder], check=True)
    return folder
