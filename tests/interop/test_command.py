# SPDX-License-Identifier: MIT
"""The `wss` command: options, messages, signals, exit status."""
from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess

import pytest

from tests.interop import raw, server
from tests.interop.server import Server


def test_prints_help_and_version() -> None:
    shown = server.run("--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "usage: wss serve" in shown.stdout
    shown = server.run("serve", "--port", "0", "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    shown = server.run("--version")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert re.fullmatch(r"wss \d+\.\d+\.\d+\n", shown.stdout)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["serve", "--port", "65536"], ["--port", '"65536"']),
        (["serve", "--port", "-1"], ["--port", '"-1"']),
        (["serve", "--port", "80a"], ["--port", '"80a"']),
        (["serve", "--port", " 80"], ["--port", '" 80"']),
        (["serve", "--port="], ["--port", '""']),
        (["serve", "--port"], ["--port: a value has to follow\n"]),
        (["serve", "--port", "18446744073709551617"], ["--port", '"18446744073709551617"']),
        (["serve", "--bind", "localhost"], ["--bind", '"localhost"']),
        (["serve", "--bind", "1.2.3"], ["--bind", '"1.2.3"']),
        (["serve", "--bind", "fe80::1"], ["--bind", '"fe80::1"', "scope"]),
        (["serve", "--path", "chat"], ["--path", '"chat"']),
        (["serve", "--path", "/a", "--path", "/b", "--path=/a"], ["--path", '"/a"', "twice"]),
        (["serve", "--protocol", "a", "--protocol", "a"], ["--protocol", '"a"', "twice"]),
        (["serve", "--origin", "a://b", "--origin", "a://b"], ["--origin", '"a://b"', "twice"]),
        (["serve", "--path", "/a b"], ["--path", '"/a b"']),
        (["serve", "--path", "/a?b"], ["--path", '"/a?b"']),
        (["serve", "--protocol", "a,b"], ["--protocol", '"a,b"']),
        (["serve", "--protocol", ""], ["--protocol", '""']),
        (["serve", "--origin", "example.org"], ["--origin", '"example.org"']),
        (["serve", "--max-clients", "0"], ["--max-clients", '"0"']),
        (["serve", "--max-message", "0"], ["--max-message", '"0"']),
        (["serve", "--idle-timeout", "1e3"], ["--idle-timeout", '"1e3"']),
        (["serve", "--ping-interval", "4294967296"], ["--ping-interval", '"4294967296"']),
        (["serve", "--quiet=yes"], ["--quiet", '"yes"']),
        (["serve", "--verbose"], ['"--verbose"']),
        (["serve", "now"], ['"now"']),
        (["dance"], ['"dance"']),
        ([], ["--help"]),
    ],
)
def test_names_the_wrong_option(arguments: list[str], named: list[str]) -> None:
    refused = server.run(*arguments)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("wss: ")
    assert refused.stderr.count("\n") == 1 and refused.stderr.endswith("\n")
    for word in named:
        assert word in refused.stderr


def test_refuses_more_than_it_can_hold() -> None:
    most = [f"--protocol=p{number}" for number in range(32)]
    with Server(*most):
        pass
    refused = server.run("serve", *most, "--protocol=one")
    assert refused.returncode == 2
    assert '"one"' in refused.stderr and "32" in refused.stderr


def test_help_names_the_ranges() -> None:
    shown = server.run("serve", "--help").stdout
    assert re.search(r"--max-clients N .*\n +1 to 60000\n", shown)
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_names_the_address_that_is_in_use() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = server.run("serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert f"127.0.0.1:{port}" in refused.stderr
    assert refused.stderr.count("\n") == 1


def has_ipv6() -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            return False
    return True


over_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="the machine has no ::1")


@over_ipv6
def test_listens_on_ipv6() -> None:
    with Server("--bind", "::1") as running:
        assert running.line.startswith("wss: listening on ws://[::1]:")
        with raw.Client(running.port, "::1") as client:
            assert client.open().status == 101


@over_ipv6
def test_the_ipv6_wildcard_is_all_of_ipv4_too() -> None:
    with Server("--bind", "::") as running:
        assert running.line.startswith("wss: listening on ws://[::]:")
        for address in ("127.0.0.1", "::1"):
            with raw.Client(running.port, address) as client:
                assert client.open().status == 101


def test_names_every_path() -> None:
    with Server("--path", "/a", "--path", "/b/c") as running:
        assert running.url.endswith("/a")
        running.signal(signal.SIGTERM)
        assert running.process.wait(server.HANG) == 0
        assert running.process.stdout is not None
        rest = running.process.stdout.read()
        assert rest == f"wss: listening on ws://127.0.0.1:{running.port}/b/c\n"


def test_says_who_comes_and_goes() -> None:
    with Server() as running:
        with raw.Client(running.port) as client:
            client.open()
            client.send(raw.encode(raw.CLOSE, b"\x03\xe8"))
            assert client.frame().code == 1000
            assert client.at_end()
            own = "{}:{}".format(*client.socket.getsockname())
        status, errors = running.stop()
    assert status == 0
    assert [line for line in errors.splitlines() if own in line] == errors.splitlines()
    assert re.search(r"opened\n.*closed 1000", errors)


def test_quiet_prints_its_address_alone() -> None:
    with Server("--quiet") as running:
        with raw.Client(running.port) as client:
            client.open()
            client.send(raw.encode(raw.CLOSE))
            assert client.frame().code == 1005
        assert running.stop() == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_with_1001(number: signal.Signals) -> None:
    with Server("--quiet") as running, raw.Client(running.port) as client:
        client.open()
        running.signal(number)
        close = client.frame()
        assert close.code == 1001
        client.send(raw.encode(raw.CLOSE, close.payload))
        assert client.at_end()
        client.socket.close()
        assert running.wait() == (0, "")


def test_a_signal_without_clients_ends_it() -> None:
    with Server("--quiet") as running:
        assert running.stop() == (0, "")


def test_no_new_clients_after_a_signal() -> None:
    with Server("--quiet") as running, raw.Client(running.port) as client:
        client.open()
        running.signal(signal.SIGTERM)
        assert client.frame().code == 1001
        with pytest.raises(ConnectionRefusedError):
            raw.Client(running.port)
        client.send(raw.encode(raw.CLOSE, b"\x03\xe9"))
        assert client.at_end()
        client.socket.close()
        assert running.wait() == (0, "")


def test_a_second_signal_aborts() -> None:
    with Server("--quiet", "--close-timeout", "3600000") as running:
        with raw.Client(running.port) as client:
            client.open()
            running.signal(signal.SIGTERM)
            assert client.frame().code == 1001
            running.signal(signal.SIGTERM)
            assert running.wait()[0] == 0
            with pytest.raises(ConnectionResetError):
                client.fill()


def test_waits_for_clients_no_longer_than_the_close_timeout() -> None:
    with Server("--quiet", "--close-timeout", "50") as running:
        with raw.Client(running.port) as client:
            client.open()
            running.signal(signal.SIGTERM)
            assert client.frame().code == 1001
            assert running.wait()[0] == 0


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def test_file_descriptors_that_cannot_be_had() -> None:
    without_privilege = ["setpriv", "--bounding-set=-sys_resource"] if os.geteuid() == 0 else []
    refused = subprocess.run(
        [*without_privilege, *server.command(), "serve", "--port", "0", "--max-clients", "1000"],
        preexec_fn=limit_files,
        capture_output=True,
        text=True,
        timeout=server.HANG,
    )
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert '--max-clients: "1000"' in refused.stderr
    assert refused.stderr.count("\n") == 1


def close_input_and_errors() -> None:
    os.close(0)
    os.close(2)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_closed_standard_streams_take_no_descriptor_of_clients(workers: str) -> None:
    """What is said of clients goes nowhere, above all not to a client."""
    arguments = [*server.command(), "serve", "--port", "0", "--workers", workers]
    running = subprocess.Popen(arguments, stdout=subprocess.PIPE, preexec_fn=close_input_and_errors)
    try:
        assert running.stdout is not None
        found = re.search(rb":(\d+)/", running.stdout.readline())
        assert found is not None
        for _ in range(4):
            with raw.Client(int(found[1])) as client:
                client.open()
                client.send(raw.encode(raw.PING, b"?"))
                assert client.frame() == raw.Frame(True, raw.PONG, b"?")
        running.terminate()
        assert running.wait(server.HANG) == 0
    finally:
        running.kill()
        running.communicate(timeout=server.HANG)
