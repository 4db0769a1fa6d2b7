"""The worked examples of the articles, made on a bench: every number comes out as printed."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.scene import shipped_scenes
from cnnstudio.lab.stages import Pooling
from cnnstudio.lab.step import convolution_step, steps_per_position
from tests.facts import fact


def on(picture, kernel, **fields):
    """Lay a kernel of rows over a picture of rows, with nothing done to the map afterwards."""
    plain = {"activation": "none", "pooling": Pooling("none"), **fields}
    return ConvolutionBench(Image.of(picture), Kernel.of(kernel), **plain)


def binary(**fields):
    picture, kernel = fact("convolution.binary_5x5.image"), fact("convolution.binary_5x5.kernel")
    return on(picture, kernel, **fields)


def turned(rows):
    return [list(reversed(row)) for row in reversed(rows)]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("map", {}),
        ("stride_2", {"stride": (2, 2)}),
        ("padding_1", {"padding": (1,) * 4}),
        ("full", {"padding": (2,) * 4}),
    ],
)
def test_the_binary_five_by_five_has_the_printed_map(name, fields):
    assert binary(**fields).feature_map().tolist() == fact(f"convolution.binary_5x5.{name}")


def test_full_padding_makes_seven_of_five():
    assert binary(padding=(2,) * 4).map_shape == (fact("convolution.binary_5x5.full.side"),) * 2


def test_the_first_window_of_the_binary_five_by_five_has_the_printed_products():
    step = convolution_step(binary(), 0, 0)
    products = np.array([term.pixel * term.weight for term in step.terms], float).reshape(3, 3)
    assert products.tolist() == fact("convolution.binary_5x5.products")
    assert step.total == fact("convolution.binary_5x5.first")


@pytest.mark.parametrize("patch", ["patch_1", "patch_2"])
def test_the_curve_detector_gives_the_printed_total(patch):
    total = fact(f"curve.{patch}.total")
    assert on(fact(f"curve.{patch}"), fact("curve.kernel")).feature_map().tolist() == [[total]]
    assert shipped_scenes()[f"curve_{patch}"].bench.feature_map().tolist() == [[total]]


@pytest.mark.parametrize("patch", ["patch_1", "patch_2"])
def test_a_true_convolution_gives_other_totals(patch):
    total = [[fact(f"curve.flipped.{patch}.total")]]
    turned_by_hand = on(fact(f"curve.{patch}"), turned(fact("curve.kernel")))
    assert turned_by_hand.feature_map().tolist() == total
    assert (
        replace(shipped_scenes()[f"curve_{patch}"].bench, flipped=True).feature_map().tolist()
        == total
    )


def test_the_curve_detector_on_its_curve_makes_the_printed_products():
    step = convolution_step(on(fact("curve.patch_1"), fact("curve.kernel")), 0, 0)
    meeting = [term for term in step.terms if term.pixel and term.weight]
    assert [term.pixel for term in meeting] == fact("curve.patch_1.pixels")
    assert [term.pixel * term.weight for term in meeting] == fact("curve.patch_1.products")
    assert {term.weight for term in meeting} == {fact("curve.weight")}
    weighty = [(term.row, term.column) for term in step.terms if term.weight]
    assert weighty == fact("curve.places")


def test_the_curve_shifted_by_one_gives_the_printed_totals():
    made = on(fact("curve.patch_1"), fact("curve.kernel"), padding=(1,) * 4).feature_map()
    assert made.tolist() == fact("curve.patch_1.padding_1")
    assert made[1, 1] == fact("curve.patch_1.total")
    assert made[2, 1] == fact("curve.patch_1.one_row_down")
    assert made[1, 2] == fact("curve.patch_1.one_column_right")


def test_the_greatest_answer_of_the_curve_detector_is_the_printed_one():
    brightest = [[fact("curve.brightest")] * 7] * 7
    kernel = Kernel.of(fact("curve.kernel"))
    assert on(brightest, fact("curve.kernel")).feature_map() == fact("curve.greatest")
    assert kernel.reach(Fraction(0), Fraction(fact("curve.brightest")))[1] == fact("curve.greatest")


def test_the_mirrored_curve_detector_still_answers_its_curve():
    mirrored = [list(reversed(row)) for row in fact("curve.kernel")]
    total = on(fact("curve.patch_1"), mirrored).feature_map()
    assert total == fact("curve.mirrored.patch_1.total")


def test_a_filter_of_five_by_five_by_three_does_the_printed_work():
    height, width, channels = fact("image.small.shape")
    rows, columns, depth = fact("depth.filter.shape")
    assert depth == channels
    kernel = Kernel.of([[1] * columns] * rows).repeated(channels)
    bench = ConvolutionBench(Image(np.ones((channels, height, width))), kernel)
    positions = bench.map_shape[0] * bench.map_shape[1]
    products = steps_per_position(bench, "feature_map")
    assert (*bench.map_shape, 1) == fact("depth.map_1.shape")
    assert products == fact("depth.multiplications_per_position")
    assert positions == fact("depth.positions")
    assert positions * products == fact("depth.multiplications")
    assert kernel.weights.size + 1 == fact("depth.parameters")
    assert bench.source.pixels.size == fact("image.small.numbers")


@pytest.mark.parametrize(
    ("stride", "padding", "expected"),
    [
        (1, 0, "stride.7_3_1.output"),
        (2, 0, "stride.7_3_2.output"),
        (3, 0, "stride.7_3_3.floor"),
        (3, 1, "stride.7_3_3.padding_1.output"),
        (4, 0, "stride.7_3_4.output"),
    ],
)
def test_a_stride_makes_a_map_of_the_printed_size(stride, padding, expected):
    bench = shipped_scenes()["stride_3"].bench
    bench = replace(bench, stride=(stride, stride), padding=(padding,) * 4)
    assert bench.feature_map().shape == (fact(expected),) * 2


def test_stride_three_on_seven_leaves_one_row_and_one_column_unread():
    bench = shipped_scenes()["stride_3"].bench
    assert bench.down.unread == bench.across.unread == fact("stride.7_3_3.unread")


@pytest.mark.parametrize(("side", "padding"), fact("same.paddings").items())
def test_same_padding_keeps_the_size_of_a_picture(side, padding):
    bench = on([[0] * 9] * 9, [[1] * side] * side, padding=(padding,) * 4)
    assert bench.map_shape == (bench.image.height, bench.image.width)


def test_padding_two_keeps_thirty_two_under_a_kernel_of_five():
    height, width, channels = fact("image.small.shape")
    kernel = Kernel.of([[1] * 5] * 5).repeated(channels)
    padding = (fact("padding.32_5.padding"),) * 4
    bench = ConvolutionBench(Image(np.ones((channels, height, width))), kernel, padding=padding)
    channels_first = bench.padded().shape
    assert (*channels_first[1:], channels_first[0]) == fact("padding.32_5.padded")
    assert bench.feature_map().shape == fact("padding.32_5.output")
    assert shipped_scenes()["padding_2"].bench.feature_map().shape == fact("padding.32_5.output")


@pytest.mark.parametrize("name", fact("padding.5_3"))
def test_narrow_same_and_full_make_maps_of_the_printed_sizes(name):
    padding = (fact("padding.5_3.paddings")[name],) * 4
    assert binary(padding=padding).map_shape == (fact("padding.5_3")[name],) * 2


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_an_older_activation_gives_the_printed_values(activation):
    bench = on([fact("activation.inputs")], [[1]], activation=activation)
    assert bench.activated().round(4).tolist() == [fact(f"{activation}.values")]


def test_relu_keeps_what_is_above_zero_and_nothing_else():
    inputs = fact("activation.inputs")
    bench = on([inputs], [[1]], activation="relu")
    assert bench.activated().tolist() == [[max(0, number) for number in inputs]]


def test_relu_before_averaging_gives_the_printed_value():
    pooling = Pooling("average", (1, 4), (1, 4))
    bench = on([fact("order.block")], [[1]], activation="relu", pooling=pooling)
    assert bench.pooled() == fact("order.average_of_relu")
    without = replace(bench, activation="none")
    assert max(0, without.pooled().item()) == fact("order.relu_of_average")


@pytest.mark.parametrize("kind", fact("pooling.kinds"))
def test_the_four_by_four_example_pools_to_the_printed_map(kind):
    pooling = Pooling(kind, fact("pooling.window"), (fact("pooling.stride"),) * 2)
    assert on(fact("pooling.image"), [[1]], pooling=pooling).pooled().tolist() == fact(
        f"pooling.{kind}"
    )


def test_a_pooling_left_alone_is_the_usual_one():
    assert Pooling().size == fact("pooling.window")
    assert Pooling().stride == (fact("pooling.stride"),) * 2
