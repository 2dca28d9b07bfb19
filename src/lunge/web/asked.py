"""What a person may ask for: the choices of the settings page, and the wishes a client sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from lunge.live.records import Order, Wishes

HOLD_S: Final = (1.0, 10.0)
REPETITIONS: Final = (1, 20)
HEIGHT_M: Final = (0.8, 2.6)
SPEED: Final = (0.5, 2.0)

Variant = Literal["reverse_lunge", "reverse_lunge_from_standing", "seated_lunge"]
Model = Literal["lite", "full", "heavy"]
HoldSeconds = Annotated[float, Field(ge=HOLD_S[0], le=HOLD_S[1])]


class Asked(BaseModel):
    """`lunge.live.records.Wishes` as they come from outside; what does not fit is refused."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    variant: Variant = "reverse_lunge"
    hold_s: HoldSeconds = 2.0
    squat_hold_s: HoldSeconds = 1.0
    repetitions: Annotated[int, Field(ge=REPETITIONS[0], le=REPETITIONS[1])] = 3
    order: Order = "alternate"
    stretch: bool = False
    chair: bool = False
    front_repetitions: Annotated[int, Field(ge=0, le=REPETITIONS[1])] = 2
    height_m: Annotated[float, Field(ge=HEIGHT_M[0], le=HEIGHT_M[1])] | None = None
    outline: bool = False
    mirrored: bool = False
    model: Model = "full"

    def wishes(self) -> Wishes:
        """Return them as the coach takes them."""
        return Wishes(**{name: getattr(self, name) for name in Asked.model_fields})


class Choices(Asked):
    """All that is remembered: the wishes, and how the page looks and speaks."""

    mirror: bool = True
    meters: bool = True
    pictures: bool = False
    voice: bool = True
    voice_name: Annotated[str, Field(max_length=200)] = ""
    speed: Annotated[float, Field(ge=SPEED[0], le=SPEED[1])] = 1.0
    tones: bool = True


FLAGS: Final = tuple(name for name, field in Choices.model_fields.items() if field.annotation is bool)


def choices_from_form(form: Mapping[str, str], before: Choices) -> Choices:
    """Return the choices in a form that was sent; boxes that are not ticked are absent from it.

    Parameters
    ----------
    form : mapping
        As `lunge.web.forms.read_form` gives it; the height is in centimetres, or empty.
    before : Choices
        Gives what the form does not ask for.

    Raises
    ------
    pydantic.ValidationError
        If a value does not fit; a ``ValueError``.
    """
    sent = {name: form[name] for name in Choices.model_fields if name in form and name not in FLAGS}
    ticked = {name: name in form for name in FLAGS}
    height_cm = form.get("height_cm", "").strip().replace(",", ".")
    height_m = float(height_cm) / 100.0 if height_cm else None
    return Choices.model_validate({**before.model_dump(), **sent, **ticked, "mirrored": False, "height_m": height_m})
