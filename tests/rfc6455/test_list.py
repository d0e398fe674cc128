# SPDX-License-Identifier: MIT
"""The list of what RFC 6455 demands is complete and names what exists; what is wrong with one is
said with its line. The page is current.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load import load
from generator.problem import Refused
from tests.rfc6455.__main__ import LIST, PAGE, ROOT, current
from tests.rfc6455.check import problems
from tests.rfc6455.entries import read_sections
from tests.rfc6455.names import place_exists, test_exists as exists

SPEC = load(ROOT / "spec" / "wss_states.yaml", "spec/wss_states.yaml")
TEXT = (ROOT / LIST).read_text(encoding="utf-8")


def found(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with a list."""
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        return [problem.report("list") for problem in problems(ROOT, SPEC, read_sections(path))]
    except Refused as refused:
        return [problem.report("list") for problem in refused.problems]


def edited(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_list_is_good_and_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == current()


@pytest.mark.parametrize(("old", "new", "says"), [
    ('    tests: ["tests/engine/cases/framing.md#An unmasked frame"]\n', "", "5.1-2 has no test."),
    ('    reason: "The engine has no extension."\n', "", "5.2-6 has neither a test nor a reason."),
    ("connection.closing.rx_close", "connection.closing.rx_closed", "`connection.closing.rx_closed`."),
    ("reasons.mask_missing", "reasons.mask_mislaid", "`reasons.mask_mislaid`."),
    ("wss_act_echo_close", "wss_act_echo_closed", "`runtime/wss_close.c::wss_act_echo_closed`."),
    ("framing.md#An unmasked frame", "framing.md#An unmasked", "no test is `tests/engine/cases/framing.md#An unmasked`."),
    ("::test_certificates_of_servers", "::test_certificates", "`tests/tls/test_connect.py::test_certificates`."),
    ("::refused_where_and_why", "::refused_where", "`tests/url/test_url.c::refused_where`."),
    ("::absolute_form", "::absolute", "`spec/http_upgrade.rl::absolute`."),
    ("level: MUST\n", "level: OUGHT\n", "`OUGHT` is no level."),
    ("binds: client\n", "binds: nobody\n", "nobody is called `nobody`."),
    ("    says:", "    saying:", "the key `saying` is not known."),
    ('where: [connection.idle.connect,', "where: [5,", "4.1-1: `where` is to be a list of texts."),
    ('"5.7":', '"5.70":', "section 5.7 is missing."),
])
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    reports = found(tmp_path, edited(old, new))
    assert any(report.endswith(says) for report in reports), reports


def test_the_order_of_sections_is_that_of_the_rfc(tmp_path: Path) -> None:
    first, second = '"1.1": "Non-normative."\n', '"1.2": "Non-normative."\n'
    assert found(tmp_path, edited(first + second, second + first)) == [
        "list:1: section: the sections stand in another order than in RFC 6455."]


@pytest.mark.parametrize("text", ["", "- a list", "\"3\": 5", "\"3\": [text]", "\"3\": []"])
def test_other_shapes_are_refused(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text)


def test_a_call_or_a_declaration_is_no_function() -> None:
    assert place_exists(ROOT, SPEC, "runtime/wss_close.c::wss_act_send_close")
    assert not place_exists(ROOT, SPEC, "runtime/wss_close.c::wss_put_close")
    assert not place_exists(ROOT, SPEC, "runtime/wss_core.h::wss_put_close")


def test_a_heading_is_matched_whole() -> None:
    assert exists(ROOT, "tests/engine/cases/closing.md#We close")
    assert not exists(ROOT, "tests/engine/cases/closing.md#We clos")
    assert not exists(ROOT, "docs/MODEL.md#What is proved")
