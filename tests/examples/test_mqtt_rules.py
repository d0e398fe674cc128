# SPDX-License-Identifier: MIT
"""mqtt_client by the byte, against a broker by hand: what MQTT 3.1.1 has it say, and what
becomes of a broker that breaks the rules."""

from __future__ import annotations

import struct
import subprocess
import threading
from collections.abc import Iterator

import pytest

from tests.examples import mqtt_fake
from tests.examples.mqtt_fake import CONNACK, PRESENT, SUBACK, Fake, Link, publish, puback, text
from tests.examples.mqtt_process import PROGRAM, Client, messages
from tests.interop import raw
from tests.interop.server import HANG

WINDOW = 16  # messages that wait for their acknowledgement
LAST_ID = 65534  # of messages
FLOOD = 20_000  # messages whose acknowledgements no socket holds


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Fake() as listening:
        yield listening


def publication(number: int, again: bool = False) -> tuple[int, bytes]:
    body = text("t") + struct.pack("!H", number) + f"message {number}".encode()
    return 0x3A if again else 0x32, body


def hear_all(link: Link, *said: tuple[int, bytes]) -> None:
    for each in said:
        assert link.hear() == each


# ---------------------------------------------------------------- what the client says


def test_the_connect(fake: Fake) -> None:
    words = ("--id", "device", "--keep-alive", "300", "--publish", "t", "--count", "1", fake.url)
    with Client(*words):
        with fake.link() as link:
            assert "\r\nSec-WebSocket-Protocol: mqtt" in link.head
            assert link.accept() == text("MQTT") + b"\x04\x00\x01\x2c" + text("device")
    will = ("--will-topic", "gone", "--will", "w" * 128)
    with Client(*will, *words, MQTT_USER="name", MQTT_PASSWORD="p" * 128):
        with fake.link() as link:
            assert link.accept() == text("MQTT") + b"\x04\xcc\x01\x2c" + b"".join(
                text(each) for each in ("device", "gone", "w" * 128, "name", "p" * 128)
            )
    with Client("--will-topic", "gone", "--qos", "0", *words, MQTT_USER="name"):
        with fake.link() as link:
            assert link.accept() == text("MQTT") + b"\x04\x84\x01\x2c" + b"".join(
                text(each) for each in ("device", "gone", "", "name")
            )


def test_a_window_of_messages_waits_and_is_said_again(fake: Fake) -> None:
    count = 2 * WINDOW
    words = ("--keep-alive", "1", "--publish", "t", "--count", str(count), fake.url)
    first, second = range(1, WINDOW + 1), range(WINDOW + 1, count + 1)
    with Client(*words) as client:
        with fake.link() as link:
            link.accept()
            hear_all(link, *[publication(number) for number in first])
            hear_all(link, (0xC0, b""))  # a PINGREQ, as nothing else may be said
            link.say(puback(2), puback(2), puback(7))
        with fake.link() as link:
            link.accept(PRESENT)
            again = [number for number in first if number not in (2, 7)]
            hear_all(link, *[publication(number, again=True) for number in again])
            link.say(puback(1))
            hear_all(link, publication(17), publication(18))  # 1 and 2 have made place
            link.say(puback(3), puback(4), puback(5), puback(6), puback(6), puback(9999))
            hear_all(link, *[publication(number) for number in range(19, 24)])
            for number in [*first[7:], *second]:
                link.say(puback(number))
            hear_all(link, *[publication(number) for number in second[7:]], (0xE0, b""))
            assert link.closing() == 1000
        assert client.end() == 0, client.errors()
        assert sorted(client.acknowledged) == sorted(messages(count))
        assert client.last == f"{count} acknowledged"


def test_the_identifiers_begin_anew_before_that_of_the_subscription(fake: Fake) -> None:
    count = LAST_ID + 3
    words = ("--publish", "t", "--count", str(count), fake.url)
    with Client(*words) as client, fake.link() as link:
        reader = threading.Thread(target=client.end)
        reader.start()
        link.accept()
        for number in range(1, count + 1):
            first, body = link.hear()
            assert first == 0x32
            (identity,) = struct.unpack("!H", body[3:5])
            assert identity == (number - 1) % LAST_ID + 1
            link.say(puback(identity))
        assert link.hear() == (0xE0, b"")
        assert link.closing() == 1000
        reader.join(HANG)
        assert len(client.acknowledged) == count


def test_a_subscription_is_said_again_where_the_broker_has_lost_it(fake: Fake) -> None:
    subscribe = (0x82, b"\xff\xff" + text("a/#") + b"\x01")
    with Client("--subscribe", "a/#", fake.url) as client:
        with fake.link() as link:
            link.accept()
            hear_all(link, subscribe)  # and no SUBACK comes
        with fake.link() as link:
            link.accept(PRESENT)
            hear_all(link, subscribe)
            link.say(SUBACK)
            client.until(r"subscribed a/#")
        with fake.link() as link:
            link.accept(PRESENT)
            link.say(publish("a", "x", 5))
            hear_all(link, (0x40, b"\x00\x05"))
        with fake.link() as link:
            link.accept()
            hear_all(link, subscribe)


def test_what_finds_no_room_is_acknowledged_later() -> None:
    """The broker says all before it reads: acknowledgements fill the way back by then."""
    with Fake(narrow=True) as narrow, Client("--subscribe", "t", narrow.url) as client:
        with narrow.link() as link:
            reader = flood(link, client)
            for number in range(1, FLOOD + 1):
                assert link.hear() == (0x40, struct.pack("!H", number))
            reader.join(HANG)
        assert client.received == [str(number) for number in range(1, FLOOD + 1)]


def test_what_finds_no_room_ends_with_its_connection() -> None:
    with Fake(narrow=True) as narrow, Client("--subscribe", "t", narrow.url) as client:
        with narrow.link() as link:
            reader = flood(link, client)
        with narrow.link() as link:
            link.accept()
            link.say(publish("t", str(FLOOD), 1))
            reader.join(HANG)
        assert len(client.connected) == 2


def flood(link: Link, client: Client) -> threading.Thread:
    """Says much, and hears nothing of the answers. The thread ends when the client has printed
    the last message."""
    link.accept()
    assert link.hear()[0] == 0x82
    reader = threading.Thread(target=client.until, args=[rf"received t: {FLOOD}"])
    reader.start()
    for number in range(1, FLOOD + 1):
        link.say(publish("t", str(number), number))
    return reader


# -------------------------------------------------------------- what the client hears


@pytest.mark.parametrize("cut", [1, 2, 3, 7, 1 << 16])
def test_packets_need_not_be_messages(fake: Fake, cut: int) -> None:
    """MQTT 3.1.1, 6: a message may hold several packets, or a part of one."""
    long = "y" * 700
    packets = CONNACK + publish("t", "") + publish("a/b", long, 9) + publish("t", "z") + SUBACK
    with Client("--subscribe", "t", fake.url) as client:
        with fake.link() as link:
            assert link.hear()[0] == 0x10
            for at in range(0, len(packets), cut):
                link.say(packets[at : at + cut])
                link.say(b"")
            hear = [link.hear(), link.hear()]
            assert sorted(hear) == [(0x40, b"\x00\x09"), (0x82, b"\xff\xff\x00\x01t\x01")]
            client.until(r"subscribed t")
        assert client.received == ["", long, "z"]


RULES = "it breaks the rules of MQTT 3.1.1"
BROKEN = {
    "a length of five bytes": (b"\x30\xff\xff\xff\xff\x01", RULES),
    "CONNACK twice": (CONNACK, RULES),
    "CONNACK of three bytes": (b"\x20\x03\x00\x00\x00", RULES),
    "a PUBLISH of QoS 2": (b"\x34\x05\x00\x01t\x00\x01", RULES),
    "a PUBLISH of QoS 3": (b"\x36\x05\x00\x01t\x00\x01", RULES),
    "a PUBLISH without its topic": (b"\x30\x01\x00", RULES),
    "an empty PUBLISH": (b"\x30\x00", RULES),
    "a PUBLISH that ends in its topic": (b"\x30\x04\x00\x03ab", RULES),
    "a PUBLISH that ends in its identifier": (b"\x32\x04\x00\x01t\x01", RULES),
    "a PUBLISH with the identifier 0": (b"\x32\x05\x00\x01t\x00\x00", RULES),
    "a topic longer than the memory": (publish("t" * 1100, "", 1), RULES),
    "a PUBACK of one byte": (b"\x40\x01\x00", RULES),
    "reserved flags": (b"\x41\x02\x00\x01", RULES),
    "a PINGRESP that is not empty": (b"\xd0\x01\x00", RULES),
    "a PINGREQ": (b"\xc0\x00", RULES),
    "a type that is none": (b"\x00\x00", RULES),
    "a SUBACK with another identifier": (b"\x90\x03\x00\x01\x01", RULES),
    "a refused subscription": (b"\x90\x03\xff\xff\x80", "it refuses the subscription"),
}


@pytest.mark.parametrize("said, why", BROKEN.values(), ids=BROKEN.keys())
def test_a_broker_that_breaks_the_rules_is_closed(fake: Fake, said: bytes, why: str) -> None:
    with Client("--subscribe", "t", fake.url) as client:
        with fake.link() as link:
            link.accept()
            link.say(said, publish("t", "not heard"))
            assert link.closing() == 1008
        with fake.link() as link:
            link.accept()
            client.until(r"connected .*")
            assert client.errors() == f"mqtt_client: {fake.url}: {why}\n"
            assert client.received == []


def test_a_subscription_that_was_not_asked_for(fake: Fake) -> None:
    with Client("--publish", "t", fake.url) as client, fake.link() as link:
        link.accept()
        link.say(SUBACK)
        assert link.closing() == 1008
        with fake.link() as link:
            link.accept()
            client.until(r"connected .*")
            assert client.subscribed == 0
            assert client.errors() == f"mqtt_client: {fake.url}: {RULES}\n"


def test_a_broker_that_was_given_up_comes_last(fake: Fake) -> None:
    """It is not the first of the list: that one does not answer."""
    with Fake() as gone:
        missing = gone.url
    with Fake() as other, Client("--subscribe", "t", missing, fake.url, other.url) as client:
        with fake.link() as link:
            link.accept(b"\x20\x02\x00\x03")
            assert link.closing() == 1008
        with other.link() as link:
            link.accept()
            client.until(rf"connected {other.url}")
        assert not fake.is_called()


@pytest.mark.parametrize("said", [publish("t", "early"), puback(1), SUBACK, b"\xd0\x00"])
def test_nothing_comes_before_the_connack(fake: Fake, said: bytes) -> None:
    with Client("--subscribe", "t", fake.url) as client, fake.link() as link:
        assert link.hear()[0] == 0x10
        link.say(said)
        assert link.closing() == 1008
        assert client.errors() == f"mqtt_client: {fake.url}: {RULES}\n"
        with fake.link() as link:
            link.accept()
            client.until(r"connected .*")


@pytest.mark.parametrize(
    "code, why",
    [
        (1, "it does not take MQTT 3.1.1"),
        (2, "it does not take the client's identifier"),
        (3, "it cannot serve MQTT at present"),
        (4, "it does not take user and password"),
        (5, "it does not let the client connect"),
        (6, "it refuses"),
        (255, "it refuses"),
    ],
)
def test_a_refusal_is_explained(fake: Fake, code: int, why: str) -> None:
    with Client("--subscribe", "t", fake.url) as client, fake.link() as link:
        link.accept(bytes([0x20, 2, 0, code]))
        assert link.closing() == 1008
        assert client.errors() == f"mqtt_client: {fake.url}: {why}\n"
        with fake.link() as link:
            link.accept()
            client.until(r"connected .*")


def test_text_is_closed(fake: Fake) -> None:
    with Client("--subscribe", "t", fake.url) as client, fake.link() as link:
        link.accept()
        link.say(publish("t", "not heard"), opcode=raw.TEXT)
        link.say(publish("t", "nor this", 1))
        assert link.closing() == 1003
        assert client.errors() == f"mqtt_client: {fake.url}: it sends text (MQTT 3.1.1, 6)\n"
        with fake.link() as link:
            link.accept()
            client.until(r"connected .*")
            client.until(r"connected .*")
        assert client.received == []


def test_another_subprotocol_is_no_connection(fake: Fake) -> None:
    with Client("--patience", "1", "--subscribe", "t", fake.url) as client:
        fake.link("mqttv3.1")
        assert client.end() == 1
        first = client.errors().splitlines()[0]
        assert first.startswith(f"mqtt_client: {fake.url}: The server's handshake response breaks")


def test_silence_ends_a_connection(fake: Fake) -> None:
    words = ("--keep-alive", "1", "--subscribe", "t", fake.url)
    with Client(*words) as client:
        with fake.link() as link:  # no CONNACK
            assert link.closing() == 1008
        with fake.link() as link:  # no PINGRESP
            link.accept()
            assert link.closing() == 1008
        with fake.link() as link:
            link.accept()
            link.say(SUBACK)
            for _ in range(3):
                while link.hear() != (0xC0, b""):
                    continue
                link.say(mqtt_fake.PINGRESP)
            client.until(r"subscribed t")
        assert client.errors().count("it does not answer") == 2


# ----------------------------------------------------------------------- the command


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--publish", "t"],
        ["--publish", "t", "--count", "0", "ws://h"],
        ["--publish", "t", "--count", "1x", "ws://h"],
        ["--publish", "t/#", "ws://h"],
        ["--publish", "", "ws://h"],
        ["--publish", "t" * 129, "ws://h"],
        ["--publish", "t", "--qos", "2", "ws://h"],
        ["--keep-alive", "0", "--publish", "t", "ws://h"],
        ["--unknown", "t", "ws://h"],
        ["--publish", "t", "--count"],
    ],
)
def test_wrong_words_are_answered_with_the_usage(words: list[str]) -> None:
    assert complaint(words).startswith("usage: mqtt_client [--id ID]")


def complaint(words: list[str], status: int = 2) -> str:
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=HANG)
    assert done.returncode == status and done.stdout == ""
    return done.stderr


def test_help_is_the_usage() -> None:
    done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=HANG)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: mqtt_client ")


def test_other_mistakes_are_explained() -> None:
    assert "nothing to do" in complaint(["ws://h"])
    assert "--will needs --will-topic" in complaint(["--publish", "t", "--will", "x", "ws://h"])
    assert "from 1 to 16 URLs" in complaint(["--publish", "t", *["ws://h"] * 17])
    assert complaint(["--publish", "t", "http://h"], 1).startswith("mqtt_client: ")


def test_patience_ends() -> None:
    with Fake() as fake:
        url = fake.url
    words = ["--patience", "1", "--subscribe", "t", url]
    lines = complaint(words, 1).splitlines()
    assert lines[-1] == "mqtt_client: there is no broker"
    assert lines[0].startswith(f"mqtt_client: {url}: ")
