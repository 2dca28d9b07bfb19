"""Who may import whom: the layers of src/lunge, from the ground up, and where heavy packages live.

To add a module: put it into LAYERS below everything that it imports, with what it may import.
"""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "lunge"

LAYERS = {
    # the ground: records and pure functions
    "messages": "",
    "errors": "messages",
    "constants": "",
    "documents": "",
    "files": "errors",
    "printing": "errors documents",
    "home": "",
    "written": "errors messages",
    "own_texts": "errors files written",
    "poses": "errors",
    "signals": "errors poses",
    "mechanics": "constants",
    "records": "errors messages mechanics poses signals",
    "geometry": "poses",
    "smoothing": "poses",
    "posefile": "errors messages poses records",
    # from poses to signals
    "stillness": "constants poses",
    "kinematics": "errors constants poses signals records geometry smoothing stillness",
    "motion": "constants poses signals records geometry smoothing kinematics",
    "effects": "signals records mechanics poses smoothing kinematics",
    # judgement
    "exercises": "errors records constants files home written own_texts",
    "questionnaires": "errors constants files written own_texts",
    "plan": "errors constants messages records written",
    "episode_levels": "constants poses exercises motion stillness",
    "phase_times": "poses records exercises motion stillness episode_levels",
    "seated_times": "constants exercises motion stillness phase_times",
    "split_times": "poses exercises motion stillness phase_times",
    "phases": "poses records exercises motion phase_times seated_times split_times",
    "others": "constants poses records geometry exercises kinematics motion phases",
    "checks": "constants poses signals records geometry exercises kinematics phases",
    "mirroring": "poses",
    "spool": "errors poses",
    "pictures": "constants messages poses",
    "measuring": "constants poses smoothing kinematics motion",
    "judging": "constants poses signals records geometry exercises kinematics motion phases others checks measuring",
    "lowering": "constants poses records geometry stillness measuring kinematics",
    "watching": "constants messages poses signals records exercises kinematics stillness judging measuring spool"
    " lowering",
    "coaching": "constants exercises",
    "causal": "constants poses records geometry exercises kinematics checks measuring watching coaching",
    # the outside world
    "camera": "errors constants",
    # the outside world
    "video_notes": "",
    "video_file": "errors constants messages video_notes",
    "video_writing": "errors video_file",
    "video": "errors constants messages video_file video_writing",
    "pose": "errors constants poses records files",
    "demo": "errors",
    "storage": "errors constants documents files home",
    "trends": "constants messages plan storage",
    "handbook": "constants messages plan printing",
    # composition
    "landmark_stream": "errors messages poses records posefile spool video pose home constants",
    "session": "errors effects messages video_notes poses signals records posefile exercises judging mirroring"
    " pictures watching causal landmark_stream mechanics",
    "live": "errors constants poses records posefile geometry exercises kinematics checks mirroring pictures coaching"
    " causal landmark_stream session mechanics measuring lowering",
    "guide": "errors constants documents messages plan storage written questionnaires",
    "breaks": "errors constants files messages storage plan guide camera pose",
    "report": "errors constants files messages mechanics poses signals records geometry kinematics exercises video"
    " session printing",
    "exports": "errors constants files poses signals records geometry kinematics measuring report",
    "batch": "errors files records posefile exercises video session report messages exports",
    "workers": "errors signals session batch",
    "evaluation": "errors constants files poses signals records posefile geometry smoothing exercises kinematics"
    " checks measuring judging watching video pose session report workers",
    "web": "errors constants documents files messages plan storage guide poses records posefile coaching live session"
    " report pose exports breaks trends handbook exercises questionnaires",
    # faces
    "__init__": "errors poses signals records posefile exercises video session report exports",
    "cli_values": "constants",
    "cli_options": "cli_values",
    "cli_speech": "errors",
    "cli_data": "storage cli_speech",
    "cli_breaks": "files messages home storage breaks cli_speech guide",
    "cli_handbook": "files storage guide handbook cli_speech cli_values",
    "cli_draft": "errors messages plan written cli_speech",
    "cli_prescribe_options": "cli_values cli_draft",
    "cli_prescribe": "errors files plan cli_speech messages guide cli_values cli_draft cli_prescribe_options",
    "cli_models": "pose home cli_speech",
    "terminal": "errors records exercises report evaluation",
    "cli_coach": "storage web",
    "cli": "errors documents signals records posefile exercises video session report batch workers evaluation storage"
    " __init__ terminal cli_values cli_options cli_speech cli_data cli_coach exports cli_models cli_prescribe"
    " cli_breaks cli_handbook",
    "__main__": "cli",
}

VIDEO = "video video_file video_writing"
HOMES = {
    "numpy": " ".join(LAYERS),
    "av": f"camera {VIDEO}",
    "cv2": f"pose report {VIDEO}",
    "openvino": "pose",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "dbus_fast": "breaks",
    "desktop_notifier": "breaks",
    "icalendar": "breaks",
    "recurring_ical_events": "breaks",
    "jinja2": "report evaluation web",
    "markupsafe": "report evaluation web",
    "fastapi": "web",
    "starlette": "web",
    "msgspec": "web",
    "uvicorn": "web",
    "cryptography": "plan web",
    "segno": "web",
    "typer": "cli cli_options cli_values cli_speech cli_data cli_models terminal cli_prescribe cli_draft cli_breaks"
    " cli_handbook cli_prescribe_options",
    "typst": "printing",
    "rich": "cli terminal",
}
"""Every package from outside that is used, and the only layers that may import it."""

PRINTING = {"cli", "terminal"}
FACES = {"__init__", "cli", "cli_coach", "__main__"}
LONGEST_FILE = 300

FILES = sorted(SOURCE.rglob("*.py"))
MODULES = {"lunge." + ".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in FILES}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}


def layer_of(module: str) -> str:
    """Return the layer of a module: `lunge.pose.networks` is in `pose`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported(module: str) -> Iterator[str]:
    """Yield the full names that a module imports, anywhere in it, `lunge` itself as `lunge.__init__`."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (resolved(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(module.split(".")[: -node.level]) if node.level else ""
            name = ".".join(part for part in (base, node.module) if part)
            yield from (resolved(f"{name}.{alias.name}", name) for alias in node.names)


def resolved(name: str, otherwise: str | None = None) -> str:
    """Return the module of this package that a name means, or the name as it was written."""
    for candidate in (name, otherwise or name):
        for module in (candidate, f"{candidate}.__init__"):
            if module in MODULES:
                return module
    return otherwise or name


@pytest.mark.parametrize("module", MODULES)
def test_a_module_stands_in_the_table(module: str) -> None:
    assert layer_of(module) in LAYERS, f"{module} is in no layer: add it to LAYERS in {Path(__file__).name}"


def test_the_table_goes_from_the_ground_up() -> None:
    below: set[str] = set()
    for layer, allowed in LAYERS.items():
        assert set(allowed.split()) <= below, f"{layer} may import only what stands above it in the table"
        below.add(layer)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_layer_may(module: str) -> None:
    layer = layer_of(module)
    allowed = {layer, *LAYERS.get(layer, "").split()}
    found = {layer_of(name) for name in imported(module) if name.split(".")[0] == "lunge"}
    assert found <= allowed, f"{module} imports {sorted(found - allowed)}, which its layer may not"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {name for name in imported(module) if name in MODULES} - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("imports in a circle: " + " <- ".join(error.args[1]))


@pytest.mark.parametrize("module", MODULES)
def test_heavy_packages_stay_at_home(module: str) -> None:
    outside = {name.split(".")[0] for name in imported(module)} - set(sys.stdlib_module_names) - {"lunge"}
    assert outside <= set(HOMES), f"{module} imports {sorted(outside - set(HOMES))}: add them to HOMES, or do without"
    strays = {name for name in outside if layer_of(module) not in HOMES[name].split()}
    assert not strays, f"{module} imports {sorted(strays)}, at home in other layers"


@pytest.mark.parametrize("module", [name for name in MODULES if layer_of(name) not in PRINTING])
def test_only_the_command_line_prints(module: str) -> None:
    lines = [
        node.lineno
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not lines, f"{module} prints in lines {lines}"


@pytest.mark.parametrize("module", MODULES)
def test_a_file_is_not_too_long(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{module} has {lines} lines: split it by what it is about"


@pytest.mark.parametrize("layer", sorted(set(LAYERS) - FACES))
def test_nothing_below_the_faces_imports_them(layer: str) -> None:
    assert not FACES & set(LAYERS[layer].split())
