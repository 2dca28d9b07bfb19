"""Everyday lowerings in words and pictures: how often, which way, and each with its lowest moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from lunge.records import Analysis, Lowering
from lunge.report.constants import constants
from lunge.report.footage import Stills, draw_pose, frame_near, steady_poses
from lunge.report.pictures import crop_box, cropped, jpeg_address, plain_ground
from lunge.report.words import amount, number, raised, word

KINDS: Final = ("lunge", "squat", "stoop", "kneel", "sit")
COLUMNS: Final = ("kind", "from", "to", "leg", "depth", "lean", "load")
PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class LoweringCard:
    """One lowering as the page shows it.

    Attributes
    ----------
    title : str
    when : str
    facts : tuple of (name, value)
    source, alt : str
        The picture of its lowest moment, as a data address; empty beyond the first ones.
    width, height : int
    """

    title: str
    when: str
    facts: tuple[tuple[str, str], ...]
    source: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0


def lowering_headline(analysis: Analysis) -> str:
    """Return how often the person went down; empty where nobody asked."""
    if analysis.lowerings is None:
        return ""
    count = len(analysis.lowerings)
    return word("lowerings", {0: "count_none", 1: "count_one"}.get(count, "count_many"), n=count)


def lowering_counts(analysis: Analysis) -> list[tuple[str, int]]:
    """Return how often it was done each way, those that were."""
    counts = Counter(low.kind for low in analysis.lowerings or ())
    return [(word("lowerings", f"did_{kind}"), counts[kind]) for kind in KINDS if counts[kind]]


def lowering_sentence(analysis: Analysis) -> str:
    """Return how much of lunging and stooping was lunging, kindly; empty where nobody asked."""
    if analysis.lowerings is None:
        return ""
    counts = Counter(low.kind for low in analysis.lowerings)
    both = counts["lunge"] + counts["stoop"]
    if not both:
        return word("lowerings", "fine") if analysis.lowerings else word("lowerings", "none")
    percent = number(PERCENT * counts["lunge"] / both)
    return f"{word('lowerings', 'share', percent=percent)} {word('lowerings', 'fine')}"


def lowering_rows(analysis: Analysis) -> list[tuple[str, ...]]:
    """Return each lowering in words, as `COLUMNS` says."""
    return [_row(low, analysis.body.height_m) for low in analysis.lowerings or ()]


def lowering_cards(analysis: Analysis, footage: Stills | None) -> list[LoweringCard]:
    """Return each lowering for the page; the first ones with a picture.

    Parameters
    ----------
    analysis : Analysis
    footage : Stills, optional
        Without it skeletons are drawn on a plain ground.
    """
    found = analysis.lowerings or ()
    shown = found[: constants().pictures.most_lowerings_count]
    grounds = footage.at([low.bottom_s for low in shown]) if footage is not None and shown else [None] * len(shown)
    out = []
    for low, ground in zip(shown, grounds, strict=True):
        poses = steady_poses(analysis.poses, low.start_s, low.end_s)
        frame = frame_near(poses, low.bottom_s)
        picture = plain_ground(poses) if ground is None else ground
        draw_pose(picture, poses, frame)
        part = cropped(picture, poses, crop_box(poses, [frame]))
        alt = word(
            "frames",
            "alt_plain" if ground is None else "alt",
            what=raised(word("lowerings", low.kind)),
            time=number(low.bottom_s, 1),
        )
        out.append(_card(low, analysis.body.height_m, jpeg_address(part), alt, part.shape[:2]))
    return out + [_card(low, analysis.body.height_m) for low in found[len(shown) :]]


def _card(
    low: Lowering, height_m: float | None, source: str = "", alt: str = "", size: tuple[int, ...] = (0, 0)
) -> LoweringCard:
    kind, start, end, *facts = _row(low, height_m)
    named = zip(COLUMNS[3:], facts, strict=True)
    unknown = word("values", "unknown")
    return LoweringCard(
        title=raised(kind),
        when=word("lowerings", "when", start=start, end=end),
        facts=tuple((word("lowerings", key), fact) for key, fact in named if fact != unknown),
        source=source,
        alt=alt,
        width=size[1],
        height=size[0],
    )


def _row(low: Lowering, height_m: float | None) -> tuple[str, ...]:
    unknown = word("values", "unknown")
    kind = word("lowerings", low.kind)
    return (
        kind if low.result == "seen" else f"{kind} ({word('lowerings', 'hidden')})",
        amount(low.start_s, "s"),
        amount(low.end_s, "s"),
        word("sides", low.lead_leg) if low.lead_leg else unknown,
        amount(low.drop_heights, "body heights", height_m),
        unknown if low.trunk_lean_deg is None else amount(low.trunk_lean_deg, "deg"),
        word("lowerings", low.back_load) if low.back_load else unknown,
    )
