"""The live socket, as a client speaks it."""

import json
import struct
import time

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from days import let_begin
from lunge.errors import ModelError
from lunge.messages import catalogue
from lunge.posefile import load_poses
from lunge.poses import KEYPOINTS
from lunge.web.constants import MIB, constants
from lunge.web.live import Mailbox, item_from
from lunge.web.messages import Order, Points, ProtocolError, Shot, shot_from

SOCKET = "ws://127.0.0.1:8765/live/socket"
HELLO = {"type": "hello", "protocol": "lunge.live/1", "language": "en", "wishes": {"hold_s": 3, "repetitions": 2}}
START_MS = 1.7e12
"""Capture times are those of a clock on the wall."""

pytestmark = pytest.mark.usefixtures("cleared")


def picture(capture_ms, pixels):
    jpeg = cv2.imencode(".jpg", pixels)[1].tobytes()
    return b"LNG1" + struct.pack("<d", capture_ms) + jpeg


def landmarks(capture_ms, **changes):
    points = len(KEYPOINTS)
    return {
        "type": "landmarks",
        "capture_ms": capture_ms,
        "width": 640,
        "height": 480,
        "image_px": [[320.0, 240.0]] * (points - 1) + [[None, None]],
        "world_m": [[0.0, 0.0, 0.0]] * (points - 1) + [[None, None, None]],
        "confidence": [1.0] * (points - 1) + [None],
        "people": 1,
        **changes,
    }


def begun(socket, **changes):
    socket.send_json({**HELLO, **changes})
    ready = socket.receive_json()
    assert ready["type"] == "ready"
    return ready


def command(socket, name):
    socket.send_json({"type": "command", "name": name})


def seen(socket, at_s):
    socket.send_json(landmarks(START_MS + 1000 * at_s))
    return socket.receive_json()


# ---------------------------------------------------------------- a set


def test_a_set_from_hello_to_summary(client, coaches, grey):
    with client.websocket_connect(SOCKET) as socket:
        assert begun(socket) == {
            "type": "ready",
            "protocol": "lunge.live/1",
            "session": begun_id(client),
            "resumed": False,
        }
        socket.send_bytes(picture(START_MS, grey))
        update = socket.receive_json()
        assert update["type"] == "update"
        assert update["capture_ms"] == START_MS
        assert update["time_s"] == 0.0
        assert update["mode"] == "setting_up"
        assert update["missing"] == ["turn_sideways", "feet_out"]
        assert update["dropped"] == 0
        assert update["fps"] > 0
        assert len(update["points"]) == len(KEYPOINTS)
        assert seen(socket, 2.5)["hold"]["running"] is True
        (cue,) = seen(socket, 3.5)["cues"]
        assert cue["text"] == catalogue("en").text("live.all_well")
        last = seen(socket, 5.0)
        assert last["mode"] == "finished"
        assert last["left"] == {"done": 1, "asked": 2}
        assert last["repetitions"][0]["stepping_leg"] == "left"
        done = socket.receive_json()
        assert done["type"] == "done"
    assert client.get(done["summary"]).status_code == 200
    (coach,) = coaches.made
    assert coach.wishes.hold_s == 3.0
    assert coach.looks[0].brightness == pytest.approx(128 / 255, abs=0.02)
    assert coach.looks[1].brightness is None


def begun_id(client):
    (name,) = client.app.state.rooms._rooms
    return name


def test_cues_come_in_the_language_asked_for(client):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket, language="de")
        seen(socket, 0.0)
        assert seen(socket, 3.5)["cues"][0]["text"] == catalogue("de").text("live.all_well")


def test_a_point_that_was_not_seen_is_null(client):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        assert seen(socket, 0.0)["points"][-1] == [None, None, 0.0]
        assert seen(socket, 1.0)["points"][0] == [0.5, 0.5, 1.0]


def test_commands_reach_the_coach_and_finish_keeps_the_set(client, coaches):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        command(socket, "start")
        assert seen(socket, 0.0)["mode"] == "active"
        command(socket, "pause")
        assert seen(socket, 0.1)["mode"] == "paused"
        command(socket, "resume")
        assert seen(socket, 0.2)["mode"] == "active"
        command(socket, "finish")
        done = socket.receive_json()
    assert done["type"] == "done"
    assert coaches.made[0].commands == ["start", "pause", "resume"]
    set_id = done["summary"].rpartition("/")[2]
    findings = client.get(f"/sets/{set_id}/files/findings").json()
    assert len(findings["repetitions"]) == 2
    poses, _ = load_poses(client.app.state.shelf.file(set_id, "landmarks.npz"))
    assert len(poses) == 300


def test_a_set_in_which_nobody_was_seen_ends_with_a_sentence(client):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        command(socket, "finish")
        assert socket.receive_json() == {"type": "error", "text": catalogue("en").text("errors.input.nobody_live")}
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()
    assert client.app.state.shelf.cards() == []


def test_a_network_that_is_missing_is_said(client, app, monkeypatch):
    def broken(model):
        raise ModelError("errors.network.missing", name=model)

    monkeypatch.setattr(app.state.ready, "take", broken)
    with client.websocket_connect(SOCKET) as socket:
        socket.send_json(HELLO | {"language": "de"})
        assert socket.receive_json()["text"].startswith("Die Netzdatei full fehlt")


# ---------------------------------------------------------------- lost and found


def test_a_lost_connection_takes_the_set_up_again(client, coaches):
    with client.websocket_connect(SOCKET) as socket:
        session = begun(socket)["session"]
        seen(socket, 0.0)
    with client.websocket_connect(SOCKET) as socket:
        ready = begun(socket, session=session)
        assert ready["session"] == session
        assert ready["resumed"] is True
        assert seen(socket, 2.0)["time_s"] == 2.0
    (coach,) = coaches.made
    assert "back" in coach.commands[:2]
    assert len(coach.looks) == 2


def test_the_same_page_over_a_new_connection_ends_the_old_one(client, coaches):
    with client.websocket_connect(SOCKET) as old:
        session = begun(old)["session"]
        with client.websocket_connect(SOCKET) as new:
            assert begun(new, session=session)["resumed"] is True
            with pytest.raises(WebSocketDisconnect):
                old.receive_json()
            assert seen(new, 0.0)["type"] == "update"
    assert len(coaches.made) == 1


def test_a_set_that_nobody_comes_back_to_is_kept_when_the_time_is_over(client, monkeypatch):
    monkeypatch.setattr("lunge.web.rooms.constants", short_memory)
    with client.websocket_connect(SOCKET) as socket:
        session = begun(socket)["session"]
        seen(socket, 0.0)
    until(lambda: client.app.state.shelf.cards())
    let_begin(client.app)
    with client.websocket_connect(SOCKET) as socket:
        assert begun(socket, session=session)["resumed"] is False


def test_a_set_in_which_nothing_happened_is_not_kept(client, app, monkeypatch):
    monkeypatch.setattr("lunge.web.rooms.constants", short_memory)
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
    until(lambda: not app.state.rooms._rooms)
    assert app.state.shelf.cards() == []


def short_memory():
    from dataclasses import replace

    return replace(constants(), live=replace(constants().live, kept_s=0.05))


def until(happened, seconds=5.0):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_a_set_under_way_is_kept_when_the_program_ends(app, coaches, tmp_path):
    from starlette.testclient import TestClient

    base = "http://127.0.0.1:8765"
    with TestClient(app, base, headers={"origin": base}) as client, client.websocket_connect(SOCKET) as socket:
        begun(socket)
        seen(socket, 0.0)
    assert len(app.state.shelf.cards()) == 1


def test_so_many_sets_are_under_way_and_no_more(client, app):
    most = constants().live.most_rooms_count
    sockets = [client.websocket_connect(SOCKET) for _ in range(most)]
    try:
        for socket in sockets:
            socket.__enter__()
            begun(socket)
        with client.websocket_connect(SOCKET) as one_more:
            one_more.send_json(HELLO)
            assert one_more.receive_json()["type"] == "error"
    finally:
        for socket in sockets:
            socket.__exit__(None, None, None)
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
    assert len(app.state.rooms._rooms) <= most


# ---------------------------------------------------------------- what is none of the protocol


@pytest.mark.parametrize(
    "first",
    [
        "hello",
        "{}",
        json.dumps({**HELLO, "protocol": "lunge.live/2"}),
        json.dumps({**HELLO, "wishes": {"hold_s": 99}}),
        json.dumps({**HELLO, "wishes": {"model": "../full"}}),
    ],
)
def test_a_first_message_that_is_no_hello_is_refused(client, first):
    with client.websocket_connect(SOCKET) as socket:
        socket.send_text(first)
        assert "hello" in socket.receive_json()["text"]
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 1008


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (b"LNG2" + bytes(20), "LNG1"),
        (b"LNG1", "LNG1"),
        (b"LNG1" + struct.pack("<d", float("nan")) + b"x", "capture time"),
        (b"LNG1" + struct.pack("<d", 1.0) + b"no picture", "picture"),
        (b"LNG1" + struct.pack("<d", 1.0) + bytes(MIB), "1 MiB"),
        ('{"type": "dance"}', "landmarks or a command"),
        ('{"type": "command", "name": "jump"}', "landmarks or a command"),
        (json.dumps(landmarks(1.0, image_px=[[0, 0]])), "image_px"),
        (json.dumps(landmarks(-1.0)), "capture_ms"),
        (" " * (MIB + 1), "1 MiB"),
    ],
)
def test_a_message_that_is_none_ends_the_connection_and_keeps_the_set(client, message, said):
    with client.websocket_connect(SOCKET) as socket:
        session = begun(socket)["session"]
        socket.send_bytes(message) if isinstance(message, bytes) else socket.send_text(message)
        answer = socket.receive_json()
        assert answer["type"] == "error"
        assert said in answer["text"]
    with client.websocket_connect(SOCKET) as socket:
        assert begun(socket, session=session)["resumed"] is True


def test_capture_times_must_increase(client):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        seen(socket, 1.0)
        assert "increase" in seen(socket, 1.0)["text"]


def test_a_picture_that_is_too_large_is_refused(client):
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        socket.send_bytes(picture(START_MS, np.zeros((16, constants().live.longest_picture_px + 1, 3), np.uint8)))
        assert "1920 px" in socket.receive_json()["text"]


def test_a_client_that_runs_wild_is_stopped(client):
    most = int(constants().live.most_messages_per_s * constants().live.rate_over_s)
    with client.websocket_connect(SOCKET) as socket:
        begun(socket)
        for _ in range(most + 1):
            command(socket, "back")
        assert "messages a second" in socket.receive_json()["text"]


# ---------------------------------------------------------------- the mailbox


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_frames_are_dropped_and_commands_are_not():
    box = Mailbox()
    for item in (Shot(1.0, b"a"), order("pause"), Shot(2.0, b"b"), order("resume"), Shot(3.0, b"c")):
        box.put(item)
    assert [await box.take() for _ in range(3)] == ["pause", "resume", Shot(3.0, b"c")]
    assert box.dropped == 2


def order(name):
    return Order(name=name)


@given(st.floats(0, 1e15), st.binary(min_size=1, max_size=50))
def test_a_picture_comes_out_as_it_went_in(capture_ms, data):
    assert shot_from(b"LNG1" + struct.pack("<d", capture_ms) + data) == Shot(capture_ms, data)


@settings(deadline=None)
@given(st.binary(max_size=64))
def test_no_bytes_break_the_door(data):
    assert read_or_refused(data, None) in {Shot, ProtocolError}


@settings(deadline=None)
@given(st.text(max_size=64) | st.just(json.dumps(landmarks(5.0))))
def test_no_text_breaks_the_door(text):
    assert read_or_refused(None, text) in {Points, Order, ProtocolError}


def read_or_refused(data, text):
    try:
        return type(item_from(data, text))
    except ProtocolError:
        return ProtocolError
