# SPDX-License-Identifier: MIT
"""The headers of the SYS_WSS face: in C and C++, with good settings and bad ones; and the source
raises what the specification says."""
from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.load import load
from tests.interop.server import ROOT

API = ROOT / "api"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only"]
COMPILERS = {"c": ["cc", "-std=c11"], "c++": ["c++", "-std=c++11"]}


def compiles(language: str, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMPILERS[language], *STRICT, f"-I{API}", f"-I{ROOT}/include", *options, "-x", language, "-"],
        input=text, capture_output=True, text=True,
    )


@pytest.mark.parametrize("language", COMPILERS)
@pytest.mark.parametrize("header", ["sys_wss.h", "sys_wss_config.h", "sys_wss_system.h", "sys_wss_port.h"])
def test_a_header_stands_alone(language: str, header: str) -> None:
    done = compiles(language, f'#include "{header}"\n#include "{header}"\n')
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language", COMPILERS)
def test_a_program_of_each_language(language: str) -> None:
    program = """
    #include "sys_wss.h"
    static void told(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
    {
        const SYS_WSS_RXDATA *bytes = (const SYS_WSS_RXDATA *)data;
        if (event == SYS_WSS_EVENT_CLIENT_TXT_DATA_RX)
            SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, bytes->data, (size_t)bytes->datalen, client);
        (void)cookie;
    }
    int main(void)
    {
        SYS_MODULE_OBJ object = SYS_WSS_Initialize(NULL, told, NULL);
        void (*end)(void) = SYS_WSS_Deinitialize;
        (void)SYS_WSS_Task(object);
        SYS_WSS_Deinitialize();
        SYS_WSS_Deinitialize(&object);
        end();
        return 0;
    }
    """
    done = compiles(language, program)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("setting", "value", "words"), [
    ("MODE", "2", "SYS_WSS_SERVER or SYS_WSS_CLIENT"),
    ("INTF", "7", "SYS_WSS_ETHERNET or SYS_WSS_WIFI"),
    ("PORT", "0", "1..65535"),
    ("PORT", "65536", "1..65535"),
    ("ENABLE_DEBUG", "2", "0 or 1"),
    ("MAX_RX_BUFFER", "255", "256..65535"),
    ("MAX_RX_BUFFER", "65536", "256..65535"),
    ("MAX_NUM_CLIENTS", "0", "1..8"),
    ("MAX_NUM_CLIENTS", "9", "1..8"),
    ("CLIENT_TIMEOUT", "99", "100..65535"),
    ("CLIENT_TIMEOUT", "65536", "100..65535"),
    ("MAX_TX_BUFFER", "124", "125..65535"),
    ("READ_SIZE", "63", "64..65535"),
    ("ENABLE_CONSOLE", "2", "0 or 1"),
    ("RETRY_DELAY", "-1", "0..2147483647"),
])
def test_a_bad_setting_is_refused(setting: str, value: str, words: str) -> None:
    done = compiles("c", '#include "sys_wss.h"\n', f"-DSYS_WSS_{setting}={value}")
    assert done.returncode != 0
    assert f"SYS_WSS_{setting} has to be {words}" in done.stderr


@pytest.mark.parametrize(("setting", "value"), [
    ("PORT", "65535"), ("MAX_RX_BUFFER", "256"), ("MAX_RX_BUFFER", "65535"), ("MAX_NUM_CLIENTS", "1"),
    ("MAX_NUM_CLIENTS", "8"), ("CLIENT_TIMEOUT", "100"), ("CLIENT_TIMEOUT", "65535"),
    ("MODE", "SYS_WSS_CLIENT"), ("INTF", "SYS_WSS_ETHERNET"), ("RETRY_DELAY", "0"), ("ENABLE_TLS", "true"),
    ("ENABLE_DEBUG", "1"), ("ENABLE_CONSOLE", "1"),
])
def test_a_good_setting_is_taken(setting: str, value: str) -> None:
    for source in ("sys_wss", "sys_wss_console", "sys_wss_events", "sys_wss_network", "sys_wss_send"):
        text = (API / f"{source}.c").read_text(encoding="utf-8")
        done = compiles("c", text, f"-DSYS_WSS_{setting}={value}", f"-I{ROOT}/generated")
        assert done.returncode == 0, done.stderr


def test_a_file_may_hold_the_settings(tmp_path: Path) -> None:
    (tmp_path / "own.h").write_text("#define SYS_WSS_PORT 1234\n", encoding="utf-8")
    check = '#include "sys_wss.h"\n_Static_assert(SYS_WSS_PORT == 1234, "");\n'
    done = compiles("c", check, f"-I{tmp_path}", '-DSYS_WSS_CONFIG_FILE="own.h"')
    assert done.returncode == 0, done.stderr


def callbacks() -> dict[str, str]:
    """The bodies of the engine's callbacks, and of what they call to raise events."""
    text = (API / "sys_wss_events.c").read_text(encoding="utf-8")
    return dict(re.findall(r"^static \w+ (\w+)\([^{]*\)\n\{\n(.*?)^\}$", text, re.MULTILINE | re.DOTALL))


def test_reports_raise_the_events_of_the_specification() -> None:
    bodies = callbacks()
    (face,) = [face for face in load(ROOT / "spec/wss_states.yaml", "spec").faces if face.name == "sys_wss"]
    names = {"deliver": "on_data"}
    for report in face.reports:
        body = bodies[names.get(report.action, report.action.replace("report_", "on_"))]
        body += bodies["raise_close_frame"] if "raise_close_frame" in body else ""
        assert set(re.findall(r"SYS_WSS_EVENT_\w+", body)) == set(report.events), report.action
    assert "raise_cause(" in bodies["on_closing"] and "raise_cause(" in bodies["on_closed"]
