"""Get an optional network, once a person has agreed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from lunge.errors import ModelError
from lunge.files import made_folder
from lunge.pose.synthpose import listed

FILES: Final = ("config.json", "model.safetensors")

Download = Callable[[str, str, Path], Path]
"""Gets a file of a repository into a folder: repository, name, folder."""


def hub(repository: str, name: str, folder: Path) -> Path:
    """Get a file from the place where `transformers` keeps networks; see `Download`."""
    try:
        found = import_module("huggingface_hub").hf_hub_download(repository, name, local_dir=folder)
    except ImportError as error:
        raise ModelError("errors.network.needs_packages") from error
    return Path(found)


def fetch(folder: Path, download: Download = hub) -> dict[str, str]:
    """Get SynthPose's files into a folder, all or none; return their SHA-256 by name.

    Raises
    ------
    ModelError
        If they cannot be had, or one has another SHA-256 than is known.
    OutputError
        If the folder cannot be made.
    """
    beside = made_folder(folder.with_name(f".{folder.name}.part"))
    try:
        sums = {name: _fetched(name, beside, download) for name in FILES}
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return sums


def _fetched(name: str, folder: Path, download: Download) -> str:
    try:
        path = download(listed()["source"]["repository"], name, folder)
    except (OSError, ValueError) as error:
        raise ModelError("errors.network.unreachable", name=name) from error
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if listed()["sums"].get(name, found) != found:
        raise ModelError("errors.network.unknown_file", name=name, sha256=found)
    return found
