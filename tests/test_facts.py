"""The facts agree with one another, by plain loops and the definitions alone."""

import re
from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import exp, isclose, log, tanh

import pytest

from tests.facts import FACTS, fact

BINARY = "convolution.binary_5x5"


def number_of(shape):
    count = 1
    for side in shape:
        count *= side
    return count


def padded(image, padding, repeat=False):
    """Put zeros, or repeated edges, around an image."""
    height, width = len(image), len(image[0])

    def pixel(row, col):
        if repeat:
            return image[min(max(row, 0), height - 1)][min(max(col, 0), width - 1)]
        return image[row][col] if 0 <= row < height and 0 <= col < width else 0

    columns = range(-padding, width + padding)
    return [[pixel(row, col) for col in columns] for row in range(-padding, height + padding)]


def correlated(image, kernel, stride=1, padding=0, repeat=False):
    image = padded(image, padding, repeat)
    height, width = len(kernel), len(kernel[0])
    result = []
    for top in range(0, len(image) - height + 1, stride):
        row = []
        for left in range(0, len(image[0]) - width + 1, stride):
            total = 0
            for r in range(height):
                for c in range(width):
                    total += image[top + r][left + c] * kernel[r][c]
            row.append(total)
        result.append(row)
    return result


def total(image, kernel):
    return correlated(image, kernel)[0][0]


def turned(kernel):
    return [row[::-1] for row in kernel[::-1]]


def output_side(width, kernel, stride=1, padding=0):
    return Fraction(width - kernel + 2 * padding, stride) + 1


def half_squared(output, target):
    return sum((t - o) ** 2 / 2 for o, t in zip(output, target, strict=True))


def rounds_to(exact, printed):
    """Is `printed` what is left of `exact` after rounding to the digits that are printed?"""
    _, _, decimals = f"{printed:.10f}".rstrip("0").partition(".")
    return abs(exact - printed) <= 0.5 * 10 ** -len(decimals) + 1e-12


def conv_parameters(inputs, outputs, side):
    return outputs * (inputs * side * side + 1)


def dense_parameters(inputs, outputs):
    return outputs * (inputs + 1)


# The table


@pytest.mark.parametrize("known", FACTS.values(), ids=lambda known: known.id)
def test_every_fact_has_an_id_a_value_a_source_and_a_meaning(known):
    assert FACTS[known.id] is known
    assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", known.id)
    assert known.value not in (None, "", (), [])
    assert re.fullmatch(r"([AKM](/[AKM])*|computed|MNIST), ([1-9]|10)", known.source)
    assert known.about


def test_every_section_has_facts():
    assert {known.source.rsplit(" ", 1)[1] for known in FACTS.values()} == set(
        map(str, range(1, 11))
    )


def test_an_unknown_fact_is_refused_with_what_was_perhaps_meant():
    with pytest.raises(
        KeyError, match=r"no fact called 'curve.patch_3.total'.*curve.patch_1.total"
    ):
        fact("curve.patch_3.total")
    with pytest.raises(KeyError, match=r"tests/facts\.py"):
        fact("???")


def test_no_test_can_change_a_fact():
    fact(f"{BINARY}.image")[0][0] = 99
    assert fact(f"{BINARY}.image")[0][0] == 1
    with pytest.raises(FrozenInstanceError):
        FACTS["curve.weight"].value = 31


# 1. Images as numbers


@pytest.mark.parametrize("image", ["small", "large"])
def test_an_image_holds_a_number_for_every_pixel_and_channel(image):
    assert fact(f"image.{image}.numbers") == number_of(fact(f"image.{image}.shape"))


def test_an_ordinary_network_needs_millions_of_parameters():
    assert fact("ordinary.inputs") == number_of(fact("ordinary.image.shape"))
    needed = dense_parameters(fact("ordinary.inputs"), fact("ordinary.hidden"))
    assert fact("ordinary.parameters") == needed
    filters, *shape = fact("ordinary.filters")
    assert fact("ordinary.filters.parameters") == filters * (number_of(shape) + 1)


def test_the_first_probabilities_sum_to_one():
    assert len(fact("probabilities.names")) == len(fact("probabilities.values"))
    assert isclose(sum(fact("probabilities.values")), 1)


# 2. Convolution


def test_a_filter_as_deep_as_the_image_makes_a_flat_map():
    height, width, depth = fact("image.small.shape")
    side, _, filter_depth = fact("depth.filter.shape")
    assert depth == filter_depth
    assert fact("depth.multiplications_per_position") == number_of(fact("depth.filter.shape"))
    rows, columns = output_side(height, side), output_side(width, side)
    assert fact("depth.positions") == rows * columns
    for count in (1, 2, 3):
        assert fact(f"depth.map_{count}.shape") == (rows, columns, count)
    multiplications = fact("depth.positions") * fact("depth.multiplications_per_position")
    assert fact("depth.multiplications") == multiplications
    assert fact("depth.parameters") == fact("depth.multiplications_per_position") + 1


def test_the_binary_example_is_a_correlation():
    image, kernel = fact(f"{BINARY}.image"), fact(f"{BINARY}.kernel")
    assert fact(f"{BINARY}.map") == correlated(image, kernel)
    assert fact(f"{BINARY}.stride_2") == correlated(image, kernel, stride=2)
    assert fact(f"{BINARY}.padding_1") == correlated(image, kernel, padding=1)
    assert fact(f"{BINARY}.full") == correlated(image, kernel, padding=2)
    assert (
        len(fact(f"{BINARY}.full")) == len(fact(f"{BINARY}.full")[0]) == fact(f"{BINARY}.full.side")
    )


def test_the_first_window_of_the_binary_example_gives_its_products():
    image, kernel = fact(f"{BINARY}.image"), fact(f"{BINARY}.kernel")
    products = [[image[row][col] * kernel[row][col] for col in range(3)] for row in range(3)]
    assert fact(f"{BINARY}.products") == products
    assert fact(f"{BINARY}.first") == sum(map(sum, products)) == fact(f"{BINARY}.map")[0][0]


def test_the_curve_detector_has_its_weight_at_its_places_only():
    for row, line in enumerate(fact("curve.kernel")):
        for col, weight in enumerate(line):
            at_a_place = (row, col) in fact("curve.places")
            assert weight == (fact("curve.weight") if at_a_place else 0)


@pytest.mark.parametrize("patch", ["patch_1", "patch_2"])
def test_the_curve_detector_tells_the_patches_apart(patch):
    pixels, kernel = fact(f"curve.{patch}"), fact("curve.kernel")
    assert fact(f"curve.{patch}.total") == total(pixels, kernel)
    assert fact(f"curve.flipped.{patch}.total") == total(pixels, turned(kernel))
    assert fact(f"curve.flipped.{patch}.total") != fact(f"curve.{patch}.total")


def test_the_products_of_patch_1_in_reading_order():
    patch, kernel = fact("curve.patch_1"), fact("curve.kernel")
    met = [patch[row][col] for row, col in fact("curve.places") if patch[row][col]]
    assert fact("curve.patch_1.pixels") == met
    products = [patch[row][col] * kernel[row][col] for row in range(7) for col in range(7)]
    assert fact("curve.patch_1.products") == [product for product in products if product]
    assert fact("curve.patch_1.total") == sum(products)
    assert len(met) == len(fact("curve.places")) - 1


def test_the_padded_map_of_patch_1_has_greater_values_than_its_middle():
    around = correlated(fact("curve.patch_1"), fact("curve.kernel"), padding=1)
    assert fact("curve.patch_1.padding_1") == around
    assert fact("curve.patch_1.total") == around[1][1]
    assert fact("curve.patch_1.one_row_down") == around[2][1] == max(map(max, around))
    assert fact("curve.patch_1.one_column_right") == around[1][2]


def test_the_greatest_total_of_the_curve_detector():
    patches = fact("curve.patch_1") + fact("curve.patch_2")
    assert fact("curve.brightest") == max(map(max, patches))
    greatest = sum(map(sum, fact("curve.kernel"))) * fact("curve.brightest")
    assert fact("curve.greatest") == greatest == fact("curve.patch_1.one_row_down")


def test_the_mirrored_curve_detector_still_answers_to_the_stem():
    mirrored = [row[::-1] for row in fact("curve.kernel")]
    assert fact("curve.mirrored.patch_1.total") == total(fact("curve.patch_1"), mirrored)


# 3. Kernels


@pytest.fixture(params=fact("kernels.names"))
def kernel(request):
    """One of the seven, its weights divided."""
    divisor = fact(f"kernels.{request.param}.divisor")
    rows = fact(f"kernels.{request.param}.rows")
    return request.param, [[Fraction(weight, divisor) for weight in row] for row in rows]


def test_a_kernel_has_the_stated_sum_and_range(kernel):
    name, rows = kernel
    weights = [weight for row in rows for weight in row]
    black, white = fact("image.range")
    least = sum(weight * (white if weight < 0 else black) for weight in weights)
    greatest = sum(weight * (white if weight > 0 else black) for weight in weights)
    assert fact(f"kernels.{name}.sum") == sum(weights)
    assert fact(f"kernels.{name}.range") == (least, greatest)


def test_a_kernel_answers_to_a_flat_area_and_to_a_step_as_stated(kernel):
    name, rows = kernel
    flat = [[fact("kernels.flat")] * 3] * 3
    assert fact(f"kernels.{name}.flat") == total(flat, rows)
    answers = correlated([fact("kernels.step")] * 3, rows, padding=1, repeat=True)
    assert answers == [fact(f"kernels.{name}.step")] * 3


def test_a_separable_kernel_is_a_column_times_a_row(kernel):
    name, rows = kernel
    minors = [
        rows[a][c] * rows[b][d] - rows[a][d] * rows[b][c]
        for a in range(3)
        for b in range(3)
        for c in range(3)
        for d in range(3)
    ]
    assert fact(f"kernels.{name}.separable") == (not any(minors))


def test_a_kernel_is_unchanged_by_a_turn_of_180_degrees(kernel):
    _, rows = kernel
    assert (turned(rows) == rows) == fact("kernels.turned")


@pytest.mark.parametrize("name", ["edge_3", "sharpen"])
def test_a_kernel_is_the_stated_sum_of_others(name):
    summed = [[Fraction(0)] * 3 for _ in range(3)]
    for part, factor in fact(f"kernels.{name}.equals").items():
        for row in range(3):
            for col in range(3):
                weight = fact(f"kernels.{part}.rows")[row][col]
                summed[row][col] += Fraction(factor * weight, fact(f"kernels.{part}.divisor"))
    assert fact(f"kernels.{name}.rows") == summed


def test_edge_1_misses_straight_edges_and_answers_to_corners():
    rows = fact("kernels.edge_1.rows")
    step = [fact("kernels.step")] * 4
    lying = [list(column) for column in zip(*step, strict=True)]
    corner = [
        [min(a, b) for a, b in zip(*pair, strict=True)] for pair in zip(step, lying, strict=True)
    ]
    assert not any(map(any, correlated(step, rows)))
    assert not any(map(any, correlated(lying, rows)))
    assert any(map(any, correlated(corner, rows)))
    assert fact("kernels.edge_2.centre") == fact("kernels.edge_2.rows")[1][1]


# 4. Depth, stride, padding


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_the_formula_gives_the_side_of_the_map(stride):
    assert fact(f"stride.7_3_{stride}.output") == output_side(7, 3, stride)


def test_stride_3_on_7_pixels_does_not_fit_unless_padded():
    exact = output_side(7, 3, 3)
    assert exact.denominator != 1
    assert rounds_to(exact, fact("stride.7_3_3.output"))
    assert fact("stride.7_3_3.floor") == int(exact)
    assert fact("stride.7_3_3.unread") == 7 - (3 * (int(exact) - 1) + 3)
    assert fact("stride.7_3_3.padding_1.output") == output_side(7, 3, 3, padding=1)


def test_same_padding_keeps_the_size():
    for kernel, padding in (fact("same.paddings") | fact("same.even")).items():
        assert padding == (kernel - 1) / 2
        assert output_side(10, kernel, padding=Fraction(padding)) == 10


def test_padding_2_keeps_32_pixels_under_a_5x5_filter():
    height, width, depth = fact("image.small.shape")
    padding, side = fact("padding.32_5.padding"), fact("depth.filter.shape")[0]
    assert fact("padding.32_5.padded") == (height + 2 * padding, width + 2 * padding, depth)
    assert fact("padding.32_5.output") == (output_side(height, side, padding=padding),) * 2


@pytest.mark.parametrize("kind", ["narrow", "same", "full"])
def test_narrow_same_and_full_padding(kind):
    padding = fact("padding.5_3.paddings")[kind]
    assert fact("padding.5_3")[kind] == output_side(5, 3, padding=padding)


# 5. Non-linearity


def test_sigmoid_and_tanh_have_the_stated_values():
    for place, x in enumerate(fact("activation.inputs")):
        assert rounds_to(1 / (1 + exp(-x)), fact("sigmoid.values")[place])
        assert rounds_to(tanh(x), fact("tanh.values")[place])


def test_the_slope_of_the_sigmoid_vanishes_layer_by_layer():
    middle = fact("sigmoid.values")[fact("activation.inputs").index(0)]
    assert fact("sigmoid.slope") == middle * (1 - middle)
    for layers, slope in fact("sigmoid.slope.powers").items():
        assert f"{fact('sigmoid.slope') ** layers:.1e}" == f"{slope:.1e}"


def test_the_order_of_relu_and_average_pooling_matters():
    block = fact("order.block")
    assert fact("order.relu_of_average") == max(0, sum(block) / len(block))
    assert fact("order.average_of_relu") == sum(max(0, value) for value in block) / len(block)
    assert max(0, *block) == max(max(0, value) for value in block)


# 6. Pooling


def mean(window):
    return sum(window) / len(window)


@pytest.mark.parametrize(("kind", "pool"), [("max", max), ("average", mean), ("sum", sum)])
def test_pooling_the_example(kind, pool):
    image, stride = fact("pooling.image"), fact("pooling.stride")
    height, width = fact("pooling.window")
    assert kind in fact("pooling.kinds")
    pooled = [
        [
            pool([image[top + row][left + col] for row in range(height) for col in range(width)])
            for left in range(0, len(image[0]), stride)
        ]
        for top in range(0, len(image), stride)
    ]
    assert fact(f"pooling.{kind}") == pooled
    assert fact("pooling.dropped") == 1 - number_of((len(pooled), len(pooled[0]))) / 16


# 7. Network


def test_the_idle_relu_follows_a_pooling_of_relu_outputs():
    chain, idle = fact("network.a.chain").split("-"), fact("network.a.idle")
    assert chain[idle - 2 : idle + 1] == ["ReLU", "Pool", "ReLU"]
    assert len(fact("network.k.filters")) == fact("network.k.chain").count("Conv")


def test_lenet_has_the_stated_shapes_and_nodes():
    shapes = fact("lenet.shapes")
    for before, after, kernel, stride in zip(
        shapes[:4], shapes[1:5], (5, 2, 5, 2), (1, 2, 1, 2), strict=True
    ):
        assert after[1:] == (output_side(before[1], kernel, stride),) * 2
    assert fact("lenet.flat") == number_of(shapes[4])
    assert fact("lenet.nodes") == sum(map(number_of, shapes))


@pytest.mark.parametrize(("units", "known"), [(100, "lenet"), (fact("lenet5.units"), "lenet5")])
def test_lenet_has_the_stated_number_of_parameters(units, known):
    (gray, *_), (first, *_), _, (second, *_), _, (wide,), _, (classes,) = fact("lenet.shapes")
    counts = [conv_parameters(gray, first, 5), conv_parameters(first, second, 5)]
    counts += [dense_parameters(fact("lenet.flat"), wide), dense_parameters(wide, units)]
    counts += [dense_parameters(units, classes)]
    assert fact(f"{known}.parameters.total") == sum(counts)
    assert units != 100 or fact("lenet.parameters") == counts


def test_lenet_multiplies_as_often_as_stated():
    shapes = fact("lenet.shapes")
    pairs = [(shapes[0], shapes[1]), (shapes[2], shapes[3])]
    counts = [number_of(after) * before[0] * 5 * 5 for before, after in pairs]
    assert fact("lenet.multiplications") == counts
    dense = dense_parameters(number_of(shapes[0]), number_of(shapes[1]))
    assert fact("lenet.conv_1.as_dense") == dense


def test_the_receptive_field_grows_to_the_whole_picture():
    field, jump, fields = 1, 1, []
    windows = {"conv": (5, 1), "pool": (2, 2), "FC": (5, 1)}
    for layer in fact("receptive.chain"):
        window, stride = windows[layer]
        field, jump = field + (window - 1) * jump, jump * stride
        fields.append(field)
    assert fact("receptive.fields") == fields
    assert fields[-1] == fact("lenet.shapes")[0][1]


@pytest.mark.parametrize("constant", [0, 10, -3])
def test_softmax_is_positive_sums_to_one_and_ignores_a_constant(constant):
    powers = [exp(logit + constant) for logit in fact("softmax.logits")]
    probabilities = [power / sum(powers) for power in powers]
    assert all(map(rounds_to, probabilities, fact("softmax.values")))
    assert min(probabilities) > 0
    assert isclose(sum(probabilities), fact("softmax.sum"))


def test_the_digit_vector_means_its_answer():
    vector = fact("digit.vector")
    assert isclose(sum(vector), fact("digit.sum"))
    assert vector.index(max(vector)) == fact("digit.answer")


# 8. Training


def test_the_losses_of_an_untrained_network():
    output, target = fact("untrained.output"), fact("untrained.target")
    assert target.index(1) == fact("digit.answer")
    assert len(output) == len(target) == fact("errata.2.length")
    assert isclose(half_squared(output, target), fact("untrained.half_squared"))
    assert rounds_to(-log(output[target.index(1)]), fact("untrained.cross_entropy"))
    assert rounds_to(log(10), fact("untrained.cross_entropy"))
    assert isclose(half_squared(fact("digit.vector"), target), fact("digit.half_squared"))


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_losses_of_the_boat(when):
    output, target = fact(f"boat.{when}"), fact("boat.target")
    assert fact("network.k.classes")[target.index(1)] == "boat"
    assert isclose(half_squared(output, target), fact(f"boat.{when}.half_squared"))
    assert rounds_to(-log(output[target.index(1)]), fact(f"boat.{when}.cross_entropy"))


def test_the_loss_of_the_boat_is_the_sum_of_its_terms():
    pairs = zip(fact("boat.before"), fact("boat.target"), strict=True)
    for (output, target), term in zip(pairs, fact("boat.before.terms"), strict=True):
        assert isclose((target - output) ** 2 / 2, term)
    assert isclose(sum(fact("boat.before.terms")), fact("boat.before.half_squared"))


@pytest.mark.parametrize("rate", ["0.1", "0.5", "0.9", "1.0", "1.1"])
def test_gradient_descent_on_a_parabola(rate):
    weight = fact("sgd.start")
    for expected in fact(f"sgd.rate_{rate}"):
        weight -= float(rate) * 2 * weight
        assert rounds_to(weight, expected)


def test_the_gradients_of_the_binary_example():
    image, kernel = fact(f"{BINARY}.image"), fact(f"{BINARY}.kernel")
    gradient = fact("backward.output_gradient")
    d_kernel, d_image = [[0] * 3 for _ in range(3)], [[0] * 5 for _ in range(5)]
    for top in range(3):
        for left in range(3):
            for row in range(3):
                for col in range(3):
                    d_kernel[row][col] += gradient[top][left] * image[top + row][left + col]
                    d_image[top + row][left + col] += gradient[top][left] * kernel[row][col]
    assert fact("backward.kernel_gradient") == d_kernel
    assert fact("backward.image_gradient") == d_image


# 9 and 10. Errors, MNIST


def test_the_first_error_is_one_of_size():
    side = output_side(fact("image.small.shape")[0], len(fact("curve.kernel")))
    assert fact("errata.1.map") == (side, side)
    assert "26x26" in fact("errata.1")[1]


def test_there_are_twelve_errors_each_with_what_is_true():
    numbered = [known for known in FACTS if re.fullmatch(r"errata\.\d+", known)]
    assert len(numbered) == 12
    assert all(said != true for said, true in map(fact, numbered))


@pytest.mark.parametrize("part", ["train_images", "train_labels", "test_images", "test_labels"])
def test_an_mnist_file_has_a_name_a_size_and_a_checksum(part):
    name, size, checksum = fact(f"mnist.{part}")
    assert re.fullmatch(r"(train|t10k)-(images-idx3|labels-idx1)-ubyte\.gz", name)
    assert ("images" in part) == ("images" in name)
    assert ("train" in part) == ("train" in name)
    assert size > 1000
    assert re.fullmatch(r"[0-9a-f]{32}", checksum)
