# SPDX-License-Identifier: MIT
"""nats_client and a cluster of three nats-servers: what was acknowledged is there, once,
whatever becomes of the servers."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.examples import nats_raw
from tests.examples.nats_cluster import SERVER, Cluster, Node, wait_until
from tests.examples.nats_client import COUNT, Client

EARLY = 100  # acknowledgements after which things happen

pytestmark = pytest.mark.skipif(
    SERVER is None, reason="there is no nats-server; scripts/bootstrap installs it"
)


def messages(count: int = COUNT) -> list[str]:
    return [f"message {number}" for number in range(1, count + 1)]


def check(client: Client, node: Node, count: int = COUNT) -> None:
    """Both the client and a server know each message once, and where it is."""
    assert client.end() == 0, client.errors()
    assert client.last == f"{count} acknowledged, {count} read"
    assert sorted(client.read) == sorted(messages(count))
    stored = nats_raw.stored(node.ports.client, client.stream)
    assert sorted(stored.values()) == sorted(messages(count))
    for number, position in client.acknowledged.items():
        assert stored[position] == f"message {number}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("nats")) as cluster:
        yield cluster


@pytest.fixture
def cluster(running: Cluster) -> Iterator[Cluster]:
    """A whole cluster; what a test kills or stops is mended after it."""
    yield running
    running.mend()
    running.wait_whole()


def test_without_trouble_all_is_stored(cluster: Cluster) -> None:
    with Client("quiet", urls=cluster.urls) as client:
        check(client, cluster.nodes[0])


def test_a_killed_server_is_left_for_another(cluster: Cluster) -> None:
    with Client("killed", urls=cluster.urls) as client:
        first = client.connected()
        client.after(EARLY)
        cluster.node(first).kill()
        second = client.connected()
        assert second != first and len(client.acknowledged) < COUNT
        check(client, cluster.node(second))


def test_a_server_that_answers_no_more_is_left(cluster: Cluster) -> None:
    with Client("frozen", urls=cluster.urls) as client:
        first = client.connected()
        client.after(EARLY)
        cluster.node(first).send(signal.SIGSTOP)
        second = client.connected()
        assert second != first and len(client.acknowledged) < COUNT
        check(client, cluster.node(second))


def test_the_leader_of_the_stream_may_die(cluster: Cluster) -> None:
    with Client("led", urls=cluster.urls) as client:
        used = cluster.node(client.connected())
        client.after(EARLY)
        leader = nats_raw.leader(used.ports.client, "led")
        cluster.node(leader).kill()
        survivor = next(node for node in cluster.nodes if node.name != leader)
        check(client, survivor)


def test_the_leader_of_the_cluster_may_die_while_the_stream_is_created(cluster: Cluster) -> None:
    leader = cluster.node(cluster.leader())
    others = [node.url for node in cluster.nodes if node is not leader]
    leader.send(signal.SIGSTOP)
    # The third URL asks for three replicas; nobody calls it while the first two answer.
    with Client("born", urls=[*others, others[0]]) as client:
        client.connected()
        leader.kill()
        leader.start()
        client.until("created born")
        check(client, cluster.node(others[0]))


def test_a_stream_that_has_no_place_yet_is_asked_for_again(cluster: Cluster) -> None:
    leader = cluster.node(cluster.leader())
    away = next(node for node in cluster.nodes if node is not leader)
    away.shut_down()
    wait_until("the leader misses a server", lambda: leader.missed == [away.name])
    with Client("cramped", urls=cluster.urls) as client:
        client.until_complaint("the stream is not created")
        away.start()
        check(client, leader)


def test_servers_may_restart_one_after_the_other(cluster: Cluster) -> None:
    with Client("rolled", urls=cluster.urls) as client:
        client.connected()
        for number, node in enumerate(cluster.nodes, 1):
            client.after(number * EARLY)
            node.kill()
            node.start()
            cluster.wait_whole()
        assert len(client.acknowledged) < COUNT
        check(client, cluster.nodes[0])


def test_all_servers_may_restart_at_once(cluster: Cluster) -> None:
    with Client("dark", urls=cluster.urls) as client:
        client.connected()
        client.after(EARLY)
        for node in cluster.nodes:
            node.kill()
        for node in cluster.nodes:
            node.start()
        client.connected()
        assert len(client.acknowledged) < COUNT
        check(client, cluster.nodes[0])


def test_a_client_that_begins_anew_stores_nothing_twice(cluster: Cluster) -> None:
    with Client("again", urls=cluster.urls) as client:
        client.after(EARLY)
        client.process.kill()
        known = client.acknowledged
    with Client("again", urls=cluster.urls) as client:
        check(client, cluster.nodes[0])
        assert known.items() <= client.acknowledged.items()


def test_two_clients_share_a_stream(cluster: Cluster) -> None:
    with Client("shared", "--name", "a", urls=cluster.urls, count=EARLY) as one:
        with Client("shared", "--name", "b", urls=cluster.urls, count=EARLY) as other:
            assert one.end() == 0 and other.end() == 0
    stored = nats_raw.stored(cluster.nodes[0].ports.client, "shared")
    assert sorted(stored.values()) == sorted(messages(EARLY) * 2)
    assert len({*one.acknowledged.values(), *other.acknowledged.values()}) == 2 * EARLY
