"""`lunge.video`: every kind of file there is, good and bad."""

from __future__ import annotations

import hashlib
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from lunge.errors import MissingFileError, OutputError, VideoError
from lunge.video import LONGEST_SIDE_PX, Video, VideoWriter, read_frames_at, sha256_of

CORNERS = {"red": (220, 30, 30), "green": (30, 200, 30), "blue": (30, 30, 220), "white": (230, 230, 230)}
"""Top left, top right, bottom left, bottom right."""

TIME_BASE = Fraction(1, 12800)


def cornered(width: int, height: int) -> np.ndarray:
    """Return a picture with a colour in each quarter."""
    red, green, blue, white = CORNERS.values()
    out = np.empty((height, width, 3), np.uint8)
    out[: height // 2, : width // 2], out[: height // 2, width // 2 :] = red, green
    out[height // 2 :, : width // 2], out[height // 2 :, width // 2 :] = blue, white
    return out


def corner_colours(picture: np.ndarray) -> list[str]:
    """Return the names of the colours in the four corners: top left, top right, bottom left, bottom right."""
    height, width = picture.shape[:2]
    spots = [(height // 4, width // 4), (height // 4, 3 * width // 4)]
    spots += [(3 * height // 4, width // 4), (3 * height // 4, 3 * width // 4)]
    names, values = list(CORNERS), np.array(list(CORNERS.values()), float)
    return [names[int(np.abs(values - picture[y, x]).sum(axis=1).argmin())] for y, x in spots]


def grey_level(picture: np.ndarray) -> float:
    """Return the mean brightness, 0 to 255."""
    return float(picture.mean())


def make_video(
    path: Path,
    times_s: list[float],
    size_px: tuple[int, int] = (64, 48),
    pictures: list[np.ndarray] | None = None,
    codec: str = "mpeg4",
) -> Path:
    """Write a video with a picture at each time; without pictures, cornered ones."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size_px, "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        stream.codec_context.gop_size = 10
        stream.codec_context.max_b_frames = 0
        for i, time_s in enumerate(times_s):
            picture = pictures[i] if pictures else cornered(*size_px)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(time_s / TIME_BASE), TIME_BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_sound(path: Path) -> Path:
    """Write a file with sound and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 16000, 0, Fraction(1, 16000)
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def turn(path: Path, clockwise_deg: float) -> Path:
    """Write a rotation into an MP4's track header, as phones do; players turn the picture clockwise by it."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    cosine, sine = np.cos(np.radians(clockwise_deg)), np.sin(np.radians(clockwise_deg))
    fixed = [round(float(v) * 65536) for v in (cosine, sine, -sine, cosine)]
    data[at : at + 36] = struct.pack(">9i", fixed[0], fixed[1], 0, fixed[2], fixed[3], 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


UPRIGHT = ["red", "green", "blue", "white"]
EVEN_S = [i / 25 for i in range(25)]


def ramp(count: int, size_px: tuple[int, int] = (64, 48)) -> list[np.ndarray]:
    """Pictures that grow brighter evenly from 20 to 220, so that each can be told from its neighbours."""
    return [np.full((size_px[1], size_px[0], 3), round(v), np.uint8) for v in np.linspace(20, 220, count)]


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "avi"])
def test_any_container(tmp_path: Path, ending: str) -> None:
    video = Video(make_video(tmp_path / f"a.{ending}", EVEN_S))
    frames = list(video.frames())
    assert (video.info.width_px, video.info.height_px) == (64, 48)
    assert len(frames) == 25
    assert np.allclose([t for t, _ in frames], EVEN_S, atol=1e-3)
    assert frames[0][1].shape == (48, 64, 3)
    assert frames[0][1].dtype == np.uint8
    assert corner_colours(frames[0][1]) == UPRIGHT


@pytest.mark.parametrize(
    ("clockwise", "size", "corners"),
    [
        (0, (64, 48), ["red", "green", "blue", "white"]),
        (90, (48, 64), ["blue", "red", "white", "green"]),
        (180, (64, 48), ["white", "blue", "green", "red"]),
        (270, (48, 64), ["green", "white", "red", "blue"]),
    ],
)
def test_rotation_is_honoured(tmp_path: Path, clockwise: int, size: tuple[int, int], corners: list[str]) -> None:
    video = Video(turn(make_video(tmp_path / "a.mp4", EVEN_S), clockwise))
    _, picture = next(video.frames())
    assert (video.info.width_px, video.info.height_px) == size
    assert picture.shape == (size[1], size[0], 3)
    assert corner_colours(picture) == corners


def test_odd_rotation_is_noted(tmp_path: Path) -> None:
    video = Video(turn(make_video(tmp_path / "a.mp4", EVEN_S), 30))
    list(video.frames())
    assert any("quarter turns" in str(note) for note in video.notes)


def test_times_are_the_files_own(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.3, 0.31, 1.0, 1.5]
    frames = list(Video(make_video(tmp_path / "a.mp4", times)).frames())
    assert np.allclose([t for t, _ in frames], times, atol=1e-3)


def test_start_offset_is_taken_off(tmp_path: Path) -> None:
    times = [5.0 + t for t in EVEN_S]
    frames = list(Video(make_video(tmp_path / "a.mkv", times)).frames())
    assert np.allclose([t for t, _ in frames], EVEN_S, atol=2e-3)


def test_times_increase_strictly(tmp_path: Path) -> None:
    times = [t for t, _ in Video(make_video(tmp_path / "a.mkv", [0.0, 0.0001, 0.04, 0.08])).frames()]
    assert (np.diff(times) > 0).all()


@pytest.mark.parametrize("offset", [0.0, 5.0])
def test_part(tmp_path: Path, offset: float) -> None:
    times = [i / 25 for i in range(100)]
    path = make_video(tmp_path / "a.mkv", [offset + t for t in times], pictures=ramp(100))
    whole = {round(t, 3): grey_level(p) for t, p in Video(path).frames()}
    part = {round(t, 3): grey_level(p) for t, p in Video(path, from_s=2.0, to_s=3.0).frames()}
    assert min(part) == pytest.approx(2.0, abs=0.002)
    assert max(part) == pytest.approx(3.0, abs=0.002)
    assert part == {t: v for t, v in whole.items() if t in part}


def test_part_beyond_the_end_says_so(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match=r"lasts 1\.0 s"):
        list(Video(make_video(tmp_path / "a.mp4", EVEN_S), from_s=50.0).frames())


def test_large_pictures_are_scaled_but_reported_whole(tmp_path: Path) -> None:
    video = Video(make_video(tmp_path / "a.mp4", [0.0, 0.04], size_px=(2560, 1440)))
    _, picture = next(video.frames())
    assert (video.info.width_px, video.info.height_px) == (2560, 1440)
    assert max(picture.shape) == LONGEST_SIDE_PX
    assert corner_colours(picture) == UPRIGHT


def test_wide_pixels_become_square(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(3, 2)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(cornered(64, 48), format="rgb24")))
        container.mux(stream.encode())
    video = Video(path)
    _, picture = next(video.frames())
    assert (video.info.width_px, video.info.height_px) == (96, 48)
    assert picture.shape == (48, 96, 3)


def test_missing_time_stamps_are_noted(tmp_path: Path) -> None:
    """A bare stream has no container and so no times."""
    bare = tmp_path / "bare.h264"
    with av.open(str(bare), "w", format="h264") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for picture in ramp(25):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    video = Video(bare)
    times = [t for t, _ in video.frames()]
    assert np.allclose(times, EVEN_S, atol=2e-3)
    assert any("no time stamp" in str(note) for note in video.notes)


def test_single_picture(tmp_path: Path) -> None:
    for ending, codec, pixels in (("jpg", "mjpeg", "yuvj420p"), ("png", "png", "rgb24")):
        path = tmp_path / f"a.{ending}"
        with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
            stream = container.add_stream(codec, rate=1)
            stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
            container.mux(stream.encode(av.VideoFrame.from_ndarray(cornered(64, 48), format="rgb24")))
            container.mux(stream.encode())
        video = Video(path)
        frames = list(video.frames())
        assert len(frames) == 1
        assert corner_colours(frames[0][1]) == UPRIGHT
        assert any("single picture" in str(note) for note in video.notes)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no file"):
        Video(tmp_path / "none.mp4")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match="folder"):
        Video(tmp_path)


@pytest.mark.parametrize("content", [b"", b"this is a shopping list\n" * 50, b"\0" * 4096, bytes(range(256)) * 16])
def test_not_a_video(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(VideoError) as caught:
        list(Video(path).frames())
    assert_one_sentence_for_people(caught.value.message)


def test_sound_only(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match="sound"):
        Video(make_sound(tmp_path / "a.m4a"))


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.6, 0.95])
def test_cut_off_file(tmp_path: Path, share: float) -> None:
    """A cut MP4 has lost its index; a cut MKV plays up to the cut. Neither may raise anything of FFmpeg's."""
    for ending in ("mp4", "mkv"):
        path = make_video(tmp_path / f"a.{ending}", EVEN_S)
        path.write_bytes(path.read_bytes()[: max(1, int(path.stat().st_size * share))])
        try:
            times = [t for t, _ in Video(path).frames()]
        except VideoError as error:
            assert_one_sentence_for_people(error.message)
        else:
            assert (np.diff(times) > 0).all()


def test_damaged_middle_is_skipped_with_a_note(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    noise = [rng.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(50)]
    path = make_video(tmp_path / "a.mkv", [i / 25 for i in range(50)], pictures=noise, codec="libx264")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    video = Video(path)
    times = [t for t, _ in video.frames()]
    assert len(times) >= 20
    assert (np.diff(times) > 0).all()


def test_frames_at(tmp_path: Path) -> None:
    times = [i / 25 for i in range(100)]
    path = make_video(tmp_path / "a.mp4", times, pictures=ramp(100))
    whole = [grey_level(p) for _, p in Video(path).frames()]
    got = read_frames_at(path, [3.0, 0.0, 1.011, 99.0])
    assert [grey_level(p) for p in got] == [whole[75], whole[0], whole[25], whole[99]]
    assert read_frames_at(path, []) == []


def test_frames_at_far_apart_times(tmp_path: Path) -> None:
    times = [3.0 + i / 10 for i in range(200)]
    path = make_video(tmp_path / "a.mkv", times, pictures=ramp(200))
    whole = [grey_level(p) for _, p in Video(path).frames()]
    got = read_frames_at(path, [19.0, 0.5, 10.0])
    assert [grey_level(p) for p in got] == [whole[190], whole[5], whole[100]]


def test_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"lunge" * 500_000)
    assert sha256_of(path) == hashlib.sha256(b"lunge" * 500_000).hexdigest()


@pytest.mark.parametrize("size", [(64, 48), (65, 49)])
def test_writing_and_reading_back(tmp_path: Path, size: tuple[int, int]) -> None:
    path, times = tmp_path / "out.mp4", [0.0, 0.04, 0.5]
    with VideoWriter(path, size, 25.0) as writer:
        for time_s in times:
            writer.write(time_s, cornered(*size))
    video = Video(path)
    frames = list(video.frames())
    assert (video.info.width_px, video.info.height_px) == tuple(v + v % 2 for v in size)
    assert np.allclose([t for t, _ in frames], times, atol=2e-3)
    assert corner_colours(frames[0][1]) == UPRIGHT
    assert [p.name for p in tmp_path.iterdir()] == ["out.mp4"]


def test_writing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="stop"), VideoWriter(tmp_path / "out.mp4", (64, 48), 25.0) as writer:  # noqa: PT012
        writer.write(0.0, cornered(64, 48))
        raise RuntimeError("stop")
    with pytest.raises(RuntimeError, match="stop"), VideoWriter(tmp_path / "out.mp4", (64, 48), 25.0):
        raise RuntimeError("stop")
    assert list(tmp_path.iterdir()) == []


def test_writing_where_one_cannot(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught, VideoWriter(tmp_path / "none" / "out.mp4", (64, 48), 25.0):
        pass
    assert_one_sentence_for_people(caught.value.message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    (tmp_path / ".out.mp4.part.mp4").symlink_to("/dev/full")
    rng = np.random.default_rng(1)
    with pytest.raises(OutputError), VideoWriter(path, (640, 480), 25.0) as writer:  # noqa: PT012
        for i in range(50):
            writer.write(i / 25, rng.integers(0, 255, (480, 640, 3), np.uint8))
    assert list(tmp_path.iterdir()) == []


def assert_one_sentence_for_people(message: str) -> None:
    """Plain words, no traceback and no names of FFmpeg's."""
    assert message.endswith(".")
    assert "\n" not in message
    assert not any(word in message for word in ("Errno", "avcodec", "Traceback", "INDR"))


def make_tagged(path: Path, whole: dict[str, str], track: dict[str, str] | None = None, pictures: int = 10) -> Path:
    """Write a black video, 30 pictures a second, with metadata of the whole file and of its track."""
    kept = {"movflags": "use_metadata_tags"} if path.suffix in {".mp4", ".mov"} else {}
    with av.open(str(path), "w", options=kept) as out:
        out.metadata.update(whole)
        stream = out.add_stream("mpeg4", rate=30)
        stream.metadata.update(track or {})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(pictures):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        out.mux(stream.encode())
    return path


@pytest.mark.parametrize(("said", "noted"), [("120.0", "0.25"), ("30.0", None), ("nonsense", None)])
def test_slow_motion_is_suspected_from_what_the_phone_noted(tmp_path, said, noted):
    path = make_tagged(tmp_path / "slow.mp4", {"com.android.capture.fps": said})
    notes = [n for n in map(str, Video(path).notes) if "slow motion" in n]
    assert bool(notes) == (noted is not None)
    assert noted is None or f"--time-scale {noted} " in notes[0]


LENS = "com.apple.quicktime.camera.lens_model"


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ({LENS: "iPhone 12 front camera 2.71mm f/2.2"}, True),
        ({LENS: "iPhone 15 Pro Front Camera 2.69mm f/1.9"}, True),
        ({"comment": "Selfie"}, True),
        ({LENS: "iPhone 12 back dual wide camera 4.2mm f/1.6"}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_a_mirrored_video_is_suspected_from_the_camera_that_took_it(tmp_path, ending, said, noted):
    notes = [str(n) for n in Video(make_tagged(tmp_path / f"a.{ending}", said)).notes]
    assert [("--mirrored" in n, "front camera" in n) for n in notes] == [(True, True)] * noted


def test_the_camera_may_be_named_at_the_track_alone(tmp_path):
    path = make_tagged(tmp_path / "a.mkv", {}, {LENS: "iPhone 12 front camera 2.71mm f/2.2"})
    with av.open(str(path)) as container:
        assert "front camera" not in str(container.metadata)
    assert any("--mirrored" in str(n) for n in Video(path).notes)


def test_two_hints_are_two_notes(tmp_path):
    path = make_tagged(tmp_path / "a.mp4", {LENS: "front camera", "com.android.capture.fps": "240"})
    notes = [str(n) for n in Video(path).notes]
    assert ["--time-scale 0.125" in notes[0], "--mirrored" in notes[1], len(notes)] == [True, True, 2]
