"""Compiled networks, kept from one start to the next: compiling takes half a second, taking one up a tenth.

What is kept may be deleted at any time, and holds nothing of a person.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import openvino as ov

DEVICE: Final = "CPU"
ENDING: Final = ".compiled"
DIGEST_BYTES: Final = hashlib.sha256().digest_size
"""A file begins with the SHA-256 of the rest, so that a damaged one is never loaded."""


def cache_folder() -> Path:
    """Return where this system keeps what a program can make again."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "lunge" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "lunge"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "lunge"


def compiled(source: Path, made: Callable[[], ov.Model], options: Mapping[str, Any], recipe: object) -> Any:
    """Return a network compiled for this computer, taken up from the last start where there was one.

    Parameters
    ----------
    source : Path
        The network's file.
    made : callable
        Reads and prepares the network; called only where nothing is kept.
    options : mapping
        OpenVINO's settings.
    recipe : object
        What `made` does to the file, as its ``repr`` says it.

    Notes
    -----
    What is kept is taken up only with the same file, recipe, settings, OpenVINO and processor. Where it
    cannot be read or written, the network is compiled.
    """
    core = ov.Core()
    stem = "-".join([source.stem, *(str(value) for value in options.values())])
    file = cache_folder() / f"{stem}-{_key(core, source, options, recipe)}{ENDING}"
    kept = _kept(file)
    if kept is not None:
        with suppress(RuntimeError):  # OpenVINO's own checks may refuse it: then it is made anew
            return core.import_model(kept, DEVICE, dict(options))
    network = core.compile_model(made(), DEVICE, dict(options))
    with suppress(OSError):  # nothing is kept where nothing can be written
        _keep(file, stem, network.export_model().getvalue())
    return network


def _key(core: ov.Core, source: Path, options: Mapping[str, Any], recipe: object) -> str:
    processor = [core.get_property(DEVICE, name) for name in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES")]
    told = (ov.get_version(), processor, os.cpu_count(), sorted(options.items()), recipe)
    return hashlib.sha256(repr(told).encode() + hashlib.sha256(source.read_bytes()).digest()).hexdigest()


def _kept(file: Path) -> bytes | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, network = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    return network if hashlib.sha256(network).digest() == digest else None


def _keep(file: Path, stem: str, network: bytes) -> None:
    """Write a compiled network, whole or not at all, in the place of those for which nobody asks any more."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(hashlib.sha256(network).digest() + network)
        Path(beside).replace(file)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
    for outdated in set(file.parent.glob(f"{stem}-*{ENDING}")) - {file}:
        outdated.unlink(missing_ok=True)
