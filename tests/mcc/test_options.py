# SPDX-License-Identifier: MIT
"""The scripts of the component under a stand-in for the configurator: options, what is refused,
what is said, which files come when."""
from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.mcc.configurator import (
    COMPONENT,
    BooleanSymbol,
    ComboSymbol,
    IntegerSymbol,
    MenuSymbol,
    Project,
    Refused,
    StringSymbol,
    path_of,
)
from tests.mcc.scenarios import FREERTOS, SCENARIOS
from tests.programs import ROOT

HEADER = (ROOT / "api/sys_wss_config.h").read_text(encoding="utf-8")

# As the service's documents and its shipped configurator have them: name, default, range.
DOCUMENTED: list[tuple[str, Any, tuple[int, int] | None]] = [
    ("SYS_WSS_PORT", 8000, (1, 65535)),
    ("SYS_WSS_ENABLE_TLS", False, None),
    ("SYS_WSS_ENABLE_DEBUG", False, None),
    ("SYS_WSS_GEN_APP_TEMPLATE", True, None),
    ("SYS_WSS_MAX_RX_BUFFER", 1400, (256, 65535)),
    ("SYS_WSS_MAX_NUM_CLIENTS", 2, (1, 8)),
    ("SYS_WSS_CLIENT_TIMEOUT", 30000, (100, 65535)),
    ("SYS_WSS_START_AT_BOOT", True, None),
    ("SYS_WSS_RTOS_STACK_SIZE", 4096, (512, 65535)),
    ("SYS_WSS_RTOS_TASK_PRIORITY", 1, (0, 31)),
    ("SYS_WSS_RTOS_TASK_DELAY", 1, (0, 100)),
]
DOCUMENTED_WORDS = ["SYS_WSS_SERVER_IP", "SYS_WSS_HOST_NAME", "SYS_WSS_MODE", "SYS_WSS_INTF"]


@pytest.fixture
def project(package: Path) -> Project:
    return Project(str(package))


def options(project: Project, kind: type) -> list[Any]:
    """Those that the user sees: what is calculated has no label."""
    return [symbol for symbol in project.own().order if type(symbol) is kind and symbol.label]


# ------------------------------------------------------------------------------- the module

def test_the_component_has_its_place(project: Project) -> None:
    component, label, menu, _ = project.offered[COMPONENT]
    assert (component.getID(), menu) == ("sysWssPic32mzw1", "/Wireless/System Services/")
    assert label and list(project.offered) == [COMPONENT]
    assert ("HarmonyCore", "ENABLE_SYS_COMMON", {"isEnabled": True}) in project.database.messages


def test_what_it_stands_on_is_brought(project: Project) -> None:
    assert {"tcpipStack", "tcpipTcp", "sys_time", "sys_console", "lib_crypto", "lib_wolfcrypt"} <= set(
        project.database.active)
    assert not {"sys_command", "tcpipDns", "net_Pres"} & set(project.database.active)


@pytest.mark.parametrize(("set_to", "dependency", "component"), [
    (("SYS_WSS_ENABLE_CONSOLE", True), "sysWss_SYS_COMMAND", "sys_command"),
    (("SYS_WSS_MODE", "CLIENT"), "sysWss_DNSC", "tcpipDns"),
    (("SYS_WSS_SOCKETS", "NET_PRES"), "sysWss_net_pres", "net_Pres"),
])
def test_a_dependency_comes_with_its_option(
    project: Project, set_to: tuple[str, Any], dependency: str, component: str
) -> None:
    assert not project.own().dependencies[dependency]
    before = project.get(set_to[0])
    project.set(*set_to)
    assert project.own().dependencies[dependency] and component in project.database.active
    project.set(set_to[0], before)
    assert not project.own().dependencies[dependency]


def test_the_component_goes(project: Project) -> None:
    project.script["destroyComponent"](project.own())
    assert project.database.messages[-1] == ("HarmonyCore", "ENABLE_SYS_COMMON", {"isEnabled": False})


def test_other_components_set_options(project: Project) -> None:
    asked = {"Component": COMPONENT, "Id": "SYS_WSS_PORT", "Value": 81}
    assert project.script["handleMessage"]("SET_SYMBOL", asked) == {"Return": "Success"}
    assert project.get("SYS_WSS_PORT") == 81
    assert project.script["handleMessage"]("ELSE", {}) != {"Return": "Success"}


# ------------------------------------------------------------------------------- the options

@pytest.mark.parametrize(("name", "default", "limits"), DOCUMENTED)
def test_documented_options_have_their_defaults(
    project: Project, name: str, default: Any, limits: tuple[int, int] | None
) -> None:
    symbol = project.own().getSymbolByID(name)
    assert project.get(name) == default
    assert isinstance(symbol, BooleanSymbol if limits is None else IntegerSymbol)
    if isinstance(symbol, IntegerSymbol):
        assert (symbol.low, symbol.high) == limits


def test_documented_words_are_options(project: Project) -> None:
    assert set(DOCUMENTED_WORDS) <= set(project.own().symbols)
    assert (project.get("SYS_WSS_MODE"), project.get("SYS_WSS_INTF")) == ("SERVER", "WIFI")


def test_each_option_says_what_it_is_for(project: Project) -> None:
    shown = [symbol for kind in (BooleanSymbol, IntegerSymbol, StringSymbol, ComboSymbol)
             for symbol in options(project, kind)]
    assert len(shown) > 30
    for symbol in shown:
        assert symbol.description and symbol.help, symbol.getID()
        assert symbol.parent is None or isinstance(symbol.parent, MenuSymbol)


def test_integers_are_taken_at_their_limits_and_refused_beyond(project: Project) -> None:
    for symbol in options(project, IntegerSymbol):
        for value in (symbol.low, symbol.high):
            project.set(symbol.getID(), value)
            assert project.model()[symbol.getID()] == value
        for value in (symbol.low - 1, symbol.high + 1, True, "8"):
            with pytest.raises(Refused):
                project.set(symbol.getID(), value)
        project.set(symbol.getID(), symbol.default)


def test_choices_are_taken_and_others_refused(project: Project) -> None:
    for symbol in options(project, ComboSymbol):
        if symbol.read_only:
            continue
        for value in symbol.choices:
            project.set(symbol.getID(), value)
            assert project.model()[symbol.getID()] == value
        with pytest.raises(Refused):
            project.set(symbol.getID(), "ELSE")


def test_truth_values_and_texts_are_no_others(project: Project) -> None:
    for symbol in options(project, BooleanSymbol):
        with pytest.raises(Refused):
            project.set(symbol.getID(), 1)
    for symbol in options(project, StringSymbol):
        with pytest.raises(Refused):
            project.set(symbol.getID(), 1)


def test_the_header_refuses_the_same(project: Project) -> None:
    found = re.findall(r"^#if (SYS_WSS_\w+) < (\d+) \|\| \1 > (\w+)$", HEADER, re.MULTILINE)
    limits = {name: (int(low), 8 if high == "SYS_WSS_MOST_CLIENTS" else int(high)) for name, low, high in found}
    own = {symbol.getID(): (symbol.low, symbol.high) for symbol in options(project, IntegerSymbol)}
    limits["SYS_WSS_MAX_TX_BUFFER"] = (125, 65535 - 1 - 14 - 262 - 64)  # what a socket's buffer holds
    assert len(limits) >= 7
    assert {name: own[name] for name in limits} == limits


def test_the_header_has_the_same_defaults(project: Project) -> None:
    defaults = dict(re.findall(r"^#ifndef SYS_WSS_\w+\n#define (SYS_WSS_\w+) +(.+)$", HEADER, re.MULTILINE))
    written: dict[str, str] = {
        "SYS_WSS_MODE": "SYS_WSS_SERVER", "SYS_WSS_INTF": "SYS_WSS_WIFI", "SYS_WSS_MAX_TX_BUFFER": "1400"}
    compared = 0
    for name, text in defaults.items():
        if name not in project.own().symbols or name in (
            "SYS_WSS_RX_FIFO", "SYS_WSS_INTF_NAME", "SYS_WSS_LISTEN_ADDRESS") or "_TLS_" in name:
            continue
        value = project.get(name)
        shown = {True: ("true", "1"), False: ("false", "0")}.get(value, ()) if isinstance(value, bool) else (
            (written.get(name, str(value) if isinstance(value, int) else f'"{value}"'),))
        assert (written["SYS_WSS_MAX_TX_BUFFER"] if text == "SYS_WSS_MAX_RX_BUFFER" else text) in shown, name
        compared += 1
    assert compared >= 15


def visible(project: Project) -> set[str]:
    return {name for name, symbol in project.own().symbols.items() if symbol.visible}


def test_what_does_not_matter_is_not_shown(package: Path) -> None:
    project = Project(str(package))
    server = visible(project)
    assert {"SYS_WSS_MAX_NUM_CLIENTS", "SYS_WSS_LISTEN_ADDRESS"} <= server
    assert not {"SYS_WSS_HOST_NAME", "SYS_WSS_SERVER_IP", "SYS_WSS_DNS", "SYS_WSS_TLS", "SYS_WSS_RTOS"} & server
    project.set("SYS_WSS_MODE", "CLIENT")
    assert {"SYS_WSS_HOST_NAME", "SYS_WSS_SERVER_IP", "SYS_WSS_DNS"} <= visible(project)
    assert not {"SYS_WSS_MAX_NUM_CLIENTS", "SYS_WSS_LISTEN_ADDRESS"} & visible(project)
    project.set("SYS_WSS_ENABLE_TLS", True)
    assert {"SYS_WSS_TLS", "SYS_WSS_TLS_KEY", "SYS_WSS_TLS_PROVIDER"} <= visible(project)
    project.set("SYS_WSS_TLS_PROVIDER", "NET_PRES")
    assert "SYS_WSS_TLS_KEY" not in visible(project)
    project.set("HarmonyCore.SELECT_RTOS", "FreeRTOS")
    assert {"SYS_WSS_RTOS", "SYS_WSS_RTOS_STACK_SIZE"} <= visible(project)


# -------------------------------------------------------------------- what does not go together

COMPLAINTS: list[tuple[str, list[tuple[str, Any]], list[tuple[str, Any]]]] = [  # words, broken by, mended by
    ("random number generator is off", [("lib_wolfcrypt.wolfcrypt_random_hw", False)],
     [("lib_wolfcrypt.wolfcrypt_random_hw", True)]),
    ("random number generator is off", [("lib_wolfcrypt.wolfcrypt_hw", False)],
     [("SYS_WSS_RNG_DECLARED", True)]),
    ("bare metal and FreeRTOS only", [("HarmonyCore.SELECT_RTOS", "ThreadX")],
     [("HarmonyCore.SELECT_RTOS", "FreeRTOS")]),
    ("TCP has 1 sockets; this service alone takes 2", [("tcpipTcp.TCPIP_TCP_MAX_SOCKETS", 1)],
     [("SYS_WSS_MODE", "CLIENT")]),
    ("TCP has 7 sockets; this service alone takes 8",
     [("tcpipTcp.TCPIP_TCP_MAX_SOCKETS", 7), ("SYS_WSS_MAX_NUM_CLIENTS", 8)],
     [("tcpipTcp.TCPIP_TCP_MAX_SOCKETS", 8)]),
    ("NET_PRES has 1 sockets", [("SYS_WSS_SOCKETS", "NET_PRES"), ("net_Pres.NET_PRES_SOCKETS", 1)],
     [("net_Pres.NET_PRES_SOCKETS", 2)]),
    ("TCP Sockets Dynamic Options", [("tcpipTcp.TCPIP_TCP_DYNAMIC_OPTIONS", False)],
     [("tcpipTcp.TCPIP_TCP_DYNAMIC_OPTIONS", True)]),
    ("has to be a numeric IPv4 address", [("SYS_WSS_LISTEN_ADDRESS", "device.local")],
     [("SYS_WSS_LISTEN_ADDRESS", "192.168.1.2")]),
    ("has to be a numeric IPv4 address", [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_SERVER_IP", "10.0.0.256")],
     [("SYS_WSS_SERVER_IP", "10.0.0.255")]),
    ("The URL has to be like", [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_HOST_NAME", "server.example")],
     [("SYS_WSS_HOST_NAME", "ws://server.example")]),
    ("The URL asks for TLS", [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_HOST_NAME", "wss://server.example/")],
     [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_CA", "wss_ca")]),
    ("more than 63 characters", [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_HOST_NAME", f"ws://{'a' * 64}/")],
     [("SYS_WSS_HOST_NAME", f"ws://{'a' * 63}/")]),
    ("names are not looked up",
     [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_DNS", False), ("SYS_WSS_HOST_NAME", "ws://a.example/")],
     [("SYS_WSS_SERVER_IP", "10.0.0.1")]),
    ("needs the socket layer NET_PRES", [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_PROVIDER", "NET_PRES")],
     [("SYS_WSS_TLS_PROVIDER", "MBEDTLS")]),
    ("Support Server Encryption",
     [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_SOCKETS", "NET_PRES"), ("SYS_WSS_TLS_PROVIDER", "NET_PRES")],
     [("net_Pres.NET_PRES_SUPPORT_ENCRYPTION", True), ("net_Pres.NET_PRES_SUPPORT_SERVER_ENC", True)]),
    ("Support Client Encryption",
     [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_SOCKETS", "NET_PRES"), ("SYS_WSS_TLS_PROVIDER", "NET_PRES"),
      ("SYS_WSS_MODE", "CLIENT")],
     [("net_Pres.NET_PRES_SUPPORT_ENCRYPTION", True)]),
    ("A server needs a certificate",
     [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_CERTIFICATE", ""), ("SYS_WSS_TLS_KEY", "")],
     [("SYS_WSS_TLS_CERTIFICATE", "a"), ("SYS_WSS_TLS_KEY", "b")]),
    ("A certificate needs its key", [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_KEY", "")],
     [("SYS_WSS_TLS_KEY", "k")]),
    ("A client needs the CA", [("SYS_WSS_MODE", "CLIENT"), ("SYS_WSS_ENABLE_TLS", True)],
     [("SYS_WSS_TLS_CA", "wss_ca")]),
    ("names of C", [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_KEY", "my key")], [("SYS_WSS_TLS_KEY", "my_key")]),
    ("the name of a header", [("SYS_WSS_ENABLE_TLS", True), ("SYS_WSS_TLS_CREDENTIALS", 'a".h')],
     [("SYS_WSS_TLS_CREDENTIALS", "keys/device.h")]),
    ("a name such as PIC32MZW1", [("SYS_WSS_INTF_NAME", 'wlan"')], [("SYS_WSS_INTF_NAME", "wlan0")]),
]


@pytest.mark.parametrize(("words", "broken", "mended"), COMPLAINTS)
def test_what_does_not_go_together_is_said(
    project: Project, words: str, broken: list[tuple[str, Any]], mended: list[tuple[str, Any]]
) -> None:
    assert project.complaints() == [] and project.get("SYS_WSS_PROBLEMS") == ""
    for name, value in broken:
        project.set(name, value)
    assert any(words in complaint for complaint in project.complaints()), project.complaints()
    assert words in project.get("SYS_WSS_PROBLEMS")
    for name, value in mended:
        project.set(name, value)
    assert project.complaints() == [] and project.get("SYS_WSS_PROBLEMS") == ""


@pytest.mark.parametrize("url", [
    "ws://a.example", "ws://a.example:1", "ws://a.example:65535/", "ws://10.0.0.1/path/to?query=1&x=%20",
    "ws://user:p%40ss@a-b.example:80/;a=b",
])
def test_good_urls(project: Project, url: str) -> None:
    project.set("SYS_WSS_MODE", "CLIENT")
    project.set("SYS_WSS_HOST_NAME", url)
    assert project.complaints() == []


@pytest.mark.parametrize("url", [
    "", "ws://", "ws:///path", "http://a.example/", "ws://a.example:0/", "ws://a.example:65536/",
    "ws://a.example/a b", "ws://a.example/\"", "ws://a.example/#part", "ws://a.example/\n", "ws://[::1]/",
    "ws://a.example/\\",
])
def test_bad_urls(project: Project, url: str) -> None:
    project.set("SYS_WSS_MODE", "CLIENT")
    project.set("SYS_WSS_HOST_NAME", url)
    assert len(project.complaints()) == 1


def test_no_hardware_generator_without_the_crypto_library(project: Project) -> None:
    project.database.deactivateComponents(["lib_wolfcrypt"])
    assert ["random number generator" in complaint for complaint in project.complaints()] == [True]


def test_the_hardware_generator_is_switched_on(project: Project) -> None:
    crypto = project.database.active["lib_wolfcrypt"]
    assert crypto == {"wolfcrypt_hw": True, "wolfcrypt_random": True, "wolfcrypt_random_hw": True}


def heap(project: Project) -> int:
    label = project.own().getSymbolByID("SYS_WSS_HEAP").label
    return int(re.findall(r"\d+", label)[0])


def test_the_heap_for_the_buffers_is_said(project: Project) -> None:
    assert heap(project) == 2 * (1400 + 14 + 262 + 1 + 1460)
    project.set("SYS_WSS_MAX_TX_BUFFER", 125)
    project.set("SYS_WSS_RX_FIFO", 0)
    assert heap(project) == 2 * (512 + 1)
    project.set("SYS_WSS_ENABLE_TLS", True)
    assert heap(project) == 2 * (512 + 64 + 1)
    project.set("SYS_WSS_MODE", "CLIENT")
    assert heap(project) == 512 + 64 + 1
    project.set("SYS_WSS_SOCKETS", "NET_PRES")
    assert heap(project) == 0


# ----------------------------------------------------------------------------------- the files

def paths(project: Project) -> set[str]:
    found = [path_of(output) for output in project.outputs() if output.type != "STRING"]
    assert len(found) == len(set(found))
    return set(found)


def test_each_source_of_the_package_is_brought(project: Project, package: Path) -> None:
    sources = {str(path.relative_to(package)) for path in package.rglob("*.[ch]")}
    sources |= {str(path.relative_to(package)) for path in package.rglob("*.ftl")}
    brought = {symbol.source for symbol in project.own().order if hasattr(symbol, "source")}
    without = {"tls/firmware/mbedtls_config.h", "templates/mbedtls_config.h.ftl"}  # of a package with mbedTLS
    assert sources - without == brought


def test_files_land_where_the_service_had_its_own(project: Project) -> None:
    found = paths(project)
    service = "config/default/system/wss/"
    assert {service + name for name in ("sys_wss.h", "sys_wss.c", "sys_wss_config.h", "sys_wss_config_defaults.h",
                                        "include/wss/wss_config.h", "include/wss/wss_config_defaults.h",
                                        "runtime/wss_core.h", "generated/wss_machines.c")} <= found
    assert {"app_wss.c", "app_wss.h"} <= found
    folders = {str(Path("proj.X") / folder) for folder in project.include_folders()}
    assert "proj.X/../src/config/default/system/wss" in folders
    for path in found:
        if path.endswith(".h") and "/wss/include/" not in path and "/" in path:
            assert f"proj.X/../src/{Path(path).parent}" in folders, path


@pytest.mark.parametrize(("set_to", "path"), [
    (("SYS_WSS_ENABLE_TLS", True), "config/default/system/wss/tls/wss_tls_hal.c"),
    (("SYS_WSS_ENABLE_TLS", True), "config/default/system/wss/streams/wss_upper_hal.c"),
    (("SYS_WSS_ENABLE_TLS", True), "wss_credentials.h"),
    (("SYS_WSS_ENABLE_CONSOLE", True), "config/default/system/wss/sys_wss_cmd.c"),
])
def test_files_come_and_go_with_options(project: Project, set_to: tuple[str, Any], path: str) -> None:
    assert path not in paths(project)
    project.set(*set_to)
    assert path in paths(project)
    project.set(set_to[0], not set_to[1])
    assert path not in paths(project)


def test_own_files_are_not_written_again(project: Project) -> None:
    project.set("SYS_WSS_ENABLE_TLS", True)
    kept = {path_of(output) for output in project.outputs() if not output.overwrite}
    assert kept == {"app_wss.c", "app_wss.h", "wss_credentials.h"}
    project.set("SYS_WSS_GEN_APP_TEMPLATE", False)
    project.set("SYS_WSS_TLS_CREDENTIALS", "own.h")
    assert not kept & paths(project)


def test_without_mbedtls_in_the_package_the_project_has_it(project: Project) -> None:
    assert project.get("SYS_WSS_MBEDTLS") == "PROJECT"
    with pytest.raises(Refused):
        project.set("SYS_WSS_MBEDTLS", "PACKAGE")
    assert not any("third_party" in path for path in paths(project))


# Of each version what tells it from the other.
MBEDTLS = {"2.28": "config.h", "3.6": "mbedtls_config.h"}


@pytest.fixture(params=MBEDTLS)
def with_mbedtls(request: pytest.FixtureRequest, package: Path, tmp_path: Path) -> Project:
    subprocess.run(["cp", "-R", package, tmp_path / "wss"], check=True)
    for name in (f"include/mbedtls/{MBEDTLS[request.param]}", "include/mbedtls/sha1.h",
                 "include/psa/crypto.h", "library/sha1.c", "library/common.h"):
        path = tmp_path / "wss/third_party/mbedtls" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    project = Project(str(tmp_path / "wss"))
    project.settings = MBEDTLS[request.param]  # type: ignore[attr-defined]
    return project


def test_mbedtls_of_the_package(with_mbedtls: Project) -> None:
    project = with_mbedtls
    third = "third_party/mbedtls/"
    mine = {path for path in paths(project) if path.startswith(third)}
    assert mine == {third + name for name in (
        f"include/mbedtls/{project.settings}", "include/mbedtls/sha1.h",  # type: ignore[attr-defined]
        "include/psa/crypto.h", "library/sha1.c", "library/common.h", "include/wss_mbedtls_config.h")}
    assert "../src/third_party/mbedtls/include" in project.include_folders()
    project.set("SYS_WSS_MBEDTLS", "PROJECT")
    assert not any(path.startswith(third) for path in paths(project))


def measured() -> list[tuple[int, int, int, int]]:
    """Rows of the table in docs/TLS.md: buffers, what is shared, a connection in its handshake."""
    table = (ROOT / "docs/TLS.md").read_text(encoding="utf-8").split("<!-- firmware -->")[1]
    rows = re.findall(r"^\| [\d.]+ \| (\d+) \| (\d+) \| (\d+) \| \d+ \| (\d+) \|$", table, re.MULTILINE)
    assert len(rows) >= 4
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in rows]


@pytest.mark.parametrize("clients", [1, 2, 8])
def test_memory_for_mbedtls_is_what_was_measured_and_a_tenth(with_mbedtls: Project, clients: int) -> None:
    project = with_mbedtls
    assert project.get("SYS_WSS_TLS_POOL_SIZE") == 0
    project.set("SYS_WSS_ENABLE_TLS", True)
    project.set("SYS_WSS_MAX_NUM_CLIENTS", clients)
    for room_in, room_out, shared, handshake in measured():
        project.set("SYS_WSS_TLS_IN", room_in)
        project.set("SYS_WSS_TLS_OUT", room_out)
        need = shared + clients * handshake
        assert 1.1 * need <= project.get("SYS_WSS_TLS_POOL_SIZE") <= 1.15 * need


def test_memory_for_mbedtls_may_be_chosen(with_mbedtls: Project) -> None:
    project = with_mbedtls
    project.set("SYS_WSS_ENABLE_TLS", True)
    ordinary = project.get("SYS_WSS_TLS_POOL_SIZE")
    for name, value in (("SYS_WSS_TLS_RSA", True), ("SYS_WSS_TLS_CA", "wss_ca")):
        project.set(name, value)
        assert project.get("SYS_WSS_TLS_POOL_SIZE") > ordinary
        ordinary = project.get("SYS_WSS_TLS_POOL_SIZE")
    project.set("SYS_WSS_TLS_POOL", 1000)
    assert any("one client takes" in complaint for complaint in project.complaints())
    project.set("SYS_WSS_TLS_POOL", 50000)
    assert (project.complaints(), project.get("SYS_WSS_TLS_POOL_SIZE")) == ([], 50000)
    project.set("SYS_WSS_MBEDTLS", "PROJECT")
    assert project.get("SYS_WSS_TLS_POOL_SIZE") == 0


@pytest.mark.parametrize(("room", "fragment"), [(16384, 0), (16383, 4096), (4096, 4096), (4095, 2048), (512, 512)])
def test_a_client_with_small_buffers_asks_for_small_records(with_mbedtls: Project, room: int, fragment: int) -> None:
    with_mbedtls.set("SYS_WSS_ENABLE_TLS", True)
    with_mbedtls.set("SYS_WSS_TLS_IN", room)
    assert with_mbedtls.get("SYS_WSS_TLS_FRAGMENT") == 0
    with_mbedtls.set("SYS_WSS_MODE", "CLIENT")
    assert with_mbedtls.get("SYS_WSS_TLS_FRAGMENT") == fragment


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_projects_of_the_tests_are_good(package: Path, name: str) -> None:
    others, chosen = SCENARIOS[name]
    project = Project(str(package), others)
    for option, value in chosen:
        project.set(option, value)
    assert project.complaints() == []
    assert project.get("SYS_WSS_PROBLEMS") == ""


# -------------------------------------------------------------------------- scripts and package

NEWER = (ast.JoinedStr, ast.AnnAssign, ast.Nonlocal, ast.AsyncFunctionDef, ast.Await, ast.YieldFrom,
         ast.NamedExpr, ast.Starred, ast.MatMult, ast.Match)


def test_scripts_are_python_of_both_kinds() -> None:
    """The rest of it Jython itself says."""
    scripts = sorted((ROOT / "hal/pic32mzw1/mcc/config").glob("*.py"))
    assert len(scripts) == 5
    for script in scripts:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            assert not isinstance(node, NEWER), f"{script.name}:{node.lineno}"
            if isinstance(node, ast.FunctionDef):
                arguments = node.args
                assert node.returns is None and not arguments.kwonlyargs and not arguments.posonlyargs, node.name
                assert all(argument.annotation is None for argument in arguments.args), node.name
            if isinstance(node, ast.Raise):
                assert node.cause is None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "super"), f"{script.name}:{node.lineno}"


def test_the_stand_in_knows_no_more_than_it_should(project: Project) -> None:
    with pytest.raises(AttributeError):
        getattr(project.own(), "createFloatSymbol")
    with pytest.raises(Refused):
        project.own().getSymbolValue("SYS_WSS_ELSE")
    with pytest.raises(Refused):
        project.own().createBooleanSymbol("SYS_WSS_PORT", None)
    with pytest.raises(Refused):
        project.database.getSymbolValue("tcpipTcp", "ELSE")


def harmony_package(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "scripts/harmony-package", *arguments], capture_output=True, text=True)


def test_a_package_takes_the_place_of_its_elder_and_of_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "wss"
    assert harmony_package(folder).returncode == 0
    (folder / "old.c").write_text("", encoding="utf-8")
    assert harmony_package(folder).returncode == 0
    assert not (folder / "old.c").exists()
    (folder / "module.xml").write_text('<Module name="core">', encoding="utf-8")
    assert "another package" in harmony_package(folder).stderr
    (folder / "module.xml").unlink()
    assert "is not empty" in harmony_package(folder).stderr
    assert (folder / "package.xml").exists()


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--mbedtls", "4.0", "a"), ("--mbedtls",), ("-x",), ("",)])
def test_wrong_arguments_of_the_package(arguments: tuple[str, ...]) -> None:
    done = harmony_package(*arguments)
    assert done.returncode == 2 and "scripts/harmony-package" in done.stderr


def test_freertos_is_known(package: Path) -> None:
    assert Project(str(package), FREERTOS).model()["HarmonyCore"]["SELECT_RTOS"] == "FreeRTOS"
