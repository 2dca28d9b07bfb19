"""Exports: everything, open, the same each time; and what takes them over."""

import csv
import io
import json
import shutil
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyses import repetition
from lunge.errors import ArchiveError, MissingFileError, OutputError
from lunge.storage.archive import _csv, _csv_from_json, export
from lunge.storage.fhir import LOINC
from lunge.storage.importing import Taken, take_over
from lunge.storage.plain import json_text
from lunge.storage.zips import new_zip
from stored import ANSWERED, ENTRIES, NOON, OWN, REPETITIONS, ZONE, keep, own_in, populate, put_own

TABLES = (
    *("screenings", "consents", "diary", "outcome_scores", "questionnaire_answers"),
    *("plan_decisions", "prescriptions", "breaks", "housework"),
    *("choices", "settings", "sets", "repetitions", "finding_kinds", "findings", "effects"),
)


@pytest.fixture
def archive(store, tmp_path):
    populate(store)
    export(store, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def table(path, name):
    with zipfile.ZipFile(path) as opened:
        found = json.loads(opened.read(f"tables/{name}.json"))
    return [dict(zip(found["columns"], row, strict=True)) for row in found["data"]]


def changed(path, name, change):
    """Write an archive anew in which one file is changed."""
    beside = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(beside, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return beside


def test_an_export_has_every_table_twice_and_the_files_of_the_sets(archive, store):
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        assert {f"tables/{one}.{kind}" for one in TABLES for kind in ("json", "csv")} <= names
        for done in store.sets.all():
            for name in ("landmarks.npz", "report.html", "set.json"):
                assert opened.read(f"sets/{done.id}/{name}") == store.sets.file(done.id, name).read_bytes()
    assert archive.stat().st_mode & 0o077 == 0


def test_every_entry_has_the_same_time_and_only_what_is_packed_already_is_stored(archive):
    with zipfile.ZipFile(archive) as opened:
        entries = opened.infolist()
        assert {(one.date_time, one.external_attr >> 16) for one in entries} == {((1980, 1, 1, 0, 0, 0), 0o600)}
        stored = [one.filename for one in entries if one.compress_type == zipfile.ZIP_STORED]
    assert stored == [one.filename for one in entries if one.filename.endswith(".npz")] != []


def test_a_table_is_packed_fast_and_not_small(tmp_path):
    content = b"".join(struct.pack("<I", i * i % 1009) for i in range(50_000))
    with new_zip(tmp_path / "new.zip", {}) as made, made.entry("tables/x.json") as file:
        file.write(content)
    with zipfile.ZipFile(tmp_path / "new.zip") as opened:
        assert opened.getinfo("tables/x.json").compress_size == len(zlib.compress(content, 1, -15))


def test_csv_and_json_say_the_same(archive):
    with zipfile.ZipFile(archive) as opened:
        for name in TABLES:
            rows = list(csv.DictReader(io.StringIO(opened.read(f"tables/{name}.csv").decode(), newline="")))
            for row, plain in zip(rows, table(archive, name), strict=True):
                assert row == {column: as_cell(value) for column, value in plain.items()}


def as_cell(value):
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "" if value is None else str(value)


def test_another_machine_takes_everything_over_and_exports_the_same(archive, store, other, tmp_path):
    assert take_over(other, archive) == Taken(sets=2, entries=13)
    assert other.sets.all() == store.sets.all()
    assert other.progress() == store.progress()
    assert other.trend("trunk_upright") == store.trend("trunk_upright")
    assert other.trend("effects") == store.trend("effects") != ()
    assert other.diary.all() == store.diary.all()
    export(other, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_a_second_time_changes_nothing(archive, store, tmp_path):
    assert take_over(store, archive) == Taken(0, 0)
    export(store, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_whatever_is_kept_an_import_exports_the_same(store, other, tmp_path):
    entries = st.fixed_dictionaries({name: st.lists(kind, max_size=2) for name, kind in ENTRIES.items()})

    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(entries, st.lists(REPETITIONS, max_size=2))
    def the_same(entries, sets):
        for opened in (store, other):
            opened.sets.remove(sorted(opened.sets.ids()))
            for name in ENTRIES:
                getattr(opened, name).clear()
        for name, found in entries.items():
            for entry in found:
                getattr(store, name).put(entry)
        for repetitions in sets:
            keep(store, repetitions)
        export(store, tmp_path / "one.zip")
        take_over(other, tmp_path / "one.zip")
        export(other, tmp_path / "two.zip")
        assert (tmp_path / "two.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()

    the_same()


def test_of_choices_the_newer_value_counts(store, other, tmp_path):
    store.choices.put({"hold_s": 3, "speed": 1.5}, NOON, ZONE)
    export(store, tmp_path / "all.zip")
    other.choices.put({"hold_s": 7}, NOON + timedelta(days=1), ZONE)
    other.choices.put({"speed": 0.5}, NOON - timedelta(days=1), ZONE)
    take_over(other, tmp_path / "all.zip")
    assert other.choices.all() == {"hold_s": 7, "speed": 1.5}


def test_what_is_there_already_stays_as_it_is(store, other, tmp_path):
    theirs = keep(store, name="theirs")
    ours = keep(other, [repetition()] * 2, name="ours")
    assert theirs.id == ours.id
    export(store, tmp_path / "all.zip")
    assert take_over(other, tmp_path / "all.zip") == Taken(0, 0)
    assert other.sets.all() == (ours,)


def test_files_of_ones_own_go_along_and_none_is_written_over(store, other, tmp_path):
    put_own(tmp_path / "home")
    put_own(tmp_path / "other", {"exercises/gentle_lunge.toml": b"theirs"})
    export(store, tmp_path / "all.zip")
    assert take_over(other, tmp_path / "all.zip") == Taken(0, 0, files=1)
    assert own_in(tmp_path / "other") == OWN | {"exercises/gentle_lunge.toml": b"theirs"}
    assert take_over(other, tmp_path / "all.zip") == Taken(0, 0)


# ---------------------------------------------------------------- what is no export


def test_what_is_not_there_is_said(store, tmp_path):
    with pytest.raises(MissingFileError):
        take_over(store, tmp_path / "none.zip")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_archive_is_said(store, tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(ArchiveError, match="is not an export of lunge"):
        take_over(store, tmp_path / "bad.zip")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("manifest.json", lambda content: b'{"schema": "lunge.export/2"}'),
        ("manifest.json", lambda content: b"[]"),
        ("tables/sets.json", lambda content: content.replace(b'"live"', b"live")),
        ("tables/sets.json", lambda content: content.replace(b"Europe/Berlin", b'",1,"')),
        ("tables/sets.json", lambda content: content.replace(b"20260304-120000-0000", b"../../elsewhere")),
        ("tables/diary.json", lambda content: content.replace(b",2,1,", b",2,11,")),
        ("tables/findings.json", lambda content: content.replace(b",1,24.6", b",9,24.6")),
        ("tables/findings.json", lambda content: content.replace(b",24.6,2.0,", b',24.6,"2.0",')),
        ("sets/20260304-120000-0000/landmarks.npz", lambda content: b"others"),
    ],
)
def test_a_damaged_export_is_said_and_nothing_is_taken_over(archive, other, name, change):
    damaged = changed(archive, name, change)
    with pytest.raises(ArchiveError):
        take_over(other, damaged)
    assert other.sets.all() == ()
    assert other.diary.all() == ()
    assert not other.folders.ids()


def test_a_half_copied_export_is_said(archive, other):
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(ArchiveError):
        take_over(other, archive)


def test_no_file_of_an_archive_lands_outside_of_the_folders(archive, other, tmp_path):
    with zipfile.ZipFile(archive, "a") as opened:
        for name in ("sets/../../escaped", "sets/20260304-120000-0000/../../../escaped", "/escaped", "sets/x/set.json"):
            opened.writestr(name, "x")
        opened.writestr("sets/20260304-120000-0000/own.py", "x")
    take_over(other, archive)
    assert not list(tmp_path.rglob("escaped"))
    assert not list(tmp_path.rglob("own.py"))
    assert {path.name for path in other.folders.folder.iterdir()} == other.sets.ids()


def test_a_file_that_grows_too_large_is_refused(archive, other, monkeypatch):
    monkeypatch.setattr("lunge.storage.zips.MIB", 0)
    with pytest.raises(ArchiveError, match="too large"):
        take_over(other, archive)
    assert not other.folders.ids()


def test_no_file_of_ones_own_lands_outside_of_its_folder(archive, other, tmp_path):
    with zipfile.ZipFile(archive, "a") as opened:
        for name in ("exercises/../escaped.toml", "exercises/a/escaped.toml", "questionnaires/.escaped.json"):
            opened.writestr(name, "x")
        for name in ("questionnaires\\..\\escaped.json", "questionnaires/C:escaped.json", "exercises/escaped.json"):
            opened.writestr(name, "x")
    assert take_over(other, archive).files == 0
    assert not list(tmp_path.rglob("*escaped*"))


def test_files_of_ones_own_that_are_too_large_are_refused(archive, other, monkeypatch):
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("questionnaires/big.json", b" " * 70_000_000)
    with pytest.raises(ArchiveError, match="too large"):
        take_over(other, archive)
    assert not other.folders.ids()


def test_with_a_damaged_export_no_file_of_ones_own_is_left_behind(store, other, tmp_path):
    populate(store)
    put_own(tmp_path / "home")
    export(store, tmp_path / "all.zip")
    damaged = changed(tmp_path / "all.zip", "tables/diary.json", lambda content: content.replace(b",2,1,", b",2,11,"))
    with pytest.raises(ArchiveError):
        take_over(other, damaged)
    assert own_in(tmp_path / "other") == {}


def test_an_export_that_cannot_be_written_leaves_nothing_behind(store, tmp_path):
    with pytest.raises(OutputError):
        export(store, tmp_path / "no folder" / "all.zip")
    populate(store)
    shutil.rmtree(store.folders.folder)
    export(store, tmp_path / "all.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "home"]


# ---------------------------------------------------------------- for other programs


def bundle_of(path):
    with zipfile.ZipFile(path) as opened:
        return json.loads(opened.read("fhir/bundle.json"))


def test_the_bundle_holds_together(archive):
    bundle = bundle_of(archive)
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert len(resources) == len(bundle["entry"])
    for url, resource in resources.items():
        assert url == f"urn:uuid:{resource['id']}"
        if resource["resourceType"] == "Observation":
            assert resource["status"] == "final"
            assert resource["subject"]["reference"] in resources
            assert resource["effectiveDateTime"].endswith(("+01:00", "+02:00"))
            assert any(key.startswith("value") for key in resource)


def test_the_bundle_has_only_codes_that_were_looked_up(archive):
    observations = [entry["resource"] for entry in bundle_of(archive)["entry"] if "status" in entry["resource"]]
    codings = [coding for one in observations for coding in one.get("code", {}).get("coding", [])]
    assert {coding["code"] for coding in codings if coding["system"] == LOINC} == {"55411-3", "73985-4", "72514-3"}
    assert {coding["system"] for coding in codings} <= {LOINC, "urn:lunge:codes"}
    assert "snomed" not in json.dumps(observations).lower()
    with zipfile.ZipFile(archive) as opened:
        assert "LOINC" in opened.read("fhir/NOTICE.txt").decode()


def test_comfort_and_depth_are_in_the_bundle(archive):
    observations = [entry["resource"] for entry in bundle_of(archive)["entry"]]
    pains = {one["bodySite"]["text"]: one["valueQuantity"]["value"] for one in observations if "bodySite" in one}
    assert pains == {"back": 2, "knee": 1}
    parts = [part for one in observations for part in one.get("component", [])]
    depths = [part["valueQuantity"] for part in parts if part["code"]["coding"][0]["code"] == "depth_deg"]
    assert [(depth["value"], depth["code"]) for depth in depths] == [(7.0, "deg"), (7.0, "deg")]


def test_answers_to_questionnaires_are_in_the_bundle(archive):
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle_of(archive)["entry"]}
    (response,) = [one for one in resources.values() if one["resourceType"] == "QuestionnaireResponse"]
    assert response["authored"] == "2026-03-04T13:00:00+01:00"
    assert response["subject"]["reference"] in resources
    assert {name: response[name] for name in ANSWERED["response"]} == ANSWERED["response"]
    (score,) = [one for one in resources.values() if one.get("derivedFrom")]
    assert resources[score["derivedFrom"][0]["reference"]] == response
    assert score["valueQuantity"]["value"] == 3.5


def test_each_set_is_a_data_point(archive, store):
    with zipfile.ZipFile(archive) as opened:
        points = json.loads(opened.read("openmhealth/data-points.json"))
    assert len(points) == len(store.sets.all())
    for point in points:
        assert point["header"]["schema_id"] == {"namespace": "omh", "name": "physical-activity", "version": "1.2"}
        assert point["body"]["activity_name"] == "reverse lunge"
    assert points[0]["body"]["effective_time_frame"]["time_interval"] == {
        "end_date_time": "2026-03-04T13:00:00+01:00",
        "duration": {"value": 2.0, "unit": "sec"},
    }


CELLS = st.none() | st.integers(-(2**31), 2**31) | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(st.sampled_from(["20260304-120000-ffff", "20260304-120000-0a0b"]), CELLS, CELLS)))
def test_plain_rows_are_the_same_csv_either_way(rows):
    assert _csv_from_json(json_text(rows)[1:-1]) == _csv(rows)
