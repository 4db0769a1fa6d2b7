"""What the colours of a map mean: each mode against its rule, written out number by number."""

from dataclasses import replace
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution.displays.display import (
    MEANINGS,
    NAMES,
    USUAL,
    Display,
    colours_of,
    shown_as,
)
from cnnstudio.gui.workspaces.convolution.planes import map_planes
from cnnstudio.gui.workspaces.convolution.survey import lies_beyond, scale, survey
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.stages import Pooling

PICTURE = (0.0, 255.0)
whole = st.integers(-2000, 2000)


def bench_of(rows, kernel=((1,),), **changes):
    pixels = np.array([rows], np.uint8)
    return ConvolutionBench(Image(pixels), Kernel.of(kernel), **changes)


def grays(bench, mode, stage="feature_map", shared=True):
    """The places in the table of colours that a map is painted with."""
    plane = map_planes(bench, survey(bench), Display(mode, shared))[stage]
    height, width = plane.values.shape
    return plane.seen(slice(0, height), slice(0, width), 1.0).colours.tolist()


def nearest(value):
    """A gray, rounded: of a half both neighbours are right."""
    below = floor(value)
    if value - below == 0.5:
        return {below, below + 1}
    return {floor(value + 0.5)}


def expected(mode, value, values):
    """The gray of a number among others, by the rule of a mode."""
    if mode == "clip":
        return nearest(min(max(value, 0), 255))
    if mode == "plus_128":
        return nearest(min(max(value + 128, 0), 255))
    if mode == "absolute":
        most = max(abs(each) for each in values) or 1
        return nearest(255 * abs(value) / most)
    span = max(values) - min(values)
    return nearest(255 * (value - min(values)) / span) if span else {0}


@pytest.mark.parametrize("mode", ["clip", "absolute", "plus_128", "stretch"])
@given(
    pixels=st.lists(st.integers(0, 255), min_size=2, max_size=12),
    weight=st.integers(-9, 9),
    bias=st.integers(-300, 300),
)
def test_each_gray_follows_the_rule_of_its_mode(mode, pixels, weight, bias):
    bench = replace(
        bench_of([pixels]), kernel=Kernel.of([[weight]], 1, bias), pooling=Pooling("none")
    )
    values = [pixel * weight + bias for pixel in pixels]
    found = grays(bench, mode, shared=False)[0]
    for gray, value in zip(found, values, strict=True):
        near = expected(mode, value, values)
        # single floats may round a half, or nearly a half, the other way
        assert any(abs(gray - each) <= (0 if mode in {"clip", "plus_128"} else 1) for each in near)


def test_the_usual_display_is_signed_on_one_scale():
    bench = bench_of([[10, 40], [30, 20]], [[-2]])
    assert Display("signed", shared=True) == USUAL
    plane = map_planes(bench, survey(bench))["feature_map"]
    assert (plane.family, plane.low, plane.high) == ("data", -80.0, 80.0)


@pytest.mark.parametrize("mode", NAMES)
def test_the_numbers_of_a_map_are_the_same_in_every_mode(mode):
    bench = bench_of([[10, 40], [30, 20]], [[-2]])
    plane = map_planes(bench, survey(bench), Display(mode))["feature_map"]
    assert plane.values.tolist() == [[-20, -80], [-60, -40]]


@pytest.mark.parametrize(("high", "low_end", "high_end"), [(255.0, -128, 127), (50.0, -25, 25)])
def test_half_the_range_of_the_picture_is_added(high, low_end, high_end):
    assert colours_of("plus_128", (0.0, high), (-7, 9)) == ("shifted", low_end, high_end)


def test_zero_is_middle_gray_with_half_the_range_added():
    for high in (1.0, 50.0, 255.0):
        image = Image(np.zeros((1, 2, 2), np.uint8), "", 0, high)
        made = grays(ConvolutionBench(image, Kernel.of([[1]])), "plus_128")
        assert {gray for row in made for gray in row} <= {127, 128}


def test_a_map_of_one_number_is_black_when_stretched_and_both_ends_are_that_number():
    bench = bench_of([[7, 7], [7, 7]])
    assert grays(bench, "stretch") == [[0, 0], [0, 0]]
    assert scale(bench, "feature_map", survey(bench), Display("stretch"))[1:] == (7.0, 7.0)


def test_what_rounding_leaves_is_not_stretched():
    family, low, high = colours_of("stretch", PICTURE, (90.0, 90.0 + 1e-12))
    assert (family, low, high) == ("stretched", 90.0, 90.0)


SLOPE = bench_of([[10, 20, 30, 40]] * 2, [[-2]], activation="leaky_relu")


@pytest.mark.parametrize("mode", ["signed", "absolute", "stretch"])
def test_on_a_shared_scale_maps_have_the_same_ends(mode):
    found = survey(SLOPE)
    stages = ("feature_map", "activation", "pooled_map")
    assert len({scale(SLOPE, stage, found, Display(mode)) for stage in stages}) == 1


def test_each_map_on_its_own_scale_has_its_own_ends():
    found = survey(SLOPE)
    ends = {
        stage: scale(SLOPE, stage, found, Display("stretch", shared=False))[1:]
        for stage in ("feature_map", "activation", "pooled_map")
    }
    assert ends["feature_map"] == (-80, -20)
    assert ends["activation"] == pytest.approx((-0.8, -0.2))
    assert ends["pooled_map"] == pytest.approx((-0.6, -0.2))
    own = scale(SLOPE, "activation", found, Display("signed", shared=False))
    assert own[1:] == pytest.approx((-0.8, 0.8))


def test_a_shared_stretch_holds_what_the_activation_adds():
    bench = replace(SLOPE, activation="relu")  # makes zeros, above all numbers of the map
    found = survey(bench)
    assert scale(bench, "feature_map", found, Display("stretch"))[1:] == (-80, 0)
    assert scale(bench, "activation", found, Display("stretch"))[1:] == (-80, 0)


def test_sums_of_a_pool_are_on_a_scale_of_their_own():
    bench = replace(SLOPE, activation="none", pooling=Pooling("sum"))
    found = survey(bench)
    assert scale(bench, "pooled_map", found, Display("absolute")) == ("absolute", 0, 280)
    assert scale(bench, "feature_map", found, Display("absolute")) == ("absolute", 0, 80)
    assert scale(bench, "pooled_map", found, Display("clip")) == ("image", 0, 1020)


@pytest.mark.parametrize("kind", ["tanh", "sigmoid"])
def test_squashed_numbers_are_never_on_the_scale_of_the_map(kind):
    bench = replace(SLOPE, activation=kind)
    found = survey(bench)
    assert scale(bench, "activation", found) == ("data", -1, 1)
    assert scale(bench, "activation", found, Display("signed", shared=False)) == ("data", -1, 1)
    assert scale(bench, "activation", found, Display("absolute")) == ("absolute", 0, 1)
    assert scale(bench, "activation", found, Display("clip")) == ("image", 0, 1)
    assert scale(bench, "activation", found, Display("plus_128")) == ("shifted", -1, 1)
    least, most = scale(bench, "activation", found, Display("stretch"))[1:]
    assert (least, most) == found.ranges["activation"]


def apart():
    pixels = np.array([[[10, 200]], [[30, 40]], [[50, 90]]], np.uint8)
    bench = ConvolutionBench(
        Image(pixels), Kernel.of([[-2]]).repeated(1).repeated(3), each_channel=True
    )
    return replace(
        bench, kernel=bench.taken(Kernel.of([[-2]])), activation="none", pooling=Pooling("none")
    )


def test_a_composed_picture_has_no_signs_and_is_clipped():
    bench = apart()
    found = survey(bench)
    assert scale(bench, "feature_map", found) == ("image", 0, 255)
    assert grays(bench, "signed") == grays(bench, "clip") == [[[0, 0, 0], [0, 0, 0]]]


def test_the_channels_of_a_composed_picture_are_on_one_scale():
    magnitudes = [[[20, 60, 100], [400, 80, 180]]]
    shown = np.array(grays(apart(), "absolute"))
    assert np.abs(shown - np.array(magnitudes) * 255 / 400).max() <= 0.5
    assert grays(apart(), "stretch")[0][0] == [255, 228, 201]  # 255 * (value + 400) / 380
    assert grays(apart(), "plus_128") == [[[108, 68, 28], [0, 48, 0]]]


@pytest.mark.parametrize(
    ("mode", "value", "told"),
    [
        ("signed", -234, "−234"),
        ("clip", -234, "−234, shown as 0"),
        ("clip", 300, "300, shown as 255"),
        ("clip", 120, "120"),
        ("absolute", -234, "−234, shown as 234"),
        ("absolute", 234, "234"),
        ("plus_128", -20, "−20, shown as 108"),
        ("plus_128", -234, "−234, shown as 0"),
        ("plus_128", 200, "200, shown as 255"),
        ("stretch", -234, "−234, shown as gray 0 of 255"),
        ("stretch", 66, "66, shown as gray 153 of 255"),
    ],
)
def test_a_number_is_told_with_the_gray_it_is_shown_as(mode, value, told):
    family, low, high = colours_of(mode, PICTURE, (-234, 266))
    assert shown_as(value, Plane(np.zeros((1, 1)), family, low, high)) == told


def test_the_ends_of_a_scale_say_whether_more_lies_beyond():
    bench = bench_of([[10, 40], [30, 20]], [[-2]], activation="relu")
    found = survey(bench)
    planes = map_planes(bench, found, Display("clip"))
    assert lies_beyond(found, "feature_map", planes["feature_map"]) == (True, False)
    assert lies_beyond(found, "activation", planes["activation"]) == (False, False)
    bright = bench_of([[10, 200]], [[2]])
    found = survey(bright)
    plane = map_planes(bright, found, Display("plus_128"))["feature_map"]
    assert lies_beyond(found, "feature_map", plane) == (False, True)
    for mode in ("signed", "absolute", "stretch"):
        plane = map_planes(bright, found, Display(mode))["feature_map"]
        assert lies_beyond(found, "feature_map", plane) == (False, False)


def test_every_mode_is_explained_in_a_sentence():
    assert set(MEANINGS) == set(NAMES)
    assert len(set(MEANINGS.values())) == len(MEANINGS)
