# SPDX-License-Identifier: MIT
"""Which files of the package go where in the project, and when. It must not know the
configurator.

Jython (Python 2.7) and Python 3.
"""
import os
from collections import namedtuple

import sys_wss_options as options

MYPY = False
if MYPY:
    from typing import Any, Iterable, List

MBEDTLS_FOLDER = "third_party/mbedtls/"

# source: in the package. folder, output: where, and under which name; a folder that begins with
# "config/" is in the configuration's, others are in src/. when: the condition of it. rendered: it
# is made of a template. kept: the user changes it.
File = namedtuple("File", "source folder output when rendered kept")

SERVICE = "config/system/wss/"


def _copy(source, folder, output, when=options.ALWAYS):
    # type: (str, str, str, Any) -> File
    return File(source, folder, output, when, False, False)


def _render(template, folder, when=options.ALWAYS, kept=False):
    # type: (str, str, Any, bool) -> File
    return File("templates/" + template + ".ftl", folder, template, when, True, kept)


def _sources(root, folder):
    # type: (str, str) -> List[str]
    path = os.path.join(root, folder)
    return sorted(name for name in os.listdir(path) if name.endswith((".c", ".h")))


def _whole(root, folder, when=options.ALWAYS, without=()):
    # type: (str, str, Any, Iterable[str]) -> List[File]
    """Every source of a folder, in a folder of the same name."""
    return [_copy(folder + name, SERVICE + folder, name, when)
            for name in _sources(root, folder) if name not in without]


def _api(root):
    # type: (str) -> List[File]
    """The service itself; its settings are read by way of ours."""
    files = []
    for name in _sources(root, "api/"):
        console = name in ("sys_wss_cmd.c", "wss_console.c", "wss_console.h")
        output = "sys_wss_config_defaults.h" if name == "sys_wss_config.h" else name
        when = options.WITH_CONSOLE if console else options.ALWAYS
        files.append(_copy("api/" + name, SERVICE, output, when))
    return files + [_copy("src/sys_wss_config.h", SERVICE, "sys_wss_config.h")]


def _engine(root):
    # type: (str) -> List[File]
    include = "include/wss/"
    return (
        _whole(root, include, without=["wss_config.h"])
        + [_copy(include + "wss_config.h", SERVICE + include, "wss_config_defaults.h"),
           _render("wss_config.h", SERVICE + include)]
        + _whole(root, "generated/")
        + _whole(root, "runtime/")
        + _whole(root, "crypto/")
        + _whole(root, "hal/pic32mzw1/")
        + [_render("wss_pic32_random.h", SERVICE + "hal/pic32mzw1/")]
        + _whole(root, "streams/", options.WITH_MBEDTLS_TLS)
        + _whole(root, "tls/", options.WITH_MBEDTLS_TLS)
    )


def has_mbedtls(root):
    # type: (str) -> bool
    return os.path.isdir(os.path.join(root, MBEDTLS_FOLDER))


def _mbedtls(root):
    # type: (str) -> List[File]
    """mbedTLS with settings of ours; which name they have depends on its version."""
    if not has_mbedtls(root):
        return []
    files = []
    include = MBEDTLS_FOLDER + "include/"
    settings = "config.h"
    for folder in (include + "mbedtls/", include + "psa/", MBEDTLS_FOLDER + "library/"):
        names = _sources(root, folder)
        if "mbedtls_config.h" in names:
            settings = "mbedtls_config.h"
        files += [_copy(folder + name, folder, name, options.WITH_OWN_MBEDTLS)
                  for name in names if name not in ("config.h", "mbedtls_config.h")]
    return files + [
        _copy("tls/firmware/mbedtls_config.h", include, "wss_mbedtls_config.h", options.WITH_OWN_MBEDTLS),
        File("templates/mbedtls_config.h.ftl", include + "mbedtls/", settings,
             options.WITH_OWN_MBEDTLS, True, False),
    ]


_CREDENTIALS = options.Condition(
    options.TLS_NAMES + ["SYS_WSS_TLS_CREDENTIALS"],
    lambda values: options.mbedtls_does_tls(values) and values["SYS_WSS_TLS_CREDENTIALS"] == "wss_credentials.h")
_APPLICATION = options.Condition(
    ["SYS_WSS_GEN_APP_TEMPLATE"], lambda values: values["SYS_WSS_GEN_APP_TEMPLATE"])


def files(root):
    # type: (str) -> List[File]
    """All, of the package in the folder `root`."""
    return _api(root) + _engine(root) + _mbedtls(root) + [
        _render("app_wss.c", "", _APPLICATION, kept=True),
        _render("app_wss.h", "", _APPLICATION, kept=True),
        _render("wss_credentials.h", "", _CREDENTIALS, kept=True),
    ]


# What goes into files that the configurator makes of all components.
FRAGMENTS = [
    ("definitions.h", "core.LIST_SYSTEM_DEFINITIONS_H_INCLUDES"),
    ("definitions_objects.h", "core.LIST_SYSTEM_DEFINITIONS_H_OBJECTS"),
    ("configuration.h", "core.LIST_SYSTEM_CONFIG_H_SYSTEM_SERVICE_CONFIGURATION"),
    ("initialization.c", "core.LIST_SYSTEM_INIT_C_INITIALIZE_SYSTEM_SERVICES"),
    ("rtos_tasks.c", "core.LIST_SYSTEM_RTOS_TASKS_C_DEFINITIONS"),
    ("tasks.c", "core.LIST_SYSTEM_TASKS_C_CALL_DRIVER_TASKS"),
]


def include_folders(root, configuration):
    # type: (str, str) -> List[str]
    """As seen from the project's folder, which lies beside src/."""
    inside = ["", "include", "generated", "runtime", "crypto", "hal/pic32mzw1", "streams", "tls"]
    service = "../src/config/" + configuration + "/system/wss/"
    found = [(service + folder).rstrip("/") for folder in inside]
    if has_mbedtls(root):
        found += ["../src/" + MBEDTLS_FOLDER + "include", "../src/" + MBEDTLS_FOLDER + "library"]
    return found
