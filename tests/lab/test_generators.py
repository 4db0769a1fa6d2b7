"""Kernels made by a formula, each held against its definition written out in loops."""

from dataclasses import fields, replace
from fractions import Fraction
from math import ceil, cos, exp, floor, gcd, hypot, pi, radians, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnnstudio.lab.generators import Generator, generators, parameters, told
from cnnstudio.lab.generators.box import Box
from cnnstudio.lab.generators.curve import WEIGHT, CurveDetector
from cnnstudio.lab.generators.disk import Disk
from cnnstudio.lab.generators.gabor import Gabor
from cnnstudio.lab.generators.gaussian import Gaussian
from cnnstudio.lab.generators.laplacian_of_gaussian import LaplacianOfGaussian
from cnnstudio.lab.generators.motion_blur import MotionBlur
from cnnstudio.lab.generators.sobel import Sobel
from cnnstudio.lab.generators.unsharp import Unsharp
from cnnstudio.lab.kernel import MAX_SIDE, Kernel
from cnnstudio.lab.kernel_edits import mirrored, negated, transposed, turned
from cnnstudio.lab.kernel_facts import kernel_facts
from cnnstudio.lab.number import parse, write_weight
from tests.facts import fact

KINDS = list(generators().values())
MOST = 999  # what fits into a cell, with a minus
ROUNDING = 0.0006  # of the greatest weight
ROUNDING_TO_ZERO = 0.001  # what is left of the sum included
MANY_ALIKE = 0.005  # where many tiny weights are rounded the same way
MANY_TINY = 0.01  # where one weight is large and the others are not
SQUARES = 0.02  # where a column is rounded and multiplied with itself
PRODUCTS = 0.06  # where a column and a row are rounded
angles = st.integers(0, 72).map(lambda fives: 5.0 * fives)


def tenths(least, most):
    return st.integers(round(10 * least), round(10 * most)).map(lambda count: count / 10)


odd = st.integers(1, 5).map(lambda half: 2 * half + 1)
sizes = st.integers(1, MAX_SIDE)


def drawn(kind):
    """Return a strategy for any generator of a kind, by its parameters."""
    strategies = {}
    for each in parameters(kind):
        steps = round((each.high - each.low) / each.step)
        made = [each.low + each.step * place for place in range(steps + 1)]
        strategies[each.name] = st.sampled_from(
            made if each.whole else [min(round(value, 6), each.high) for value in made]
        )
    return st.builds(kind, **strategies)


def centred(side):
    return [place - (side - 1) / 2 for place in range(side)]


def is_near(kernel, definition, scale=1.0, rounding=ROUNDING):
    """Is every weight, divided, within the rounding stated, of the greatest by definition?"""
    greatest = max(abs(value) for row in definition for value in row)
    assert len(definition) == kernel.height
    for row, line in zip(kernel.cells[0], definition, strict=True):
        for cell, value in zip(row, line, strict=True):
            found = float(cell / kernel.divisor)
            assert abs(found - value * scale) <= rounding * greatest * abs(scale) + 1e-12
    return True


def over_sum(rows):
    total = sum(map(sum, rows))
    return [[value / total for value in row] for row in rows]


def bell_at(x, y, sigma):
    return exp(-(x * x + y * y) / (2 * sigma * sigma))


# all of them


def test_every_kind_of_the_issue_is_there():
    assert list(generators()) == [
        *("gaussian", "laplacian_of_gaussian", "gabor", "sobel", "motion_blur"),
        *("box", "disk", "unsharp", "curve"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is_and_has_its_own_place(kind):
    assert issubclass(kind, Generator)
    assert kind.title
    assert kind.about.endswith(".")
    assert [each.order for each in KINDS].count(kind.order) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_parameters_are_the_fields_in_order(kind):
    assert [each.name for each in parameters(kind)] == [each.name for each in fields(kind)]
    for each in parameters(kind):
        assert each.low <= each.default <= each.high
        assert each.label
        assert each.whole == isinstance(getattr(kind(), each.name), int)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_any_parameters_give_an_ordinary_gray_kernel_that_can_be_typed(kind, data):
    kernel = data.draw(drawn(kind)).kernel()
    assert kernel.channels == 1
    assert kernel.bias == 0
    assert any(kernel.flat)
    assert all(cell.denominator == 1 for cell in kernel.flat)
    for value in (*kernel.flat, kernel.divisor):
        assert parse(write_weight(value)) == value
    assert kind is CurveDetector or gcd(*map(int, kernel.flat), int(kernel.divisor)) == 1


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_weights_have_few_figures(kind, data):
    most = 99 * 99 if kind is Gaussian else MOST
    assert max(map(abs, data.draw(drawn(kind)).kernel().flat)) <= most


def is_separable(kernel):
    return kernel_facts(kernel, Fraction(0), Fraction(1)).rank == (1,)


@given(st.one_of(drawn(Gaussian), drawn(Box)))
def test_bells_and_boxes_are_a_column_times_a_row(generator):
    assert is_separable(generator.kernel())


@given(drawn(Gabor), st.integers(0, 4), drawn(MotionBlur))
def test_along_an_axis_a_wave_and_a_motion_are_a_column_times_a_row(wave, quarters, motion):
    for generator in (wave, motion):
        assert is_separable(replace(generator, angle=90.0 * quarters).kernel())


@given(drawn(Gabor))
def test_a_wave_down_is_the_transposed_wave_across(wave):
    across, down = (replace(wave, angle=angle).kernel() for angle in (0.0, 90.0))
    assert down == transposed(across)


@pytest.mark.parametrize("kind", [Gaussian, MotionBlur, Box, Disk, Unsharp])
@given(data=st.data())
def test_blurs_and_sharpening_keep_brightness_exactly(kind, data):
    assert data.draw(drawn(kind)).kernel().total == 1


@pytest.mark.parametrize("kind", [LaplacianOfGaussian, Gabor, Sobel])
@given(data=st.data())
def test_detectors_turn_flat_areas_to_exactly_0(kind, data):
    assert data.draw(drawn(kind)).kernel().total == 0


def test_what_a_kernel_was_made_by_is_told_with_every_parameter():
    assert told(Gaussian(5, 0.8)) == "Gaussian blur: size 5, sigma 0.8 px"
    assert told(MotionBlur(7.0, 45.0)) == "Motion blur: length 7 px, angle 45°"


@pytest.mark.parametrize("kind", KINDS)
def test_a_parameter_out_of_its_range_is_refused(kind):
    for each in parameters(kind):
        for value in (each.low - each.step, each.high + each.step):
            with pytest.raises(ValueError, match=f"{each.label} goes from .* to .* not possible"):
                kind(**{each.name: value})


@pytest.mark.parametrize("kind", [Gabor, Unsharp, CurveDetector])
def test_a_size_between_the_steps_is_refused(kind):
    with pytest.raises(ValueError, match="Size is 3, 5 and so on; 4 is not possible"):
        kind(size=4)


# one by one


@given(sizes, tenths(0.3, 5))
@example(7, 0.34)
def test_a_gaussian_is_a_bell(size, sigma):
    rows = [[bell_at(x, y, sigma) for x in centred(size)] for y in centred(size)]
    kernel = Gaussian(size, sigma).kernel()
    assert is_near(kernel, over_sum(rows), rounding=SQUARES)
    assert turned(kernel, 1) == mirrored(kernel, down=True) == kernel


def test_the_gaussian_one_begins_with_is_much_nearer():
    rows = [[bell_at(x, y, 1.0) for x in centred(5)] for y in centred(5)]
    assert is_near(Gaussian(5, 1.0).kernel(), over_sum(rows), rounding=0.005)


@given(st.integers(3, MAX_SIDE), tenths(0.3, 3))
def test_a_laplacian_of_gaussian_is_the_bell_bent_less_its_mean(size, sigma):
    rows = [
        [(x * x + y * y - 2 * sigma**2) * bell_at(x, y, sigma) for x in centred(size)]
        for y in centred(size)
    ]
    mean = sum(map(sum, rows)) / size**2
    rows = [[value - mean for value in row] for row in rows]
    kernel = LaplacianOfGaussian(size, sigma).kernel()
    ups = sum(value for row in rows for value in row if value > 0)
    assert is_near(kernel, rows, 1 / ups, MANY_ALIKE)
    assert size > 7 or is_near(kernel, rows, 1 / ups, ROUNDING_TO_ZERO)
    assert turned(kernel, 1) == mirrored(kernel, down=True) == kernel


def test_the_middle_of_a_laplacian_of_gaussian_is_negative_as_that_of_the_laplacian():
    middle = LaplacianOfGaussian(7, 1.2).kernel().cells[0][3][3]
    assert middle < 0
    assert fact("kernels.edge_2.centre") < 0


@given(odd, st.integers(4, 40).map(lambda halves: halves / 2), angles, tenths(0.5, 5))
def test_a_gabor_filter_is_a_wave_under_a_bell(size, wavelength, angle, sigma):
    def wave(x, y):
        along = x * cos(radians(angle)) + y * sin(radians(angle))
        return cos(2 * pi * along / wavelength)

    places = centred(size)
    bells = [[bell_at(x, y, sigma) for x in places] for y in places]
    waves = [[bell_at(x, y, sigma) * wave(x, y) for x in places] for y in places]
    mean = sum(map(sum, waves)) / sum(map(sum, bells))
    rows = [
        [w - mean * b for w, b in zip(*pair, strict=True)]
        for pair in zip(waves, bells, strict=True)
    ]
    ups = sum(value for row in rows for value in row if value > 0)
    kernel = Gabor(size, wavelength, angle, sigma).kernel()
    assert is_near(kernel, rows, 1 / ups, ROUNDING_TO_ZERO if angle % 90 else PRODUCTS)


def test_a_gabor_filter_of_angle_0_has_upright_stripes():
    (plane,) = Gabor(9, 4.0, 0.0, 2.0).kernel().cells
    signs = [cell > 0 for cell in plane[4]]
    assert signs == [True, False, False, False, True, False, False, False, True]
    assert all([cell > 0 for cell in row] == signs for row in plane)


SOBEL_X = Kernel.of([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_Y = Kernel.of([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


def test_sobel_at_the_quarters_is_that_of_the_library():
    assert Sobel(0.0).kernel() == Sobel(360.0).kernel() == SOBEL_X
    assert Sobel(90.0).kernel() == SOBEL_Y
    assert Sobel(180.0).kernel() == negated(SOBEL_X)
    assert Sobel(270.0).kernel() == negated(SOBEL_Y)


@given(angles | tenths(0, 360))
def test_sobel_at_an_angle_is_the_slope_along_it(angle):
    across, down = cos(radians(angle)), sin(radians(angle))
    pairs = zip(SOBEL_X.weights[0].tolist(), SOBEL_Y.weights[0].tolist(), strict=True)
    rows = [[across * x + down * y for x, y in zip(*pair, strict=True)] for pair in pairs]
    assert is_near(Sobel(angle).kernel(), rows)


@given(st.integers(1, 11).map(float), angles)
@example(7.0, 45.0)
@example(11.0, 90.0)
def test_a_motion_blur_stays_on_each_pixel_as_long_as_the_line_does(length, angle):
    kernel = MotionBlur(length, angle).kernel()
    middle = kernel.height // 2, kernel.width // 2
    count, found = 20_000, {}
    for step in range(count):
        along = ((step + 0.5) / count - 0.5) * length
        x, y = along * cos(radians(angle)), along * sin(radians(angle))
        place = middle[0] + floor(y + 0.5), middle[1] + floor(x + 0.5)
        found[place] = found.get(place, 0) + 1 / count
    greatest = max(found.values())
    for row, line in enumerate(kernel.cells[0]):
        for column, cell in enumerate(line):
            value = found.pop((row, column), 0)
            assert abs(float(cell / kernel.divisor) - value) <= ROUNDING * greatest + 2 / count
    assert sum(found.values()) <= 2 / count


def test_a_motion_blur_along_a_row_is_exact_and_one_row_high():
    assert MotionBlur(5.0, 0.0).kernel() == Kernel.of([[1] * 5], 5)
    assert MotionBlur(4.0, 0.0).kernel() == Kernel.of([[1, 2, 2, 2, 1]], 8)
    assert MotionBlur(5.0, 90.0).kernel() == Kernel.of([[1]] * 5, 5)


def test_a_motion_blur_of_45_degrees_goes_down_to_the_right():
    (plane,) = MotionBlur(7.0, 45.0).kernel().cells
    assert {(r, c) for r, row in enumerate(plane) for c, cell in enumerate(row) if cell} == {
        (place, place) for place in range(5)
    }


@given(sizes, sizes)
def test_a_box_is_the_mean(rows, columns):
    kernel = Box(rows, columns).kernel()
    assert {cell / kernel.divisor for cell in kernel.flat} == {Fraction(1, rows * columns)}
    assert (kernel.height, kernel.width) == (rows, columns)


def test_the_box_is_that_of_the_article():
    rows, divisor = fact("kernels.box_blur.rows"), fact("kernels.box_blur.divisor")
    assert Box().kernel() == Kernel.of(rows, divisor)


def covered(x, y, radius, strips=2000):
    """Return how much of a pixel a circle covers: strips across, each as long as it is inside."""
    area = 0.0
    for strip in range(strips):
        at = x - 0.5 + (strip + 0.5) / strips
        half = max(radius**2 - at * at, 0) ** 0.5
        area += max(min(half, y + 0.5) - max(-half, y - 0.5), 0) / strips
    return area


@pytest.mark.parametrize("radius", [0.5, 0.7, 1.0, 1.5, 2.2, 2.5, 3.0, 4.1, 5.5])
def test_a_disk_weighs_how_much_of_a_pixel_lies_inside(radius):
    kernel = Disk(radius).kernel()
    side = kernel.height
    places = centred(side)
    rows = [[covered(abs(x), abs(y), radius) / (pi * radius**2) for x in places] for y in places]
    greatest = max(map(max, rows))
    for row, line in zip(kernel.cells[0], rows, strict=True):
        for cell, value in zip(row, line, strict=True):
            assert abs(float(cell / kernel.divisor) - value) <= (ROUNDING + 1e-4) * greatest
    assert turned(kernel, 1) == kernel
    assert side == 1 or side - 2 < 2 * radius <= side


@given(tenths(0.1, 5), odd, tenths(0.3, 5))
def test_unsharp_is_identity_plus_amount_times_what_the_blur_takes_away(amount, size, sigma):
    bells = [[bell_at(x, y, sigma) for x in centred(size)] for y in centred(size)]
    rows = [[-amount * value for value in row] for row in over_sum(bells)]
    rows[size // 2][size // 2] += 1 + amount
    assert is_near(Unsharp(amount, size, sigma).kernel(), rows, rounding=MANY_TINY)


# the curve


def test_the_curve_detector_is_that_of_the_article():
    assert CurveDetector().kernel() == Kernel.of(fact("curve.kernel"))
    assert fact("curve.weight") == WEIGHT


@given(odd, st.integers(2, 60).map(lambda halves: halves / 2), st.integers(0, 3))
def test_a_curve_turned_by_quarters_is_the_kernel_turned(size, radius, quarters):
    straight = CurveDetector(size, radius, 0.0).kernel()
    made = CurveDetector(size, radius, 90.0 * quarters).kernel()
    assert made == turned(straight, quarters)


@given(drawn(CurveDetector))
@example(CurveDetector(7, 6.0, 145.0))
def test_a_curve_is_one_line_without_gaps_and_corners(curve):
    (plane,) = curve.kernel().cells
    places = {(r, c) for r, row in enumerate(plane) for c, cell in enumerate(row) if cell}
    assert {cell for row in plane for cell in row} == {0, WEIGHT}
    reached, edge = set(), {min(places)}
    while edge:
        reached |= edge
        edge = {
            (r, c)
            for r, c in places - reached
            if any(abs(r - a) <= 1 and abs(c - b) <= 1 for a, b in reached)
        }
    assert reached == places
    for row, column in places:
        beside = {(row, column - 1), (row, column + 1)} & places
        above = {(row - 1, column), (row + 1, column)} & places
        assert not (beside and above)


@given(drawn(CurveDetector))
def test_a_curve_lies_on_its_circle(curve):
    half = curve.size // 2
    (plane,) = curve.kernel().cells
    turn = radians(curve.angle)
    x, y = curve.radius, half / 3  # the middle of the circle, before it is turned
    middle = x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
    for row, line in enumerate(plane):
        for column, cell in enumerate(line):
            away = hypot(column - half - middle[0], row - half - middle[1])
            assert not cell or abs(away - curve.radius) <= 2**-0.5 + 1e-9


def test_a_small_radius_bends_and_a_large_one_is_straight():
    bent, straight = CurveDetector(9, 3.0).kernel(), CurveDetector(9, 30.0).kernel()
    columns = [sum(map(any, zip(*kernel.cells[0], strict=True))) for kernel in (bent, straight)]
    assert columns[0] >= 3 > columns[1]
    assert kernel_facts(straight, Fraction(0), Fraction(1)).rank[0] <= 2
    assert ceil(max(columns)) <= 9
