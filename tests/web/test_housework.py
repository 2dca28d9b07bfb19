"""The page of housework, its socket, and what is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.websockets import WebSocketDisconnect

from lunge.messages import catalogue
from lunge.storage.records import Housework
from lunge.trends.lowered import days_of, weeks_of
from rendered import lowered, needs_clips

SOCKET = "ws://127.0.0.1:8765/housework/socket"
HELLO = {"type": "hello", "protocol": "lunge.housework/1", "language": "de"}
NOW = datetime.now(UTC)


def message(poses, i):
    return {
        "type": "landmarks",
        "capture_ms": 1000.0 * float(poses.time_s[i]),
        "width": poses.width_px,
        "height": poses.height_px,
        "image_px": poses.image_px[i].tolist(),
        "world_m": poses.world_m[i].tolist(),
        "confidence": poses.confidence[i].tolist(),
    }


@needs_clips
@pytest.mark.parametrize("landmarks", [False, True])
def test_what_is_counted_is_kept(client, app, landmarks):
    poses, _ = lowered("pick_up_test_270")
    told = []
    with client.websocket_connect(SOCKET) as socket:
        socket.send_json(HELLO | {"landmarks": landmarks})
        ready = socket.receive_json()
        assert ready["type"] == "ready"
        for i in range(0, len(poses), 3):
            socket.send_json(message(poses, i))
            update = socket.receive_json()
            told += [low["kind"] for low in update["lowerings"]]
            assert update["word"] in ("", catalogue("de").text("housework.word"))
        socket.send_json({"type": "command", "name": "finish"})
        assert socket.receive_json() == {"type": "done", "summary": "/housework?done=1"}
    (row,) = app.state.store.housework.all()
    assert row.id == ready["session"]
    assert (row.lunged, row.squatted, row.stooped, row.knelt) == (1, 1, 0, 0)
    assert told == ["squat"] or told == ["squat", "lunge"]
    assert row.watched_s > 10
    assert (row.set_id is not None) == landmarks
    if landmarks:
        assert "<img" in client.get(f"/sets/{row.set_id}/report").text


def test_an_hour_in_which_nobody_came_is_not_kept(client, app):
    with client.websocket_connect(SOCKET) as socket:
        socket.send_json(HELLO)
        socket.receive_json()
    assert app.state.store.housework.all() == ()


@pytest.mark.parametrize("hello", [{"type": "hello", "protocol": "lunge.live/1"}, {**HELLO, "model": "huge"}, {}])
def test_another_protocol_is_refused(client, hello):
    with client.websocket_connect(SOCKET) as socket:
        socket.send_json(hello)
        assert "lunge.housework/1" in socket.receive_json()["text"]
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


def test_the_page_shows_days_and_shares_and_one_time_can_be_deleted(client, app):
    assert catalogue("en").text("housework.none") in client.get("/housework").text
    row = Housework(at=NOW, zone="UTC", watched_s=3600.0, lunged=3, stooped=1)
    app.state.store.housework.put(row)
    for page in ("/housework", "/breaks"):
        text = client.get(page).text
        assert "75 %" in text
        assert "<td>3</td><td>1</td>" in text
    assert client.post(f"/housework/{row.id}/delete").headers["location"] == "/housework"
    assert app.state.store.housework.all() == ()


def test_the_camera_page_knows_what_was_ticked(client):
    text = client.get("/housework/live?landmarks=1").text
    assert "&#34;landmarks&#34;: true" in text
    assert "&#34;voice&#34;: false" in text


def test_days_and_weeks_add_up():
    rows = [Housework(at=NOW - timedelta(days=back), zone="UTC", lunged=1, stooped=back) for back in range(20)]
    today = NOW.date()
    assert [day.stooped for day in days_of(rows, today)] == [6, 5, 4, 3, 2, 1, 0]
    assert days_of(rows, today)[-1].lunged_share == 1.0
    assert days_of([], today)[0].lunged_share is None
    assert sum(week.lunged for week in weeks_of(rows, today, 4)) == 20
