"""The documentation against what it describes."""

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from lunge import records

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
NO_OPTIONS_OF_OURS = {"--help", "--install-completion", "--show-completion"}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.skipif(importlib.util.find_spec("lunge.cli") is None, reason="there is no command line yet")
def test_the_page_on_usage_has_exactly_the_options_of_analyze() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from lunge.cli import main; main()", "analyze", "--help"],
        env={**os.environ, "COLUMNS": "240", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    offered = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", run.stdout)) - NO_OPTIONS_OF_OURS
    rows = re.findall(r"(?m)^\| (`--.*?`) \|", text_of(ROOT / "docs/usage.md"))
    assert set(re.findall(r"--[a-z][a-z-]*", " ".join(rows))) == offered


@pytest.mark.parametrize("record", [records.Finding, records.View, records.InputInfo, records.EngineInfo])
def test_the_page_on_the_json_has_every_field(record: type) -> None:
    page = text_of(ROOT / "docs/contract.md")
    assert not [field.name for field in fields(record) if field.name not in page]


def test_the_page_on_the_json_has_every_field_of_a_repetition() -> None:
    page = text_of(ROOT / "docs/contract.md")
    inside = {"holds_s": "lunge_hold_s", "step_length": "step_length_m", "step_length_unit": "step_length_heights"}
    names = [inside.get(field.name, field.name) for field in fields(records.Repetition)]
    assert not [name for name in names if f"`{name}`" not in page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_promises_what_nobody_can_keep(page: Path) -> None:
    promises = r"\b(remed\w+|reliev\w+|relief|cures?|heals?|rehabilit\w+|clinical\w*|therap\w+|weak glutes?|amnesia)\b"
    found = re.findall(promises, text_of(page).replace("physiotherapist", ""), flags=re.IGNORECASE)
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", text_of(page))
    here = [link for link in links if "://" not in link]
    assert not [link for link in here if not (page.parent / link).exists()]
