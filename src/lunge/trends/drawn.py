"""From a card to a chart in a language."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from lunge.messages import Catalogue
from lunge.plan.progress import left_against_right
from lunge.trends.chart import Chart, Mark, Row
from lunge.trends.measures import Measure
from lunge.trends.overview import Card, Line
from lunge.trends.points import Point

SCALE: Final = (0.0, 10.0)
PERCENT: Final = (0.0, 100.0)


def shown_value(measure: Measure, value: float, texts: Catalogue) -> str:
    """Return a value with its unit, as people read it."""
    number = f"{value * measure.times:.{measure.digits}f}".replace(".", comma_of(texts)).replace("-", "\u2212")
    return number + texts.text(f"trends.unit.{measure.unit}")


def comma_of(texts: Catalogue) -> str:
    """Return what divides whole numbers from their parts."""
    return "," if texts.language == "de" else "."


def when_of(point: Point) -> str:
    """Return the days of a point."""
    return f"{point.first}" if point.first == point.last else f"{point.first} – {point.last}"


def chart_of(card: Card, first: date, last: date, texts: Catalogue) -> Chart:
    """Return the chart of a card over the days from first to last."""
    measure, days = card.measure, (last - first).days + 1
    title = texts.text(f"trends.measures.{measure.key}")
    said = [_said(measure, line, title, texts) for line in card.lines]
    said += [_said(measure, line, texts.text("trends.test.of", title=title), texts) for line in card.tests]
    scaled = None if card.band is None else (card.band.low * measure.times, card.band.high * measure.times)
    rows = tuple(
        Row(line.side, tuple(_mark(measure, line, p, (first, days), texts, is_test) for p in line.points), is_test)
        for lines, is_test in ((card.lines, False), (card.tests, True))
        for line in lines
    )
    return Chart(
        " ".join(said) or title,
        rows,
        measure.total == "sum",
        scaled,
        measure.least,
        _limits(measure),
        tuple((share, str(first + timedelta(days=round(share * (days - 1))))) for share in (0.0, 1.0)),
        comma_of(texts),
    )


def _said(measure: Measure, line: Line, title: str, texts: Catalogue) -> str:
    if line.side != "both":
        title = f"{title}, {texts.text(f'trends.sides.{line.side}')}"
    latest = shown_value(measure, line.points[-1].value, texts)
    return texts.text("trends.line", title=title, count=len(line.points), latest=latest)


def sides_said(card: Card, texts: Catalogue) -> str | None:
    """Return one sentence on left against right in the last month; None where nothing can be said of it."""
    measure, sides = card.measure, card.sides
    if not measure.has_sides or measure.noise == "none" or not card.lines:
        return None
    values = {"left": sides.before, "right": sides.after}
    fill = {leg: shown_value(measure, value, texts) for leg, value in values.items() if value is not None}
    return texts.text(left_against_right(measure.key, sides).key, **fill)


def _limits(measure: Measure) -> tuple[float | None, float | None]:
    if measure.noise == "comfort":
        return SCALE
    return PERCENT if measure.noise == "counting" else (0.0 if measure.total == "sum" else measure.lowest, None)


def band_said(card: Card, texts: Catalogue) -> str | None:
    """Return between which values chance alone may play, within what a value can be; None where there is no band."""
    if card.band is None:
        return None
    lowest, highest = _limits(card.measure)
    low, high = card.band.low * card.measure.times, card.band.high * card.measure.times
    low, high = (low if lowest is None else max(low, lowest)), (high if highest is None else min(high, highest))
    said = {"low": low, "high": high}
    times = card.measure.times
    return texts.text("trends.band", **{name: shown_value(card.measure, v / times, texts) for name, v in said.items()})


def _mark(measure: Measure, line: Line, point: Point, axis: tuple[date, int], texts: Catalogue, is_test: bool) -> Mark:
    first, days = axis
    begun, ended = (point.first - first).days, (point.last - first).days + 1
    at = min(max((begun + ended) / 2 / days, 0.0), 1.0)
    value = shown_value(measure, point.value, texts)
    if is_test:
        value = texts.text("trends.test.of", title=value)
    if line.side == "both":
        said = texts.text("trends.point", when=when_of(point), value=value)
    else:
        side = texts.text(f"trends.sides.{line.side}")
        said = texts.text("trends.point_side", when=when_of(point), side=side, value=value)
    return Mark(at, (ended - begun) / days, point.value * measure.times, said)
