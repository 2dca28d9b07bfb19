"""How the documentation is built: ``sphinx-build -W docs docs/_build/html``."""

from importlib.metadata import version as version_of
from pathlib import Path

from lunge.exercises import exercise_names, load
from lunge.exercises.records import Check

project = "lunge"
author = "The lunge authors"
copyright = "2026, the lunge authors"
release = version_of("lunge")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "lunge"
myst_heading_anchors = 3
napoleon_google_docstring = False
autodoc_typehints = "none"
nitpicky = False

VIEWS = {0.0: "front", 90.0: "left", 180.0: "back", 270.0: "right"}
GENERATED = Path(__file__).parent / "_build"


def number(value: float | None) -> str:
    """Return a limit as people write it."""
    return "" if value is None else f"{value:g}".replace("-", "−")


def row(check: Check) -> str:
    """Return a check's row of the table."""
    low, high = (number(end) for end in check.limit)
    limit = (
        f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else "none yet"
    )
    views = ", ".join(VIEWS.get(azimuth, f"{azimuth:g}°") for azimuth in check.azimuths_deg)
    seen_from = f"{views} ± {check.span_deg:g}°" if views else "every view"
    names = (check.title, f"`{check.check}`", ", ".join(check.steps), f"`{check.measure}`")
    return "| " + " | ".join((*names, limit, check.unit, seen_from)) + " |"


HEAD = "| | check | steps | measure | limit | unit | seen from |\n| --- | --- | --- | --- | --- | --- | --- |\n"

GENERATED.mkdir(exist_ok=True)
for name in exercise_names():
    rows = "\n".join(row(check) for check in load(name).checks)
    (GENERATED / f"checks_{name}.md").write_text(HEAD + rows + "\n", encoding="utf-8")
