"""The optional network with the pelvis: crop, peaks, our points, and the network itself where it can run."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lunge
import lunging
from lunge.errors import ModelError
from lunge.kinematics.pelvis import pelvic_tilt_deg
from lunge.pose import fetching
from lunge.pose.synthpose import PelvisTracker, SynthPose, decoded, listed, ours, placed
from lunge.pose.tracker import TrackedPose
from lunge.poses import KEYPOINTS, PELVIS
from lunge.session import Options, analysis_of, landmarks_from
from people import source

CLIP = Path(__file__).parents[1] / "clips" / "from_standing_270.mp4"
NAMES = listed()["points"]["names"]


@given(st.floats(0.0, 23.0), st.floats(0.0, 31.0))
def test_a_peak_between_pixels_is_found(x, y):
    columns, rows = np.meshgrid(np.arange(24), np.arange(32))
    heat = 0.8 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 2.0**2))
    (peak,), (height,) = decoded(heat[None].astype(np.float32))
    edge = 0.5 if min(x, 23 - x, y, 31 - y) < 1.0 else 0.01
    assert peak == pytest.approx([x, y], abs=edge)
    assert height == pytest.approx(0.8, abs=0.05)


def test_an_empty_map_is_no_error():
    peaks, heights = decoded(np.zeros((2, 8, 6), np.float32))
    assert np.isfinite(peaks).all()
    assert (heights == 0).all()


def test_the_box_holds_the_person_with_room_and_keeps_the_shape():
    person = np.array([[100.0, 50.0], [160.0, 450.0]])
    matrix = placed(person, (192, 256))
    corner, far = matrix[:, 2], matrix[:, :2] @ [192, 256] + matrix[:, 2]
    assert matrix[0, 0] == matrix[1, 1] == pytest.approx(400 * 1.25 / 256)
    assert (corner + far) / 2 == pytest.approx([130, 250])


def test_their_points_become_ours_where_they_are_sure():
    points = np.arange(104, dtype=float).reshape(52, 2)
    confidence = np.full(52, 0.9)
    confidence[NAMES.index("r_mknee")] = 0.1
    found, sure = ours(points, confidence)
    assert set(found) - set(KEYPOINTS) == set(PELVIS)
    both = points[[NAMES.index("l_knee"), NAMES.index("l_mknee")]]
    assert np.array_equal(found["left_knee"], both.mean(0))
    assert np.array_equal(found["right_asis"], points[NAMES.index("r_ASIS")])
    assert "right_knee" not in found
    assert sure["left_psis"] == 0.9


def test_every_mapped_point_is_one_of_the_52():
    theirs = {name for names in listed()["mapping"].values() for name in names}
    assert theirs <= set(NAMES)
    assert len(set(NAMES)) == 52


class ScriptedTracker:
    """Sees the same person in every picture, and nobody in the second; it is one picture behind, as the real one."""

    def steps(self, frames):
        before = None
        for item in frames:
            if before is not None:
                yield self.pose(*before)
            before = item
        yield self.pose(*before)

    def pose(self, time_s, picture):
        image = np.full((33, 2), np.nan if time_s == 1.0 else 10.0 + time_s)
        return TrackedPose(time_s, (64, 48), image, np.zeros((33, 3)), np.full(33, 0.5), 1)


class ScriptedNetwork:
    def points(self, picture, around):
        return np.full((52, 2), float(picture[0, 0, 0])), np.full(52, 0.8)


def test_each_picture_is_looked_at_with_its_own_pose():
    frames = [(float(i), np.full((48, 64, 3), 100 + i, np.uint8)) for i in range(4)]
    seen = list(PelvisTracker(ScriptedTracker(), ScriptedNetwork()).steps(frames))
    assert [pose.time_s for pose in seen] == [0.0, 1.0, 2.0, 3.0]
    asis = seen[0].names.index("left_asis")
    assert [pose.image_px[asis, 0] for pose in seen] == pytest.approx([100, np.nan, 102, 103], nan_ok=True)
    assert seen[2].image_px[KEYPOINTS.index("nose"), 0] == 12.0
    assert seen[1].confidence[asis] == 0.0
    assert np.isnan(seen[0].world_m[asis]).all()


def with_pelvis(tilt_deg):
    """Return a lunge whose pelvis is tilted forward by so many degrees, seen from the left."""
    poses = lunging.Figure(9.0).from_standing(2.0).poses()
    middle = (poses.image("left_hip") + poses.image("right_hip")) / 2
    forward = np.sign(poses.image("left_foot_index")[0, 0] - poses.image("left_heel")[0, 0])
    half = 30 * np.array([forward * np.cos(np.radians(tilt_deg)), np.sin(np.radians(tilt_deg))])
    pelvis = np.stack([middle + half, middle + half, middle - half, middle - half], axis=1)
    return replace(
        poses,
        image_px=np.concatenate([poses.image_px, pelvis], axis=1),
        world_m=np.concatenate([poses.world_m, np.full((len(poses), 4, 3), np.nan)], axis=1),
        confidence=np.concatenate([poses.confidence, np.ones((len(poses), 4))], axis=1),
        names=(*poses.names, *PELVIS),
    )


@pytest.mark.parametrize("tilt_deg", [-10.0, 0.0, 15.0])
def test_the_pelvis_that_is_seen_gives_its_tilt(tilt_deg):
    made = analysis_of(landmarks_from(with_pelvis(tilt_deg), source()), Options())
    assert len(made.repetitions) == 1
    assert np.nanmedian(made.signals.values["pelvic_tilt_deg"]) == pytest.approx(tilt_deg, abs=0.5)
    assert np.isnan(made.signals.sds["pelvic_tilt_deg"]).all()  # never measured against truth


def test_a_side_that_is_hidden_leaves_the_other():
    poses = with_pelvis(12.0)
    poses.image_px[:, poses.names.index("right_asis")] = np.nan
    tilt = pelvic_tilt_deg(poses, SimpleNamespace(forward_seen=np.full(len(poses), np.sign(1.0))))
    assert np.allclose(np.abs(tilt), 12.0) or np.allclose(np.abs(tilt), 168.0)


def test_without_the_pelvis_there_is_no_such_series():
    made = analysis_of(landmarks_from(lunging.Figure(9.0).from_standing(2.0).poses(), source()), Options())
    assert "pelvic_tilt_deg" not in made.signals.values


def given_files(content):
    def download(repository, name, folder):
        (folder / name).write_bytes(content)
        return folder / name

    return download


def test_fetching_keeps_the_files_and_says_their_sums(tmp_path):
    sums = fetching.fetch(tmp_path / "models" / "synthpose", given_files(b"weights"))
    assert set(sums) == {"config.json", "model.safetensors"}
    assert sorted(p.name for p in (tmp_path / "models").rglob("*")) == ["config.json", "model.safetensors", "synthpose"]


def test_a_file_that_is_another_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(listed()["sums"], "model.safetensors", "0" * 64)
    with pytest.raises(ModelError, match="not the file that lunge knows"):
        fetching.fetch(tmp_path / "models" / "synthpose", given_files(b"other"))
    assert not list((tmp_path / "models").iterdir())


def test_without_a_network_it_is_said_in_a_sentence(tmp_path):
    def offline(repository, name, folder):
        raise OSError("no route")

    with pytest.raises(ModelError, match=r"config\.json cannot be fetched\. Check the connection"):
        fetching.fetch(tmp_path / "synthpose", offline)
    assert not list(tmp_path.iterdir())


def test_a_network_that_is_not_there_is_said_with_how_to_get_it(tmp_path):
    with pytest.raises(ModelError, match="lunge models fetch synthpose"):
        SynthPose(tmp_path)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Return the folder of a small network of the same architecture with random weights."""
    torch = pytest.importorskip("torch", reason="torch is not installed: extra synthpose")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed: extra synthpose")
    torch.manual_seed(1)
    backbone = transformers.VitPoseBackboneConfig(
        image_size=[256, 192], hidden_size=32, num_hidden_layers=2, num_attention_heads=4, mlp_ratio=2, num_experts=1
    )
    config = transformers.VitPoseConfig(
        backbone_config=backbone, num_labels=52, id2label=dict(enumerate(NAMES)), use_simple_decoder=False
    )
    home = tmp_path_factory.mktemp("home")
    transformers.VitPoseForPoseEstimation(config).save_pretrained(home / "models" / "synthpose")
    return home


def test_the_architecture_is_loaded_and_sees_points_in_the_picture(tiny):
    network = SynthPose(tiny / "models" / "synthpose")
    picture = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    around = np.array([[200.0, 100.0], [300.0, 400.0]])
    points, confidence = network.points(picture, around)
    assert points.shape == (52, 2)
    assert ((confidence >= 0) & (confidence <= 1)).all()
    room = placed(around, (192, 256))
    assert (points >= room[:, 2] - 5).all()
    assert (points <= room[:, :2] @ [192, 256] + room[:, 2] + 5).all()


def test_a_bright_spot_is_found_where_it_is(tiny):
    torch = pytest.importorskip("torch")
    network = SynthPose(tiny / "models" / "synthpose")

    def heat(batch):
        red = torch.nn.functional.avg_pool2d(batch[:, :1], 4)
        return SimpleNamespace(heatmaps=(red - red.min()).repeat(1, 52, 1, 1))

    network._model = heat
    columns, rows = np.meshgrid(np.arange(640), np.arange(480))
    spot = 255 * np.exp(-((columns - 251.0) ** 2 + (rows - 207.0) ** 2) / (2 * 18.0**2))
    picture = np.repeat(spot[..., None], 3, axis=2).astype(np.uint8)
    points, _ = network.points(picture, np.array([[200.0, 100.0], [300.0, 400.0]]))
    assert points[0] == pytest.approx([251.0, 207.0], abs=4.0)


def test_another_network_is_refused(tiny, tmp_path):
    transformers = pytest.importorskip("transformers")
    config = transformers.VitPoseConfig.from_pretrained(tiny / "models" / "synthpose")
    config.num_labels = 17
    transformers.VitPoseForPoseEstimation(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="sees other points"):
        SynthPose(tmp_path)


def test_weights_that_are_cut_off_are_said(tiny, tmp_path):
    weights = tiny / "models" / "synthpose"
    (tmp_path / "config.json").write_bytes((weights / "config.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes((weights / "model.safetensors").read_bytes()[:1000])
    with pytest.raises(ModelError, match="damaged"):
        SynthPose(tmp_path)


def analyzed(home, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(Path(lunge.__file__).parents[1]), "LUNGE_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "lunge", "analyze", str(CLIP), "--model", "synthpose", "--json", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=home,
        check=False,
    )


def test_analyze_goes_through_it(tiny):
    run = analyzed(tiny, "--to", "1", "--save-poses", "seen.npz")
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said["engine"]["pose_model"] == "synthpose"
    assert any("not been compared" in note for note in said["notes"])
    poses, _ = lunge.load_poses(tiny / "seen.npz")
    assert poses.names[33:] == PELVIS


def test_analyze_says_when_it_is_not_there(tmp_path):
    run = analyzed(tmp_path)
    assert run.returncode == 2
    assert "lunge models fetch synthpose" in run.stderr
    assert "Traceback" not in run.stderr
