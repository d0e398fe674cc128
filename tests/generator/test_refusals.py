# SPDX-License-Identifier: MIT
"""Every code has a specification that is refused with it, on the line that is to blame."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.check import check, names
from generator.check.codes import CODES
from generator.load import load
from generator.problem import Problem, Refused
from generator.rows import CHARS
from generator.scanner import OUTPUT, render_scanner
from generator.tree import read_tree
from tests.generator.specs import BASE, FIXTURES, ROOT, broken

SPECS = sorted(FIXTURES.glob("E*.yaml"))
GRAMMARS = sorted(FIXTURES.glob("E*.rl"))


def problems_of(path: Path, runtime: Path | None = FIXTURES / "runtime") -> list[Problem]:
    try:
        check(load(path, "spec.yaml"), runtime)
    except Refused as refused:
        return list(refused.problems)
    return []


def test_the_small_specification_is_in_order() -> None:
    assert problems_of(BASE) == []


def test_the_real_specification_is_in_order() -> None:
    assert problems_of(ROOT / "spec" / "wss_states.yaml", None) == []


@pytest.mark.parametrize("fixture", SPECS, ids=[path.stem for path in SPECS])
def test_refused(fixture: Path, tmp_path: Path) -> None:
    case = broken(fixture)
    spec = tmp_path / "spec.yaml"
    spec.write_text(case.text, encoding="utf-8")
    found = problems_of(spec)
    assert {(p.code, p.line) for p in found} == {(case.code, case.line)}, found
    assert (FIXTURES / case.path if case.path else Path()) == Path(found[0].path)


def test_a_grammar_that_ragel_refuses(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        render_scanner(FIXTURES / "E902.rl", "E902.rl", tmp_path)
    assert [(p.code, p.line) for p in refused.value.problems] == [("E902", 6)]


def test_a_grammar_with_a_byte_that_rows_cannot_name(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        render_scanner(FIXTURES / "E903.rl", "E903.rl", tmp_path)
    assert [p.code for p in refused.value.problems] == ["E903"]


@pytest.mark.parametrize("main", [
    (FIXTURES / "E904.rl").read_text(encoding="utf-8").split("main := ")[1].split(";")[0],
    "'a' >~{ act(); } 'b'",
    "'ab' @eof{ act(); }",
    "'ab' $err{ act(); }",
    "'a' @{ fhold; } 'b'",
    "'a' @{ act(fc); } 'b'",
    "'a' @{ fgoto *3; } 'b'",
    "'a' ^any",
    " | ".join(f"'{number:08b}'" for number in range(256)) + " 'b'" * 300,
    " | ".join(f"'{number}' @{{ act{number}(); }}" for number in range(100, 400)),
], ids=["condition", "state", "end", "error", "hold", "character", "jump", "final", "rows", "actions"])
def test_a_grammar_that_rows_cannot_say(main: str, tmp_path: Path) -> None:
    """Small code would do without it, or a byte would take a part of a number."""
    (tmp_path / "more.rl").write_text("%%{\n    machine small;\n    alphtype unsigned char;\n"
                                      f"    main := {main};\n    write data;\n}}%%\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        render_scanner(tmp_path / "more.rl", "more.rl", tmp_path)
    assert [p.code for p in refused.value.problems] == ["E904"]


@pytest.mark.parametrize("grammar, line", [
    (b"%%{\n    machine small;\n    main := 'a'\n", 3),
    (b"// a\n// \xff\n", 2),
], ids=["cut", "bytes"])
def test_a_grammar_that_is_none(grammar: bytes, line: int, tmp_path: Path) -> None:
    (tmp_path / "bad.rl").write_bytes(grammar)
    with pytest.raises(Refused) as refused:
        render_scanner(tmp_path / "bad.rl", "bad.rl", tmp_path)
    assert {(p.code, p.line) for p in refused.value.problems} == {("E902", line)}


def test_c_files_need_not_be_utf_8(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    shutil.copytree(FIXTURES / "runtime", runtime)
    (runtime / "more.c").write_bytes(b"/* \xff */\n")
    assert problems_of(BASE, runtime) == []


def test_a_changed_grammar_without_ragel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grammar = FIXTURES / "E901.rl"
    made = render_scanner(grammar, "E901.rl", tmp_path)
    (tmp_path / OUTPUT).write_text(made[OUTPUT], encoding="utf-8")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert render_scanner(grammar, "E901.rl", tmp_path) == made

    changed = tmp_path / "changed.rl"
    changed.write_text(grammar.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        render_scanner(changed, "E901.rl", tmp_path)
    assert [p.code for p in refused.value.problems] == ["E901"]


def test_a_changed_class_without_ragel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grammar = FIXTURES / "E901.rl"
    (tmp_path / OUTPUT).write_text(render_scanner(grammar, "E901.rl", tmp_path)[OUTPUT], encoding="utf-8")
    classes = tmp_path / "chars.c"
    classes.write_bytes(CHARS.read_bytes() + b"\n")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("generator.scanner.CHARS", classes)
    with pytest.raises(Refused) as refused:
        render_scanner(grammar, "E901.rl", tmp_path)
    assert [p.code for p in refused.value.problems] == ["E901"]


def test_a_role_has_as_many_rows_as_the_lookup_can_name(monkeypatch: pytest.MonkeyPatch) -> None:
    most = max(len(machine.rows) for machine in check(load(BASE, "spec.yaml"), FIXTURES / "runtime"))
    monkeypatch.setattr(names, "MOST_ROWS", most)
    assert problems_of(BASE) == []
    monkeypatch.setattr(names, "MOST_ROWS", most - 1)
    assert {p.code for p in problems_of(BASE)} == {"E114"}


def test_every_code_has_a_fixture() -> None:
    assert {path.name.split(".")[0] for path in [*SPECS, *GRAMMARS]} == set(CODES)


def test_the_manual_has_every_code() -> None:
    manual = (ROOT / "docs" / "SPEC.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (E\d{3}) \| (.*?) +\|$", manual, re.MULTILINE)) == CODES


def test_problems_are_reported_as_compilers_do() -> None:
    assert Problem(3, "E201", "no.").report("a.yaml") == "a.yaml:3: E201: no."
    assert Problem(3, "E803", "no.", "b.c").report("a.yaml") == "b.c:3: E803: no."


@pytest.mark.parametrize(("text", "line", "words"), [
    ("a: b: c", 1, "A second colon in one line"),
    ("a:\n\tb: 1", 2, "indent with spaces"),
    ("a: [1\nb: 3", 2, "A bracket is not closed"),
    ("a: {b: 1}}", 1, "a bracket or quote is left over"),
    ('a: 1\nb: "open\nc: 1', 3, "A quote is not closed. (PyYAML: while scanning a quoted scalar from line 2 on"),
    ("a: 1\nb\nc: 1", 3, "A key has no colon"),
    ("a: *b", 1, "`*NAME` needs an `&NAME` above it."),
    ("a: |x", 1, "Look here and in the lines above"),
    ("a: 1\nb: \x01", 2, "A control character."),
])
def test_what_is_not_yaml_is_explained(text: str, line: int, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_tree(text)
    assert [(p.code, p.line) for p in refused.value.problems] == [("E001", line)]
    assert words in refused.value.problems[0].text


def test_no_single_line_can_break_the_generator(tmp_path: Path) -> None:
    """Whatever line is missing or stands twice: accepted or refused, never a crash."""
    lines = BASE.read_text(encoding="utf-8").splitlines()
    spec = tmp_path / "spec.yaml"
    refused = 0
    for number in range(len(lines)):
        for changed in (lines[:number] + lines[number + 1:], lines[: number + 1] + lines[number:]):
            spec.write_text("\n".join(changed), encoding="utf-8")
            refused += bool(problems_of(spec))
    assert refused > len(lines) / 2
