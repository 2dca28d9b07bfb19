"""How wrong each measure is: its standard deviation, measured on ground truth.

The numbers stand in ``error_model.toml`` with their provenance.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lunge.records import ViewKind


@dataclass(frozen=True, slots=True)
class MeasureError:
    """The error of one measure in one view.

    Attributes
    ----------
    bias : float
        What the measure reads too much, taken off its value.
    sd : float
        Standard deviation on ground truth after that; decides *cannot judge*.
    sd_people : float
        What the literature gives for real people and clothes; what people are shown.
    """

    bias: float
    sd: float
    sd_people: float


UNKNOWN = MeasureError(0.0, float("nan"), float("nan"))


@cache
def _table() -> dict[tuple[str, str, str], MeasureError]:
    text = (resources.files("lunge.kinematics") / "error_model.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["errors"]
    return {
        (r["measure"], r["view"], r.get("leg", "")): MeasureError(r.get("bias", 0.0), r["sd"], r["sd_people"])
        for r in rows
    }


def error_of(measure: str, view: ViewKind | None, leg: str = "") -> MeasureError:
    """Return the error of a measure.

    Parameters
    ----------
    measure : str
        As checks and series name it; of a leg also with its side.
    view : {'front', 'oblique', 'side', 'back'} or None
        Where the camera stands.
    leg : {'near', 'far', ''}
        Whether the leg it is about is the one at the camera's side.

    Returns
    -------
    MeasureError
        With NaN sds when the measure was never measured in that view.
    """
    table, kind = _table(), view or ""
    sideless = measure.removeprefix("left_").removeprefix("right_")
    keys = ((measure, kind, leg), (measure, kind, ""), (measure, "any", ""), (sideless, kind, ""))
    return next((table[key] for key in keys if key in table), UNKNOWN)
