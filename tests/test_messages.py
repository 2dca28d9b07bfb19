"""The catalogues of all languages hold the same texts with the same gaps."""

import re

import pytest

from lunge.messages import DEFAULT, catalogue, languages


@pytest.mark.parametrize("language", languages())
def test_a_language_is_complete(language: str) -> None:
    assert set(catalogue(language).texts) == set(catalogue(DEFAULT).texts)


@pytest.mark.parametrize("language", languages())
def test_a_text_has_the_gaps_of_the_english_one(language: str) -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    ours, english = catalogue(language), catalogue(DEFAULT)
    wrong = {key for key, text in ours.texts.items() if gaps(text) != gaps(english.texts[key])}
    assert not wrong


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        catalogue("xx")
    with pytest.raises(ValueError, match="language"):
        catalogue("../en")


def test_a_text_is_filled_in_and_a_section_is_found() -> None:
    assert catalogue("en").text("about.language") == "English"
    assert catalogue("de").section("about") == {"language": "Deutsch"}
