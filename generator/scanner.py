# SPDX-License-Identifier: MIT
"""wss_http_scanner.c: the HTTP grammar, compiled by Ragel. Without Ragel the copy that is
there stays, and it is stale when its grammar's hash differs.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.problem import Problem, Refused
from generator.rows import CHARS, render_rows

OUTPUT = "wss_http_scanner.c"
RAGEL = ("ragel", "-C", "-L")
FAST, EXPORT = "-G2", "-x"
CONFIGURATION = '#include "wss/wss_config.h"\n\n'
LINE_COMMENT = re.compile(r"^/\* #line .*\*/\n", re.MULTILINE)
"""What -L leaves of line directives: they name the output's own path, which differs."""
PLACE = re.compile(r".*?:(\d+):(?:\d+:)? (.*)")
"""How Ragel begins a message. Line 0 is the end of the file."""


def render_scanner(grammar: Path, shown: str, out: Path) -> dict[str, str]:
    if not grammar.is_file():
        print(f"generator: {shown} does not exist: {OUTPUT} is left out.", file=sys.stderr)
        return {}
    data = grammar.read_bytes()
    _check_text(data, shown)
    banner = _banner(shown, data)
    if shutil.which(RAGEL[0]) is None:
        print(f"generator: no ragel here: {OUTPUT} is kept as it is.", file=sys.stderr)
        return _kept(out / OUTPUT, banner, shown)
    fast = LINE_COMMENT.sub("", _compile(grammar, shown, FAST)).lstrip("\n")
    small = render_rows(data.decode("utf-8"), _compile(grammar, shown, EXPORT), shown)
    return {OUTPUT: f"{banner}{CONFIGURATION}#if WSS_CFG_SMALL\n\n{small}\n#else\n\n{fast}\n#endif\n"}


def _check_text(data: bytes, shown: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused([Problem(line, "E902", "the grammar is not UTF-8.", shown)])


def _banner(shown: str, grammar: bytes) -> str:
    digest = hashlib.sha256(grammar + CHARS.read_bytes()).hexdigest()[:16]
    return (
        "/* SPDX-License-Identifier: MIT */\n"
        "/*\n"
        " * The HTTP scanner, twice: small, a loop over rows; and fast, as Ragel renders it, a state\n"
        " * per label, a goto per transition.\n"
        " *\n"
        f" * Generated from {shown} and the classes of runtime/{CHARS.name} (SHA-256 begins\n"
        f" * {digest}): do not edit.\n"
        " * To regenerate: python3 -m generator\n"
        " */\n"
    )


def _kept(path: Path, banner: str, shown: str) -> dict[str, str]:
    """The copy that is there; with another banner its grammar has changed since."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text.startswith(banner):
        return {OUTPUT: text}
    raise Refused([Problem(1, "E901", "the grammar, or a class of characters, has changed and ragel is not installed.",
                           shown)])


def _compile(grammar: Path, shown: str, style: str) -> str:
    with tempfile.TemporaryDirectory() as directory:
        output = Path(directory) / OUTPUT
        done = subprocess.run([*RAGEL, style, str(grammar), "-o", str(output)], capture_output=True,
                              encoding="utf-8", errors="replace")
        if done.returncode != 0:
            last = grammar.read_bytes().count(b"\n") or 1
            raise Refused(_refusal(line, last, shown) for line in done.stderr.splitlines() or ["no message"])
        return output.read_text(encoding="utf-8")


def _refusal(said: str, last: int, shown: str) -> Problem:
    """Of a line that Ragel said; `last` is that of the grammar."""
    place = PLACE.fullmatch(said)
    if place is None:
        return Problem(1, "E902", f"ragel: {said}", shown)
    return Problem(int(place[1]) or last, "E902", f"ragel: {place[2]}", shown)
