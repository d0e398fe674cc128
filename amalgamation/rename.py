# SPDX-License-Identifier: MIT
"""Gives a source's own names the name of the source: `place` of wss_timer.c becomes `wss_timer_place`.
Names of members stay, as they are no names of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from amalgamation.names import TAGGED, Names, own_names
from amalgamation.tokens import Kind, Token, text_of, tokens_of

_INCLUDE = re.compile(r"[ \t]*#[ \t]*(include|error|pragma)\b")
_CALLED = re.compile(r"\b([A-Za-z_]\w*)(?=\(\))")


def new_names(names: Names, stem: str, taken: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What ordinary names and macros become, and what tags become. ValueError: nothing is free."""
    ordinary = {name: _new(name, stem, taken) for name in sorted(names.ordinary | names.macros)}
    tags = {name: _new(name, stem, taken) for name in sorted(names.tags)}
    if len(set(ordinary.values())) < len(ordinary) or len(set(tags.values())) < len(tags):
        raise ValueError(f"{stem}: two names become one")
    return ordinary, tags


def _new(name: str, stem: str, taken: frozenset[str]) -> str:
    """Names that begin with the stem are unique already."""
    prefix = stem.upper() if name.isupper() else stem
    if name.startswith(f"{prefix}_"):
        return name
    for infix in ("_", "_own_"):
        if f"{prefix}{infix}{name}" not in taken:
            return f"{prefix}{infix}{name}"
    raise ValueError(f"{stem}: {prefix}_{name} is a name already")


def renamed(source: str, ordinary: Mapping[str, str], tags: Mapping[str, str]) -> str:
    tokens = list(tokens_of(source))
    significant = [i for i, token in enumerate(tokens) if token.significant]
    members = _members(tokens, significant)
    for position, i in enumerate(significant):
        before = tokens[significant[position - 1]].text if position > 0 else ""
        if tokens[i].kind is Kind.NAME and i not in members:
            tokens[i] = Token(Kind.NAME, _name(tokens[i].text, before, ordinary, tags))
    for i, token in enumerate(tokens):
        if token.kind is Kind.DIRECTIVE and not _INCLUDE.match(token.text):
            tokens[i] = Token(token.kind, _directive(token.text, ordinary, tags))
        elif token.kind is Kind.COMMENT:
            tokens[i] = Token(token.kind, _CALLED.sub(lambda found: ordinary.get(found[1], found[1]), token.text))
    return text_of(tokens)


def _name(name: str, before: str, ordinary: Mapping[str, str], tags: Mapping[str, str]) -> str:
    if before in (".", "->"):
        return name
    return (tags if before in TAGGED else ordinary).get(name, name)


def _directive(text: str, ordinary: Mapping[str, str], tags: Mapping[str, str]) -> str:
    hash_, rest = text.split("#", 1)
    return f"{hash_}#{renamed(rest, ordinary, tags)}"


def _members(tokens: Sequence[Token], significant: Sequence[int]) -> set[int]:
    """Where members are declared: in the braces of a struct or union, before what ends a declarator."""
    found: set[int] = set()
    texts = [tokens[i].text for i in significant]
    depth, opened = 0, []
    for position, text in enumerate(texts):
        if text == "{":
            depth += 1
            if _is_aggregate(texts, position):
                opened.append(depth)
        elif text == "}":
            if opened and opened[-1] == depth:
                opened.pop()
            depth -= 1
        elif opened and opened[-1] == depth and _is_declarator(tokens, significant, position):
            found.add(significant[position])
    return found


def _is_aggregate(texts: Sequence[str], brace: int) -> bool:
    return any(texts[brace - back] in ("struct", "union") for back in (1, 2) if brace >= back) \
        and texts[brace - 1] != ")"


def _is_declarator(tokens: Sequence[Token], significant: Sequence[int], position: int) -> bool:
    if tokens[significant[position]].kind is not Kind.NAME or position + 1 >= len(significant):
        return False
    before, after = (tokens[significant[position + step]].text for step in (-1, 1))
    return (after in (";", "[", ":", ",") and before not in ("[", "(", "{", ";")) or (after == ")" and before == "*")


def all_names(source: str) -> frozenset[str]:
    """Every name that stands anywhere in a source, in directives, too."""
    found: set[str] = set()
    for token in tokens_of(source):
        if token.kind is Kind.NAME:
            found.add(token.text)
        elif token.kind is Kind.DIRECTIVE:
            found |= set(re.findall(r"[A-Za-z_]\w*", token.text))
    return frozenset(found)


def made_unique(source: str, stem: str, others: frozenset[str]) -> str:
    """The source with its own names renamed; `others` are the names of all other sources."""
    return renamed(source, *new_names(own_names(source), stem, others | all_names(source)))
