# SPDX-License-Identifier: MIT
"""Runs a client that is written in JavaScript and reads its JSON."""
from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "node"
HANG = 240  # seconds after which the client is stuck


def run(script: str, url: str, env: dict[str, str] | None = None) -> dict[str, Any]:
    client = subprocess.run(
        ["node", str(FOLDER / script), url],
        capture_output=True,
        text=True,
        timeout=HANG,
        env={**os.environ, **(env or {})},
    )
    assert client.returncode == 0, client.stderr
    outcome: dict[str, Any] = json.loads(client.stdout)
    return outcome
