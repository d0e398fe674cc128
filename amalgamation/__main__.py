# SPDX-License-Identifier: MIT
"""Writes the files of a choice into a folder; see scripts/amalgamate."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from cmake.sources import ROOT
from amalgamation.bundle import bundle
from amalgamation.parts import CRYPTO, FACES, HALS, ROLES, TLS, Choice, ChoiceError


WRITTEN = ("Writes wss.h, wss.c and LICENSE, and for each part that is chosen its own header and source: such as "
           "wss_posix.h and wss_posix.c.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/amalgamate", description="The sources in a few files.", epilog=WRITTEN)
    role = parser.add_mutually_exclusive_group()
    for name in ROLES:
        role.add_argument(f"--{name}", dest="role", action="store_const", const=name, default="both",
                          help={"both": "both roles (default)"}.get(name, f"a {name} alone"))
    parser.add_argument("--hal", choices=[*HALS, "none"], default="none", help="with a port (default: none)")
    parser.add_argument("--crypto", choices=[*CRYPTO, "none"], default="none", help="with cryptography (default: none)")
    parser.add_argument("--tls", choices=[*TLS, "none"], default="none", help="with TLS (default: none), and with it wss_streams")
    parser.add_argument("--face", choices=list(FACES), action="append", default=[], help="with a vendor's interface (default: none)")
    parser.add_argument("folder", metavar="OUTDIR", type=Path, help="where to write; it may be there already")
    asked = parser.parse_args()
    hal, crypto, tls = (None if part == "none" else part for part in (asked.hal, asked.crypto, asked.tls))
    choice = Choice(asked.role, hal, crypto, tls, tuple(face for face in FACES if face in asked.face))
    try:
        files = bundle(choice, version(), command(choice))
    except ChoiceError as error:
        print(f"amalgamate: {error}", file=sys.stderr)
        return 2
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (asked.folder / name).write_text(text, encoding="utf-8")
    return 0


def version() -> str:
    found = re.search(r"^project\(wss VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"), re.M)
    assert found is not None
    return found[1]


def command(choice: Choice) -> str:
    """How the choice is called; the same whoever calls it from wherever."""
    words = ["scripts/amalgamate", f"--{choice.role}"]
    for option, value in (("--hal", choice.hal), ("--crypto", choice.crypto), ("--tls", choice.tls)):
        words += [option, value] if value else []
    return " ".join([*words, *(f"--face {face}" for face in choice.faces)])


if __name__ == "__main__":
    sys.exit(main())
