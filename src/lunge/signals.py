"""`Signals`: named measures over time, each with its standard deviation."""

from __future__ import annotations

from dataclasses import dataclass, field

from lunge.poses import Floats


@dataclass(frozen=True)
class Signals:
    """Named series on one time axis.

    Attributes
    ----------
    time_s : array, shape (T,)
        Seconds, strictly increasing.
    values : dict of str to array (T,)
        Measures by name; the unit ends the name. NaN = not seen.
    sds : dict of str to array (T,)
        The standard deviation of each measure, same names and units. NaN where
        the value is NaN.
    """

    time_s: Floats
    values: dict[str, Floats] = field(default_factory=dict)
    sds: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, series in (*self.values.items(), *self.sds.items()):
            if series.shape != self.time_s.shape:
                raise ValueError(f"Signals {name}: expected shape {self.time_s.shape}, got {series.shape}")
        if set(self.values) != set(self.sds):
            raise ValueError("Signals: values and sds name different measures")

    def __len__(self) -> int:
        return len(self.time_s)
