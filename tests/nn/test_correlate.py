"""The fast convolution, held against loops, whole-number arithmetic, and other libraries."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import product
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

WAYS = {  # of lying in memory, not one number beside the other
    "in a row": np.array,
    "by columns": lambda x: np.array(x, order="F"),
    "channels last": lambda x: np.array(x.transpose(1, 2, 0)).transpose(2, 0, 1),
    "backwards": lambda x: np.array(x[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
    "with steps": lambda x: np.repeat(np.repeat(x, 3, axis=1), 2, axis=2)[:, ::3, ::2],
    "in a frame": lambda x: np.pad(x, ((1, 2), (3, 1), (2, 5)))[1:-2, 3:-1, 2:-5],
}
PIXELS = (np.bool_, np.uint8, np.int16, np.int64, np.float16, np.float32, np.float64)
SUMS = (np.float32, np.float64)


TRIAL = module._bands_pay


@pytest.fixture(params=[False, True], ids=["row by row", "four rows at once"], autouse=True)
def at_once(request):
    """Make products of one row and of four, whichever is quicker here."""
    with patch.object(module, "_bands_pay", lambda dtype: request.param):
        yield


def summed(x, weights, stride=(1, 1), dilation=(1, 1)):
    """Correlate whole numbers exactly: every pixel times every weight, in 64 bits."""
    _, height, width = weights.shape
    down = Axis(x.shape[1], height, stride[0], dilation=dilation[0])
    across = Axis(x.shape[2], width, stride[1], dilation=dilation[1])
    total = np.zeros((down.output, across.output), np.int64)
    for channel, i, j in product(*map(range, weights.shape)):
        rows = slice(i * dilation[0], i * dilation[0] + down.output * stride[0], stride[0])
        columns = slice(j * dilation[1], j * dilation[1] + across.output * stride[1], stride[1])
        total += x[channel, rows, columns][: down.output, : across.output].astype(
            np.int64
        ) * np.int64(weights[channel, i, j])
    return total


@st.composite
def slides(draw):
    """Everything a convolution is made of, in whole numbers, so that sums are exact."""
    channels = draw(st.integers(1, 5))
    kernel = draw(st.tuples(st.integers(1, 11), st.integers(1, 11)))
    dilation = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    steps = st.integers(1, 3) | st.integers(1, 16)
    stride = draw(st.tuples(steps, steps))
    sides = draw(st.tuples(*[st.integers(0, 16)] * 4))
    mode = draw(st.sampled_from(loops.MODES))
    least = {"reflect": 1, "wrap": 0}.get(mode, -16)
    height = draw(st.integers(max(1, max(sides[:2]) + least), 22))
    width = draw(st.integers(max(1, max(sides[2:]) + least), 22))
    dtype = np.dtype(draw(st.sampled_from(PIXELS)))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    lowest, highest = {"b": (0, 1), "u": (0, 255)}.get(dtype.kind, (-9, 255))
    x = rng.integers(lowest, highest + 1, (channels, height, width)).astype(dtype)
    weights = rng.integers(-9, 10, (channels, *kernel)).astype(draw(st.sampled_from(SUMS)))
    return x, weights, stride, dilation, sides, mode


@st.composite
def shapes_of_work(draw):
    """Blocks and tiles so small that even a small picture has several, with rests."""
    return patch.multiple(
        module,
        _BLOCK=draw(st.sampled_from((1, 100, 3000, 1 << 17))),
        _NEAR=draw(st.sampled_from((1, 1000, 1 << 20))),
        _NARROWEST=draw(st.sampled_from((1, 3, 64))),
        _EVEN=draw(st.sampled_from((1, 2, 32))),
        _BAND=draw(st.sampled_from((2, 3, 4))),
    )


@given(slides(), st.sampled_from(sorted(WAYS)), shapes_of_work())
def test_every_sum_is_the_one_of_the_loops(slide, way, shape_of_work):
    x, weights, stride, dilation, sides, mode = slide
    continued = [loops.padded(plane.astype(float).tolist(), sides, mode) for plane in x]
    expected = loops.correlated(continued, weights.tolist(), stride, dilation)
    with shape_of_work:
        found = correlate(WAYS[way](pad(x, sides, mode)), weights, stride, dilation)
    assert found.tolist() == expected
    assert found.dtype == weights.dtype


@given(slides(), shapes_of_work())
def test_a_map_is_written_where_it_is_asked_for_and_nowhere_else(slide, shape_of_work):
    x, weights, stride, dilation, _, _ = slide
    expected = correlate(x, weights, stride, dilation)
    height, width = expected.shape
    larger = np.full((height + 5, width + 3), 7777, weights.dtype)
    room = larger[2 : 2 + height, 1 : 1 + width]
    with shape_of_work:
        assert correlate(x, weights, stride, dilation, out=room) is room
    assert room.tolist() == expected.tolist()
    room[:] = 7777
    assert (larger == 7777).all()


LARGE = [  # channels, picture, kernel, stride, dilation
    (1, (700, 900), (3, 3), (1, 1), (1, 1)),
    (1, (1, 70001), (1, 3), (1, 1), (1, 1)),
    (1, (70001, 1), (3, 1), (1, 1), (1, 1)),
    (1, (20001, 5), (4, 3), (3, 2), (1, 1)),
    (3, (211, 1021), (11, 11), (1, 1), (1, 1)),
    (3, (400, 900), (4, 7), (2, 3), (1, 2)),
    (2, (700, 301), (5, 2), (3, 1), (4, 1)),
    (2, (700, 301), (9, 5), (3, 2), (1, 1)),
    (2, (603, 300), (5, 7), (2, 2), (4, 3)),
    (1, (900, 900), (1, 11), (16, 16), (1, 1)),
    (1, (900, 900), (1, 1), (3, 2), (1, 1)),
    (2, (900, 1100), (3, 7), (4, 6), (1, 1)),
    (64, (40, 150), (3, 3), (1, 1), (1, 1)),
    (64, (14, 80), (11, 11), (1, 1), (1, 1)),
]


@pytest.mark.parametrize("pixels", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("sums", SUMS)
@pytest.mark.parametrize(("channels", "size", "kernel", "stride", "dilation"), LARGE)
def test_a_large_picture_gives_exactly_the_whole_numbers_it_should(
    channels, size, kernel, stride, dilation, sums, pixels, rng
):
    x = rng.integers(0, 256, (channels, *size)).astype(pixels)
    weights = rng.integers(-5, 6, (channels, *kernel)).astype(sums)
    assert abs(weights).sum() * 255 < 2**24
    found = correlate(x, weights, stride, dilation)
    assert np.array_equal(found, summed(x, weights, stride, dilation))


@pytest.mark.parametrize(("sums", "largest"), [(np.float32, 2**24), (np.float64, 2**53)])
def test_whole_numbers_are_exact_up_to_the_promised_bound(sums, largest, rng):
    weights = np.ones((1, 5, 5), sums)
    x = rng.integers(0, largest // 25, (1, 60, 80)).astype(sums)
    assert np.array_equal(correlate(x, weights), summed(x, weights))


@given(
    hnp.arrays(np.float64, (2, 9, 8), elements=st.floats(-1e3, 1e3)),
    hnp.arrays(np.float64, (2, 3, 4), elements=st.floats(-1e3, 1e3)),
    st.sampled_from(SUMS),
    st.sampled_from(SUMS),
)
def test_sums_of_fractions_are_right_to_the_rounding_of_their_type(x, weights, pixels, sums):
    expected = np.array(loops.correlated(x.tolist(), weights.tolist()))
    size = np.array(loops.correlated(abs(x).tolist(), abs(weights).tolist()))
    found = correlate(x.astype(pixels), weights.astype(sums))
    rounding = max(np.finfo(pixels).eps, np.finfo(sums).eps)
    assert (abs(found - expected) <= size * 30 * rounding + 1e-30).all()


@pytest.mark.parametrize("pixels", PIXELS)
@pytest.mark.parametrize(
    ("weights", "sums"),
    [("f4", "f4"), ("f8", "f8"), ("f2", "f8"), ("i4", "f8"), ("u1", "f8"), (">f4", "f8")],
)
@pytest.mark.parametrize("kernel", [1, 2])
def test_the_sums_are_made_in_the_type_of_the_weights(pixels, weights, sums, kernel):
    made = correlate(np.ones((1, 4, 4), pixels), np.ones((1, kernel, kernel), weights))
    assert made.dtype == sums
    assert (made == kernel**2).all()


@pytest.mark.parametrize(("height", "width"), [(2, 9), (9, 2), (2, 2)])
def test_a_kernel_that_does_not_fit_makes_an_empty_map(height, width):
    made = correlate(np.ones((1, height, width)), np.ones((1, 3, 3)))
    assert made.shape == (Axis(height, 3).output, Axis(width, 3).output)
    assert made.size == 0


@pytest.mark.parametrize(
    ("shape", "dtype"), [((2, 3), "f8"), ((1, 1), "f8"), ((3, 2), "f8"), ((2, 2), "f4")]
)
def test_a_map_that_does_not_fit_is_refused(shape, dtype):
    room = np.full(shape, 5, dtype)
    with pytest.raises(ValueError, match="out"):
        correlate(np.ones((1, 4, 4)), np.ones((1, 3, 3)), out=room)
    assert (room == 5).all()


def test_as_many_channels_of_weights_are_asked_for_as_the_picture_has():
    with pytest.raises(ValueError, match="channels"):
        correlate(np.ones((3, 4, 4)), np.ones((1, 3, 3)))


def test_the_kernel_is_not_turned():
    x = np.arange(9.0).reshape(1, 3, 3)
    weights = np.zeros((1, 3, 3))
    weights[0, 0, 0] = 1
    weights[0, 0, 2] = 10
    assert correlate(x, weights).tolist() == [[20.0]]


@pytest.mark.parametrize("dtype", [np.uint8, np.float64])
def test_the_picture_is_left_as_it_was(dtype):
    x = np.arange(25).reshape(1, 5, 5).astype(dtype)
    x.flags.writeable = False
    correlate(x, np.ones((1, 3, 3)), (2, 2))
    assert x.tolist() == np.arange(25).reshape(1, 5, 5).tolist()


def test_a_map_stays_as_it_is_while_others_are_made():
    first = correlate(np.ones((1, 50, 50)), np.ones((1, 3, 3)))
    correlate(np.zeros((1, 50, 50)), np.ones((1, 3, 3)))
    assert (first == 9).all()


@pytest.mark.parametrize("height", range(3, 20))
@pytest.mark.parametrize("stride", [1, 2])
def test_nothing_is_left_over_from_the_picture_before(height, stride):
    weights = np.ones((1, 3, 3))
    correlate(np.full((1, 40, 40), np.nan, np.float32), weights)
    made = correlate(np.ones((1, height, 7), np.float32), weights, (stride, stride))
    assert (made == 9).all()


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("sums", SUMS)
@pytest.mark.parametrize("stride", [(1, 1), (2, 5)])
def test_a_large_picture_of_bytes_never_becomes_floats_as_a_whole(way, sums, stride, rng):
    x = WAYS[way](rng.integers(0, 256, (1, 2048, 2048), dtype=np.uint8))
    weights = np.ones((1, 5, 5), sums)
    out = np.empty([Axis(2048, 5, step).output for step in stride], sums)
    with ThreadPoolExecutor(1) as fresh:  # a thread that keeps no memory yet
        tracemalloc.start()
        try:
            fresh.submit(correlate, x, weights, stride, (1, 1), out).result()
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 4 << 20
    assert x.size * out.itemsize >= 16 << 20


def test_several_threads_do_not_disturb_each_other(rng):
    weights = rng.integers(-5, 6, (1, 7, 7)).astype(np.float32)
    pictures = [rng.integers(0, 256, (1, 300, 300 + i)).astype(np.uint8) for i in range(8)]
    expected = [summed(x, weights) for x in pictures]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            found = pool.map(lambda x: correlate(x, weights), pictures)
            assert all(map(np.array_equal, found, expected))


@pytest.mark.parametrize("slower", [1, 4])
def test_rows_are_made_in_the_way_that_a_trial_finds_quicker(slower):
    clock = [0]

    def sweep(x, bands, step, across, out):
        clock[0] += 2 if len(bands) == slower else 1

    with patch.multiple(module, _sweep=sweep, perf_counter=lambda: clock[0]):
        assert TRIAL.__wrapped__(np.dtype(np.float32)) == (slower == 1)


@pytest.mark.parametrize("sums", SUMS)
def test_a_trial_comes_to_one_of_the_two(sums):
    assert TRIAL(np.dtype(sums)) in {False, True}


CONFIGURATIONS = [  # channels, kernel, stride, dilation
    (1, (3, 3), (1, 1), (1, 1)),
    (3, (7, 5), (2, 1), (1, 1)),
    (3, (11, 11), (4, 4), (1, 1)),
    (5, (2, 3), (1, 3), (3, 2)),
    (64, (1, 1), (1, 1), (1, 1)),
]


@pytest.mark.parametrize("sums", SUMS)
@pytest.mark.parametrize(("channels", "kernel", "stride", "dilation"), CONFIGURATIONS)
def test_pytorch_makes_the_same_map(channels, kernel, stride, dilation, sums, rng):
    torch = pytest.importorskip("torch")
    x = rng.standard_normal((channels, 61, 83)).astype(sums)
    weights = rng.standard_normal((channels, *kernel)).astype(sums)
    picture, filters = torch.from_numpy(x)[None], torch.from_numpy(weights)[None]
    expected = torch.nn.functional.conv2d(picture, filters, stride=stride, dilation=dilation)
    most = np.finfo(sums).eps * 8 * weights.size
    np.testing.assert_allclose(
        correlate(x, weights, stride, dilation), expected[0, 0].numpy(), rtol=0, atol=most
    )
