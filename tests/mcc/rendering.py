# SPDX-License-Identifier: MIT
"""The templates as FreeMarker renders them, in Jython.

    python3 -m tests.mcc.rendering    makes tests/mcc/rendered anew, of a few projects
"""
from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.mcc.build import RENDERED
from tests.mcc.scenarios import FEW, SCENARIOS
from tests.programs import ROOT

STAMP = RENDERED / "inputs.sha256"
JARS = [Path(f"/usr/share/java/{name}.jar") for name in ("jython", "freemarker")]  # Debian's
THERE = shutil.which("java") is not None and all(jar.exists() for jar in JARS)

Request = tuple[Mapping[str, Mapping[str, Any]], Sequence[tuple[str, Any]]]


def inputs() -> list[Path]:
    component = ROOT / "hal/pic32mzw1/mcc"
    return sorted([
        *component.rglob("*.py"), *component.rglob("*.ftl"), *(ROOT / "tests/mcc/core").iterdir(),
        ROOT / "tests/mcc/scenarios.py",
    ])


def hash_of_inputs() -> str:
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def stamp() -> str:
    lines = STAMP.read_text(encoding="utf-8").split("\n") if STAMP.exists() else ["", ""]
    return lines[1]


def render(package: Path, requests: Sequence[Request]) -> list[dict[str, str]]:
    """The files that are made of templates, for each of the requests."""
    asked = [{"package": str(package), "core": str(ROOT / "tests/mcc/core"), "others": others, "options": options}
             for others, options in requests]
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, JARS)), "org.python.util.jython", str(ROOT / "tests/mcc/render.py")],
        input=json.dumps(asked), capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, str]] = json.loads(done.stdout)
    return answer


def render_projects(package: Path, names: Sequence[str]) -> dict[str, dict[str, str]]:
    return dict(zip(names, render(package, [SCENARIOS[name] for name in names])))


def main() -> int:
    if not THERE:
        print("rendering: needs java, jython and libfreemarker-java (scripts/bootstrap full)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "wss"
        subprocess.run([ROOT / "scripts/harmony-package", package], check=True)
        rendered = render_projects(package, FEW)
    shutil.rmtree(RENDERED, ignore_errors=True)
    for name, files in rendered.items():
        for path, text in files.items():
            (RENDERED / name / path).parent.mkdir(parents=True, exist_ok=True)
            (RENDERED / name / path).write_text(text, encoding="utf-8")
    STAMP.write_text(f"# SPDX-License-Identifier: MIT\n{hash_of_inputs()}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
