# SPDX-License-Identifier: MIT
"""What attackers send and networks do, entry by entry, and the tests beside those of this folder
that show the answer. Where a test is named, an innocent connection looks on there as well, or the
simulated world is too small for one.
"""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    words: str
    tests: tuple[str, ...] = ()  # "file" or "file::name"; in the name's file it stands as written


ENTRIES = {
    1: Entry("The handshake byte by byte, in one segment, with a frame behind it",
             ("tests/interop/test_http.py::test_a_frame_glued_to_the_request",
              "tests/interop/test_hostile_servers.py::test_a_frame_in_the_same_segment_as_the_handshake")),
    2: Entry("A slow handshake; all places held by slow peers",
             ("tests/interop/test_limits.py::test_slow_handshakes_are_cut_off_while_others_are_served",
              "tests/calm/test_half_open.py::test_an_innocent_client_among_them")),
    3: Entry("Lines, heads, counts, targets beyond their limits"),
    4: Entry("Keys that are missing, double, of another length, no base64"),
    5: Entry("Versions that are missing, others, double, huge"),
    6: Entry("Connection and Upgrade as lists of any form"),
    7: Entry("Folded lines, bare line ends, NUL, bytes beyond ASCII, bad names",
             ("tests/handshake/response.md",)),
    8: Entry("Host, target, version and method of the request"),
    9: Entry("Bodies, and requests behind the request", ("tests/handshake/body.md",)),
    10: Entry("Lists of subprotocols"),
    11: Entry("Lists of extensions"),
    12: Entry("Line breaks in what the application sends out",
              ("tests/tools/test_connect_options.py", "tests/url/test_url.c", "tests/handshake/admission.md")),
    13: Entry("Answers of a hostile server",
              ("tests/interop/test_hostile_servers.py::test_an_answer_that_breaks_the_handshake",
               "tests/interop/test_hostile_servers.py::test_a_head_without_end",
               "tests/interop/test_answers.py::test_a_circle_of_redirects_ends",
               "tests/session/cases")),
    14: Entry("A place that a failed handshake has left",
              ("tests/sys_wss/test_failures.c::handshake_state_is_inherited_by_the_next_client",)),
    15: Entry("Other origins; TLS at a plain port and the reverse",
              ("tests/tls/test_serve.py::test_plain_http_at_the_port_of_tls",
               "tests/tls/test_serve.py::test_tls_at_the_port_of_plain_http")),
    16: Entry("Lengths: top bit, huge, not the shortest form; headers cut anywhere"),
    17: Entry("Reserved bits and opcodes; masks"),
    18: Entry("Control frames: too long, fragmented, between fragments"),
    19: Entry("Fragments out of order and without end"),
    20: Entry("Close frames: length, codes, reason"),
    21: Entry("Text that is not UTF-8"),
    22: Entry("A flood of Pings while nothing can be sent",
              ("tests/calm/test_neighbours.py::test_an_innocent_client_does_not_notice",
               "tests/engine/cases/control.md")),
    23: Entry("Peers that never read, never answer a Close, send behind it, reset",
              ("tests/interop/test_hostile.py::test_a_client_that_never_reads_leaves_the_processor_to_others",
               "tests/interop/test_hostile.py::test_a_client_that_sends_only_after_our_close_does_not_stay",
               "tests/interop/test_hostile_servers.py::test_a_server_that_never_answers_our_close",
               "tests/engine/cases/closing.md")),
    24: Entry("Messages that are empty, or just as long as may be"),
    25: Entry("Compressed frames that were not agreed on"),
    26: Entry("Callbacks and other tasks that send, close and end all",
              ("tests/sys_wss/test_callback.c", "tests/sys_wss/test_threads.c", "tests/api/test_tasks.c",
               "tests/api/test_api.c::a_callback_may_end_connections")),
    27: Entry("Random numbers that fail, clocks that wrap and jump", ("tests/storm/weather.c",)),
    28: Entry("TLS: retries, renegotiation, truncation, small records, alerts",
              ("tests/tls/test_tls.c::test_any_split", "tests/tls/test_serve.py::test_renegotiation_is_refused",
               "tests/tls/test_tls_failures.c::test_end_without_close_notify",
               "tests/tls/test_serve.py::test_one_byte_per_record", "tests/tls/test_tls_hostile.c::test_at_each_byte")),
    29: Entry("Short writes, links that go down, names that are never found",
              ("tests/storm/weather.c", "tests/engine/cases/network.md", "tests/tools/test_connect_reach.py")),
}
