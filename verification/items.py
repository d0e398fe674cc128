# SPDX-License-Identifier: MIT
"""The proofs: what each shows, how it is run, its figure, and a mistake that makes it red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mutation.suites import PYTEST
from verification import measures
from verification.demonstrate import Demonstration, Edit


@dataclass(frozen=True)
class Item:
    """`run`: the command for people."""

    name: str
    shows: str
    run: str
    measure: Callable[[], str]
    demonstration: Demonstration | None = None


ITEMS = (
    Item("Grammar",
         "The C scanner is the automaton that Ragel exports; what it accepts other parsers accept; what it refuses reaches "
         "no application.",
         "pytest tests/grammar", measures.grammar,
         Demonstration(
             "a request may say http/1.1",
             Edit("spec/http_upgrade.rl", "full_request   = HTTP_version CRLF",
                  'full_request   = ( HTTP_version | "http/" [0-9] @major "." [0-9] @minor ) CRLF'),
             (*PYTEST, "tests/grammar/test_parsers.py"), ("replay_request", "grammar_scanner_0", "grammar_scanner_1"))),
    Item("Model in lockstep",
         "The engine does what an interpreter of the specification, and models of the RFCs, say.",
         "pytest tests/model", measures.lockstep,
         Demonstration(
             "a Ping that waits is remembered without its length",
             Edit("runtime/wss_control.c", "    slot->length = (uint8_t)ping->length;\n", ""),
             (*PYTEST, "tests/model/test_engine.py", "-k", "not small and not seen"),
             ("model_engine_0", "model_engine_1"))),
    Item("Model checking",
         "Rules that were written by hand from the RFC hold wherever client and server can come to "
         "([docs/MODEL.md](MODEL.md)).",
         "scripts/model", measures.model,
         Demonstration(
             "the Close that answers ours is answered in turn",
             Edit("spec/wss_states.yaml",
                  "- {when: rx_close,   role: server, to: flushing, do: [note_close, finish_stream]",
                  "- {when: rx_close,   role: server, to: flushing, do: [note_close, echo_close, finish_stream]"),
             ("scripts/model",))),
    Item("Simulated weather",
         "A server and a client of ours lose, double and reorder nothing, whatever the network, the clock and the generator do.",
         "build/tests/storm/storm --seeds 1000 --met", measures.storm,
         Demonstration(
             "a byte too few is taken from the stream",
             Edit("runtime/wss_receive.c", "conn->stream->ops->consume(",
                  "bytes -= bytes - conn->loop->config->rx_buffer > 1; conn->stream->ops->consume("),
             ("build/tests/storm/storm", "--seeds", "60"), ("storm",))),
    Item("Hostile input",
         "Each attack gets its answer, and an innocent client does not notice.",
         "pytest tests/hostile", measures.hostile,
         Demonstration(
             "reserved bits are not looked at",
             Edit("runtime/wss_receive_header.c", "if ((header[0] & WSS_FRAME_RSV_MASK) != 0)", "if (false)"),
             (*PYTEST, "tests/hostile"), ("wss",))),
    Item("Fuzzing",
         "Whatever comes, no memory is touched that is not ours, and nothing is undefined.",
         "scripts/fuzz", measures.fuzz,
         Demonstration(
             "a control frame may be as long as others",
             Edit("runtime/wss_receive_header.c", "(header[1] & WSS_FRAME_LENGTH_MASK) > WSS_CONTROL_MAX)",
                  "(header[1] & WSS_FRAME_LENGTH_MASK) > WSS_LENGTH_64)"),
             ("scripts/fuzz", "20", "fuzz_server"))),
    Item("Traceability",
         "Each requirement of RFC 6455 has what fulfils it and a test ([docs/RFC6455.md](RFC6455.md)).",
         "pytest tests/rfc6455", measures.requirements,
         Demonstration(
             "a test is gone",
             Edit("tests/engine/cases/framing.md", "## An unmasked frame\n", "## A frame\n"),
             (*PYTEST, "tests/rfc6455"))),
    Item("Bounds",
         "Every line of runtime, generated code and vendor APIs is executed by a test; nothing recurses or allocates; "
         "analyzers and MISRA find what is explained ([docs/MISRA.md](MISRA.md)).",
         "scripts/coverage", measures.bounds,
         Demonstration(
             "a function of the runtime allocates (`scripts/static`)",
             Edit("runtime/wss_words.c", '#include "wss_handshake.h"\n',
                  '#include "wss_handshake.h"\n\n#include <stdlib.h>\n\nvoid *wss_more(size_t size);\n'
                  "void *wss_more(size_t size)\n{\n    return malloc(size);\n}\n"),
             ("scripts/static",))),
    Item("Mutants",
         "A mistake in the runtime or the specification is seen.",
         "scripts/mutate", measures.mutants),
)
