"""Plain data as JSON, which knows neither NaN nor infinity."""

from __future__ import annotations

import json
import math
from typing import Any


def without_nan(value: Any) -> Any:
    """Return plain data with null in place of numbers that JSON has not: NaN and infinity."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def json_text(document: Any, indent: int | None = None) -> str:
    """Return plain data as JSON text; NaN and infinity become null."""
    return json.dumps(without_nan(document), indent=indent, allow_nan=False)
