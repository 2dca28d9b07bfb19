"""What a person may ask for: the choices of the settings page, and the wishes a client sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, convert
from msgspec.structs import asdict, fields

from lunge.live.records import Order, Wishes

HOLD_S: Final = (1.0, 10.0)
REPETITIONS: Final = (1, 20)
HEIGHT_M: Final = (0.8, 2.6)
SPEED: Final = (0.5, 2.0)

Variant = Literal["reverse_lunge", "reverse_lunge_from_standing", "seated_lunge"]
Model = Literal["lite", "full", "heavy"]
HoldSeconds = Annotated[float, Meta(ge=HOLD_S[0], le=HOLD_S[1])]


class Asked(Struct, frozen=True, kw_only=True):
    """`lunge.live.records.Wishes` as they come from outside; what does not fit is refused."""

    variant: Variant = "reverse_lunge"
    hold_s: HoldSeconds = 2.0
    squat_hold_s: HoldSeconds = 1.0
    repetitions: Annotated[int, Meta(ge=REPETITIONS[0], le=REPETITIONS[1])] = 3
    order: Order = "alternate"
    stretch: bool = False
    chair: bool = False
    front_repetitions: Annotated[int, Meta(ge=0, le=REPETITIONS[1])] = 2
    height_m: Annotated[float, Meta(ge=HEIGHT_M[0], le=HEIGHT_M[1])] | None = None
    outline: bool = False
    mirrored: bool = False
    model: Model = "full"

    def wishes(self) -> Wishes:
        """Return them as the coach takes them."""
        return Wishes(**{field.name: getattr(self, field.name) for field in fields(Asked)})


class Choices(Asked, frozen=True, kw_only=True):
    """All that is remembered: the wishes, and how the page looks and speaks."""

    mirror: bool = True
    meters: bool = True
    pictures: bool = False
    voice: bool = True
    voice_name: Annotated[str, Meta(max_length=200)] = ""
    speed: Annotated[float, Meta(ge=SPEED[0], le=SPEED[1])] = 1.0
    tones: bool = True


NAMES: Final = tuple(field.name for field in fields(Choices))
FLAGS: Final = tuple(field.name for field in fields(Choices) if field.type is bool)


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
    msgspec.ValidationError
        If a value does not fit; a ``ValueError``.
    """
    sent = {name: form[name] for name in NAMES if name in form and name not in FLAGS}
    ticked = {name: name in form for name in FLAGS}
    height_cm = form.get("height_cm", "").strip().replace(",", ".")
    height_m = float(height_cm) / 100.0 if height_cm else None
    return convert({**asdict(before), **sent, **ticked, "mirrored": False, "height_m": height_m}, Choices, strict=False)
