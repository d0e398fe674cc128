# SPDX-License-Identifier: MIT
"""Leaves out what is for a role that is not built: conditions that are decided by the settings known
disappear with what they exclude, all others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amalgamation.tokens import Kind, tokens_of

_CONDITION = re.compile(r"[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b[ \t]*(.*)", re.S)


@dataclass
class _Chain:
    """From #if to #endif. `begun`: a directive of it stays; `over`: no later branch counts; `live`:
    the present one does, or may."""

    begun: bool = False
    over: bool = False
    live: bool = True

    def branch(self, line: str, verdict: bool | None) -> str:
        """Another branch; returns what stays of its directive."""
        self.live = not self.over and verdict is not False
        self.over = self.over or verdict is True
        if not self.live or (verdict is True and not self.begun):
            return ""
        if verdict is True:
            return "#else"
        begun, self.begun = self.begun, True
        return line if begun else line.replace("elif", "if", 1)

    def end(self, line: str) -> str:
        return line if self.begun else ""


def decided(source: str, known: Mapping[str, bool]) -> str:
    kept: list[str] = []
    chains: list[_Chain] = []
    swallow = False  # the end of the line of a directive that is gone
    for token in tokens_of(source):
        found = _CONDITION.fullmatch(token.text) if token.kind is Kind.DIRECTIVE else None
        if found:
            outer = chains if found[1].startswith("if") else chains[:-1]
            line = _directive(token.text, found, chains, known) if all(chain.live for chain in outer) \
                else _skipped(found[1], chains)
            kept.append(line)
            swallow = line == ""
        elif all(chain.live for chain in chains) and not (swallow and token.text == "\n"):
            kept.append(token.text)
            swallow = False
        elif token.text == "\n":
            swallow = False
    return re.sub(r"\n{3,}", "\n\n", "".join(kept))


def _directive(line: str, found: re.Match[str], chains: list[_Chain], known: Mapping[str, bool]) -> str:
    """What stays of it."""
    word, condition = found[1], found[2]
    if word == "endif":
        return chains.pop().end(line)
    if word == "else":
        return chains[-1].branch(line, True)
    if word != "elif":
        chains.append(_Chain())
    return chains[-1].branch(line, _verdict(condition, known) if word in ("if", "elif") else None)


def _skipped(word: str, chains: list[_Chain]) -> str:
    """Of a directive where nothing counts."""
    if word.startswith("if"):
        chains.append(_Chain())
    elif word == "endif":
        chains.pop()
    return ""


def _verdict(condition: str, known: Mapping[str, bool]) -> bool | None:
    """Of names with `!`, `&&` and `||`. None: it has other names or marks than those known."""
    words = re.sub(r"/\*.*?\*/|\s", "", condition, flags=re.S)
    if not re.fullmatch(r"!?\w+((&&|\|\|)!?\w+)*", words) or not set(re.findall(r"\w+", words)) <= set(known):
        return None
    return any(all(known[word.lstrip("!")] != word.startswith("!") for word in either.split("&&"))
               for either in words.split("||"))
