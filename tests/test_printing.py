"""From a template to a PDF."""

from datetime import UTC, datetime

import pytest

from lunge.errors import PrintingError
from lunge.printing import pdf

DAY = datetime(2026, 1, 5, tzinfo=UTC)
TEMPLATE = """
#let data = json("data.json")
#set document(title: data.title)
#set text(lang: "en")
= #data.title
#image("dot.svg", alt: "A dot")
"""
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'


def test_a_template_with_data_and_a_picture_is_a_tagged_pdf():
    made = pdf(TEMPLATE, {"title": "Hello"}, {"dot.svg": DOT}, DAY)
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made


def test_the_same_input_gives_the_same_bytes_and_another_day_does_not():
    files = {"dot.svg": DOT}
    first = pdf(TEMPLATE, {"title": "Hello"}, files, DAY)
    assert pdf(TEMPLATE, {"title": "Hello"}, files, DAY) == first
    assert pdf(TEMPLATE, {"title": "Hello"}, files, datetime(2026, 1, 6, tzinfo=UTC)) != first


def test_what_cannot_be_made_is_one_sentence():
    with pytest.raises(PrintingError, match=r"^The pages cannot be made: .*\.$") as caught:
        pdf(TEMPLATE, {"title": "Hello"}, {}, DAY)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("name", ["../dot.svg", "a/dot.svg", "main.typ", "data.json", "packages"])
def test_a_file_has_a_name_of_its_own_without_folders(name):
    with pytest.raises(ValueError, match="names without folders"):
        pdf(TEMPLATE, {"title": "Hello"}, {name: DOT}, DAY)


def test_a_template_never_fetches_a_package():
    with pytest.raises(ValueError, match="no packages from the network"):
        pdf('#import "@preview/cetz:0.3.1"', {}, {}, DAY)


def test_a_package_that_lies_on_the_computer_is_not_used(tmp_path, monkeypatch):
    package = tmp_path / "typst" / "packages" / "local" / "mine" / "0.1.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "mine"\nversion = "0.1.0"\nentrypoint = "a.typ"\n')
    (package / "a.typ").write_text("#let x = 1\n")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(PrintingError, match="package not found"):
        pdf('#import "@local/mine:0.1.0": x\n#set document(title: "T")\n#x', {}, {}, DAY)
