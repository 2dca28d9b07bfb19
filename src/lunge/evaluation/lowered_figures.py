"""From rows of lowerings to figures, and the table of which kind was called what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lunge.evaluation.lowered import NOTHING, LoweringRow
from lunge.evaluation.ratios import VIEWS, Figure, Rate, figure_of
from lunge.evaluation.scoring import ClipScore

GROUP: Final = "lowerings"
KINDS: Final = ("lunge", "kneel", "squat", "stoop", "sit")
MISSED: Final = "missed"
FALSE: Final = "none"

ERRORS: Final = (
    ("start_s", "s", "MAE"),
    ("end_s", "s", "MAE"),
    ("drop_heights", "heights", "MAE"),
    ("drop_heights", "heights", "bias"),
    ("trunk_lean_deg", "deg", "MAE"),
    ("trunk_lean_deg", "deg", "bias"),
)

Rows = list[tuple[str, LoweringRow]]


def lowering_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    """Return the figures of all lowerings: found, false, kinds and legs right, and the errors; none without any."""
    rows = [(s.person, r) for s in scores for r in s.lowerings or ()]
    true = [(p, r) for p, r in rows if r.kind != NOTHING]
    if not rows:
        return []
    out = [_share("all", "", "found", [(p, (float(r.found != NOTHING), 1.0)) for p, r in true], people)]
    out.append(_share("all", "", "too much", [(p, (float(r.kind == NOTHING), 1.0)) for p, r in rows], people))
    out += _kinds(true, people)
    legs = [(p, (float(r.leg_right), 1.0)) for p, r in true if r.leg_right is not None]
    out += [_share("leg in front", "", "right", legs, people)] if legs else []
    return out + _errors(true, people)


def _share(name: str, view: str, statistic: str, rows: list[tuple[str, Rate]], people: list[str]) -> Figure:
    return figure_of((GROUP, name, view, "", statistic, ""), rows, people)


def _kinds(true: Rows, people: list[str]) -> list[Figure]:
    chosen = [("all", view, [(p, r) for p, r in true if view in ("", r.view)]) for view in ("", *VIEWS)]
    chosen += [(kind, "", [(p, r) for p, r in true if r.kind == kind]) for kind in KINDS]
    return [
        _share(name, view, "kind right", [(p, (float(r.kind_right), 1.0)) for p, r in part], people)
        for name, view, part in chosen
        if part
    ]


def _errors(true: Rows, people: list[str]) -> list[Figure]:
    out = []
    for measure, unit, statistic in ERRORS:
        known = [(p, e) for p, r in true if (e := getattr(r, measure)) is not None]
        part = [(p, (abs(e) if statistic == "MAE" else e, 1.0)) for p, e in known]
        out += [figure_of((GROUP, measure, "", "", statistic, unit), part, people)] if part else []
    return out


def confusion(scores: Sequence[ClipScore]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return, for each true kind, how often it was called what: the kinds, then missed; last, what was none.

    Empty without a lowering. One that was found and not judged counts as what it was called.
    """
    rows = [r for s in scores for r in s.lowerings or ()]
    counts = Counter((r.kind, r.found) for r in rows)
    there = [kind for kind in (*KINDS, NOTHING) if any(r.kind == kind for r in rows)]
    return [
        (
            kind or FALSE,
            [(called, counts[kind, called]) for called in KINDS] + [(MISSED, counts[kind, NOTHING])],
        )
        for kind in there
    ]
