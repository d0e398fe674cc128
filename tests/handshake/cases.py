# SPDX-License-Identifier: MIT
"""Reads the Markdown cases; README.md describes their form."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
SETTING = re.compile(r"^- ([a-z-]+): (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(http|log)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REPEAT = re.compile(r"\\\{(\d+)\*([^}]*)\}")
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|[rnt\\])")
CONTROLS = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


@dataclass(frozen=True)
class Case:
    suite: str
    title: str
    settings: tuple[str, ...]  # name, value, name, value ...
    sent: bytes
    log: str

    @property
    def name(self) -> str:
        return f"{self.suite}: {self.title}"


def unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] == "x" else CONTROLS[code]

    return ESCAPE.sub(character, text)


def wire_line(line: str) -> bytes:
    line = REPEAT.sub(lambda match: match.group(2) * int(match.group(1)), line)
    joined = line.endswith("\\") and not line.endswith("\\\\")
    text = unescape(line[:-1]) if joined else unescape(line) + "\r\n"
    return text.encode("latin-1")


def wire(block: str) -> bytes:
    return b"".join(wire_line(line) for line in block.split("\n")[:-1])


def parse_case(suite: str, title: str, text: str) -> Case:
    blocks = dict(BLOCK.findall(text))
    settings = SETTING.findall(text[: text.index("```")])
    flat = tuple(unescape(part) for setting in settings for part in setting)
    return Case(suite, title, flat, wire(blocks["http"]), blocks["log"])


def read_suite(path: Path) -> list[Case]:
    _, *parts = HEADING.split(path.read_text(encoding="utf-8"))
    return [parse_case(path.stem, title, text) for title, text in zip(parts[::2], parts[1::2])]
