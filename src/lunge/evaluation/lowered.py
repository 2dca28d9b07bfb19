"""Hold the lowerings that were found against truth's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lunge.evaluation.constants import constants
from lunge.evaluation.truth import TrueLowering, Truth
from lunge.kinematics.view import view_kind
from lunge.records import Lowering

NOTHING = ""
"""Stands for the kind where there was none, or none was found."""


@dataclass(frozen=True, slots=True)
class LoweringRow:
    """One true lowering and what was made of it, or one that was found where there was none.

    Attributes
    ----------
    kind, found : LoweringKind or empty
        As it is true, and as it was called; empty for none.
    judged : bool
        Whether it was called without reserve.
    kind_right : bool
        Called right and judged: what is not judged counts as wrong.
    leg_right : bool or None
        None where truth has no leg in front, or nothing was found.
    start_s, end_s, drop_heights, trunk_lean_deg : float or None
        Errors: estimate less truth.
    """

    kind: str
    found: str
    view: str
    at_s: float
    judged: bool
    kind_right: bool
    leg_right: bool | None = None
    start_s: float | None = None
    end_s: float | None = None
    drop_heights: float | None = None
    trunk_lean_deg: float | None = None


def lowering_rows(found: Sequence[Lowering], truth: Truth) -> tuple[LoweringRow, ...]:
    """Return a row for each true lowering, then one for each that was found too much.

    Parameters
    ----------
    found : sequence of Lowering
    truth : Truth
        With `lowerings`.

    Notes
    -----
    A lowering found belongs to the true one in whose time its bottom lies; of several the first.
    """
    left, rows = list(found), []
    for want in truth.lowerings or ():
        got = next((low for low in left if _belongs(low, want)), None)
        if got is not None:
            left.remove(got)
        rows.append(_row(want, got, _view(truth, want)))
    return (*rows, *(LoweringRow(NOTHING, low.kind, "", low.bottom_s, low.result == "seen", False) for low in left))


def _belongs(got: Lowering, want: TrueLowering) -> bool:
    spare_s = constants().matching.tolerance_s
    return want.start_s - spare_s <= got.bottom_s <= want.end_s + spare_s


def _row(want: TrueLowering, got: Lowering | None, view: str) -> LoweringRow:
    if got is None:
        return LoweringRow(want.kind, NOTHING, view, want.bottom_s, False, False)
    judged = got.result == "seen"
    return LoweringRow(
        kind=want.kind,
        found=got.kind,
        view=view,
        at_s=want.bottom_s,
        judged=judged,
        kind_right=judged and got.kind == want.kind,
        leg_right=None if want.lead_leg is None else got.lead_leg == want.lead_leg,
        start_s=round(got.start_s - want.start_s, 3),
        end_s=round(got.end_s - want.end_s, 3),
        drop_heights=_less(got.drop_heights, want.drop_heights),
        trunk_lean_deg=_less(got.trunk_lean_deg, want.trunk_lean_deg),
    )


def _less(estimate: float | None, true: float | None) -> float | None:
    return None if estimate is None or true is None else round(estimate - true, 3)


def _view(truth: Truth, want: TrueLowering) -> str:
    azimuth = truth.azimuth_between(want.start_s, want.end_s)
    return "unknown" if azimuth is None else view_kind(azimuth) or "unknown"
