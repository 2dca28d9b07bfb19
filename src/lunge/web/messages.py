"""What a client says over the live socket, read and checked once at the door."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import numpy as np
from msgspec import DecodeError, Meta, Struct, field
from msgspec.json import Decoder

from lunge.errors import LungeError
from lunge.live.records import PROTOCOL
from lunge.live.session import Command
from lunge.messages import DEFAULT, languages
from lunge.poses import KEYPOINTS, Floats
from lunge.web.asked import Asked
from lunge.web.constants import MIB, constants

MAGIC: Final = b"LNG1"
HEAD: Final = struct.Struct("<4sd")
"""The magic bytes, then the capture time in milliseconds."""

POINTS: Final = len(KEYPOINTS)
LARGEST_SIDE_PX: Final = 10_000
MOST_PEOPLE: Final = 100


class ProtocolError(LungeError):
    """A message that is none of the protocol; its sentence says what was expected."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it came.

    Attributes
    ----------
    capture_ms : float
    data : bytes
        A JPEG, PNG or WebP file.
    """

    capture_ms: float
    data: bytes


class Hello(Struct, frozen=True, kw_only=True):
    """What to coach; `session` takes up a set that was under way, `pictures` keeps stills for its report.

    `break_id`, ``break`` in the message, names the break that the set is.
    """

    type: Literal["hello"]
    protocol: Literal["lunge.live/1"]
    language: str = "en"
    wishes: Asked = Asked()
    pictures: bool = False
    session: Annotated[str, Meta(max_length=64)] | None = None
    break_id: Annotated[str, Meta(max_length=64)] | None = field(default=None, name="break")

    @property
    def spoken(self) -> str:
        """The language of what is said: the one asked for where there is such a one."""
        return self.language if self.language in languages() else DEFAULT


class Points(Struct, frozen=True, kw_only=True, tag_field="type", tag="landmarks"):
    """Landmarks in place of a picture; None stands for a point not seen."""

    capture_ms: Annotated[float, Meta(ge=0)]
    width: Annotated[int, Meta(ge=1, le=LARGEST_SIDE_PX)]
    height: Annotated[int, Meta(ge=1, le=LARGEST_SIDE_PX)]
    image_px: Annotated[list[tuple[float | None, float | None]], Meta(min_length=POINTS, max_length=POINTS)]
    world_m: Annotated[
        list[tuple[float | None, float | None, float | None]], Meta(min_length=POINTS, max_length=POINTS)
    ]
    confidence: Annotated[list[Annotated[float, Meta(ge=0, le=1)] | None], Meta(min_length=POINTS, max_length=POINTS)]
    people: Annotated[int, Meta(ge=0, le=MOST_PEOPLE)] = 1


class Order(Struct, frozen=True, kw_only=True, tag_field="type", tag="command"):
    """A command of the person, or of the page for them."""

    name: Command


Frame = Shot | Points

_HELLO: Final = Decoder(Hello)
_LATER: Final[Decoder[Points | Order]] = Decoder(Points | Order)
_PLACE: Final = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)

UNREADABLE: Final = (DecodeError, RecursionError)
"""What reading a message that is none may raise."""


def hello_from(text: str) -> Hello:
    """Return the first message.

    Raises
    ------
    ProtocolError
        If it is none.
    """
    try:
        return _HELLO.decode(text)
    except UNREADABLE as error:
        raise ProtocolError("errors.protocol.hello", protocol=PROTOCOL, detail=first_fault(error)) from error


def said(text: str) -> Points | Order:
    """Return a later text message.

    Raises
    ------
    ProtocolError
        If it is none.
    """
    try:
        return _LATER.decode(text)
    except UNREADABLE as error:
        raise ProtocolError("errors.protocol.later", detail=first_fault(error)) from error


def shot_from(message: bytes) -> Shot:
    """Return the picture in a binary message.

    Raises
    ------
    ProtocolError
        If it is none, or too large.
    """
    if len(message) > constants().live.largest_message_mib * MIB:
        raise too_large()
    if len(message) <= HEAD.size or not message.startswith(MAGIC):
        raise ProtocolError("errors.protocol.no_picture")
    _, capture_ms = HEAD.unpack_from(message)
    if not (np.isfinite(capture_ms) and capture_ms >= 0):
        raise ProtocolError("errors.protocol.no_time")
    return Shot(capture_ms, message[HEAD.size :])


def too_large() -> ProtocolError:
    """Return the error that a message is too large, to be raised."""
    return ProtocolError("errors.protocol.message_large", mib=f"{constants().live.largest_message_mib:g}")


def too_many() -> ProtocolError:
    """Return the error that there are too many messages a second, to be raised."""
    return ProtocolError("errors.protocol.too_many", most=f"{constants().live.most_messages_per_s:g}")


def floats(rows: Sequence[Sequence[float | None]] | Sequence[float | None]) -> Floats:
    """Return numbers as an array, NaN for None."""
    return np.array(rows, dtype=float)


def first_fault(error: Exception) -> str:
    """Return where a message is wrong, and how."""
    found = _PLACE.fullmatch(str(error))
    return f"{found[2]}: {found[1]}" if found else str(error)


def faulty_field(error: Exception) -> str:
    """Return the name of the field that is wrong; empty where it is none."""
    found = _PLACE.fullmatch(str(error))
    return found[2] if found else ""
