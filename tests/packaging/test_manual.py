# SPDX-License-Identifier: MIT
"""The manual page and the completions are well formed, and know the options of the command."""
from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.interop.server import ROOT, command
from tests.packaging.consumer import run

MANUAL = ROOT / "packaging/wss.1"
COMPLETIONS = ROOT / "packaging/completions"
BASH, FISH, ZSH = (COMPLETIONS / name for name in ("wss.bash", "wss.fish", "_wss"))
GENERAL = {"help", "version"}


def usage() -> str:
    return run(*command(), "--help")


def options() -> set[str]:
    """The options of `wss serve`, and the general ones."""
    return set(re.findall(r"^  (?:wss )?--([a-z-]+)", usage(), re.MULTILINE))


def manual_items() -> dict[str, str]:
    """Option to its text in the manual."""
    parts = re.split(r"^\.It Fl -([a-z-]+).*\n", MANUAL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def complete(*words: str) -> list[str]:
    """What bash offers for the last word."""
    script = (
        f'source "{BASH}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wss; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    return run("bash", "-c", script, "bash", *words).split()


def test_the_manual_is_well_formed() -> None:
    result = subprocess.run(
        ["man", "-l", "--warnings", str(MANUAL)],
        capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "WebSocket echo server" in result.stdout


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_the_manual_passes_mandoc() -> None:
    assert run("mandoc", "-Tlint", "-Wstyle", MANUAL) == ""


def test_the_manual_has_every_option() -> None:
    assert len(options()) > 10
    assert set(manual_items()) == options()


def test_the_manual_has_the_defaults() -> None:
    defaults = re.findall(r"^  --([a-z-]+) .*\[(.+)\]$", usage(), re.MULTILINE)
    items = manual_items()
    assert len(defaults) > 10
    for option, default in defaults:
        assert re.search(rf"^The default is {re.escape(default)}\b", items[option], re.MULTILINE), option


def test_bash_completes_commands() -> None:
    assert set(complete("wss", "")) == {"serve", "--help", "--version"}
    assert complete("wss", "se") == ["serve"]


def test_bash_completes_every_option() -> None:
    assert {word[2:] for word in complete("wss", "serve", "--")} == options() - {"version"}
    assert complete("wss", "serve", "--quiet", "--pi") == ["--ping-interval"]


def test_bash_offers_no_option_as_a_value() -> None:
    for option in options() - GENERAL - {"quiet", "bind"}:
        assert complete("wss", "serve", f"--{option}", "") == []
    assert complete("wss", "serve", "--bind", "1") == ["127.0.0.1"]


@pytest.mark.parametrize("file", [FISH, ZSH], ids=["fish", "zsh"])
def test_the_other_shells_have_every_option(file: object) -> None:
    text = (FISH if file == FISH else ZSH).read_text(encoding="utf-8")
    found = re.findall(r" -l ([a-z-]+)" if file == FISH else r"'\*?--([a-z-]+)", text)
    assert set(found) == options()


@pytest.mark.parametrize("shell, file", [("fish", FISH), ("zsh", ZSH)], ids=["fish", "zsh"])
def test_the_other_shells_can_read_theirs(shell: str, file: object) -> None:
    assert run(shell, "-n", str(file)) == ""
