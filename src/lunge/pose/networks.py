"""Networks on OpenVINO: load, cut off what nobody reads, run, also several pictures at once."""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections import deque
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.errors import ModelError

CONVERTER: Final = "openvino.tools.ovc"

# OpenVINO reports its import to its maker where this package is installed; without it, it does not.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
# It also imports its converter of other networks where it can, which takes a tenth of a second and is not used.
sys.modules.setdefault(CONVERTER, None)  # type: ignore[arg-type]

import openvino as ov  # noqa: E402

if sys.modules[CONVERTER] is None:  # whoever wants it may still import it
    del sys.modules[CONVERTER]

from lunge.pose.compiled import compiled  # noqa: E402

Precision = Literal["f32", "bf16"]
Bytes = NDArray[np.uint8]
MODELS: Final = ("lite", "full", "heavy")

_OUTPUTS: Final[dict[str, tuple[str, ...]]] = {"pose_detection": ("Identity", "Identity_1")}
_LANDMARK_OUTPUTS: Final[tuple[str, ...]] = ("Identity", "Identity_1", "Identity_3", "Identity_4")
"""Landmarks, presence, heat maps, metric landmarks; `Identity_2`, a mask, is cut off."""


@dataclass(frozen=True, slots=True)
class Request:
    """A picture under way, kept in memory until it is done."""

    running: Any
    batch: Bytes


_RANGES: Final[dict[str, tuple[float, float]]] = {"pose_detection": (127.5, 127.5)}
_LANDMARK_RANGE: Final[tuple[float, float]] = (0.0, 255.0)
"""Mean and scale that turn bytes into what a network was trained on: [-1, 1] and [0, 1]
(MediaPipe, pose_detection_cpu.pbtxt and pose_landmark_by_roi_cpu.pbtxt)."""


class Network:
    """One network, ready to run.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``pose_landmark_full``.
    precision : {'f32', 'bf16'}
    threads : int
        0 leaves it to OpenVINO: all cores.
    at_once : int
        How many pictures may be under way at the same time; they share the threads.

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """

    def __init__(self, name: str, precision: Precision = "f32", threads: int = 0, at_once: int = 1) -> None:
        options: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": min(at_once, threads or os.cpu_count() or 1),
        }
        if threads:
            options["INFERENCE_NUM_THREADS"] = threads
            # Otherwise every process pins its threads to the same first cores.
            options["ENABLE_CPU_PINNING"] = False
        network = compiled(model_path(name), lambda: fed_with_bytes(graph(name), name), options, _recipe(name))
        # One more than may be under way: a person who was lost is looked for beside them.
        self._free = deque(network.create_infer_request() for _ in range(at_once + 1))
        self._outputs = len(network.outputs)

    def start(self, batch: Bytes) -> Request:
        """Begin with a picture (1, S, S, 3), uint8; give the request to `outputs` for what comes out."""
        request = self._free.popleft()
        request.start_async([batch], share_inputs=True)
        return Request(request, batch)

    def outputs(self, request: Request) -> list[NDArray[np.float32]]:
        """Return the outputs of a picture, waiting for them; the next `start` may overwrite them."""
        request.running.wait()
        self._free.append(request.running)
        return [np.asarray(request.running.get_output_tensor(i).data) for i in range(self._outputs)]

    def __call__(self, batch: Bytes) -> list[NDArray[np.float32]]:
        """Return the outputs for a picture (1, S, S, 3), uint8; the next call may overwrite them."""
        return self.outputs(self.start(batch))


def _recipe(name: str) -> tuple[tuple[str, ...], tuple[float, float]]:
    """Return what is done to a network's file before it is compiled: the outputs kept, and how bytes become numbers."""
    return _OUTPUTS.get(name, _LANDMARK_OUTPUTS), _RANGES.get(name, _LANDMARK_RANGE)


def fed_with_bytes(model: ov.Model, name: str) -> ov.Model:
    """Return a model that takes bytes and turns them into numbers itself."""
    _, (mean, scale) = _recipe(name)
    steps = ov.preprocess.PrePostProcessor(model)
    steps.input().tensor().set_element_type(ov.Type.u8)
    steps.input().preprocess().convert_element_type(ov.Type.f32).mean(mean).scale(scale)
    return steps.build()


def graph(name: str) -> ov.Model:
    """Return a network without the outputs that nobody reads.

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """
    path = model_path(name)
    try:
        model = ov.Core().read_model(path)
    except RuntimeError as error:
        # Reading 28 MB for their sum on every start would be felt; when loading fails it is worth it.
        raise (_unloadable(path) if verified(path) else _damaged(path)) from error
    wanted, _ = _recipe(name)
    kept = [next(o for o in model.outputs if n in o.get_names()) for n in wanted]
    return ov.Model([o.get_node() for o in kept], model.get_parameters(), name)


def model_path(name: str) -> Path:
    """Return where a network's file lies.

    Raises
    ------
    ModelError
        If it is not there or has another size than the list says.
    """
    path = Path(str(resources.files("lunge.pose") / "models" / f"{name}.tflite"))
    if not path.is_file():
        raise ModelError("errors.network.missing", name=path.name, path=str(path))
    expected = _listed().get(path.name)
    if expected and path.stat().st_size != expected["bytes"]:
        raise _damaged(path)
    return path


def _listed() -> dict[str, dict[str, Any]]:
    text = (resources.files("lunge.pose") / "models" / "models.toml").read_text(encoding="utf-8")
    files: dict[str, dict[str, Any]] = tomllib.loads(text)["files"]
    return files


def verified(path: Path) -> bool:
    """Return whether a network's file is the one that the list names, by its SHA-256."""
    expected = _listed().get(path.name)
    return expected is not None and hashlib.sha256(path.read_bytes()).hexdigest() == expected["sha256"]


def _damaged(path: Path) -> ModelError:
    return ModelError("errors.network.damaged", name=path.name, path=str(path))


def _unloadable(path: Path) -> ModelError:
    return ModelError("errors.network.unloadable", name=path.name, path=str(path))
