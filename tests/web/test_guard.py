"""Who may ask, how much may be sent, and the headers of every answer."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lunge.messages import languages
from lunge.web.constants import MIB, constants
from lunge.web.guard import content_policy

SOCKET = "ws://127.0.0.1:8765/live/socket"
PAGES = ["/", "/safety", "/set", "/live", "/look", "/sets"]


class Loads(HTMLParser):
    """Finds what a page loads, and what a strict policy would refuse."""

    def __init__(self, html):
        super().__init__()
        self.loads, self.refused = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.loads += [found[name] for name in ("src", "href") if found.get(name) and tag in ("script", "link", "img")]
        inline = tag == "style" or (tag == "script" and "src" not in found)
        if inline or any(name == "style" or name.startswith("on") for name in found):
            self.refused.append((tag, attributes))


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/static/lunge.css"])
def test_every_answer_has_the_headers(client, cleared, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"] == content_policy("http", "127.0.0.1:8765")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=(self)" in headers["permissions-policy"]


@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
@pytest.mark.parametrize("language", languages())
def test_a_page_has_nothing_inline_and_everything_it_loads_is_ours(client, cleared, path, language):
    client.cookies.set("lunge_language", language)
    html = client.get(path).text
    assert f'<html lang="{language}">' in html
    found = Loads(html)
    assert found.refused == []
    assert found.loads
    for address in found.loads:
        assert client.get(address).status_code == 200, address


def test_the_modules_load_only_our_own(client):
    for name in ("live.js", "settings.js", "look.js"):
        code = client.get(f"/static/{name}").text
        for address in re.findall(r'from "(.+?)"', code):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", ""])
def test_a_name_bent_to_this_machine_is_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.text == ""


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_our_own_names_are_taken(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8765"}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "https://127.0.0.1:8765"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({}, 403),
    ],
)
def test_a_form_must_come_from_one_of_our_pages(app, headers, status):
    with TestClient(app, "http://127.0.0.1:8765", follow_redirects=False) as client:
        assert client.post("/language", data={"code": "de"}, headers=headers).status_code == status


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"host": "evil.example"}])
def test_a_socket_from_elsewhere_is_refused(client, headers):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers=headers):
        pass


def test_a_socket_without_an_origin_is_refused(app):
    with (
        TestClient(app, "http://127.0.0.1:8765") as client,
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(SOCKET),
    ):
        pass


def test_a_form_that_is_too_large_is_refused(client):
    largest = int(constants().live.largest_message_mib * MIB)
    assert client.post("/language", content=b"x" * (largest + 1)).status_code == 413


def test_a_form_that_does_not_say_how_large_it_is_is_cut_off(client):
    def pieces():
        for _ in range(20):
            yield b"code=de&" * 16_384

    assert client.post("/language", content=pieces()).status_code == 413
