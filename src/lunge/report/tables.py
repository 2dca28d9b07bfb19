"""Tables beside the report: repetitions, findings and signals as CSV, or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from lunge.errors import OutputError
from lunge.files import whole_file
from lunge.poses import Floats
from lunge.records import Analysis, Finding, Repetition

DECIMALS: Final = 4
"""Finer than any measure is known: 0.1 mm, 0.1 ms."""

REPETITION_START: Final = ("index", "variant", "stepping_leg", "complete", "start_s", "bottom_s", "end_s")
FINDING_START: Final = ("repetition", "stepping_leg", "check", "measure", "step", "result", "value", "sd", "sd_people")
FINDING_END: Final = ("unit", "limit_low", "limit_high", "reason", "why", "advice")

ROWS_AT_ONCE: Final = 1000

Row = dict[str, object]


def write_tables(analysis: Analysis, folder: Path) -> list[Path]:
    """Write ``repetitions.csv``, ``findings.csv`` and ``signals.csv`` into a folder; return their paths.

    Raises
    ------
    OutputError
        If one cannot be written.
    """
    repetitions = [repetition_row(r) for r in analysis.repetitions]
    findings = [finding_row(r, f) for r in analysis.repetitions for f in r.findings]
    return [
        _write_rows(folder / "repetitions.csv", repetitions, REPETITION_START),
        _write_rows(folder / "findings.csv", findings, FINDING_START + FINDING_END),
        write_signals(analysis, folder / "signals.csv"),
    ]


def write_signals(analysis: Analysis, path: Path) -> Path:
    """Write the series over time, each with its standard deviation; return the path.

    Parameters
    ----------
    analysis : Analysis
    path : Path
        Parquet when it ends in ``.parquet``, else CSV.

    Raises
    ------
    OutputError
        If it cannot be written, or Parquet was asked for and pyarrow is not installed.
    """
    return write_columns(analysis, path, signal_columns(analysis), {})


def write_columns(analysis: Analysis, path: Path, columns: dict[str, Floats], words: dict[str, str]) -> Path:
    """Write series over time, one row a frame, after ``time_s`` and ``step``; return the path.

    Parameters
    ----------
    analysis : Analysis
        Gives the times and the steps.
    path : Path
        Parquet when it ends in ``.parquet``, else CSV.
    columns : dict of str to array (T,)
    words : dict of str to str
        Columns at the end that say the same in every row.

    Raises
    ------
    OutputError
        If it cannot be written, or Parquet was asked for and pyarrow is not installed.
    """
    if path.suffix.lower() == ".parquet":
        return _write_parquet(analysis, path, columns, words)
    rows = (row + tuple(words.values()) for row in _signal_rows(analysis, list(columns.values())))
    return _write_csv(path, ["time_s", "step", *columns, *words], rows)


def _signal_rows(analysis: Analysis, columns: list[Floats]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the signals, some at a time: a long video's do not fit into little memory."""
    time_s = analysis.signals.time_s
    for first in range(0, len(time_s), ROWS_AT_ONCE):
        part = slice(first, first + ROWS_AT_ONCE)
        series = [_numbers(c[part]) for c in columns]
        yield from zip(_numbers(time_s[part]), analysis.step_names[part], *series, strict=True)


def signal_columns(analysis: Analysis) -> dict[str, Floats]:
    """Return the series by column name: each measure, then its ``_sd``."""
    signals = analysis.signals
    pairs = (((name, signals.values[name]), (f"{name}_sd", signals.sds[name])) for name in signals.values)
    return dict(chain.from_iterable(pairs))


def repetition_row(repetition: Repetition) -> Row:
    """Return one repetition as a row: its times, steps, holds, length, depth, view and counts."""
    row: Row = {name: getattr(repetition, name) for name in REPETITION_START}
    for step in repetition.steps:
        row |= {f"{step.name}_start_s": step.start_s, f"{step.name}_end_s": step.end_s}
    row |= repetition.holds_s
    row[f"step_length_{repetition.step_length_unit}"] = repetition.step_length
    row["front_thigh_above_horizontal_deg"] = repetition.front_thigh_above_horizontal_deg
    row |= {"view": repetition.view.kind, "azimuth_deg": repetition.view.azimuth_deg}
    results = [f.result for f in repetition.findings]
    return row | {name: results.count(name) for name in ("pass", "fail", "cannot_judge")}


def finding_row(repetition: Repetition, finding: Finding) -> Row:
    """Return one finding as a row, told apart by repetition, check, measure and step."""
    row: Row = {"repetition": repetition.index, "stepping_leg": repetition.stepping_leg}
    row |= {name: getattr(finding, name) for name in FINDING_START[2:]}
    row |= {"unit": finding.unit, "limit_low": finding.limit[0], "limit_high": finding.limit[1]}
    return row | {"reason": finding.reason, "why": finding.why, "advice": finding.advice}


def _write_rows(path: Path, rows: list[Row], start: tuple[str, ...]) -> Path:
    names = list(dict.fromkeys(chain(start, *rows)))
    return _write_csv(path, names, ([_cell(row.get(name)) for name in names] for row in rows))


def _write_csv(path: Path, names: list[str], rows: Iterable[Iterable[object]]) -> Path:
    with whole_file(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
    return path


def _cell(value: object) -> object:
    if isinstance(value, float):
        return round(value, DECIMALS) if np.isfinite(value) else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _numbers(series: Floats) -> Iterator[object]:
    """Yield the numbers of a series, rounded, empty where nothing was seen."""
    rounded = np.round(series.astype(float), DECIMALS)
    for value, seen in zip(rounded.tolist(), np.isfinite(rounded).tolist(), strict=True):
        yield value if seen else ""


def _write_parquet(analysis: Analysis, path: Path, series: dict[str, Floats], words: dict[str, str]) -> Path:
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise OutputError("errors.output.parquet", path=str(path)) from error
    columns: dict[str, object] = {"time_s": analysis.signals.time_s, "step": list(analysis.step_names)}
    columns |= {name: arrow.array(values, from_pandas=True) for name, values in series.items()}
    columns |= {name: [text] * len(analysis.signals) for name, text in words.items()}
    with whole_file(path) as beside:
        parquet.write_table(arrow.table(columns), str(beside))
    return path
