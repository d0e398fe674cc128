# SPDX-License-Identifier: MIT
"""What PyYAML's messages mean to somebody who edits the specification."""

from __future__ import annotations

import yaml

MEANINGS = (
    ("mapping values are not allowed",
     "A second colon in one line, or a wrong indentation; a text with a colon needs quotes."),
    ("cannot start any token", "A character has no meaning here: indent with spaces, put texts in quotes."),
    ("expected ':'", "A key has no colon, or a text has no closing quote."),
    ("found unexpected end of stream", "A quote is not closed."),
    ("unexpected end of document", "A quote is not closed."),
    ("expected ',' or", "A bracket is not closed, or a comma is missing, here or in the lines above."),
    ("expected <block end>", "The indentation is unlike that of the lines above, or a bracket or quote is left over."),
    ("expected the node content", "A value is missing, or begins with a character that needs quotes."),
    ("undefined alias", "`*NAME` needs an `&NAME` above it."),
    ("expected alphabetic or numeric character", "`*` and `&` begin a name: put the text in quotes."),
    ("unknown escape character", "A backslash in double quotes: double it, or use single quotes."),
)
OTHERWISE = "Look here and in the lines above for a quote, bracket, colon or indentation."


def plainly(error: yaml.MarkedYAMLError) -> str:
    """A sentence of ours, and PyYAML's own words after it."""
    words = error.problem or "no reason given"
    meaning = next((plain for part, plain in MEANINGS if part in words), OTHERWISE)
    begun = f"{error.context} from line {error.context_mark.line + 1} on: " if error.context_mark else ""
    return f"{meaning} (PyYAML: {begun}{words}.)"
