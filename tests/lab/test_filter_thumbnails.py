"""The small pictures of the library: true maps of a reduced picture, in colours that fit them."""

from dataclasses import replace

import numpy as np
import pytest

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filter_thumbnails import SIDE, keeps_range, reduced, strip_map, thumbnail
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel

RNG = np.random.default_rng(5)
GRAY = Image(RNG.integers(0, 256, (1, 12, 17), np.uint8), "gray")
COLOUR = Image(RNG.integers(0, 256, (3, 12, 17), np.uint8), "colour")
KEYS = list(library())


def bench_of(image, **how):
    kernel = library()["identity"].kernel.repeated(image.channels)
    return ConvolutionBench(image, kernel, **how)


def by_hand(plane, kernel):
    """Slide over one plane whose edge is repeated; sums written out."""
    rows, columns = plane.shape
    made = np.zeros(plane.shape)
    weights = kernel.cells[0]
    for r in range(rows):
        for c in range(columns):
            total = 0
            for down, line in enumerate(weights):
                for across, weight in enumerate(line):
                    y = min(max(r + down - (kernel.height - 1) // 2, 0), rows - 1)
                    x = min(max(c + across - (kernel.width - 1) // 2, 0), columns - 1)
                    total += int(plane[y, x]) * weight
            made[r, c] = float(total / kernel.divisor + kernel.bias)
    return made


@pytest.mark.parametrize("key", ["sobel_x", "gaussian_blur", "negative", "curve_left", "roberts_1"])
def test_a_thumbnail_is_the_map_pixel_for_pixel(key):
    kernel = library()[key].kernel
    (made,) = thumbnail(reduced(bench_of(GRAY)), kernel).maps
    np.testing.assert_allclose(made, by_hand(GRAY.pixels[0], kernel), atol=1e-9)


def test_stride_padding_and_dilation_of_the_bench_do_not_change_a_thumbnail():
    moved = bench_of(GRAY, stride=(3, 2), padding=(2, 0, 1, 4), dilation=(2, 2))
    plain = thumbnail(reduced(bench_of(GRAY)), library()["sobel_x"].kernel)
    assert (thumbnail(reduced(moved), library()["sobel_x"].kernel).maps[0] == plain.maps[0]).all()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("side", [1, 2, 5])
def test_every_filter_has_a_thumbnail_of_any_picture(key, side):
    image = Image(RNG.integers(0, 256, (1, side, 3), np.uint8))
    effect = thumbnail(reduced(bench_of(image)), library()[key].kernel)
    assert effect.maps[0].shape == (side, 3)
    assert effect.low < effect.high


def test_a_large_picture_is_reduced_and_a_small_one_is_not():
    large = Image(RNG.integers(0, 256, (1, 400, 300), np.uint8))
    small = reduced(bench_of(large)).image
    assert (small.height, small.width) == (SIDE, 72)
    assert reduced(bench_of(GRAY)).image.pixels is GRAY.pixels


def test_the_picture_is_taken_as_it_is_prepared():
    bench = bench_of(GRAY, invert=True, square=True)
    assert (reduced(bench).image.pixels == bench.image.pixels).all()


def test_a_true_convolution_has_other_thumbnails():
    kernel = library()["sobel_x"].kernel
    plain, flipped = (
        thumbnail(reduced(bench_of(GRAY, flipped=on)), kernel) for on in (False, True)
    )
    assert (flipped.maps[0] == -plain.maps[0]).all()


def test_the_other_kernel_of_the_bench_does_not_matter():
    bench = bench_of(GRAY)
    both = replace(bench, other=library()["emboss"].kernel)
    kernel = library()["sharpen"].kernel
    assert (thumbnail(reduced(both), kernel).maps[0] == thumbnail(bench, kernel).maps[0]).all()


@pytest.mark.parametrize(
    ("key", "picture"),
    [
        ("identity", True),
        ("sharpen", True),
        ("gaussian_7", True),
        ("half_bright", True),
        ("negative", True),
        ("relief", True),
        ("edge_3", False),
        ("sobel_x", False),
        ("curve_detector", False),
        ("cross_five", False),
    ],
)
def test_flat_areas_that_stay_in_the_range_make_a_picture(key, picture):
    assert keeps_range(library()[key].kernel, GRAY) is picture
    effect = thumbnail(bench_of(GRAY), library()[key].kernel)
    assert effect.family == ("image" if picture else "data")


def test_middle_gray_lies_beyond_a_picture_whose_white_is_50():
    assert not keeps_range(library()["relief"].kernel, Image.of([[1.0]], high=50))


def test_data_have_zero_in_the_middle_and_pictures_their_own_range():
    edges = thumbnail(bench_of(GRAY), library()["edge_2"].kernel)
    assert edges.low == -edges.high == -abs(edges.maps[0]).max()
    assert edges.least == edges.maps[0].min()
    assert edges.most == edges.maps[0].max()
    sharp = thumbnail(bench_of(GRAY), library()["sharpen"].kernel)
    assert (sharp.low, sharp.high) == (0, 255)
    assert sharp.beyond == (True, True)


def test_nothing_but_zeros_has_a_scale_too():
    effect = thumbnail(bench_of(Image.of([[5, 5]])), library()["edge_1"].kernel)
    assert (effect.low, effect.high, effect.least, effect.most) == (-1, 1, 0, 0)


def test_colours_are_added_up_or_apart_as_on_the_bench():
    kernel = library()["box_blur"].kernel
    (summed,) = thumbnail(bench_of(COLOUR), kernel).maps
    planes = [by_hand(plane, kernel) for plane in COLOUR.pixels]
    np.testing.assert_allclose(summed, sum(planes) / 3, atol=1e-9)
    apart = thumbnail(bench_of(COLOUR, each_channel=True), kernel)
    assert apart.family == "image"
    np.testing.assert_allclose(np.stack(apart.maps), np.stack(planes), atol=1e-9)


def test_a_strip_map_is_just_what_the_bench_would_make():
    for how in (
        {"stride": (2, 3), "padding": (1, 0, 2, 1), "padding_mode": "reflect"},
        {"dilation": (2, 2)},
        {"flipped": True},
    ):
        bench = bench_of(GRAY, **how)
        for key in ("edge_1", "gaussian_blur"):
            kernel = library()[key].kernel
            effect = strip_map(bench, kernel)
            assert (effect.maps[0] == replace(bench, kernel=kernel).feature_map()).all()
            ends = effect.family, effect.low, effect.high
            if key == "edge_1":
                assert ends == ("data", -effect.high, effect.high)
            else:  # flat areas stay as they are, so it is a picture again
                assert ends == ("image", bench.image.low, bench.image.high)


def test_a_strip_map_of_a_kernel_that_does_not_fit_is_none():
    tiny = bench_of(Image.of([[1, 2]]))
    assert strip_map(tiny, library()["edge_1"].kernel) is None


def test_the_users_filter_with_slices_is_added_up_for_a_gray_picture():
    slices = Kernel(tuple(Kernel.of([[n]]).cells[0] for n in (1, 2, 3)))
    (made,) = thumbnail(bench_of(GRAY), slices).maps
    assert (made == 6.0 * GRAY.pixels[0]).all()
