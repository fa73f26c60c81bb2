# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import gc
import socket
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.demo.github import SimulatedGitHub
from tests.bot.demo.acme import Acme, Hands, Receiver

W = "/repos/acme/widgets"


def test_many_ask_at_once_while_people_push(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    acme.pull()
    token = acme.new_token()

    def work(number: int) -> set[int]:
        hands = Hands(github).with_token(token)
        statuses = {hands.ask("GET", path).status_code for path in (W, f"{W}/pulls/1/files", f"{W}/git/trees/feature")}
        statuses.add(hands.ask("POST", f"{W}/issues/1/comments", {"body": str(number)}).status_code)
        hands.session.close()
        return statuses

    with ThreadPoolExecutor(8) as pool:
        working = [pool.submit(work, number) for number in range(40)]
        for number in range(5):
            acme.widgets.commit("feature", {f"{number}.py": "1\n"}, author=acme.alice)
        assert {status for job in working for status in job.result()} == {200, 201}
    acme.close()

    said = [comment.body for comment in acme.widgets.issues[1].comments]
    assert sorted(int(body) for body in said) == list(range(40))


def test_a_connection_is_kept_open(acme: Acme) -> None:
    first = acme.hands.session.get(acme.github.url + W, stream=True, timeout=5)
    connection = first.raw.connection
    assert first.json()
    second = acme.hands.session.get(acme.github.url + W, stream=True, timeout=5)
    assert second.raw.connection is connection
    assert second.json()


def test_it_stops_while_clients_hold_connections(receiver: Receiver) -> None:
    github = SimulatedGitHub().start()
    acme = Acme(github)
    acme.hands.get(W)
    github.stop()
    acme.close()
    assert not list(github.world.folder.parent.glob(github.world.folder.name))


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_client_that_dies_in_the_middle_of_an_answer_leaves_nothing_open(capfd: pytest.CaptureFixture[str]) -> None:
    with SimulatedGitHub() as github:
        github.slow(0.2)
        port = int(github.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no farewell
            client.sendall(b"GET /rate_limit HTTP/1.1\r\nHost: localhost\r\n\r\n")
    gc.collect()  # a socket that was left open would speak up now
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("url", ["http://127.0.0.1:notaport/", "nonsense", "http://127.0.0.1:1/"])
def test_a_webhook_that_leads_nowhere_is_recorded(github: SimulatedGitHub, url: str) -> None:
    Acme(github, url).close()
    assert {delivery.status_code for delivery in github.deliveries} == {502}
