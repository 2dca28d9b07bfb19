"""The page that teaches the exercise: its template with our texts, in a bare frame."""

import json
import re
from importlib import resources

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from lunge.messages import catalogue, languages
from lunge.web.lessons import FRONT_DEG, MISTAKES, STEPS

WEB = resources.files("lunge.web")
FIGURE = json.loads((WEB / "static" / "figure.json").read_text(encoding="utf-8"))
FRAME = """<title>{% block title %}{% endblock %}</title>{% block scripts %}{% endblock %}
<body class="{% block page %}{% endblock %}">{% block main %}{% endblock %}"""


def page(language="en"):
    """Return the page, and the keys of the texts that it used."""
    used = set()

    def t(key, **fill):
        used.add(key)
        return catalogue(language).text(key, **fill)

    loader = ChoiceLoader([DictLoader({"base.html": FRAME}), FileSystemLoader(str(WEB / "templates"))])
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("learn.html")
    return template.render(t=t, steps=STEPS, mistakes=MISTAKES, front_deg=FRONT_DEG), used


@pytest.mark.parametrize("language", languages())
def test_every_text_of_the_section_is_on_the_page(language):
    _, used = page(language)
    assert used == {key for key in catalogue(language).texts if key.startswith("learn.")}


def test_nothing_on_the_page_needs_inline_style_or_script():
    html, _ = page()
    assert not re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=", html)


def test_every_picture_shows_a_moment_that_the_figure_knows_and_says_what_it_is():
    html, _ = page()
    pictures = re.findall(r"<svg[^>]*data-phase[^>]*>", html)
    assert len(pictures) == len(STEPS) + 2 * len(MISTAKES)
    for picture in pictures:
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', picture))
        assert found["data-track"] in FIGURE["tracks"]
        assert found["data-phase"] in {step["name"] for step in FIGURE["steps"]}
        assert 0 <= float(found["data-share"]) <= 1
        assert len(found["aria-label"].split()) > 3


def test_each_control_has_an_id_that_the_script_knows():
    html, _ = page()
    asked = set(re.findall(r'byId\("([\w-]+)"\)', (WEB / "static" / "learn.js").read_text(encoding="utf-8")))
    assert asked <= set(re.findall(r'id="([\w-]+)"', html))


def test_ids_are_given_once():
    html, _ = page()
    ids = re.findall(r'\sid="([\w-]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", languages())
def test_the_page_promises_nothing_that_nobody_can_keep(language):
    text = " ".join(catalogue(language).section("learn").values()).lower()
    promises = (
        r"remed|reliev|relief|cure|heal|rehab|prevent|treat|weak|posture|pain|clinical|lindert|heilt|beugt|schmerz"
    )
    assert not re.findall(promises, text)
