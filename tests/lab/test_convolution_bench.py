"""The convolution bench: what it refuses, and that its maps are those of the definition."""

from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab import sliding
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.scene import shipped_scenes
from cnnstudio.lab.stages import Pooling
from tests.lab.benches import benches, working_benches
from tests.nn import loops

BENCH = ConvolutionBench(Image.of([[0] * 9] * 9), Kernel.of([[1] * 3] * 3))


def by_loops(bench):
    """Work the feature map out in fractions; gives it, and the sum of its parts without signs."""
    exact = [
        [[Fraction(number) for number in row] for row in p] for p in bench.image.pixels.tolist()
    ]
    continued = [loops.padded(plane, bench.padding, bench.padding_mode) for plane in exact]
    kernel = bench.kernel
    cells = [half_turned(plane) for plane in kernel.cells] if bench.flipped else kernel.cells
    sums = loops.correlated(continued, cells, bench.stride, bench.dilation)
    signless = loops.correlated(
        [[[abs(x) for x in row] for row in plane] for plane in continued],
        [[[abs(x) for x in row] for row in plane] for plane in cells],
        bench.stride,
        bench.dilation,
    )
    return (
        [[each / kernel.divisor + kernel.bias for each in row] for row in sums],
        [[each / abs(kernel.divisor) + abs(kernel.bias) for each in row] for row in signless],
    )


def half_turned(plane):
    """Turn a grid by 180 degrees, cell by cell."""
    rows, columns = len(plane), len(plane[0])
    return [[plane[rows - 1 - i][columns - 1 - j] for j in range(columns)] for i in range(rows)]


def floats(rows):
    return np.array([[float(each) for each in row] for row in rows])


# the maps are those of the definition


@given(working_benches())
def test_the_map_is_the_one_of_the_loops(bench):
    expected, parts = map(floats, by_loops(bench))
    assert bench.feature_map().shape == expected.shape == bench.map_shape
    assert (abs(bench.feature_map() - expected) <= parts * 1e-14).all()


@given(working_benches())
def test_whole_pixels_give_the_nearest_number_there_is(bench):
    bench = replace(
        bench,
        source=Image(np.round(abs(bench.source.pixels.astype(float))) % 256),
        kernel=replace(bench.kernel, bias=Fraction(0)),
    )
    expected, _ = by_loops(bench)
    assert bench.feature_map().tolist() == floats(expected).tolist()


@given(working_benches())
def test_what_cancels_in_the_loops_cancels_in_the_map(bench):
    expected, _ = by_loops(replace(bench, kernel=replace(bench.kernel, bias=Fraction(0))))
    found = replace(bench, kernel=replace(bench.kernel, bias=Fraction(0))).feature_map()
    tenths = bench.image.name == "tenths"  # tenths are not exact in binary, but cancel to people
    for row, column in np.ndindex(found.shape):
        exact = expected[row][column]
        if abs(exact) < 1e-14 if tenths else exact == 0:
            assert found[row, column] == 0


@given(working_benches())
def test_the_short_way_with_single_floats_gives_the_same_map(bench):
    whole = replace(bench, source=Image(np.round(abs(bench.source.pixels.astype(float))) % 256))
    assert whole.image.pixels.dtype == np.uint8
    places = [range(size) for size in whole.map_shape]
    short = whole.sliding.block(*places)
    with patch.object(sliding, "_EXACT_IN_FLOAT32", 0):
        long = whole.sliding.block(*places)
    assert short.tolist() == long.tolist()


@pytest.mark.parametrize("weight", [65_793, 65_794, 1_000_001])
def test_sums_that_single_floats_cannot_hold_are_made_in_doubles(weight):
    image = Image.of([[255, 254]])
    bench = ConvolutionBench(image, Kernel.of([[weight, 1]]))
    assert bench.feature_map().tolist() == [[255.0 * weight + 254]]


@given(working_benches())
def test_the_activation_and_the_pooling_are_those_of_the_loops(bench):
    activated = bench.activated()
    assert activated.shape == bench.map_shape
    if bench.activation == "relu":
        expected = [[max(0, each) for each in row] for row in bench.feature_map().tolist()]
        assert activated.tolist() == expected
    how = bench.pooling
    if not all(bench.pooled_shape):
        assert bench.pooled().shape == (0, 0)
        return
    expected = loops.pooled(activated.tolist(), how.kind, how.size, how.stride, how.padding)
    parts = loops.pooled(abs(activated).tolist(), "sum", how.size, how.stride, how.padding)
    assert bench.pooled().shape == bench.pooled_shape
    assert (abs(bench.pooled() - np.array(expected)) <= np.array(parts) * 1e-14).all()


@given(benches())
def test_every_stage_has_the_shape_it_says_or_is_empty(bench):
    for stage in ("feature_map", "activation", "pooled_map"):
        made, shape = bench.values(stage), bench.shape(stage)
        assert made.shape == shape
        assert all(shape) or shape == (0, 0)


@given(working_benches())
def test_no_map_holds_a_minus_zero(bench):
    for stage in ("feature_map", "activation", "pooled_map"):
        made = bench.values(stage)
        assert not np.signbit(made[made == 0]).any()


def test_nine_nineties_boxed_are_exactly_ninety():
    for kernel in (Kernel.of([[1] * 3] * 3, 9), Kernel.of([["1/9"] * 3] * 3)):
        bench = ConvolutionBench(Image.of([[90] * 3] * 3), kernel)
        assert bench.feature_map().tolist() == [[90.0]]


def test_tenths_add_up_to_one():
    bench = ConvolutionBench(Image.of([[1] * 10]), Kernel.of([["0.1"] * 10]))
    assert bench.feature_map().tolist() == [[1.0]]


def test_divisor_and_bias_come_after_the_sum():
    bench = ConvolutionBench(Image.of([[10, 20]]), Kernel.of([[1, 2]], divisor=5, bias="0.5"))
    assert bench.feature_map().tolist() == [[10.5]]


def test_each_channel_has_its_own_slice():
    kernel = Kernel(tuple(Kernel.of([[weight]]).cells[0] for weight in (1, 10, 100)))
    image = Image(np.array([[[1]], [[2]], [[3]]]))
    assert ConvolutionBench(image, kernel).feature_map().tolist() == [[321.0]]


def test_sides_are_padded_top_bottom_left_right():
    bench = replace(BENCH, padding=(1, 2, 3, 4))
    assert bench.padded().shape == (1, 9 + 1 + 2, 9 + 3 + 4)
    assert (bench.down.before, bench.down.after) == (1, 2)
    assert (bench.across.before, bench.across.after) == (3, 4)
    assert bench.map_shape == (10, 14)


@pytest.mark.parametrize(
    ("mode", "padding", "possible"),
    [
        ("zero", 16, True),
        ("replicate", 16, True),
        ("reflect", 8, True),
        ("reflect", 9, False),
        ("wrap", 9, True),
        ("wrap", 10, False),
    ],
)
def test_a_padding_is_copied_only_from_pixels_that_are_there(mode, padding, possible):
    for sides in ((padding, 0, 0, 0), (0, 0, 0, padding)):
        bench = replace(BENCH, padding=sides, padding_mode=mode)
        assert bench.can_pad == possible
        assert all(bench.map_shape) == possible
        assert bench.feature_map().shape == bench.map_shape


@pytest.mark.parametrize("stage", ["feature_map", "activation", "pooled_map"])
def test_a_map_cannot_be_changed(stage):
    with pytest.raises(ValueError, match="read-only"):
        BENCH.values(stage)[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        BENCH.padded()[0, 0, 0] = 1


def test_a_map_is_made_once():
    bench = replace(BENCH, stride=(2, 2))
    again = replace(BENCH, stride=(2, 2))
    assert bench.feature_map() is again.feature_map()
    assert bench.pooled() is again.pooled()


def test_changing_the_pooling_does_not_make_the_feature_map_anew():
    other = replace(BENCH, pooling=Pooling("sum"), activation="tanh")
    assert BENCH.feature_map() is other.feature_map()


def test_equal_benches_are_equal():
    one, other = shipped_scenes()["stride_3"].bench, shipped_scenes()["padding_2"].bench
    assert one == replace(one)
    assert hash(one) == hash(replace(one))
    assert one != other


# what has no meaning is refused


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("stride", (0, 1), "A stride lies between 1 and 16; 0 has no meaning here"),
        ("stride", (1, 17), "A stride lies between 1 and 16; 17 has no meaning here"),
        ("padding", (0, 0, 0, -1), "A padding lies between 0 and 16; -1 has no meaning here"),
        ("padding", (17, 0, 0, 0), "A padding lies between 0 and 16; 17 has no meaning here"),
        ("dilation", (0, 1), "A dilation lies between 1 and 4; 0 has no meaning here"),
        ("dilation", (1, 5), "A dilation lies between 1 and 4; 5 has no meaning here"),
        ("padding_mode", "mirror", "There is no padding called “mirror”"),
        ("activation", "swish", "There is no activation called “swish”"),
        ("fit", 0, "The longest side of a picture is at least 1; 0 has no meaning here"),
        (
            "kernel",
            Kernel.of([[1]]).repeated(3),
            "A kernel with 3 slices cannot slide over an image with 1 channel",
        ),
        (
            "source",
            Image(np.zeros((2, 3, 3))),
            "A kernel with 1 slice cannot slide over an image with 2 channels",
        ),
    ],
)
def test_a_value_without_meaning_is_refused(field, value, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        replace(BENCH, **{field: value})


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "median"}, "There is no pooling called “median”"),
        ({"size": (0, 1)}, "A pooling window lies between 1 and 16; 0 has no meaning here"),
        ({"size": (1, 17)}, "A pooling window lies between 1 and 16; 17 has no meaning here"),
        ({"stride": (0, 1)}, "The stride of a pooling lies between 1 and 16; 0 has no meaning"),
        ({"padding": (-1, 0)}, "The padding of a pooling lies between 0 and 16; -1 has no meaning"),
        (
            {"size": (3, 3), "padding": (1, 2)},
            "A pooling window of 3 can have a padding of at most 1, half of it; 2 is more",
        ),
    ],
)
def test_a_pooling_without_meaning_is_refused(fields, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        Pooling(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"stride": (16, 16)}, {"padding": (16,) * 4}, {"dilation": (4, 4)}, {"fit": 1}],
)
def test_what_does_not_fit_but_has_a_meaning_is_a_bench(fields):
    bench = replace(BENCH, **fields)
    assert bench.feature_map().shape == bench.map_shape


@given(st.integers(1, 9), st.booleans(), st.booleans())
def test_the_kernel_slides_over_the_prepared_picture(fit, square, invert):
    image = Image(np.arange(54).reshape(1, 6, 9))
    identity = Kernel.of([[1]])
    bench = ConvolutionBench(image, identity, fit=fit, square=square, invert=invert)
    assert bench.feature_map().tolist() == bench.image.pixels[0].astype(float).tolist()


GRAY, COLOUR = (Image(np.full((n, 5, 5), 60, np.uint8)) for n in (1, 3))


@pytest.mark.parametrize("each_channel", [False, True])
@pytest.mark.parametrize("steps", ["cg", "gcg", "cc", "gg", "cGg", "gCc", "cGc", "CgC"])
def test_another_picture_finds_a_kernel_that_fits_and_keeps_its_brightness(steps, each_channel):
    blur = ConvolutionBench(GRAY, Kernel.of([[1] * 3] * 3, 9), each_channel=each_channel)
    for step in steps:  # a capital: worked on in gray
        image = GRAY if step in "gG" else COLOUR
        blur = replace(blur, **blur.with_source(image, gray=step.isupper()))
        shown = blur.alone(2) if blur.apart else blur
        assert (shown.feature_map() == 60).all()


def test_a_picture_with_as_many_channels_leaves_the_kernel_alone():
    kernel = Kernel((*Kernel.of([[1]]).cells, *Kernel.of([[2]]).cells, *Kernel.of([[3]]).cells))
    bench = ConvolutionBench(COLOUR, kernel)
    other = Image(np.zeros((3, 9, 9), np.uint8))
    assert bench.with_source(other, gray=False)["kernel"] is kernel
