# SPDX-License-Identifier: MIT
"""docs/diagrams/*.svg, rendered by Graphviz from the generated DOT. Its versions differ, so
nothing compares them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

DIRECTORY = Path("docs/diagrams")


def write_svgs(files: Mapping[str, str]) -> int:
    if shutil.which("dot") is None:
        print("generator: no dot here: the SVGs are kept as they are.", file=sys.stderr)
        return 0
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if name.endswith(".dot"):
            (DIRECTORY / (Path(name).stem + ".svg")).write_text(_svg(name, text), encoding="utf-8")
    return 0


def _svg(name: str, text: str) -> str:
    """Graphviz's picture without its prolog, which says only what the defaults are."""
    done = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, encoding="utf-8", check=True)
    banner = f"<!-- SPDX-License-Identifier: MIT -->\n<!-- Rendered from {name}: do not edit. -->\n"
    return banner + done.stdout[done.stdout.index("<svg"):]
