# SPDX-License-Identifier: MIT
"""Names that sources share become their own; roles that are left out disappear."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from amalgamation.conditions import decided
from amalgamation.names import own_names
from amalgamation.private import defined_functions, made_static
from amalgamation.rename import all_names, made_unique
from amalgamation.tokens import text_of, tokens_of
from cmake.sources import FILE, ROOT, parse

FIRST = """\
#include <stdio.h>
#define SIZE 3
#ifndef SETTING
#define SETTING 7
#endif
enum { LIMIT = SIZE, OTHER };
typedef struct item { int size; int LIMIT_; struct item *next; int (*run)(struct item *, int); char room[LIMIT]; } item_t;
typedef int unary_t(int);
static int count, *where = &count, list[SIZE];
static int (*chosen)(int);
/* Calls next() of next. */
static int next(int step)
{
    item_t item = {.size = step, .next = NULL};
    struct item *at = &item;
    return at->size + (int)sizeof item.room + count;
}
static unary_t twice;
static int twice(int next_) { return 2 * next(next_); }
int first(void);
int first(void)
{
    chosen = twice;
    *where = LIMIT;
    list[0] = chosen(1);
    printf("next %d %d\\n", list[0], SETTING);
    return list[0];
}
"""

SECOND = """\
#define SIZE 9
enum { LIMIT = 1000 };
typedef union item { long size; char *next; } item_t;
static long count = LIMIT;
static long next(void) { item_t it = {.size = SIZE}; union item *p = &it; return p->size + count; }
int second(void);
int second(void) { return (int)next(); }
"""


def test_names_at_file_scope_are_found() -> None:
    names = own_names(FIRST)
    assert names.ordinary == {"LIMIT", "OTHER", "item_t", "unary_t", "count", "where", "list", "chosen", "next", "twice"}
    assert names.tags == {"item"}
    assert names.macros == {"SIZE"}, "SETTING may be set from outside"


def test_two_sources_become_one_that_does_what_they_did(tmp_path: Path) -> None:
    others = {"first": all_names(SECOND), "second": all_names(FIRST)}
    one = "".join(made_unique(text, stem, others[stem]) for stem, text in (("first", FIRST), ("second", SECOND)))
    main = "int main(void) { return first() == 14 && second() == 1009 ? 0 : 1; }\n"
    (tmp_path / "one.c").write_text(one + main, encoding="utf-8")
    command = ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "one.c", "-o", "one"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    done = subprocess.run([tmp_path / "one"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("next 14 7\n", 0)
    assert "Calls first_next() of next." in one
    assert ".next = NULL" in one and "at->size" in one and "struct first_item *next;" in one


def test_without_new_names_they_are_no_source(tmp_path: Path) -> None:
    """What all this is for."""
    (tmp_path / "one.c").write_text(FIRST + SECOND, encoding="utf-8")
    done = subprocess.run(["gcc", "-std=c11", "-c", "one.c"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0


def test_a_new_name_that_exists_is_not_taken() -> None:
    text = "static int next(void) { return 1; }\nint first_next(void) { return next(); }\n"
    renamed = made_unique(text, "first", frozenset())
    assert "static int first_own_next(void)" in renamed and "return first_own_next();" in renamed
    with pytest.raises(ValueError, match="first: first_next is a name already"):
        made_unique(text + "int first_own_next(void);\n", "first", frozenset())


def test_a_shared_macro_is_renamed_where_it_is_used() -> None:
    renamed = made_unique("#define ROOM (COUNT * 2)\n#define COUNT 4\nint a[ROOM];\n#if COUNT > 3\n#endif\n", "it",
                          frozenset())
    assert renamed == "#define IT_ROOM (IT_COUNT * 2)\n#define IT_COUNT 4\nint a[IT_ROOM];\n#if IT_COUNT > 3\n#endif\n"


def test_strings_and_members_stay() -> None:
    text = 'static int size;\nint f(s_t *s) { return s->size + g("size") + size; }\n'
    assert made_unique(text, "it", frozenset()).endswith('return s->size + g("size") + it_size; }\n')


def test_functions_of_a_part_alone_become_static() -> None:
    source = "int f(void) { return g(1); }\nstatic int h(void) { return 1; }\nint g(int a) { return a; }\n"
    header = ("typedef int f_t(int);\nint f(void);\nf_t g;\nextern const int f_table[2];\n"
              "static inline int i(void) { return 1; }\nint elsewhere(void);\n")
    functions = defined_functions([source])
    assert functions == {"f", "g"}
    assert made_static(header, functions) == header.replace("int f(void);", "static int f(void);") \
        .replace("f_t g;", "static f_t g;")


KNOWN = {"SERVER": True, "CLIENT": False}


@pytest.mark.parametrize(("text", "left"), [
    ("#if SERVER\na\n#endif\n", "a\n"),
    ("#if CLIENT\na\n#else\nb\n#endif\n", "b\n"),
    ("#if SERVER && CLIENT\na\n#elif CLIENT\nb\n#else\nc\n#endif\n", "c\n"),
    ("#if !SERVER && !CLIENT\n#error both\n#endif\nd\n", "d\n"),
    ("#if SERVER || CLIENT /* any */\na\n#endif\n", "a\n"),
    ("#if CLIENT\na\n#elif OTHER\nb\n#else\nc\n#endif\n", "#if OTHER\nb\n#else\nc\n#endif\n"),
    ("#if OTHER\na\n#elif SERVER\nb\n#else\nc\n#endif\n", "#if OTHER\na\n#else\nb\n#endif\n"),
    ("#if OTHER\na\n#elif CLIENT\nb\n#else\nc\n#endif\n", "#if OTHER\na\n#else\nc\n#endif\n"),
    ("#ifdef OTHER\n#if CLIENT\na\n#endif\nb\n#endif\n", "#ifdef OTHER\nb\n#endif\n"),
    ("#if CLIENT\n#if OTHER\na\n#else\nb\n#endif\n#endif\nc\n", "c\n"),
    ("#ifndef CLIENT\n#define CLIENT 1\n#endif\n", "#ifndef CLIENT\n#define CLIENT 1\n#endif\n"),
    ("#if CLIENT > 0\na\n#endif\n", "#if CLIENT > 0\na\n#endif\n"),
])
def test_roles_that_are_left_out_disappear(text: str, left: str) -> None:
    assert decided(text, KNOWN) == left


def test_tokens_are_the_source() -> None:
    for files in parse(FILE.read_text(encoding="utf-8")).values():
        for file in files:
            text = (ROOT / file).read_text(encoding="utf-8")
            assert text_of(tokens_of(text)) == text, file
