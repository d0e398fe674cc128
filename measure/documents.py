# SPDX-License-Identifier: MIT
"""Tables between marks, <!-- name --> and <!-- /name -->, in documents. What is between other marks,
and all the rest, is somebody else's.
"""

from __future__ import annotations

import re


def filled(document: str, mark: str, table: str) -> str:
    """The document with the table between the marks. ValueError: it does not have them once."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    if document.count(begin) != 1 or document.count(end) != 1:
        raise ValueError(f"the marks {begin.strip()} and {end} are not there once")
    return re.sub(f"(?<={re.escape(begin)}).*(?={re.escape(end)})", lambda _: table, document, flags=re.S)
