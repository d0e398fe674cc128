# SPDX-License-Identifier: MIT
"""docs/TLS.md has each sentence that tls/ can say about a connection, and no other."""
from __future__ import annotations

import re

from tests.interop.server import ROOT


def said() -> set[str]:
    source = (ROOT / "tls/wss_tls_error.c").read_text(encoding="utf-8")
    literals = set(re.findall(r'"((?:[^"\\]|\\.)*)"', source))
    whole = {text for text in literals if re.fullmatch(r"[A-Z].*\.", text)}
    return whole - {"The key needs a password."}


def documented() -> set[str]:
    text = (ROOT / "docs/TLS.md").read_text(encoding="utf-8")
    table = text.split("<!-- sentences -->")[1].split("<!-- /sentences -->")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    return {row for row in rows if row != "Sentence" and "*" not in row}


def test_every_sentence_is_documented() -> None:
    assert said() == documented()
