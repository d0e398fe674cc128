# SPDX-License-Identifier: MIT
"""The files of a choice, by their names. Headers of the same part stand where they are first
included; those of other parts are included as what they have become.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from cmake.sources import ROOT
from amalgamation.conditions import decided
from amalgamation.parts import EVERY, Choice, ChoiceError, Part, parts_of
from amalgamation.private import defined_functions, made_static
from amalgamation.rename import all_names, made_unique
from amalgamation.tokens import Kind, Token, text_of, tokens_of

HEADER_ROOMS = ("include/wss", "generated", "runtime", "crypto", "streams", "tls", "api",
                "hal/posix", "hal/pic32mzw1", "hal/lwip", "hal/sim")

_LICENCE = "/* SPDX-License-Identifier: MIT */\n"
_INCLUDE = re.compile(r'[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)')
_INCLUDE_LINE = re.compile(r"^[ \t]*#[ \t]*include.*\n", re.M)
_OPENS = re.compile(r"[ \t]*#[ \t]*if")
_CLOSES = re.compile(r"[ \t]*#[ \t]*endif\b")
_FEATURE = re.compile(r"^#define (_[A-Z_]+SOURCE)\b.*\n", re.M)
_GUARD = re.compile(r"\A((?:\s|/\*.*?\*/)*)#ifndef (\w+)\n#define \2\n(.*)#endif\s*\Z", re.S)

_RAGEL = "generated/wss_http_scanner.c"
_RAGEL_WARNINGS = ("unused-const-variable", "implicit-fallthrough", "unused-label", "unused-but-set-variable")

_UNUSED = """
#ifdef __GNUC__ /* what other sources of the part call is static here, and need not be called */
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
"""


def bundle(choice: Choice, version: str, command: str) -> dict[str, str]:
    """ChoiceError: parts that do not go together."""
    chosen = parts_of(choice)
    library = _Library(choice.role)
    files: dict[str, str] = {}
    for part in chosen:
        title = _title(part, version, command)
        files[f"{part.name}.h"] = title + _header(part, library)
        files[f"{part.name}.c"] = title + _source(part, library, {known.name for known in chosen})
    files["LICENSE"] = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return files


def _title(part: Part, version: str, command: str) -> str:
    return (f"{_LICENCE}/*\n * wss {version}: {part.name}, in one header and one source.\n *\n"
            f" * Made by `{command}`: do not edit.\n */\n")


# -------------------------------------------------------------------------- what is read

class _Library:
    """The repository's sources, without the role that is left out."""

    def __init__(self, role: str) -> None:
        self._known = {} if role == "both" else {"WSS_CFG_SERVER": role == "server", "WSS_CFG_CLIENT": role == "client"}
        self.role = role
        self._texts: dict[str, str] = {}
        self.headers = _headers()
        self.owners: dict[str, str] = {}
        for part in EVERY:
            for header in self._closure(part.headers):
                self.owners.setdefault(header, part.name)

    def text(self, file: str) -> str:
        """Without the licence line, which is the whole's."""
        if file not in self._texts:
            read = (ROOT / file).read_text(encoding="utf-8").removeprefix(_LICENCE)
            self._texts[file] = decided(read, self._known)
        return self._texts[file]

    def names_of(self, part: Part) -> frozenset[str]:
        """All that stands in the public headers of a part."""
        return frozenset().union(*(all_names(self.text(header)) for header, owner in self.owners.items()
                                   if owner == part.name))

    @cached_property
    def header_names(self) -> frozenset[str]:
        return frozenset().union(*(all_names(self.text(header)) for header in self.headers.values()))

    def find(self, included: str) -> str | None:
        """The header of the repository that an include names."""
        return self.headers.get(PurePosixPath(included).name)

    def _closure(self, headers: Iterable[str]) -> list[str]:
        """Headers with those that they include, first things first."""
        found: list[str] = []
        for header in headers:
            inner = [self.find(match[1] or match[2]) for match in map(_INCLUDE.match, self.text(header).splitlines())
                     if match]
            for name in (*self._closure(name for name in inner if name), header):
                if name not in found:
                    found.append(name)
        return found


def _headers() -> dict[str, str]:
    found: dict[str, str] = {}
    for room in HEADER_ROOMS:
        for path in sorted((ROOT / room).glob("*.h")):
            if path.name in found:
                raise ValueError(f"{room}/{path.name} and {found[path.name]} have one name")
            found[path.name] = f"{room}/{path.name}"
    return found


# ------------------------------------------------------------------------ what is written

def _header(part: Part, library: _Library) -> str:
    guard = f"{part.name.upper()}_IN_ONE_H"
    files = _Inlined(part, library, None)
    body = "".join(files.header(header) for header in part.headers)
    return (f"#ifndef {guard}\n#define {guard}\n\n{part.begin}{_settings(part, library)}"
            f"{body}\n#endif\n")


def _settings(part: Part, library: _Library) -> str:
    """Which role it was made for, where that is one alone."""
    if part.name != "wss" or library.role == "both":
        return ""
    server, client = (int(library.role == role) for role in ("server", "client"))
    return (f"#if (defined(WSS_CFG_SERVER) && WSS_CFG_SERVER != {server}) || "
            f"(defined(WSS_CFG_CLIENT) && WSS_CFG_CLIENT != {client})\n"
            f'#error "These files were made for {library.role}s alone"\n#endif\n'
            f"#undef WSS_CFG_SERVER\n#define WSS_CFG_SERVER {server}\n"
            f"#undef WSS_CFG_CLIENT\n#define WSS_CFG_CLIENT {client}\n")


def _source(part: Part, library: _Library, chosen: set[str]) -> str:
    conditions = {it.source: it.condition for it in part.alternatives}
    sources = [*part.sources, *conditions]
    texts = {source: library.text(source) for source in sources}
    features = sorted({match[0] for text in texts.values() for match in _FEATURE.finditer(text)})
    texts = _unique({source: _FEATURE.sub("", text) for source, text in texts.items() if says_something(text)}, library)
    private = defined_functions(texts.values()) - library.names_of(part)
    files = _Inlined(part, library, chosen, private)
    sections = [_section(source, files.text(source, text), conditions.get(source)) for source, text in texts.items()]
    return "".join([*features, f'#include "{part.name}.h"\n', _UNUSED, *sections])


def says_something(text: str) -> bool:
    """Or is it nothing but includes, as all was for a role that is left out?"""
    return any(token.significant or re.match(r"[ \t]*#[ \t]*define", token.text) for token in tokens_of(text))


def _section(source: str, text: str, condition: str | None) -> str:
    """A source with its name before it."""
    if source == _RAGEL:
        text = _relaxed(text)
    if condition:
        text = f"#if {condition}\n{text.rstrip()}\n#endif\n"
    return f"\n{_banner(source)}{text}"


def _banner(file: str) -> str:
    return f"/* {'=' * (92 - len(file))} {file} */\n"


def _relaxed(text: str) -> str:
    """Ragel's style causes warnings."""
    ignored = "".join(f'#pragma GCC diagnostic ignored "-W{warning}"\n' for warning in _RAGEL_WARNINGS)
    return (f"#ifdef __GNUC__\n#pragma GCC diagnostic push\n{ignored}#endif\n{text.rstrip()}\n"
            "#ifdef __GNUC__\n#pragma GCC diagnostic pop\n#endif\n")


def _unique(texts: Mapping[str, str], library: _Library) -> dict[str, str]:
    """The sources with names that no other source nor header of the repository has."""
    names = {source: all_names(text) for source, text in texts.items()}
    headers = library.header_names
    return {source: made_unique(text, PurePosixPath(source).stem,
                                headers.union(*(names[other] for other in texts if other != source)))
            for source, text in texts.items()}


class _Inlined:
    """Texts with includes replaced. `chosen`: the parts that may be included; None: all. `private`:
    functions of the part that no other calls."""

    def __init__(self, part: Part, library: _Library, chosen: set[str] | None,
                 private: frozenset[str] = frozenset()) -> None:
        self._part = part
        self._library = library
        self._chosen = chosen
        self._private = private
        self._done: set[str] = set()  # what stands before, under no condition
        self._guarded: set[str] = set()  # headers that stand before under one

    def header(self, header: str, depth: int = 0) -> str:
        """Without its guard, as it stands once; but for one that stands under a condition, and so
        perhaps once more."""
        if header in self._done:
            return ""
        (self._guarded if depth > 0 else self._done).add(header)
        text = self._library.text(header)
        bare = _unguarded(text)
        if not says_something(bare):
            return self.text(header, "".join(_INCLUDE_LINE.findall(bare)), depth)
        text = made_static(text if header in self._guarded else bare, self._private)
        return f"\n{_banner(header)}{self.text(header, text, depth)}"

    def text(self, file: str, text: str, depth: int = 0) -> str:
        tokens = list(tokens_of(text))
        for i, token in enumerate(tokens):
            if token.kind is not Kind.DIRECTIVE:
                continue
            depth += (_OPENS.match(token.text) is not None) - (_CLOSES.match(token.text) is not None)
            if found := _INCLUDE.match(token.text):
                tokens[i] = Token(token.kind, self._include(file, token.text, found[1] or found[2], depth))
        return re.sub(r"\n{3,}", "\n\n", text_of(tokens))

    def _include(self, file: str, line: str, included: str, depth: int) -> str:
        header = self._library.find(included)
        owner = self._library.owners.get(header, self._part.name) if header else None
        if header is None:
            return self._once(line.strip(), line, depth)
        if owner == self._part.name and header not in self._own_public():
            return self.header(header, depth)
        if owner == self._part.name:
            return ""
        if self._chosen is not None and owner not in self._chosen and depth == 0:
            raise ChoiceError(f"{file} needs {owner}, which was not chosen")
        return self._once(f'#include "{owner}.h"', f'#include "{owner}.h"', depth)

    def _own_public(self) -> set[str]:
        """In NAME.c all of NAME.h is there."""
        return set() if self._chosen is None else \
            {header for header, owner in self._library.owners.items() if owner == self._part.name}

    def _once(self, key: str, line: str, depth: int) -> str:
        if key in self._done:
            return ""
        if depth == 0:
            self._done.add(key)
        return line


def _unguarded(text: str) -> str:
    found = _GUARD.match(text)
    return f"{found[1]}{found[3]}" if found else text
