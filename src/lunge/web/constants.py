"""The numbers of the web layer, read once from ``web.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StartConstants:
    """Of the start of the program."""

    rest_after_s: float


@dataclass(frozen=True, slots=True)
class LiveConstants:
    """Of the live socket."""

    largest_message_mib: float
    longest_picture_px: int
    most_messages_per_s: float
    rate_over_s: float
    kept_s: float
    most_rooms_count: int
    first_message_s: float


@dataclass(frozen=True, slots=True)
class PageConstants:
    """Of what the live page does; it is told them."""

    long_side_px: int
    picture_quality_share: float
    in_flight_frames: int
    slow_fps: float
    answer_within_s: float


@dataclass(frozen=True, slots=True)
class RequestConstants:
    """Of what may be sent."""

    largest_form_mib: float


@dataclass(frozen=True, slots=True)
class SetConstants:
    """Of the list of sets."""

    on_a_page_count: int


@dataclass(frozen=True, slots=True)
class JobConstants:
    """Of videos that are looked at."""

    most_jobs_count: int


@dataclass(frozen=True, slots=True)
class PairingConstants:
    """Of a phone as the camera."""

    code_valid_s: float
    most_wrong_count: int
    certificate_days: int


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    start: StartConstants
    live: LiveConstants
    page: PageConstants
    requests: RequestConstants
    sets: SetConstants
    jobs: JobConstants
    pairing: PairingConstants


@cache
def constants() -> Constants:
    """Return the constants of the web layer."""
    return read(Constants, "lunge.web", "web.toml")
