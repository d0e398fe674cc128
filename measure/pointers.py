# SPDX-License-Identifier: MIT
"""Where calls through pointers lead: the one list. A call that no rule is for is an error that
names its place, and so is a function whose address is taken where no rule expects it: so the
graph of calls is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from cmake.sources import ROOT
from measure.assembly import Module, Place
from measure.expression import Written, written_at, written_within
from measure.toolchain import MeasureError

PORT = "the port"
STREAM = "the stream, which is the port's or a layer's"
CRYPTO = "the cryptography"
APPLICATION = "the application"
SYSTEM = "the operating system"
NOBODY = "nobody: its loop has no sessions"


@dataclass(frozen=True)
class Rule:
    """`name`: the call as written (see expression.Written). It leads to who is named by `outside`,
    whose stack is not counted; or to functions whose address the files `taken` take: to any of
    them; or to those with the name `only`; or by `members` to those that initialisers there give to
    the member called, or by `given` to members with that name. Names of calls and files are patterns."""

    name: str
    outside: str = ""
    taken: str = ""
    members: bool = False
    given: str = ""
    only: str = "*"
    file: str = "*"  # in which the call stands


CONTRACTS = (
    Rule("hal->*", PORT),
    Rule("hal_of()->*", PORT),
    Rule("below->*", PORT),
    Rule("ops->*", STREAM),
    Rule("crypto->*", CRYPTO),
)

ENGINE = (
    Rule("response->read", APPLICATION),
    Rule("config->trace", APPLICATION),
    Rule("select", APPLICATION),
    Rule("handler->*", APPLICATION, file="runtime/wss_session.c"),
    Rule("session_calls->*", taken="runtime/wss_session.c", members=True),
    Rule("hook", taken="generated/wss_http_scanner.c"),
)

NATIVE = (
    Rule("wss_handler_of()->*", APPLICATION),
    Rule("callback", APPLICATION, file="runtime/*"),
    Rule("on_data", APPLICATION, file="runtime/*"),
    Rule("on_closure", APPLICATION, file="runtime/*"),
)
"""The engine's callbacks where the application has set them."""

SYS_WSS = (
    Rule("session_calls->*", NOBODY),
    Rule("wss_handler_of()->*", taken="api/sys_wss_events.c", members=True),
    Rule("callback", taken="api/sys_wss_events.c", file="runtime/*"),
    Rule("on_data", taken="api/sys_wss_events.c", members=True, file="runtime/*"),
    Rule("on_closure", taken="api/sys_wss_events.c", given="on_clos*", file="runtime/*"),
    Rule("callback", APPLICATION, file="api/sys_wss_events.c"),
    Rule("request->perform", taken="api/sys_wss_send.c", members=True),
)
"""The same where the SYS_WSS service has."""

CONSOLE = (
    Rule("command->run", taken="api/wss_console.c", only="run_*"),
    Rule("console->print", APPLICATION),
    Rule("console->stats", taken="api/sys_wss_console.c"),
    Rule("console->close", taken="api/sys_wss_console.c"),
    Rule("pCmdApi->*", SYSTEM),
)

WEBSOCK = (
    Rule("session_calls->*", NOBODY),
    Rule("wss_handler_of()->*", taken="api/websock_events.c", members=True),
    Rule("callback", taken="api/websock_events.c", file="runtime/*"),
    Rule("on_data", taken="api/websock_events.c", members=True, file="runtime/*"),
    Rule("on_closure", taken="api/websock_events.c", given="on_clos*", file="runtime/*"),
    Rule("handler", APPLICATION, file="api/websock_handler.c"),
    Rule("thread->run", taken="api/websock_handler.c"),
)

LAYER = (
    Rule("config->pause", APPLICATION),
    Rule("config->choose", APPLICATION),
    Rule("config->entropy", APPLICATION, file="hal/lwip/*"),
    Rule("config->poll", APPLICATION, file="hal/lwip/*"),
    Rule("source->random", CRYPTO),
    Rule("below()->*", PORT),
    Rule("change", PORT, file="streams/wss_upper_hal.c"),
    Rule("ops->ready", taken="*", members=True, file="streams/wss_upper_hal.c"),
    Rule("ops->owes", taken="*", members=True, file="streams/wss_upper_hal.c"),
    Rule("prelude->go_on", taken="streams/*", only="go_on"),
    Rule("go_on", taken="streams/*", only="go_on"),
    Rule("steps[]", taken="tls/wss_tls_context.c"),
)
"""Ports and streams on streams, from the engine down; their own tables of functions lead upwards."""

HANDED_OUT = {
    "api/websock_handler.c": SYSTEM,  # the handler's thread
    "api/sys_wss.c": APPLICATION,  # wss_config_t.trace
    "api/sys_wss_cmd.c": SYSTEM,
    "api/sys_wss_harmony.c": SYSTEM,
    "api/websock_os_posix.c": SYSTEM,  # what a thread begins with
}
"""Files that give functions away, and who calls them."""


class Pointers:
    """Rules over the modules of one build."""

    def __init__(self, rules: Sequence[Rule], modules: Iterable[Module]) -> None:
        self._rules = rules
        self._modules = {relative(module.source): module for module in modules}
        self._known = {function.name for module in self._modules.values() for function in module.functions}

    def targets(self, place: Place) -> tuple[str, ...]:
        """The functions that a call leads to; none where it leads outside."""
        written = written_at(place)
        for call in (written, *written_within(written)):
            if found := self._rule_for(call.name, relative(place.file)):
                return self._inside(found, call)
        raise MeasureError(f"{place}: where does `{written.name}` lead? (measure/pointers.py)")

    def check_taken(self) -> None:
        """MeasureError: a function's address is taken where no rule expects that."""
        expected = [*(rule.taken for rule in self._rules if rule.taken), *HANDED_OUT]
        for file, module in self._modules.items():
            for name in sorted(module.taken & self._known):
                if not any(fnmatchcase(file, pattern) for pattern in expected):
                    raise MeasureError(f"{file}: the address of {name}() is taken, but who calls it? "
                                       "(measure/pointers.py)")

    def _rule_for(self, name: str, file: str) -> Rule | None:
        return next((rule for rule in self._rules if fnmatchcase(name, rule.name.replace("[", "[[]"))
                     and fnmatchcase(file, rule.file)), None)

    def _inside(self, rule: Rule, call: Written) -> tuple[str, ...]:
        found: set[str] = set()
        member = call.name.rsplit("->", 1)[-1]
        for file, module in self._modules.items():
            if not rule.taken or not fnmatchcase(file, rule.taken):
                continue
            given = _given(ROOT / file, rule.given or member)
            for function in module.taken & self._known:
                name = plain(function)
                if fnmatchcase(name, rule.only) and (name in given or not (rule.members or rule.given)) \
                        and _parameters(ROOT / file, name) in (None, len(call.arguments)):
                    found.add(function)
        return tuple(sorted(found))


def plain(name: str) -> str:
    """A function's name without its file."""
    return name.rsplit(":", 1)[-1]


def relative(file: Path) -> str:
    return str(file.resolve().relative_to(ROOT)) if file.resolve().is_relative_to(ROOT) else str(file)


@cache
def _given(file: Path, members: str) -> frozenset[str]:
    """What designated initialisers give to members with such a name."""
    return frozenset(function for member, function in re.findall(r"\.(\w+) = (\w+)", file.read_text(encoding="utf-8"))
                     if fnmatchcase(member, members))


@cache
def _parameters(file: Path, function: str) -> int | None:
    """How many a function has that is defined in a file; None: it is not."""
    text = file.read_text(encoding="utf-8")
    found = re.search(rf"\b{re.escape(function)}\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*\{{", text)
    if found is None:
        return None
    return 0 if found[1].strip() == "void" else re.sub(r"\([^()]*\)", "", found[1]).count(",") + 1
