# SPDX-License-Identifier: MIT
"""mqtt_client and mosquitto: what was acknowledged arrives, whatever becomes of the broker."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples import mqtt_broker
from tests.examples.mqtt_broker import Broker
from tests.examples.mqtt_fake import Fake
from tests.examples.mqtt_process import HAS_VALGRIND, Client, messages

COUNT = 1000  # of messages; many more than the pipe holds lines
EARLY = "acknowledged message 100"  # after which things happen
LARGE = 20_000  # bytes; the broker sends 4,096 of them each 100 ms

pytestmark = pytest.mark.skipif(
    not mqtt_broker.THERE,
    reason="there is no mosquitto with its clients; scripts/bootstrap installs them",
)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path / "broker") as running:
        yield running


def publisher(*urls: str, count: int = COUNT, valgrind: bool = False) -> Client:
    return Client(
        *("--id", "publisher", "--publish", "t/numbers", "--count", str(count)),
        *urls,
        valgrind=valgrind,
    )


def subscriber(*urls: str) -> Client:
    return Client("--id", "subscriber", "--subscribe", "t/#", *urls)


def first_arrivals(lines: list[str]) -> list[str]:
    """Without those that come again (QoS 1: at least once)."""
    return list(dict.fromkeys(lines))


def test_what_is_published_arrives_in_order(broker: Broker) -> None:
    broker.enlist("witness", "t/#")
    with publisher(broker.url) as client:
        assert client.end() == 0, client.errors()
        assert client.acknowledged == messages(COUNT)
        assert client.last == f"{COUNT} acknowledged"
    assert broker.collect("witness", "t/#", set(messages(COUNT))) == messages(COUNT)
    assert "Received DISCONNECT from publisher" in broker.log


def test_what_others_publish_is_received(broker: Broker) -> None:
    with subscriber(broker.url) as client:
        client.until(r"subscribed t/#")
        broker.publish("t/other", lines=messages(COUNT))
        client.until(rf"received t/other: message {COUNT}")
        assert client.stop() == 0
        assert client.received == messages(COUNT)


def test_with_qos_0_all_is_sent_before_the_end(broker: Broker) -> None:
    broker.enlist("witness", "t/#")
    with Client("--qos", "0", "--publish", "t/fast", "--count", "500", broker.url) as client:
        assert client.end() == 0, client.errors()
        assert client.last == "500 sent"
    broker.wait_log("Received PUBLISH from mqtt_client (d0, q0", 500)
    with Client("--qos", "0", "--subscribe", "t/#", broker.url) as client:
        client.until(r"subscribed t/#")
        broker.publish("t/slow", "-q", "0", "-m", "once")
        client.until(r"received t/slow: once")


@pytest.mark.parametrize("valgrind", [False, pytest.param(True, marks=pytest.mark.skipif(
    not HAS_VALGRIND, reason="there is no Valgrind, or a sanitizer takes its place"))])
def test_a_broker_may_restart(broker: Broker, valgrind: bool) -> None:
    broker.enlist("witness", "t/#")
    with subscriber(broker.url) as receiver:
        receiver.until(r"subscribed t/#")
        with publisher(broker.url, valgrind=valgrind) as sender:
            sender.until(EARLY)
            broker.end(signal.SIGTERM)
            broker.start()
            sender.until(r"connected .*")
            assert len(sender.acknowledged) < COUNT
            assert sender.end() == 0, sender.errors()
            assert sender.acknowledged == messages(COUNT)
            assert sender.connected == [broker.url] * 2
        receiver.until(rf"received t/numbers: message {COUNT}")
        assert receiver.stop() == 0
        assert first_arrivals(receiver.received) == messages(COUNT)
        assert receiver.connected == [broker.url] * 2
        assert receiver.subscribed == 1  # the broker has kept the subscription
    witnessed = broker.collect("witness", "t/#", set(messages(COUNT)))
    assert first_arrivals(witnessed) == messages(COUNT)


def test_a_broker_may_be_killed(broker: Broker) -> None:
    """It then may lose what it acknowledged last; not what is acknowledged after that."""
    broker.enlist("witness", "t/#")
    with publisher(broker.url) as client:
        client.until(EARLY)
        broker.end(signal.SIGKILL)
        broker.start()
        client.until(r"connected .*")
        before = len(client.acknowledged)
        assert before < COUNT
        assert client.end() == 0, client.errors()
        assert client.acknowledged == messages(COUNT)
    broker.collect("witness", "t/#", set(messages(COUNT)[before:]))


def test_a_broker_that_answers_no_more_is_left_for_another(broker: Broker, tmp_path: Path) -> None:
    with Broker(tmp_path / "other") as other:
        other.enlist("witness", "t/#")
        options = ("--keep-alive", "1", "--publish", "t/numbers", "--count", str(COUNT))
        with Client(*options, broker.url, other.url) as client:
            client.until(EARLY)
            broker.signal(signal.SIGSTOP)
            client.until(f"connected {other.url}")
            before = len(client.acknowledged)
            assert client.end() == 0, client.errors()
            assert client.acknowledged == messages(COUNT)
            assert f"{broker.url}: it does not answer" in client.errors()
        other.collect("witness", "t/#", set(messages(COUNT)[before:]))


def test_a_broker_that_is_gone_is_left_for_another(broker: Broker, tmp_path: Path) -> None:
    with Broker(tmp_path / "other") as other, publisher(broker.url, other.url) as client:
        client.until(EARLY)
        broker.end()
        assert client.end() == 0, client.errors()
        assert client.connected == [broker.url, other.url]
        assert client.acknowledged == messages(COUNT)


def test_a_broker_that_refuses_is_left_for_another(broker: Broker, tmp_path: Path) -> None:
    users = {"device": "secret"}
    with Broker(tmp_path / "strict", users) as strict, Fake() as plain:
        with Client("--publish", "t", "--count", "3", strict.url, plain.url, broker.url) as client:
            with plain.link(protocol=None) as link:
                assert link.closing() == 1002
            assert client.end() == 0, client.errors()
            assert client.connected == [broker.url]
            assert f"{strict.url}: it does not let the client connect" in client.errors()
            assert f"{plain.url}: it does not agree to the subprotocol mqtt" in client.errors()


def test_user_and_password(tmp_path: Path) -> None:
    with Broker(tmp_path / "strict", {"device": "secret"}) as strict:
        options = ("--publish", "t", "--count", "3", strict.url)
        with Client(*options, MQTT_USER="device", MQTT_PASSWORD="secret") as client:
            assert client.end() == 0, client.errors()
        with Client("--patience", "1", *options, MQTT_USER="device", MQTT_PASSWORD="x") as client:
            assert client.end() == 1
            assert "it does not let the client connect" in client.errors()
            assert client.errors().endswith("mqtt_client: not every message was acknowledged\n")


def test_the_broker_keeps_what_comes_while_the_client_is_away(broker: Broker) -> None:
    with subscriber(broker.url) as client:
        client.until(r"subscribed t/#")
        assert client.stop() == 0
    broker.publish("t/other", lines=messages(50))
    with subscriber(broker.url) as client:
        client.until(r"received t/other: message 50")
        assert client.stop() == 0
        assert client.received == messages(50)


def test_the_will_comes_unless_the_client_takes_leave(broker: Broker) -> None:
    options = ("--subscribe", "t", "--will-topic", "gone", "--will", "lost", broker.url)
    broker.enlist("witness", "gone")
    with Client("--id", "polite", *options) as client:
        client.until(r"subscribed t")
        assert client.stop() == 0
    broker.wait_log("Received DISCONNECT from polite")
    assert "'gone'" not in broker.log.replace("'gone' (QoS", "")
    with Client("--id", "lost", *options) as client:
        client.until(r"subscribed t")
        client.process.kill()
    assert broker.collect("witness", "gone", {"lost"}) == ["lost"]


def test_the_keep_alive_is_kept(broker: Broker) -> None:
    with Client("--keep-alive", "1", "--subscribe", "t", broker.url) as client:
        client.until(r"subscribed t")
        broker.wait_log("Received PINGREQ from mqtt_client", 4)
        broker.wait_log("Sending PINGRESP to mqtt_client", 4)
        assert client.stop() == 0
        assert len(client.connected) == 1


def test_a_message_longer_than_the_memory_is_cut_and_acknowledged(
    broker: Broker, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    large.write_text("x" * LARGE, encoding="ascii")
    with subscriber(broker.url) as client:
        client.until(r"subscribed t/#")
        broker.publish("t/large", "-f", str(large))
        kept = 1024 - len("t/large") - 4
        client.until(rf"received t/large: x{{{kept}}} and {LARGE - kept} bytes more")
        broker.publish("t/small", "-m", "next")
        client.until(r"received t/small: next")
        assert client.stop() == 0
    broker.wait_log("Received PUBACK from subscriber", 2)
