"""A line over a picture: its pixels held against their definition, its numbers against the maps."""

from fractions import Fraction
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab import profile as profiles
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, grayed
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.profile import Line, middle, position_at, profile, straightened
from tests.lab.benches import positions, working_benches

PLACES = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
LINES = st.builds(Line, PLACES, PLACES)


@st.composite
def lines_on_benches(draw):
    bench = draw(working_benches(1))
    shape = bench.image.height, bench.image.width
    return bench, Line(draw(positions(shape)), draw(positions(shape)))


@given(LINES)
def test_a_line_begins_and_ends_where_it_should(line):
    assert (line.cells[0], line.cells[-1]) == (line.start, line.end)


@given(LINES)
def test_a_line_has_one_pixel_for_each_step_along_its_longer_side(line):
    down, across = line.end[0] - line.start[0], line.end[1] - line.start[1]
    assert len(line.cells) == max(abs(down), abs(across)) + 1
    longer = 0 if abs(down) >= abs(across) else 1
    steps = {b[longer] - a[longer] for a, b in zip(line.cells, line.cells[1:], strict=False)}
    assert len(steps) <= 1


@given(LINES)
def test_no_pixel_is_further_than_half_a_pixel_from_the_exact_line(line):
    steps = len(line.cells) - 1 or 1
    for index, cell in enumerate(line.cells):
        for axis in (0, 1):
            span = line.end[axis] - line.start[axis]
            exact = line.start[axis] + Fraction(span * index, steps)
            assert abs(exact - cell[axis]) <= Fraction(1, 2)


@given(LINES)
def test_pixels_of_a_line_touch_each_other(line):
    for before, after in zip(line.cells, line.cells[1:], strict=False):
        assert max(abs(before[0] - after[0]), abs(before[1] - after[1])) == 1


def test_a_line_of_one_pixel():
    assert Line((3, 4), (3, 4)).cells == ((3, 4),)


def test_ends_outside_are_moved_to_the_edge():
    image = Image.of([[0] * 5] * 3)
    assert Line((-2, 1), (7, 9)).inside(image) == Line((0, 1), (2, 4))


@given(PLACES, PLACES)
def test_shift_leaves_only_lines_that_are_level_upright_or_at_45_degrees(fixed, moved):
    row, column = straightened(fixed, moved)
    down, across = abs(row - fixed[0]), abs(column - fixed[1])
    assert 0 in {down, across} or down == across


@pytest.mark.parametrize(
    ("moved", "straight"),
    [((1, 9), (0, 9)), ((9, -1), (9, 0)), ((7, 9), (8, 8)), ((-7, 9), (-8, 8)), ((5, 5), (5, 5))],
)
def test_shift_takes_the_nearest_direction(moved, straight):
    assert straightened((0, 0), moved) == straight


@given(working_benches(1))
def test_every_number_of_the_map_belongs_to_the_pixel_in_the_middle_of_its_window(bench):
    for axis in (bench.down, bench.across):
        for position in range(axis.output):
            window = range(axis.start(position), axis.start(position) + axis.extent)
            assert middle(axis, position) == window[(len(window) - 1) // 2]
            assert position_at(axis, middle(axis, position)) == position


@given(working_benches(1))
def test_pixels_that_the_stride_skips_have_no_number_of_the_map(bench):
    axis = bench.down
    found = [position_at(axis, pixel) for pixel in range(-20, 40)]
    middles = [middle(axis, position) for position in range(axis.output)]
    assert [each is not None for each in found] == [pixel in middles for pixel in range(-20, 40)]


@given(lines_on_benches())
def test_a_profile_has_the_numbers_of_picture_and_map(drawn):
    bench, line = drawn
    found = profile(bench, line)
    pixels, values = bench.image.pixels[0], bench.feature_map()
    assert found.before.tolist() == [float(pixels[cell]) for cell in line.cells]
    assert found.after.tolist() == [float(values[place]) for _, place in found.steps]
    for index, (row, column) in found.steps:
        assert middle(bench.down, row) == line.cells[index][0]
        assert middle(bench.across, column) == line.cells[index][1]


def test_distances_are_in_pixels_from_the_start():
    bench = ConvolutionBench(Image.of([[0] * 9] * 9), Kernel.of([[1]]))
    found = profile(bench, Line((0, 0), (3, 4)))
    assert found.distances.tolist() == [0.0, 1.25, 2.5, 3.75, 5.0]
    assert profile(bench, Line((2, 2), (6, 6))).distances[-1] == pytest.approx(hypot(4, 4))


def test_without_a_map_there_is_still_the_picture():
    bench = ConvolutionBench(Image.of([[5, 6]]), Kernel.of([[1] * 3] * 3))
    found = profile(bench, Line((0, 0), (0, 1)))
    assert (found.before.tolist(), found.steps, len(found.after)) == ([5.0, 6.0], (), 0)


@pytest.mark.parametrize("scale", [1, 1 / 255])
def test_of_a_colour_picture_it_is_how_gray_it_is_or_one_channel(rng, scale):
    pixels = rng.integers(0, 256, (3, 6, 7), np.uint8)
    image = Image(pixels if scale == 1 else pixels * scale, "", 0, 255 * scale)
    bench = ConvolutionBench(image, Kernel.of([[1]]).repeated(3))
    line = Line((0, 0), (5, 6))
    gray = grayed(image).pixels[0]
    assert profile(bench, line).before.tolist() == pytest.approx([gray[c] for c in line.cells])
    green = [float(image.pixels[1][cell]) for cell in line.cells]
    assert profile(bench, line, 1).before.tolist() == green


def test_of_a_large_map_only_what_is_round_the_line_is_worked_out(rng, monkeypatch):
    image = Image(rng.integers(0, 256, (1, 600, 700), np.uint8))
    bench = ConvolutionBench(image, Kernel.of([[1, 2], [0, -1]]))
    assert bench.large
    asked, block = [], profiles.ConvolutionBench.values

    class Watched:
        def __init__(self, values):
            self.values = values

        def __getitem__(self, places):
            made = self.values[places]
            asked.append(made.size)
            return made

    monkeypatch.setattr(
        profiles.ConvolutionBench, "values", lambda bench, stage: Watched(block(bench, stage))
    )
    line = Line((0, 0), (599, 699))
    found = profile(bench, line)
    values = bench.feature_map()
    assert found.after.tolist() == [values[place] for _, place in found.steps]
    assert len(found.after) > 500
    assert sum(asked) < values.size / 5
