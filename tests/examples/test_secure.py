# SPDX-License-Identifier: MIT
"""The clients of brokers over wss://."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples import mqtt_broker
from tests.examples.mqtt_broker import Broker
from tests.examples.mqtt_process import Client as MqttClient
from tests.examples.mqtt_process import messages
from tests.examples.nats_client import Client as NatsClient
from tests.examples.nats_cluster import SERVER, Cluster
from tests.tls.openssl import CA, certificate, key

IDENTITY = (certificate("ec"), key("ec"))
COUNT = 200

needs_nats = pytest.mark.skipif(SERVER is None, reason="there is no nats-server (scripts/bootstrap)")
needs_mqtt = pytest.mark.skipif(not mqtt_broker.THERE, reason="there is no mosquitto (scripts/bootstrap)")


@needs_nats
def test_nats(tmp_path: Path) -> None:
    with Cluster(tmp_path, 1, identity=IDENTITY) as cluster:
        with NatsClient("orders", urls=cluster.urls, count=COUNT, env={"WSS_CA": CA}) as client:
            assert client.end() == 0, client.errors()
            assert len(client.acknowledged) == len(client.read) == COUNT


@needs_nats
def test_a_nats_server_that_is_not_trusted(tmp_path: Path) -> None:
    other = {"WSS_CA": certificate("other-ca")}
    with Cluster(tmp_path, 1, identity=IDENTITY) as cluster:
        with NatsClient("orders", "--patience", "1", urls=cluster.urls, count=1, env=other) as client:
            client.until_complaint("CA")
            assert client.end() == 1
            assert client.acknowledged == {}


@needs_mqtt
def test_mqtt(tmp_path: Path) -> None:
    with Broker(tmp_path / "broker", identity=IDENTITY) as broker:
        options = ("--publish", "t/numbers", "--count", str(COUNT))
        with MqttClient("--id", "publisher", *options, broker.url, WSS_CA=CA) as client:
            assert client.end() == 0, client.errors()
            assert client.acknowledged == messages(COUNT)


@pytest.mark.parametrize("program", [NatsClient, MqttClient])
def test_a_file_that_is_not_there(program: type[NatsClient] | type[MqttClient]) -> None:
    url = "wss://127.0.0.1:9/"
    if program is NatsClient:
        client: NatsClient | MqttClient = NatsClient("x", urls=[url], env={"WSS_CA": "/none"})
    else:
        client = MqttClient("--publish", "t", "--count", "1", url, WSS_CA="/none")
    with client:
        assert client.end() == 1
        assert "WSS_CA" in client.errors()
