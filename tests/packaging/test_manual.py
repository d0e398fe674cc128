# SPDX-License-Identifier: MIT
"""The manual page and the completions are well formed, and know the options of the command."""
from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.interop.server import ROOT
from tests.interop.server import command as wss
from tests.packaging.consumer import run

MANUAL = ROOT / "packaging/wss.1"
COMPLETIONS = ROOT / "packaging/completions"
BASH, FISH, ZSH = (COMPLETIONS / name for name in ("wss.bash", "wss.fish", "_wss"))
GENERAL = {"help", "version"}
COMMANDS = ("serve", "connect")
FILES = {"ca", "cert", "key", "client-ca"}

each_command = pytest.mark.parametrize("command", COMMANDS)


def usage(command: str) -> str:
    return run(*wss(), command, "--help")


def options(command: str) -> set[str]:
    """The options of a command."""
    return set(re.findall(r"^  --([a-z-]+)", usage(command), re.MULTILINE))


def flags(command: str) -> set[str]:
    """Those without a value."""
    return set(re.findall(r"^  --([a-z-]+)   ", usage(command), re.MULTILINE))


def manual_section(title: str) -> str:
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"^\.S[hs] {title}\n(.*?)(?=^\.S[hs] )", text, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def manual_items(title: str) -> dict[str, str]:
    """Option to its text in a section of the manual."""
    parts = re.split(r"^\.It Fl -([a-z-]+).*\n", manual_section(title), flags=re.MULTILINE)
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
    assert "WebSocket echo server and client" in result.stdout


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_the_manual_passes_mandoc() -> None:
    assert run("mandoc", "-Tlint", "-Wstyle", MANUAL) == ""


@each_command
def test_the_manual_has_every_option(command: str) -> None:
    assert len(options(command)) > 10
    assert set(manual_items(f"wss {command}")) == options(command)
    assert set(manual_items("DESCRIPTION")) == GENERAL


@each_command
def test_the_manual_has_the_defaults(command: str) -> None:
    defaults = re.findall(r"^  --([a-z-]+) .*\[(.+)\]$", usage(command), re.MULTILINE)
    items = manual_items(f"wss {command}")
    assert len(defaults) > 6
    for option, default in defaults:
        assert re.search(rf"^The default is {re.escape(default)}(?!\w)", items[option], re.MULTILINE), option


def test_bash_completes_commands() -> None:
    assert set(complete("wss", "")) == {*COMMANDS, "--help", "--version"}
    assert complete("wss", "se") == ["serve"]


@each_command
def test_bash_completes_every_option(command: str) -> None:
    assert {word[2:] for word in complete("wss", command, "--")} == options(command) | {"help"}
    assert complete("wss", command, "--quiet", "--pi") == ["--ping-interval"]


@each_command
def test_bash_offers_no_option_as_a_value(command: str) -> None:
    for option in options(command) - flags(command) - {"bind"}:
        offered = complete("wss", command, f"--{option}", "")
        assert offered == [] or (option in FILES and not any(word[0] == "-" for word in offered))
    assert complete("wss", "serve", "--bind", "1") == ["127.0.0.1"]


def fish_options(command: str) -> list[str]:
    """Of a command, and the general --help."""
    lines = FISH.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if f"from {command}'" in line or " -n " not in line]
    return re.findall(r" -l ([a-z-]+)", "\n".join(wanted))


def zsh_options(command: str) -> list[str]:
    text = ZSH.read_text(encoding="utf-8")
    found = re.search(rf"^{command}\)\n(.*?)^    ;;", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return re.findall(r"'\*?--([a-z-]+)", found[1])


@each_command
@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_the_other_shells_have_every_option(shell: str, command: str) -> None:
    found = fish_options(command) if shell == "fish" else zsh_options(command)
    assert len(found) == len(set(found))
    assert set(found) == options(command) | {"help"}


@pytest.mark.parametrize("shell, file", [("fish", FISH), ("zsh", ZSH)], ids=["fish", "zsh"])
def test_the_other_shells_can_read_theirs(shell: str, file: object) -> None:
    assert run(shell, "-n", str(file)) == ""
