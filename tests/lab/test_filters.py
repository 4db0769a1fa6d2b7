"""The filter library: every file is a filter, and does what its sentence says."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from cnnstudio import resources
from cnnstudio.lab.bench_json import bench_to_json
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import FAMILIES, Filter, filter_of, library
from cnnstudio.lab.filters import SEVEN as SEVEN_KEYS
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_edits import with_weights
from tests.facts import fact

STEMS = sorted(path.stem for path in (resources.ROOT / "filters").iterdir())


def answer(key, rows):
    """Let a filter slide over a picture whose edge is repeated."""
    kernel = library()[key].kernel
    tall, wide = kernel.height // 2, kernel.width // 2
    padding = (tall, tall, wide, wide)
    bench = ConvolutionBench(Image.of(rows), kernel, padding=padding, padding_mode="replicate")
    return bench.feature_map()


def turned(kernel):
    return tuple(tuple(tuple(reversed(row)) for row in reversed(plane)) for plane in kernel.cells)


# every file


def test_every_file_among_the_filters_is_a_filter():
    assert STEMS
    assert sorted(library()) == STEMS


def test_every_name_is_used_once():
    names = [each.name for each in library().values()]
    assert len(names) == len(set(names))


def test_no_two_filters_have_the_same_kernel():
    assert len({each.kernel for each in library().values()}) == len(library())


@pytest.mark.parametrize("key", STEMS)
def test_what_a_filter_does_is_a_sentence(key):
    assert library()[key].about.endswith(".")
    assert library()[key].about[0].isupper()


@pytest.mark.parametrize("key", STEMS)
def test_a_filter_stands_in_a_family(key):
    assert library()[key].family in FAMILIES


@pytest.mark.parametrize("key", STEMS)
def test_a_file_holds_what_a_filter_is_made_of_and_no_more(key):
    entry = json.loads(resources.text(f"filters/{key}.json"))
    assert {"name", "family", "about", "rows"} <= set(entry)
    assert set(entry) <= {"name", "family", "about", "rows", "divisor", "bias"}


def test_filters_stand_family_by_family():
    order = [FAMILIES.index(each.family) for each in library().values()]
    assert order == sorted(order)


@pytest.mark.parametrize("key", STEMS)
def test_a_kernel_is_known_by_its_weights(key):
    found = library()[key]
    assert filter_of(found.kernel) is found
    assert filter_of(with_weights(found.kernel, 0, [(0, 0)], Fraction(97))) is None


@pytest.mark.parametrize("key", STEMS)
def test_a_flat_picture_is_multiplied_with_the_total(key):
    found = library()[key].kernel
    expected = float(100 * found.total + found.bias)
    assert np.unique(answer(key, [[100] * 15] * 15)).tolist() == [expected]


# the seven kernels of the article

SEVEN = fact("kernels.names")
TURNING = [key for key in STEMS if key.startswith(("sobel", "emboss"))]


@pytest.mark.parametrize("key", SEVEN)
def test_the_library_holds_the_kernel_as_printed(key):
    printed = Kernel.of(fact(f"kernels.{key}.rows"), fact(f"kernels.{key}.divisor"))
    assert library()[key].kernel == printed


@pytest.mark.parametrize("key", SEVEN)
def test_its_sum_is_the_printed_one(key):
    assert library()[key].kernel.total == fact(f"kernels.{key}.sum")


@pytest.mark.parametrize("key", SEVEN)
def test_its_range_is_the_printed_one(key):
    low, high = map(Fraction, fact("image.range"))
    assert library()[key].kernel.reach(low, high) == fact(f"kernels.{key}.range")


@pytest.mark.parametrize("key", SEVEN)
def test_a_flat_picture_becomes_the_printed_number(key):
    assert np.unique(answer(key, [[fact("kernels.flat")] * 5] * 5)) == fact(f"kernels.{key}.flat")


@pytest.mark.parametrize("key", SEVEN)
def test_a_step_becomes_the_printed_row(key):
    made = answer(key, [fact("kernels.step")] * 5)
    assert made.tolist() == [fact(f"kernels.{key}.step")] * 5


@pytest.mark.parametrize("key", SEVEN)
def test_it_is_separable_just_if_it_is_said_to_be(key):
    rank = np.linalg.matrix_rank(library()[key].kernel.weights[0])
    assert (rank == 1) == fact(f"kernels.{key}.separable")


@pytest.mark.parametrize("key", SEVEN)
def test_it_looks_the_same_turned_by_half_a_circle(key):
    kernel = library()[key].kernel
    assert (turned(kernel) == kernel.cells) == fact("kernels.turned")


@pytest.mark.parametrize("key", TURNING)
def test_sobel_and_emboss_show_a_turn(key):
    kernel = library()[key].kernel
    assert turned(kernel) != kernel.cells


def test_edge_one_is_blind_to_straight_edges_and_answers_slanting_ones():
    step = [fact("kernels.step")] * 4
    for rows in (step, [list(column) for column in zip(*step, strict=True)]):
        assert not answer("edge_1", rows).any()
    slanting = [[255 * (column > row) for column in range(4)] for row in range(4)]
    assert answer("edge_1", slanting).any()


@pytest.mark.parametrize("key", ["edge_3", "sharpen"])
def test_a_kernel_is_the_sum_of_others_as_is_said(key):
    def over_divisor(name):
        kernel = library()[name].kernel
        return np.array(kernel.cells, object) / kernel.divisor

    parts = fact(f"kernels.{key}.equals").items()
    together = sum(times * over_divisor(name) for name, times in parts)
    assert (together == over_divisor(key)).all()


def test_the_library_holds_the_curve_detector_and_the_cross():
    curve = Kernel.of(fact("curve.kernel"))
    cross = Kernel.of(fact("convolution.binary_5x5.kernel"))
    assert filter_of(curve).key == "curve_detector"
    assert filter_of(cross).key == "cross_five"


# what the families promise


FLAT = [[77] * 11] * 11
STEP = [[0] * 5 + [200] * 6] * 11
LEVEL = [list(line) for line in zip(*STEP, strict=True)]
SLANT = [[200 * (column > row) for column in range(11)] for row in range(11)]


def family(name):
    return [each for each in library().values() if each.family == name]


def weights(key):
    """The weights of a filter over its divisor."""
    kernel = library()[key].kernel
    return np.array(kernel.cells[0], object) / kernel.divisor


def in_the_middle(small, side):
    """Weights with so many zeros around them that there are `side` rows and columns."""
    around = (side - len(small)) // 2
    return np.pad(small, around, constant_values=Fraction(0))


def slid(one, other):
    """What one kernel makes of another, all of it."""
    made = np.full((len(one) + len(other) - 1,) * 2, Fraction(0))
    for row, line in enumerate(one):
        for column, weight in enumerate(line):
            made[row : row + len(other), column : column + len(other)] += weight * other
    return made


def test_there_are_more_than_forty_filters_in_every_family_but_the_users_own():
    assert len(library()) > 40
    assert {each.family for each in library().values()} == set(FAMILIES) - {"mine"}


def test_no_sentence_is_used_twice_or_longer_than_a_line():
    told = [each.about for each in library().values()]
    assert len(told) == len(set(told))
    assert max(map(len, told)) <= 110


@pytest.mark.parametrize("name", ["edges", "lines"])
def test_edges_and_lines_make_nothing_of_a_flat_picture(name):
    assert {each.kernel.total for each in family(name)} == {0}


@pytest.mark.parametrize("name", ["sharpen", "blur"])
def test_what_sharpens_or_blurs_keeps_a_flat_picture(name):
    assert {each.kernel.total for each in family(name)} == {1}


def test_a_blur_only_averages():
    assert all(weight >= 0 for each in family("blur") for weight in each.kernel.flat)


@pytest.mark.parametrize("key", [each.key for each in family("sharpen")])
def test_what_sharpens_goes_beyond_the_range_at_an_edge_or_a_corner(key):
    corner = [[200 * (row > 4 and column > 4) for column in range(11)] for row in range(11)]
    made = np.stack([answer(key, rows) for rows in (STEP, corner)])
    assert made.min() < 0
    assert made.max() > 200


# the curve detector in its eight turns and mirrors

TURNS = {
    "curve_detector": (0, False),
    "curve_right": (1, False),
    "curve_half": (2, False),
    "curve_left": (3, False),
    "curve_mirrored": (0, True),
    "curve_mirrored_right": (1, True),
    "curve_mirrored_half": (2, True),
    "curve_mirrored_left": (3, True),
}


@pytest.mark.parametrize("key", TURNS)
def test_a_curve_is_the_detector_turned_to_the_right_and_mirrored_as_it_is_called(key):
    quarters, mirrored = TURNS[key]
    rows = [list(row) for row in fact("curve.kernel")]
    if mirrored:
        rows = [list(reversed(row)) for row in rows]
    for _ in range(quarters):
        rows = [list(line) for line in zip(*reversed(rows), strict=True)]
    assert library()[key].kernel == Kernel.of(rows)


@pytest.mark.parametrize("key", sorted(set(TURNS) - {"curve_detector"}))
def test_a_curve_says_where_its_stem_comes_from_and_where_it_bends_to(key):
    kernel = np.array(library()[key].kernel.cells[0], float)
    stems = {
        "above": kernel[1:4, 3],
        "below": kernel[3:6, 3],
        "the left": kernel[3, 1:4],
        "the right": kernel[3, 3:6],
    }
    (stem,) = (name for name, line in stems.items() if line.all())
    corners = {"upper left": (0, 0), "upper right": (0, 1), "lower left": (1, 0)}
    corners["lower right"] = (1, 1)
    halves = {
        name: kernel[4 * down : 3 + 4 * down, 4 * across : 3 + 4 * across].sum()
        for name, (down, across) in corners.items()
    }
    bend = max(halves, key=halves.get)
    assert library()[key].about == f"Greatest where a stem from {stem} bends to the {bend}."


@pytest.mark.parametrize("key", TURNS)
def test_a_curve_answers_itself_more_than_any_other_turn(key):
    kernels = {each: library()[each].kernel.weights for each in TURNS}
    scores = {each: (kernels[key] * kernel).sum() for each, kernel in kernels.items()}
    assert max(scores, key=scores.get) == key
    assert sorted(scores.values())[-2] < scores[key]


# what single sentences say


LINES = {
    "line_level": [(0, -1), (0, 0), (0, 1)],
    "line_upright": [(-1, 0), (0, 0), (1, 0)],
    "line_rising": [(1, -1), (0, 0), (-1, 1)],
    "line_falling": [(-1, -1), (0, 0), (1, 1)],
}


@pytest.mark.parametrize("key", LINES)
def test_a_line_detector_answers_its_own_direction_most(key):
    scores = {
        each: sum(weights(key)[1 + down, 1 + across] for down, across in places)
        for each, places in LINES.items()
    }
    assert max(scores, key=scores.get) == key
    assert sorted(scores.values())[-2] < scores[key]


def test_an_upright_bar_is_answered_most_if_it_is_three_pixels_thick():
    bars = {n: [[200 * (5 - n // 2 <= c < 5 - n // 2 + n) for c in range(11)]] * 11 for n in (1, 3)}
    bars[5] = [[200 * (3 <= column < 8) for column in range(11)]] * 11
    scores = {thick: answer("bar_upright", rows).max() for thick, rows in bars.items()}
    assert max(scores, key=scores.get) == 3


def test_a_ridge_makes_nothing_of_an_even_slope_and_something_of_a_thin_line():
    slope = [[10 * column for column in range(11)]] * 11
    thin = [[200 * (column == 5) for column in range(11)]] * 11
    assert not answer("ridge_across", slope)[:, 1:-1].any()
    assert answer("ridge_across", thin).max() == 400


def test_an_upper_left_corner_is_answered_more_than_the_others_and_than_edges():
    def corner(down, across):
        return [
            [200 * ((r > 4) == down and (c > 4) == across) for c in range(11)] for r in range(11)
        ]

    first = answer("corner", corner(True, True)).max()
    others = [corner(*place) for place in ((True, False), (False, True), (False, False))]
    assert first > max(answer("corner", rows).max() for rows in (*others, STEP, LEVEL))


def test_a_ring_is_answered_most_in_its_dark_middle():
    rows = np.zeros((11, 11))
    rows[3:8, 3:8] = np.array(library()["ring_5"].kernel.cells[0], float).clip(0) * 200
    made = answer("ring_5", rows.tolist())
    assert made.max() == made[5, 5] == 12 * 200


def test_larger_gaussians_are_the_small_one_over_and_over():
    small = weights("gaussian_blur")
    assert (weights("gaussian_5") == slid(small, small)).all()
    assert (weights("gaussian_7") == slid(small, slid(small, small))).all()


def test_an_unsharp_mask_is_twice_the_picture_less_its_blur():
    twice = in_the_middle(2 * weights("identity"), 5)
    assert (weights("unsharp_5") == twice - weights("gaussian_5")).all()


def test_the_difference_of_blurs_is_one():
    less = in_the_middle(weights("gaussian_blur"), 5) - weights("gaussian_5")
    assert (weights("two_blurs") == less).all()


def test_sharpening_less_adds_a_quarter():
    added = weights("sharpen") - weights("identity")
    assert (weights("sharpen_less") == weights("identity") + added / 4).all()


def test_sharpening_more_overshoots_straight_edges_three_times_as_far():
    for rows in (STEP, LEVEL):
        least = {key: answer(key, rows).min() for key in ("sharpen", "sharpen_more")}
        assert least["sharpen_more"] == 3 * least["sharpen"] < 0


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("sharpen_corners", STEP),
        ("sharpen_corners", LEVEL),
        ("sharpen_across", LEVEL),
        ("motion_across", LEVEL),
        ("motion_down", STEP),
    ],
)
def test_an_edge_stays_as_it_is_where_that_is_said(key, kept):
    assert answer(key, kept).tolist() == kept


@pytest.mark.parametrize(("key", "smeared"), [("motion_across", STEP), ("motion_down", LEVEL)])
def test_an_edge_smears_where_that_is_said(key, smeared):
    assert answer(key, smeared).tolist() != smeared


def test_a_rounder_laplacian_prefers_slanting_edges_less():
    def partial(key):
        return abs(answer(key, SLANT)).max() / abs(answer(key, STEP)).max()

    assert partial("edge_2") == 2
    assert partial("laplacian_round") == pytest.approx(5 / 3)


def test_scharr_finds_the_direction_of_an_edge_more_evenly_than_sobel():
    angle = np.pi / 8
    rows, columns = np.mgrid[-8:9, -8:9]
    wave = 100 + 90 * np.sin(0.8 * (columns * np.cos(angle) + rows * np.sin(angle)))

    def error(name):
        across, down = (answer(f"{name}_{axis}", wave.tolist())[8, 8] for axis in "xy")
        return abs(np.arctan2(down, across) - angle)

    assert error("scharr") < error("sobel") / 2


def test_box_of_two_with_stride_two_is_average_pooling():
    rows = np.random.default_rng(3).integers(0, 256, (8, 8))
    bench = ConvolutionBench(Image.of(rows.tolist()), library()["box_2"].kernel, stride=(2, 2))
    assert (bench.feature_map() == rows.reshape(4, 2, 4, 2).mean((1, 3))).all()


def test_identities_do_to_a_pixel_what_they_say():
    rows = np.random.default_rng(4).integers(0, 256, (6, 7))
    assert (answer("negative", rows.tolist()) == 255 - rows).all()
    assert (answer("half_bright", rows.tolist()) == rows / 2).all()
    assert (answer("shift_left", rows.tolist())[:, :-1] == rows[:, 1:]).all()


def test_engraving_is_embossing_turned_and_the_other_slant_is_it_mirrored():
    emboss = library()["emboss"].kernel
    assert library()["engrave"].kernel.cells == turned(emboss)
    mirrored = tuple(tuple(reversed(plane)) for plane in emboss.cells)
    assert library()["emboss_right"].kernel.cells == mirrored


def test_gray_relief_makes_middle_gray_of_flat_areas():
    assert np.unique(answer("relief", FLAT)).tolist() == [128]


@pytest.mark.parametrize(
    ("key", "rows", "sign"),
    [
        ("sobel_x", STEP, 1),
        ("prewitt_x", STEP, 1),
        ("scharr_x", STEP, 1),
        ("slope_across", STEP, 1),
        ("vertical_edge", STEP, -1),
        ("sobel_y", LEVEL, 1),
        ("prewitt_y", LEVEL, 1),
        ("scharr_y", LEVEL, 1),
        ("slope_down", LEVEL, 1),
        ("horizontal_edge", LEVEL, -1),
        ("roberts_1", SLANT, 0),
        ("roberts_2", SLANT, 1),
        ("sobel_rising", SLANT, 1),
        ("sobel_falling", SLANT, 0),
    ],
)
def test_an_edge_detector_has_the_sign_it_says(key, rows, sign):
    """The step brightens to the right, the level one downwards, the slant to the upper right."""
    assert np.unique(np.sign(answer(key, rows)[2:-2, 2:-2])).tolist() == sorted({0, sign})


def test_the_slope_is_how_much_it_brightens_from_one_to_the_next():
    ramp = [[7 * column for column in range(11)]] * 11
    assert np.unique(answer("slope_across", ramp)[:, 1:-1]).tolist() == [7]


def test_kernels_by_chance_were_drawn_by_lot():
    for seed in (1, 2, 3):
        drawn = np.random.default_rng(seed).integers(0, 2, (3, 3)).tolist()
        assert library()[f"chance_{seed}"].kernel == Kernel.of(drawn)


# looking for one


def test_a_filter_is_found_by_words_of_its_name_sentence_and_family():
    blur = library()["gaussian_5"]
    for words in ("gauss", "GAUSSIAN 5", "near blur", "blur", "", "  "):
        assert blur.found_by(words), words
    assert not blur.found_by("gauss edges")


def test_the_seven_of_the_article_are_the_printed_ones():
    assert tuple(SEVEN_KEYS) == tuple(SEVEN)


def test_the_users_own_filters_are_known_by_their_weights_after_the_shipped_ones():
    odd = Kernel.of([[1, 7], [0, 2]], 3)
    mine = Filter("mine/odd.json", "odd", "mine", "", odd)
    copy = Filter("mine/copy.json", "copy", "mine", "", library()["sharpen"].kernel)
    assert filter_of(odd) is None
    assert filter_of(odd, own=[mine]) is mine
    assert filter_of(odd.repeated(3), own=[mine]) is mine
    assert filter_of(replace(odd, bias=Fraction(9)), own=[mine]) is mine
    assert filter_of(library()["sharpen"].kernel, own=[copy]) is library()["sharpen"]


def test_a_filter_of_the_users_own_may_have_different_slices():
    slices = tuple(Kernel.of([[n, 1]]).cells[0] for n in range(3))
    mine = Filter("mine/three.json", "three", "mine", "", Kernel(slices))
    assert filter_of(Kernel(slices), own=[mine]) is mine
    assert filter_of(Kernel(slices[::-1]), own=[mine]) is None


def test_a_scene_writes_the_users_own_kernel_as_numbers():
    kernel = Kernel.of([[1, 7], [0, 2]], 3)
    made = bench_to_json(ConvolutionBench(Image.of([[1, 2], [3, 4]], "p"), kernel))
    assert made["kernel"] == {"rows": [[1, 7], [0, 2]], "divisor": 3}
