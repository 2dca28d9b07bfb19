"""The JSON of an analysis is what the schema in the package says."""

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

import lunge

DEMO = Path(lunge.__file__).parent / "demo" / "demo.mp4"
SCHEMA = json.loads((resources.files("lunge") / "schema" / "analysis.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(lunge.analyze(DEMO).as_dict(), allow_nan=False))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_an_analysis_fits_the_schema(document):
    jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("people"),
        lambda d: d["repetitions"][0]["findings"][0].update(result="maybe"),
        lambda d: d["repetitions"][0].update(surprise=1),
        lambda d: d["view"].update(azimuth_deg=400),
    ],
)
def test_what_does_not_fit_is_refused(document, spoil):
    spoiled = json.loads(json.dumps(document))
    spoil(spoiled)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoiled, SCHEMA)
