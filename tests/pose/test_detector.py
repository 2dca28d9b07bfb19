"""Anchors, decoding, letterbox and non-maximum suppression, each against a second, dumber way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lunge.pose.constants import constants
from lunge.pose.detector import anchors, decoded, iou, letterbox, suppressed

SIDE = 224
ANCHORS = 2254


def dumb_anchors() -> np.ndarray:
    """Layer by layer, as MediaPipe's ssd_anchors_calculator does: layers of equal stride share their cells."""
    out = []
    for strides in ([8], [16], [32, 32, 32]):
        cells = SIDE // strides[0]
        for cell in range(cells * cells):
            row, column = divmod(cell, cells)
            out += [((column + 0.5) / cells, (row + 0.5) / cells)] * 2 * len(strides)
    return np.array(out)


def test_anchors() -> None:
    assert anchors().shape == (ANCHORS, 2)
    assert np.allclose(anchors(), dumb_anchors())


def test_decoding() -> None:
    raw, logits = np.zeros((ANCHORS, 12), np.float32), np.full((ANCHORS, 1), -5.0, np.float32)
    raw[1000] = [22.4, 44.8, 112, 56, 0, 0, 22.4, 0, 0, -22.4, 0, 0]
    logits[1000] = 2.0
    boxes, scores = decoded(raw, logits)
    x, y = dumb_anchors()[1000]
    assert scores == pytest.approx([1 / (1 + np.exp(-2.0))])
    assert boxes[0, :4] == pytest.approx([x + 0.1 - 0.25, y + 0.2 - 0.125, x + 0.1 + 0.25, y + 0.2 + 0.125], abs=1e-6)
    assert boxes[0, 4:8] == pytest.approx([x, y, x + 0.1, y], abs=1e-6)


def test_nothing_decoded() -> None:
    boxes, scores = decoded(np.zeros((ANCHORS, 12), np.float32), np.full((ANCHORS, 1), -1e9, np.float32))
    assert boxes.shape == (0, 12)
    assert scores.shape == (0,)
    assert suppressed(boxes, scores) == []


shares = st.floats(0, 1, allow_nan=False, width=32)


@st.composite
def detections(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    count = draw(st.integers(0, 12))
    low = draw(arrays(float, (count, 2), elements=shares))
    size = draw(arrays(float, (count, 2), elements=st.floats(0.01, 0.6)))
    scores = draw(arrays(float, count, elements=st.floats(0.5, 1.0), unique=True))
    return np.concatenate([low, low + size, np.tile(low, 4)], axis=1), scores


def dumb_overlap(a: np.ndarray, b: np.ndarray) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


@given(detections())
def test_overlap(found: tuple[np.ndarray, np.ndarray]) -> None:
    boxes, _ = found
    for box in boxes:
        assert iou(box, boxes) == pytest.approx([dumb_overlap(box, other) for other in boxes])


@given(detections())
def test_suppression(found: tuple[np.ndarray, np.ndarray]) -> None:
    boxes, scores = found
    left = sorted(range(len(boxes)), key=lambda i: -scores[i])
    expected = []
    while left:
        best = left[0]
        group = [i for i in left if i == best or dumb_overlap(boxes[best], boxes[i]) > constants().detector.min_iou]
        total = sum(scores[i] for i in group)
        expected.append((sum(scores[i] * boxes[i] for i in group) / total, scores[best]))
        left = [i for i in left if i not in group]
    got = suppressed(boxes, scores)
    assert len(got) == len(expected)
    for (row, score), (want, want_score) in zip(got, expected, strict=True):
        assert row == pytest.approx(want)
        assert score == want_score


@pytest.mark.parametrize(("height", "width"), [(480, 640), (640, 480), (224, 224), (100, 37), (720, 1280)])
def test_letterbox(height: int, width: int) -> None:
    """White in the middle at the right place, black beside it."""
    board, scale, margin = letterbox(np.full((height, width, 3), 255, np.uint8))
    assert board.shape == (1, SIDE, SIDE, 3)
    assert board.dtype == np.uint8
    assert scale == SIDE / max(height, width)
    bright = board[0, :, :, 0] > 127
    assert bright.any(axis=0).sum() == pytest.approx(width * scale, abs=2)
    assert bright.any(axis=1).sum() == pytest.approx(height * scale, abs=2)
    assert np.flatnonzero(bright.any(axis=0))[0] == pytest.approx(margin[0], abs=1)
    assert np.flatnonzero(bright.any(axis=1))[0] == pytest.approx(margin[1], abs=1)
    assert board.max() == 255
