# SPDX-License-Identifier: MIT
"""The manifests for PlatformIO, Zephyr and ESP-IDF: their form, the version, the files they name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cmake.sources import ROOT, sources
from tests.embedding.platformio import filtered, library

SCHEMAS = yaml.safe_load((Path(__file__).with_name("schemas.yaml")).read_text(encoding="utf-8"))
ENGINE = [ROOT / source for source in sources("WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES")]
MANIFESTS = {"library.json": "library.json", "module.yml": "zephyr/module.yml", "idf_component.yml": "idf_component.yml"}


def manifest(name: str) -> Any:
    """JSON is YAML, but for what YAML allows beside it."""
    text = (ROOT / MANIFESTS[name]).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


@pytest.mark.parametrize("name", MANIFESTS)
def test_only_documented_fields(name: str) -> None:
    jsonschema.validate(manifest(name), SCHEMAS[name])


def test_one_version() -> None:
    project = re.search(r"^project\(wss VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"), re.M)
    assert project is not None
    assert manifest("library.json")["version"] == project[1]
    assert manifest("idf_component.yml")["version"] == project[1]


def test_platformio_compiles_the_engine_and_nothing_else() -> None:
    assert list(library(ROOT).sources) == sorted(ENGINE)


def test_platformio_finds_the_headers() -> None:
    for header in manifest("library.json")["headers"]:
        assert (ROOT / manifest("library.json")["build"]["includeDir"] / header).is_file()


def test_what_platformio_exports_is_there_and_whole() -> None:
    """The package has what is compiled, what its headers are, and each port and part that can be added."""
    export = manifest("library.json")["export"]
    for path in (*export["include"], *export["exclude"]):
        assert (ROOT / path).exists(), path
    parts = sources("WSS_LWIP_SOURCES", "WSS_POSIX_SOURCES", "WSS_PIC32MZW1_SOURCES", "WSS_CRYPTO_MBEDTLS_SOURCES",
                    "WSS_STREAMS_SOURCES", "WSS_TLS_SOURCES", "WSS_SYS_WSS_SOURCES", "WSS_WEBSOCK_SOURCES",
                    "WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES", "WSS_GENERATED_HEADERS")
    for file in (*parts, "include/wss/wss.h"):
        assert any(Path(file).is_relative_to(path) for path in export["include"]), file
        assert not any(Path(file).is_relative_to(path) for path in export["exclude"]), file


def test_what_esp_idf_leaves_out_is_there_and_not_compiled() -> None:
    for pattern in manifest("idf_component.yml")["files"]["exclude"]:
        left_out = set(ROOT.glob(pattern))
        assert left_out, pattern
        compiled = {ROOT / file for name in ("RUNTIME", "LWIP", "CRYPTO_MBEDTLS", "STREAMS", "TLS")
                    for file in sources(f"WSS_{name}_SOURCES")}
        assert not left_out & compiled


def test_what_the_module_names_is_there() -> None:
    build = manifest("module.yml")["build"]
    assert (ROOT / build["cmake"] / "CMakeLists.txt").is_file()
    assert (ROOT / build["kconfig"]).is_file()


def test_the_filters_of_the_guide(tmp_path: Path) -> None:
    """docs/EMBEDDING.md adds a port to a project that has the library in lib/wss."""
    guide = (ROOT / "docs/EMBEDDING.md").read_text(encoding="utf-8")
    found = re.search(r"^ *build_src_filter = (.*)$", guide, re.M)
    assert found is not None
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.c").touch()
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/wss").symlink_to(ROOT)
    wanted = ["src/main.c", *(f"lib/wss/{file}" for file in sources("WSS_LWIP_SOURCES", "WSS_CRYPTO_MBEDTLS_SOURCES"))]
    assert [str(path.relative_to(tmp_path)) for path in filtered(tmp_path / "src", [found[1]])] == sorted(wanted)


@pytest.mark.parametrize(("patterns", "left"), [
    (["+<*>"], ["a/b.c", "a/c/d.c", "e.c"]),
    (["+<*>", "-<a>"], ["e.c"]),
    (["-<*>", "+<a/*.c>"], ["a/b.c"]),
    (["+<a>", "-<a/c>", "+<e.c>"], ["a/b.c", "e.c"]),
    (["+<**/d.c>"], ["a/c/d.c"]),
    (["+<e.*> -<*.h>"], ["e.c"]),
])
def test_filters_are_applied_in_their_order(tmp_path: Path, patterns: list[str], left: list[str]) -> None:
    for file in ("a/b.c", "a/b.h", "a/c/d.c", "e.c", "e.h"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert [str(path.relative_to(tmp_path)) for path in filtered(tmp_path, patterns)] == left
