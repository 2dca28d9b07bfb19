"""A phone as the camera: who is let in, and frames by plain requests."""

import ssl
import struct
import time
from dataclasses import replace
from ipaddress import ip_address

import cv2
import pytest
from cryptography import x509
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

import lunge.web.lan
import lunge.web.pairing
from lunge.messages import catalogue
from lunge.web.app import LOOPBACK, Config, create_app
from lunge.web.constants import constants
from lunge.web.lan import NoNetworkError, certificate, own_address, qr_picture, qr_text
from lunge.web.pairing import Pairing
from scripted import ScriptedEyes

ADDRESS = "192.168.7.8"
FAR = f"https://{ADDRESS}:8766"
NEAR = "http://127.0.0.1:8765"
HELLO = {"type": "hello", "protocol": "lunge.live/1", "wishes": {"repetitions": 1}}
EN = catalogue("en")

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture
def pairing():
    return Pairing(FAR)


@pytest.fixture
def app(tmp_path, coaches, pairing):
    hosts = LOOPBACK | {ADDRESS}
    return create_app(
        Config(tmp_path, hosts, pairing=pairing, make_session=coaches, make_eyes=lambda model: ScriptedEyes())
    )


@pytest.fixture
def phone(app):
    with TestClient(app, FAR, headers={"origin": FAR}, follow_redirects=False) as made:
        yield made


def path_of(link):
    return link.removeprefix(FAR)


# ---------------------------------------------------------------- who is let in


@pytest.mark.parametrize("path", ["/", "/live", "/static/lunge.css", "/sets", "/phone", "/pair/", "/pair/000000000000"])
def test_without_the_code_nothing_is_served(phone, pairing, path):
    pairing.new_link()
    answer = phone.get(path)
    assert answer.status_code == 403
    assert answer.text == ""
    with pytest.raises(WebSocketDisconnect), phone.websocket_connect(f"wss://{ADDRESS}:8766/live/socket"):
        pass


def test_the_code_lets_in_once_and_the_phone_is_known_again(app, phone, pairing):
    path = path_of(pairing.new_link())
    answer = phone.get(path)
    assert answer.headers["location"] == "/"
    assert {"secure", "httponly"} <= {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert phone.get("/").status_code == 200
    with phone.websocket_connect(f"wss://{ADDRESS}:8766/live/socket") as socket:
        socket.send_json(HELLO)
        assert socket.receive_json()["type"] == "ready"
    phone.cookies.clear()
    assert phone.get(path).status_code == 403


def test_a_new_link_ends_the_one_before(pairing):
    first, second = pairing.new_link(), pairing.new_link()
    assert pairing.take(first.rpartition("/")[2]) is None
    token = pairing.take(second.rpartition("/")[2])
    assert pairing.knows(token)
    assert not pairing.knows("")
    assert not pairing.knows("ü")


def test_a_code_does_not_hold_for_ever(pairing, monkeypatch):
    code = pairing.new_link().rpartition("/")[2]
    now = time.monotonic()
    monkeypatch.setattr(lunge.web.pairing.time, "monotonic", lambda: now + constants().pairing.code_valid_s + 1)
    assert pairing.take(code) is None


def test_who_guesses_too_often_gets_no_further_try(pairing):
    code = pairing.new_link().rpartition("/")[2]
    for _ in range(constants().pairing.most_wrong_count):
        assert pairing.take("ü") is None
    assert pairing.take(code) is None


def test_before_there_is_a_link_no_code_fits(pairing):
    assert pairing.take("") is None


def test_only_the_computer_itself_shows_codes(app, phone, pairing):
    with TestClient(app, NEAR) as here:
        first, second = here.get("/phone").text, here.get("/phone").text
    assert f"{FAR}/pair/" in first
    assert first != second
    assert EN.text("pages.phone_not_tried") in first
    phone.get(path_of(pairing.new_link()))
    assert "/pair/" not in phone.get("/phone").text


def test_without_lan_the_page_says_how(client, tmp_path, coaches):
    with TestClient(create_app(Config(tmp_path, make_session=coaches, make_eyes=lambda model: None)), NEAR) as here:
        html = here.get("/phone").text
    assert "lunge coach --lan" in html
    assert "/pair/" not in html


# ---------------------------------------------------------------- frames by plain requests


def told(client, message, session=""):
    return client.post("/live/frame", params={"session": session}, json=message).json()


def test_a_set_by_plain_requests(client, grey):
    ready = told(client, HELLO)
    assert (ready["type"], ready["resumed"]) == ("ready", False)
    session = ready["session"]
    jpeg = cv2.imencode(".jpg", grey)[1].tobytes()
    for at_s, mode in [(0.0, "setting_up"), (1.5, "active"), (5.0, "finished")]:
        shot = b"LNG1" + struct.pack("<d", 1000 * at_s) + jpeg
        headers = {"content-type": "application/octet-stream"}
        update = client.post("/live/frame", params={"session": session}, content=shot, headers=headers).json()
        assert (update["type"], update["mode"]) == ("update", mode)
    assert told(client, {"type": "command", "name": "pause"}, session) == {"type": "taken"}
    done = told(client, {"type": "command", "name": "finish"}, session)
    assert client.get(done["summary"]).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"x" * 100])
def test_what_is_none_of_the_protocol_is_said(client, body):
    assert client.post("/live/frame", content=body).json()["type"] == "error"
    session = told(client, HELLO)["session"]
    assert client.post("/live/frame", params={"session": session}, content=body).json()["type"] == "error"


def test_a_set_whose_calls_end_is_given_up(client, app, monkeypatch):
    short = replace(constants(), live=replace(constants().live, kept_s=0.05))
    monkeypatch.setattr("lunge.web.rooms.constants", lambda: short)
    told(client, HELLO)
    end = time.monotonic() + 5
    while app.state.rooms._rooms:
        assert time.monotonic() < end
        time.sleep(0.02)


# ---------------------------------------------------------------- certificate and pictures


def test_the_certificate_is_for_the_address_and_vanishes():
    with certificate(ADDRESS) as (made, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
        read = x509.load_pem_x509_certificate(made.read_bytes())
        names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.IPAddress) == [ip_address(ADDRESS)]
        assert made.parent.stat().st_mode & 0o077 == 0
    assert not key.parent.exists()


def test_a_qr_picture_is_drawn_for_page_and_terminal():
    assert qr_picture(FAR).startswith("data:image/svg+xml")
    assert len(qr_text(FAR).splitlines()) > 10


def test_a_computer_without_a_network_is_told(monkeypatch):
    class Alone:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def connect(self, _):
            raise OSError("Network is unreachable")

    monkeypatch.setattr(lunge.web.lan.socket, "socket", Alone)
    with pytest.raises(NoNetworkError, match="--lan"):
        own_address()
