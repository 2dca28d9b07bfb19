"""One picture of a camera: which one is taken, a file as a camera, and everything that keeps it from giving one."""

import errno
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

from lunge import camera as module
from lunge.camera import CameraError, Source, picture_from, sources_for

CLIPS = Path(__file__).parents[1] / "clips"


class Opened:
    """A made-up camera: answers what it was told to, picture by picture, and knows whether it was closed."""

    def __init__(self, *answers):
        self.answers, self.closed = list(answers), False
        self.streams = SimpleNamespace(video=[SimpleNamespace(codec_context=SimpleNamespace(thread_count=0))])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.closed = True

    def decode(self, video):
        while self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            yield av.VideoFrame.from_ndarray(np.full((48, 64, 3), answer, np.uint8), "rgb24")


@pytest.fixture
def plugged(monkeypatch):
    """Put made-up cameras, by name, in place of FFmpeg's; return what was opened."""
    opened = []

    @contextmanager
    def in_place_of_ffmpeg(cameras):
        def answer(name, **asked):
            opened.append((name, asked))
            if isinstance(cameras[name], Exception):
                raise cameras[name]
            return cameras[name]

        with monkeypatch.context() as changed:
            changed.setattr(module.av, "open", answer)
            yield opened

    return in_place_of_ffmpeg


def failing(number):
    return av.error.FFmpegError(number, "no") if number != errno.EAGAIN else av.error.BlockingIOError(number, "not yet")


def node(root, name, bus="usb"):
    (root / "dev").mkdir(exist_ok=True)
    (root / "dev" / name).touch()
    device = root / "sys/class/video4linux" / name / "device"
    device.mkdir(parents=True)
    (root / "sys/bus" / bus).mkdir(parents=True, exist_ok=True)
    (device / "subsystem").symlink_to(root / "sys/bus" / bus)


def test_linux_takes_usb_cameras_by_their_number_and_no_picture_coders(tmp_path):
    for name in ("video10", "video2", "video0"):
        node(tmp_path, name, bus="platform" if name == "video0" else "usb")
    assert [Path(source.name).name for source in sources_for("", "linux", tmp_path)] == ["video2", "video10"]
    (chosen,) = sources_for("/dev/video0", "linux", tmp_path)
    assert (chosen.name, chosen.format) == ("/dev/video0", "v4l2")


def test_a_mac_is_asked_for_its_usual_camera_or_the_chosen_one():
    assert {(s.name, s.format) for s in sources_for("", "darwin")} == {("default", "avfoundation")}
    assert {s.name for s in sources_for("Studio", "darwin")} == {"Studio"}


def test_windows_names_its_first_camera_and_passes_over_microphones():
    listed = [
        SimpleNamespace(description=name, media_types=[kind]) for name, kind in (("Mic", "audio"), ("C", "video"))
    ]
    assert {(s.name, s.format) for s in module._of_windows("", lambda kind: listed)} == {("video=C", "dshow")}
    assert module._of_windows("", lambda kind: []) == []
    assert {s.name for s in sources_for("Other", "win32")} == {"video=Other"}


def test_a_file_is_played_as_a_camera():
    picture = picture_from(sources_for(str(CLIPS / "empty_room.mp4")))
    assert (picture.shape, picture.dtype) == ((640, 480, 3), np.uint8)


def test_the_picture_is_the_last_after_warming_up_and_the_camera_is_closed(plugged):
    camera = Opened(*range(0, 100, 10))
    with plugged({"a": camera}) as opened:
        picture = picture_from([Source("a", "v4l2", {"video_size": "640x480"})])
    assert abs(int(picture.mean()) - 50) <= 2
    assert camera.closed
    assert opened == [("a", {"format": "v4l2", "options": {"video_size": "640x480"}})]


def test_a_camera_that_has_nothing_yet_is_waited_for(plugged):
    with plugged({"a": Opened(failing(errno.EAGAIN), 80)}):
        assert picture_from([Source("a")]).mean() == pytest.approx(80, abs=2)


def test_a_camera_that_never_has_anything_is_given_up(plugged, monkeypatch):
    found = SimpleNamespace(camera=SimpleNamespace(warm_up_frames=5, longest_s=-1.0, again_s=0.0))
    monkeypatch.setattr(module, "constants", lambda: found)
    with plugged({"a": Opened(failing(errno.EAGAIN), 80)}), pytest.raises(CameraError, match="gives no picture"):
        picture_from([Source("a")])


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (failing(errno.EBUSY), "Another program uses"),
        (failing(errno.EACCES), "may not use"),
        (failing(errno.ENODEV), "No camera"),
        (failing(errno.EIO), "gives no picture"),
        (Opened(), "gives no picture"),
        (Opened(10, failing(errno.ENODEV)), "No camera"),  # unplugged while it was looked through
    ],
)
def test_a_camera_that_gives_none_is_a_sentence(plugged, problem, said):
    with plugged({"a": problem}), pytest.raises(CameraError, match=said):
        picture_from([Source("a")])
    assert not isinstance(problem, Opened) or problem.closed


def test_the_next_camera_is_tried_and_the_most_telling_reason_is_said(plugged):
    cameras = {"a": failing(errno.EBUSY), "b": failing(errno.ENODEV), "c": Opened(20)}
    with plugged(cameras):
        assert picture_from([Source(name) for name in "abc"]).mean() == pytest.approx(20, abs=2)
        with pytest.raises(CameraError, match="Another program uses"):
            picture_from([Source(name) for name in "ab"])


def test_without_a_camera_that_is_said():
    with pytest.raises(CameraError, match="No camera"):
        picture_from([])


def test_a_file_that_is_no_video_is_a_sentence(tmp_path):
    (tmp_path / "text.mp4").write_text("no video")
    with pytest.raises(CameraError, match="gives no picture"):
        picture_from(sources_for(str(tmp_path / "text.mp4")))
