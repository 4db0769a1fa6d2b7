"""The fast convolution, held against loops."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnstudio.nn import correlate as module
from cnnstudio.nn.correlate import correlate
from cnnstudio.nn.geometry import Axis, pad
from tests.nn import loops


@st.composite
def slides(draw):
    """Everything a convolution is made of, in whole numbers, so that sums are exact."""
    channels = draw(st.integers(1, 3))
    kernel = draw(st.tuples(st.integers(1, 11), st.integers(1, 11)))
    dilation = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    stride = draw(st.tuples(st.integers(1, 16), st.integers(1, 16)))
    sides = draw(st.tuples(*[st.integers(0, 16)] * 4))
    mode = draw(st.sampled_from(loops.MODES))
    least = {"reflect": 1, "wrap": 0}.get(mode, -16)
    height = draw(st.integers(max(1, max(sides[:2]) + least), 22))
    width = draw(st.integers(max(1, max(sides[2:]) + least), 22))
    dtype = draw(st.sampled_from((np.float32, np.float64)))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    x = rng.integers(-9, 256, (channels, height, width)).astype(dtype)
    weights = rng.integers(-9, 10, (channels, *kernel)).astype(np.float64)
    return x, weights, stride, dilation, sides, mode


@given(slides(), st.sampled_from((1, 100, 3000, 1 << 18)))
def test_every_sum_is_the_one_of_the_loops(slide, block):
    x, weights, stride, dilation, sides, mode = slide
    continued = [loops.padded(plane.tolist(), sides, mode) for plane in x]
    expected = loops.correlated(continued, weights.tolist(), stride, dilation)
    with patch.object(module, "_BLOCK", block):
        found = correlate(pad(x, sides, mode), weights, stride, dilation)
    assert found.tolist() == expected


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("channels", "kernel", "stride", "dilation"),
    [
        (1, (3, 3), (1, 1), (1, 1)),
        (3, (11, 11), (1, 1), (1, 1)),
        (3, (4, 7), (2, 3), (1, 2)),
        (2, (5, 2), (3, 1), (4, 1)),
        (1, (1, 11), (16, 16), (1, 1)),
    ],
)
def test_a_picture_larger_than_the_block_size_gives_the_same_sums(
    channels, kernel, stride, dilation, dtype, rng
):
    x = rng.integers(0, 256, (channels, 700, 900)).astype(dtype)
    weights = rng.integers(-5, 6, (channels, *kernel)).astype(np.float64)
    assert x[:, :, :: stride[1]].size * kernel[1] > module._BLOCK
    found = correlate(x, weights, stride, dilation)
    rows = loops.counted(700, (kernel[0] - 1) * dilation[0] + 1, stride[0])
    columns = loops.counted(900, (kernel[1] - 1) * dilation[1] + 1, stride[1])
    assert found.shape == (rows, columns)
    planes, taps = x.tolist(), weights.tolist()
    for row in (*range(0, rows, 23), rows - 1):
        for column in (0, int(rng.integers(columns)), columns - 1):
            top, left = row * stride[0], column * stride[1]
            expected = loops.place_of_map(planes, taps, top, left, dilation)
            assert found[row, column] == expected


@given(
    hnp.arrays(np.float64, (2, 9, 8), elements=st.floats(-1e3, 1e3)),
    hnp.arrays(np.float64, (2, 3, 4), elements=st.floats(-1e3, 1e3)),
    st.sampled_from((np.float32, np.float64)),
)
def test_sums_of_fractions_are_right_to_the_rounding_of_their_type(x, weights, dtype):
    expected = np.array(loops.correlated(x.tolist(), weights.tolist()))
    size = np.array(loops.correlated(abs(x).tolist(), abs(weights).tolist()))
    found = correlate(x.astype(dtype), weights)
    assert (abs(found - expected) <= size * 30 * np.finfo(dtype).eps + 1e-30).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_sums_are_made_in_the_type_of_the_picture(dtype):
    assert correlate(np.ones((1, 4, 4), dtype), np.ones((1, 3, 3))).dtype == dtype


@pytest.mark.parametrize(("height", "width"), [(2, 9), (9, 2), (2, 2)])
def test_a_kernel_that_does_not_fit_makes_an_empty_map(height, width):
    made = correlate(np.ones((1, height, width)), np.ones((1, 3, 3)))
    assert made.shape == (Axis(height, 3).output, Axis(width, 3).output)
    assert made.size == 0


def test_the_kernel_is_not_turned():
    x = np.arange(9.0).reshape(1, 3, 3)
    weights = np.zeros((1, 3, 3))
    weights[0, 0, 0] = 1
    weights[0, 0, 2] = 10
    assert correlate(x, weights).tolist() == [[20.0]]


def test_the_picture_is_left_as_it_was():
    x = np.arange(25.0).reshape(1, 5, 5)
    x.flags.writeable = False
    correlate(x, np.ones((1, 3, 3)), (2, 2))
    assert x.tolist() == np.arange(25.0).reshape(1, 5, 5).tolist()


def test_a_picture_seen_through_steps_and_turns_gives_the_same_map(rng):
    x = rng.integers(0, 256, (3, 12, 14)).astype(np.float64)
    weights = rng.integers(-3, 4, (3, 3, 2)).astype(np.float64)
    seen = x[:, ::-2, ::3]
    expected = loops.correlated(seen.tolist(), weights.tolist())
    assert correlate(seen, weights).tolist() == expected
    assert correlate(np.asfortranarray(seen), weights).tolist() == expected
