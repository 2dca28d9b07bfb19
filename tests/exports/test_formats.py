"""Exported files: what they say, and that the tools they are for read them."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import lunge
from lunge.errors import OutputError
from lunge.exports import _PACKAGES, KINDS, export, kind_of
from lunge.exports.coordinates import coordinates_of
from lunge.exports.room import evened, room_of


@pytest.fixture(scope="session")
def gappy(analysed):
    """Return an analysis in which nobody is seen for a second, and the left wrist never."""
    poses = analysed.poses
    gone = (poses.time_s > 1.0) & (poses.time_s < 2.0)
    image, world = poses.image_px.copy(), poses.world_m.copy()
    image[gone], world[gone] = np.nan, np.nan
    confidence = np.where(gone[:, None] | (np.arange(33) == 15), 0.0, poses.confidence)
    return replace(analysed, poses=replace(poses, image_px=image, world_m=world, confidence=confidence))


def test_trc_has_its_head_one_row_a_frame_and_empty_gaps(gappy, tmp_path):
    lines = lunge.export(gappy, tmp_path / "a.trc").read_text(encoding="utf-8").splitlines()
    room = evened(room_of(gappy))
    assert lines[0].startswith("PathFileType\t4\t(X/Y/Z)\ta.trc (lunge ")
    assert lines[2].split("\t")[:5] == ["30", "30", str(len(room.time_s)), "33", "mm"]
    assert lines[3].split("\t")[2::3] == list(room.labels)
    assert lines[4].split("\t")[2:5] == ["X1", "Y1", "Z1"]
    rows = [line.split("\t") for line in lines[6:]]
    assert len(rows) == len(room.time_s)
    assert {len(row) for row in rows} == {2 + 3 * 33}
    wrist = 2 + 3 * room.labels.index("left_wrist")
    assert all(row[wrist] == "" for row in rows)
    hip = 2 + 3 * room.labels.index("left_hip")
    assert float(rows[0][hip + 1]) == pytest.approx(1000 * room.point("left_hip")[0, 1], abs=1e-4)


def test_mot_is_in_degrees_and_names_rajagopals_coordinates(analysed, tmp_path):
    head, _, body = export(analysed, tmp_path / "a.mot").read_text(encoding="utf-8").partition("endheader\n")
    assert "inDegrees=yes" in head
    assert f"pose_model={analysed.engine.pose_model}" in head
    names, *rows = (line.split("\t") for line in body.splitlines())
    assert {"hip_flexion_r", "knee_angle_l", "ankle_angle_r", "lumbar_extension", "pelvis_ty"} < set(names)
    assert f"nRows={len(rows)}\nnColumns={len(names)}\n" in head
    times = np.array([float(row[0]) for row in rows])
    assert np.allclose(np.diff(times), 1 / 30, atol=1e-4)


def test_opensim_reads_trc_and_mot(gappy, analysed, tmp_path):
    opensim = pytest.importorskip("opensim", reason="opensim is not installed: group opensim")
    points = opensim.TimeSeriesTableVec3(str(export(gappy, tmp_path / "a.trc")))
    room = evened(room_of(gappy))
    assert (points.getNumRows(), points.getNumColumns()) == room.points_m.shape[:2]
    assert points.getTableMetaDataString("Units") == "mm"
    hip = points.getDependentColumn("left_hip")
    assert hip[0].to_numpy() == pytest.approx(1000 * room.point("left_hip")[0], abs=1e-4)
    assert np.isnan(points.getDependentColumn("left_wrist")[0].to_numpy()).all()
    angles = opensim.TimeSeriesTable(str(export(analysed, tmp_path / "a.mot")))
    assert angles.getTableMetaDataString("inDegrees") == "yes"
    _, expected = coordinates_of(analysed, room_of(analysed))
    assert list(angles.getColumnLabels()) == list(expected)
    assert np.allclose(angles.getDependentColumn("knee_angle_r").to_numpy(), expected["knee_angle_r"], atol=1e-4)


def test_opensim_moves_a_model_by_the_files(analysed, tmp_path):
    opensim = pytest.importorskip("opensim", reason="opensim is not installed: group opensim")
    model = shank_on_thigh(opensim)
    model.printToXML(str(tmp_path / "leg.osim"))
    tool = opensim.AnalyzeTool()
    tool.setName("leg")
    tool.setModelFilename(str(tmp_path / "leg.osim"))
    tool.setCoordinatesFileName(str(export(analysed, tmp_path / "a.mot")))
    times = evened(room_of(analysed)).time_s
    tool.setInitialTime(float(times[0]))
    tool.setFinalTime(float(times[-1]))
    tool.setResultsDir(str(tmp_path))
    kinematics = opensim.Kinematics()
    kinematics.setStartTime(float(times[0]))
    kinematics.setEndTime(float(times[-1]))
    tool.updAnalysisSet().cloneAndAppend(kinematics)
    tool.printToXML(str(tmp_path / "setup.xml"))
    assert opensim.AnalyzeTool(str(tmp_path / "setup.xml")).run()
    result = opensim.TimeSeriesTable(str(next(tmp_path.glob("leg_Kinematics_q.sto"))))
    bend = result.getDependentColumn("knee_angle_r").to_numpy()
    when = np.array(result.getIndependentColumn())
    grid, expected = coordinates_of(analysed, room_of(analysed))
    assert np.abs(bend - np.interp(when, grid, expected["knee_angle_r"])).max() < 0.5


def shank_on_thigh(opensim):
    """Return a model of two segments with the coordinates hip_flexion_r and knee_angle_r."""
    model = opensim.Model()
    model.setName("leg")
    parent, length = model.getGround(), 0.0
    for name, coordinate in (("thigh", "hip_flexion_r"), ("shank", "knee_angle_r")):
        body = opensim.Body(name, 5.0, opensim.Vec3(0, -0.2, 0), opensim.Inertia(0.1, 0.1, 0.1))
        place, zero = opensim.Vec3(0, -length, 0), opensim.Vec3(0)
        joint = opensim.PinJoint(f"{name}_joint", parent, place, zero, body, zero, zero)
        joint.updCoordinate().setName(coordinate)
        model.addBody(body)
        model.addJoint(joint)
        parent, length = body, 0.4
    model.finalizeConnections()
    return model


def test_ezc3d_reads_c3d(gappy, tmp_path):
    ezc3d = pytest.importorskip("ezc3d", reason="ezc3d is not installed: extra formats")
    found = ezc3d.c3d(str(export(gappy, tmp_path / "a.c3d")))
    room = evened(room_of(gappy))
    point, about = found["parameters"]["POINT"], found["parameters"]["LUNGE"]
    assert point["LABELS"]["value"] == list(room.labels)
    assert point["UNITS"]["value"] == ["mm"]
    assert point["RATE"]["value"][0] == pytest.approx(30.0)
    assert about["MADE_WITH"]["value"][0].startswith("lunge ")
    seen = np.isfinite(room.points_m).all(axis=2)
    assert np.array_equal(found["data"]["meta_points"]["residuals"][0].T >= 0, seen)
    places = found["data"]["points"][:3].transpose(2, 1, 0)
    assert np.allclose(places[seen], 1000 * room.points_m[seen], atol=0.01)


def test_movement_takes_the_dataset(gappy, tmp_path):
    xarray = pytest.importorskip("xarray", reason="xarray is not installed: extra formats")
    pytest.importorskip("h5netcdf", reason="h5netcdf is not installed: extra formats")
    datasets = pytest.importorskip("movement.validators.datasets", reason="movement is not installed: group formats")
    dataset = xarray.load_dataset(export(gappy, tmp_path / "a.nc"), engine="h5netcdf")
    datasets.ValidPosesInputs.validate(dataset)
    room = room_of(gappy)
    assert dataset.attrs["source_software"] == "lunge"
    assert dataset.attrs["position_unit"] == "m"
    hip = dataset.position.sel(keypoints="left_hip", individuals="person")
    assert np.allclose(hip.values, room.point("left_hip"), equal_nan=True)
    assert np.isnan(hip.sel(time=1.5, method="nearest")).all()
    kinematics = pytest.importorskip("movement.kinematics")
    assert kinematics.compute_velocity(dataset.position).shape == dataset.position.shape


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_polars_reads_the_table(gappy, kind, tmp_path):
    polars = pytest.importorskip("polars", reason="polars is not installed: group formats")
    if kind == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: extra formats")
    path = export(gappy, tmp_path / f"a.{kind}")
    table = polars.read_parquet(path) if kind == "parquet" else polars.read_csv(path, infer_schema_length=None)
    room = room_of(gappy)
    assert table["time_s"].to_numpy() == pytest.approx(gappy.signals.time_s, abs=1e-4)
    hip = table["left_hip_y_m"].cast(polars.Float64).to_numpy()
    assert np.allclose(hip, room.point("left_hip")[:, 1], atol=1e-4, equal_nan=True)
    assert table["pose_model"].unique().to_list() == [gappy.engine.pose_model]


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_cannot_be_written_is_said_and_nothing_stays(analysed, kind, tmp_path):
    try:
        kind_of(kind)
    except OutputError as error:
        pytest.skip(error.message)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match="cannot be written"):
        export(analysed, tmp_path / "file" / f"a.{kind}")
    with pytest.raises(OutputError, match="cannot be written"):
        export(analysed, tmp_path / "missing" / f"a.{kind}")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_a_kind_that_is_none_is_said_with_those_that_are():
    with pytest.raises(OutputError, match=r"bvh is no format that lunge writes\. Choose from: trc, mot,"):
        kind_of("bvh")


def test_a_missing_package_is_named_before_any_work(monkeypatch):
    monkeypatch.setattr("lunge.exports.find_spec", lambda name: None)
    with pytest.raises(OutputError, match=r'ezc3d: install it with pip install "lunge\[formats\]"'):
        kind_of("C3D")
    assert kind_of(" trc") == "trc"


def test_a_package_that_lacks_its_own_part_is_told_and_nothing_is_left(monkeypatch, tmp_path, analysed):
    def lacking(*_, **__):
        raise ImportError("No module named 'h5py', backend not available.")

    monkeypatch.setattr(pytest.importorskip("xarray").Dataset, "to_netcdf", lacking)
    with pytest.raises(OutputError, match=r'h5py: install it with pip install "lunge\[formats\]"'):
        export(analysed, tmp_path / "a.nc")
    assert not list(tmp_path.iterdir())


def test_what_the_kinds_need_is_what_the_extra_installs():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split("[<>=]", one)[0] for one in project["optional-dependencies"]["formats"]}
    assert asked == {package for packages in _PACKAGES.values() for package in packages}
