"""The meters of stretch and load on the pages: what the page is told, the switch, and their trends."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from analyses import effects, repetition
from lunge.messages import catalogue
from stored import NOON, keep

EN = catalogue("en")


def shown(client):
    return 'id="meters"' in client.get("/live").text


@pytest.mark.usefixtures("cleared")
def test_the_page_of_the_coach_explains_the_trade_off(client):
    html = client.get("/live").text
    assert EN.text("meters.trade_text") in html
    assert EN.text("meters.model_text") in html
    assert shown(client)


def test_the_switch_is_remembered_and_changes_nothing_else(client, app):
    client.post("/set", data={"repetitions": "7", "meters": "on"})
    before = app.state.memory.choices()
    assert client.post("/live/meters").status_code == 204
    assert app.state.memory.choices() == replace(before, meters=False)
    client.post("/live/meters", data={"meters": "on"})
    assert app.state.memory.choices() == before


@pytest.mark.usefixtures("cleared")
def test_the_words_of_the_meters_come_with_the_page(client):
    html = client.get("/live").text
    for key in ("reasons.hidden", "stretch.much", "hip_share.unsure", "leaning"):
        assert EN.section("meters")[key] in html


def test_stretch_and_load_are_followed_with_their_band(client, app):
    told = {"rectus_femoris": (13.0, 9.5, 16.5), "front_demand": (1.2, 0.7, 1.7)}
    for i in range(2):
        keep(app.state.store, [repetition()] * 2, NOON + timedelta(days=i), inside=[effects(**told)] * 2)
    html = client.get("/progress?span=all&side=each").text
    for key, latest, low in (("stretch_percent", "13\u00a0%", "10\u00a0%"), ("load_percent", "50\u00a0%", "29\u00a0%")):
        card = html.split(f'id="m-{key}"')[1].split("</section>")[0]
        assert EN.text(f"trends.measures.{key}") in card
        assert f"the latest {latest}" in card
        assert EN.text("trends.band", low=low, high="#").split("#")[0].split(low)[0] in card
    stretch = html.split('id="m-stretch_percent"')[1].split("</section>")[0]
    load = html.split('id="m-load_percent"')[1].split("</section>")[0]
    assert ("mark left" in stretch, "mark right" in stretch) == (True, False)
    assert ("mark left" in load, "mark right" in load) == (False, True)
